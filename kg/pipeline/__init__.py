"""Articles in, a store with their graphs out, and a report of what was read: the one room that knows every other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date

from kg.errors import SourceError, Withdrawn
from kg.graph.store import Store
from kg.model import Article
from kg.pipeline.engines import Engine, Here, Processes, local
from kg.pipeline.intake import Intake
from kg.pipeline.limits import Limits
from kg.pipeline.log import Log
from kg.pipeline.outcome import Outcome, Status
from kg.pipeline.report import Report
from kg.pipeline.shard import Extractor, Result
from kg.pipeline.shelf import Shelf

__all__ = [
    "Engine",
    "Extractor",
    "Here",
    "Limits",
    "Log",
    "Outcome",
    "Processes",
    "Progress",
    "Report",
    "Status",
    "ingest",
    "local",
]

Progress = Callable[[Report], None]


def ingest(
    articles: Iterable[Article | SourceError],
    store: Store,
    *,
    progress: Progress | None = None,
    report: Report | None = None,
    extractor: Extractor | None = None,
    engine: Engine | None = None,
    changed_only: bool = False,
    since: date | None = None,
    storing: Callable[[], AbstractContextManager[None]] = nullcontext,
    keep_duplicates: bool = False,
) -> Report:
    """Read articles into a store that was opened for writing, and say what came of it.

    An article that the same reader has read already is passed over before any model is loaded. One that cannot be
    read is reported and takes no other with it. `progress` is called after every article; `report` is one to go on
    with, for who wants to know how far a run came that was broken off. An `extractor` reads each article after the
    reader; where it cannot, the reader's own graph is stored, with a note, and a later run asks it again. The `engine`
    is who reads, by default this process. `changed_only` leaves be what another reader, such as an earlier version of
    this one, made of the same article; `since` passes over what was issued before that day. Where one dispatch comes
    from several addresses, one article is read and names them all, unless `keep_duplicates`. An article that is
    stored is counted within what `storing` gives, so that who breaks a run off can do so between two of them.
    Raises `StoreError` or `OSError` where the store cannot be written, `DataError` for a malformed ontology.
    """
    report = report or Report()
    intake = Intake(store, extractor, changed_only=changed_only, since=since, keep_duplicates=keep_duplicates)
    run = _Run(intake, Shelf(store), report, progress or _silence, storing)
    coming: Iterable[Article | SourceError] = articles
    try:
        while coming:
            unread, coming = run.unread(coming), []
            for result in (engine or Here()).results(unread, store.names, extractor):
                coming += run.settle(result)
    finally:
        run.end()
    with storing():
        intake.finish()
    return report


@dataclass(frozen=True, slots=True)
class _Run:
    intake: Intake
    shelf: Shelf
    report: Report
    tell: Progress
    storing: Callable[[], AbstractContextManager[None]]

    def unread(self, articles: Iterable[Article | SourceError]) -> Iterator[Article]:
        """Those that are to be read; what became of the others is counted."""
        for article in articles:
            outcome: Outcome | SourceError | None
            try:
                outcome, unread = self._taken(article)
            except SourceError as error:
                outcome, unread = error, []
            if outcome:
                self._count(outcome)
            for one in unread:
                self.report.expect(one)
                yield one

    def _taken(self, article: Article | SourceError) -> tuple[Outcome | SourceError | None, list[Article]]:
        """What is known of one at once, and what is to be read now. Raises `SourceError` where it cannot be read."""
        if isinstance(article, Withdrawn):
            with self.storing():
                return self.intake.withdraw(article)
        return (article, []) if isinstance(article, SourceError) else self.intake.take(article)

    def settle(self, result: Result | SourceError | Outcome) -> list[Article]:
        """Have a result stored, and count what is stored by now; gives what is to be read instead of what failed."""
        released: list[Article] = []
        if isinstance(result, Result) and self.intake.is_wanted(result):
            self.shelf.put(result)
        else:
            released = self.intake.failed(result) if isinstance(result, SourceError) else []
            self._count(result)
        self._stored()
        return released

    def end(self) -> None:
        """Wait until all is stored."""
        try:
            self._stored(all=True)
        finally:
            self.shelf.close()

    def _stored(self, *, all: bool = False) -> None:
        for result in self.shelf.stored(all=all):
            with self.storing():
                self.intake.stored(result)
                self._count(result)

    def _count(self, outcome: Result | SourceError | Outcome) -> None:
        self.report.add(outcome)
        self.tell(self.report)


def _silence(_: Report) -> None:
    pass
