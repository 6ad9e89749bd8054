"""Articles in, a store's record at an address (s3://…) out, written by whoever reads them; and a report.

Such a record has no index that one process would have to keep: as many machines write as read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from kg.errors import SourceError
from kg.graph.names import Namespaces
from kg.graph.store.distant import Distant
from kg.model import Article
from kg.pipeline.engines import Engine, Here
from kg.pipeline.engines.ray import Found, Ray
from kg.pipeline.limits import Limits
from kg.pipeline.outcome import Outcome, Status
from kg.pipeline.report import Report
from kg.pipeline.shard import Extractor, Result, provenance, results
from kg.read import languages

_BATCH = 64  # articles that are looked up, and written, at a time: many requests under way at once


def ingest(
    articles: Iterable[Article | SourceError],
    record: Distant,
    *,
    progress: Callable[[Report], None],
    report: Report,
    extractor: Extractor | None = None,
    engine: Engine | None = None,
    changed_only: bool = False,
    since: date | None = None,
    storing: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> Report:
    """Read articles into a distant record, and say what came of it.

    As `kg.pipeline.ingest` has it, but printings of one dispatch are not brought together: that takes an index.
    Raises `StoreError` where the record cannot be read or written, `DataError` for a malformed ontology.
    """
    keeper = Keeper(record, changed_only)
    expected = _expected(articles, report, since)
    for outcome in _results(engine or Here(), expected, keeper, extractor):
        with storing():
            report.add(outcome)
        progress(report)
    return report


def _expected(articles: Iterable[Article | SourceError], report: Report, since: date | None) -> Iterator[Article]:
    for article in articles:
        if isinstance(article, SourceError):
            report.add(article)
        elif since and article.issued and article.issued < since:
            report.add(Outcome.of(article, Status.PASSED_OVER, f"issued on {article.issued}"))
        else:
            report.expect(article)
            yield article


def _results(
    engine: Engine, articles: Iterator[Article], keeper: Keeper, extractor: Extractor | None
) -> Iterator[Found]:
    if isinstance(engine, Ray):  # its workers write
        return replace(engine, work=keeper).results(articles, keeper.record.names, extractor)
    return _here(engine, articles, keeper, extractor)


@dataclass(frozen=True, slots=True)
class Keeper:
    """What a worker does that writes what it reads: the results come back without their Turtle.

    `changed_only` leaves be what another reader made of the same article.
    """

    record: Distant
    changed_only: bool = False

    def __call__(
        self, articles: Sequence[Article], names: Namespaces, extractor: Extractor | None, limits: Limits
    ) -> Iterator[Found]:
        """What became of the articles, once it stands in the record. Raises as `ingest`."""
        done, rest = self.divided(articles, extractor)
        yield from done
        yield from self.kept(list(results(rest, names, extractor, limits)))

    def divided(
        self, articles: Sequence[Article], extractor: Extractor | None
    ) -> tuple[list[Outcome | SourceError], list[Article]]:
        """What is to be said of those that are not read, and the others, with their language."""
        done: list[Outcome | SourceError] = []
        settled = []
        for article in articles:
            try:
                article = languages.settled(article)
                settled.append((article, provenance(article.language or "", extractor)))
            except SourceError as error:
                done.append(error)
        current = self.record.current([(article, None if self.changed_only else by) for article, by in settled])
        done += [Outcome.of(article, Status.UNCHANGED) for article, _ in settled if article.id in current]
        return done, [article for article, _ in settled if article.id not in current]

    def kept(self, made: Sequence[Found]) -> Iterator[Found]:
        """The same results, written, and without their Turtle."""
        self.record.put((result.article, result.turtle) for result in made if isinstance(result, Result))
        yield from (replace(result, turtle=b"") if isinstance(result, Result) else result for result in made)


def _here(engine: Engine, articles: Iterator[Article], keeper: Keeper, extractor: Extractor | None) -> Iterator[Found]:
    done: list[Outcome | SourceError] = []
    made: list[Found] = []

    def unread() -> Iterator[Article]:
        while batch := list(islice(articles, _BATCH)):
            others, rest = keeper.divided(batch, extractor)
            done.extend(others)
            yield from rest

    for result in engine.results(unread(), keeper.record.names, extractor):
        made.append(result)
        if len(made) >= _BATCH:
            yield from [*keeper.kept(made), *done]
            made.clear()
            done.clear()
    yield from [*keeper.kept(made), *done]
