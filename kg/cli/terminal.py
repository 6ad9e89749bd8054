"""Reports, answers and statistics in, what a person sees out: bars and notes on stderr, tables on stdout."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from kg.cli import table as tables

if TYPE_CHECKING:
    from kg.graph.queries import Parameter, Query
    from kg.graph.stats import Stats
    from kg.pipeline import Progress as Tell
    from kg.pipeline import Report

_EVERY = 10.0  # seconds between the lines that stand for a bar where there is no terminal


@contextmanager
def progress(total: int | None) -> Iterator[Tell]:
    """A function to call after every article: a bar with rate and remaining time, or a line now and then.

    `total` is how many articles to expect, None where nobody knows.
    """
    if not sys.stderr.isatty():
        yield _Lines(total).tell
        return
    columns = TextColumn("reading"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda report: bar.update(task, completed=report.seen)


class _Rate(TextColumn):
    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "", style="progress.data.speed")


class _Lines:
    """Where no bar can be drawn, a line every ten seconds; a short run is quiet."""

    def __init__(self, total: int | None) -> None:
        self.total = total
        self.first: tuple[float, int] | None = None  # when counting began, after the models were loaded, and at what
        self.next = time.monotonic() + _EVERY

    def tell(self, report: Report) -> None:
        now = time.monotonic()
        self.first = self.first or (now, report.seen)
        if now >= self.next:
            self.next = now + _EVERY
            rate = (report.seen - self.first[1]) / max(now - self.first[0], 0.001)
            of = f" of {self.total}" if self.total else ""
            left = f", {(self.total - report.seen) / rate:.0f} s to go" if self.total and rate else ""
            print(f"kg: {report.seen}{of} articles, {rate:.1f}/s{left}", file=sys.stderr, flush=True)


# the folders of packaged queries, and who asks them
_ASKED = {
    "reports": "kg query NAME",
    "networks": "kg export --gexf FILE --network NAME, kg plot FILE --network NAME",
    "checks": "kg check asks them all",
    "rules": "kg infer applies them",
    "nodes": "asked of every network's nodes",
    "pages": "asked by the pages of kg serve",
    "wikidata": "asked of Wikidata by kg link --endpoint",
}


def table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table with all its columns; columns without names have no head."""
    tables.table(tables.columns(names, list(rows)))


def closing(report: Report) -> None:
    """What a run came to: counts, the first articles that were skipped with what is said of them, and why, counted."""
    names = ["articles", "unchanged", "entities", "statements", "events", "quotations", "skipped"]
    names[2:2] = [name for name in ("duplicates", "earlier", "superseded", "withdrawn") if getattr(report, name)]
    table(names, [[str(getattr(report, name)) for name in names]])
    for message in report.messages:
        line(tables.harmless(f"skipped: {message}"))
    if more := report.skipped - len(report.messages):
        where = "the report has them" if report.log else "--report FILE has them"
        line(f"… and {more:,} more: {where}")
    if report.skipped > 1:
        line(f"reasons: {', '.join(f'{n:,} {reason}' for reason, n in report.reasons.most_common())}")
    if report.passed_over:
        where = "the report names them" if report.log else "--report FILE names them"
        line(f"passed over: {report.passed_over:,} of other formats, or without an article in them: {where}")
    for told in report.notes:
        note(tables.harmless(told))


def round(report: Report) -> None:
    """What one round of watching came to, on a line, and what is said of each article that was skipped."""
    counts = {"read": report.articles, "unchanged": report.unchanged, "duplicates": report.duplicates}
    counts |= {"superseded": report.superseded, "withdrawn": report.withdrawn}
    counts |= {"skipped": report.skipped, "passed over": report.passed_over}
    if any(counts.values()):
        line(f"{time.strftime('%H:%M:%S')}  {', '.join(f'{n:,} {name}' for name, n in counts.items() if n)}")
    for message in report.messages:
        line(tables.harmless(f"skipped: {message}"))
    for told in report.notes:
        note(tables.harmless(told))
    sys.stdout.flush()  # who reads it from a file or a pipe waits for it


def questions(queries: Sequence[Query]) -> None:
    """The packaged queries by folder, with what each wants to know: first those that people ask themselves."""
    times = Counter(query.name for query in queries)
    order = {folder: place for place, folder in enumerate(_ASKED)}
    queries = sorted(queries, key=lambda query: order.get(query.folder, len(order)))
    for folder, some in groupby(queries, key=lambda query: query.folder):
        rows = [
            (
                query.name if times[query.name] == 1 else f"{folder}/{query.name}",
                query.title,
                " ".join(map(_parameter, query.parameters)),
            )
            for query in some
        ]
        title(f"{folder}: {_ASKED[folder]}" if folder in _ASKED else folder)
        table(["name", "question", "parameters"], rows)
        line("")


def statistics(stats: Stats) -> None:
    """What a store holds: a line a number, those that a number is made of behind it."""
    rows = [
        ("articles", str(stats.articles), _parts(stats.languages)),
        ("dates", "", f"{stats.first} to {stats.last}" if stats.first else ""),
        ("entities", str(stats.entities), _parts(stats.entities_by_type)),
        ("statements", str(stats.statements), _parts(stats.statements_by_factuality)),
        ("events", str(stats.events), _parts(stats.events_by_type)),
        ("quotations", str(stats.quotations), ""),
        ("mentions", str(stats.mentions), ""),
    ]
    if stats.derived:
        rows.append(("derived", str(sum(stats.derived.values())), _parts(stats.derived)))
    table(["", "", ""], rows)
    if stats.stale:
        note(f"what was derived is out of date: kg infer derives anew ({', '.join(stats.stale)})")


def line(text: str) -> None:
    """Print a line as it is, however long."""
    _console().print(Text(text), soft_wrap=True)


def title(text: str) -> None:
    """Print what stands above a table."""
    _console().print(Text(text, style="bold"), soft_wrap=True)


def note(text: str) -> None:
    """Say something about what was printed, on standard error, where it is no part of it."""
    sys.stdout.flush()
    print(f"kg: {text}", file=sys.stderr, flush=True)


def words(term: object, prefixes: Mapping[str, str]) -> str:
    """A term as people read it: the words of a literal, an IRI with its prefix."""
    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    if type(term).__name__ == "Literal":
        return value
    for prefix, iri in prefixes.items():
        if value.startswith(iri) and len(value) > len(iri):
            return f"{prefix}:{value.removeprefix(iri)}"
    return value


def _parameter(parameter: Parameter) -> str:
    return f"{parameter.name}=…" if parameter.default is None else f"[{parameter.name}={parameter.default}]"


def _parts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _console() -> Console:
    # made anew each time, so that it writes to what standard output is at that moment
    return Console(highlight=False)
