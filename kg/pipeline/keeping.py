"""Articles in, a store's record at an address (s3://…) out, written by whoever reads them; and a report.

Such a record has no index that one process would have to keep: as many machines write as read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from kg.errors import Reason, SourceError, Withdrawn
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

    As `kg.pipeline.ingest` has it, but printings of one dispatch are not brought together, and of the versions of an
    item only those are told apart that come in this run: that takes an index. Raises `StoreError` where the record
    cannot be read or written, `DataError` for a malformed ontology.
    """
    keeper = Keeper(record, changed_only)
    coming: Iterable[Article | SourceError] = articles
    while coming:
        turn = _Turn(record, report, since)
        for outcome in _results(engine or Here(), turn.articles(coming), keeper, extractor):
            with storing():
                report.add(outcome)
            progress(report)
        coming = list(turn.later.values())
    return report


@dataclass(frozen=True, slots=True)
class _Turn:
    """Articles that may be written in any order: of the versions of an item one, and `later` the newest of the others.

    They come with the older ones before the newer (`kg.read`).
    """

    record: Distant
    report: Report
    since: date | None
    later: dict[str, Article | Withdrawn] = field(default_factory=dict)
    _under_way: set[int] = field(default_factory=set)  # hashes of the ids of items that have versions

    def articles(self, articles: Iterable[Article | SourceError]) -> Iterator[Article]:
        """Those that are to be read now; what became of the others is reported, unless they come later."""
        for article in articles:
            if isinstance(article, SourceError) and not isinstance(article, Withdrawn):
                self.report.add(article)
            elif article.version and hash(article.id) in self._under_way:
                self._wait(article)
            elif isinstance(article, Withdrawn):
                self.record.remove(article.id)
                self.report.add(article)
            elif self.since and article.issued and article.issued < self.since:
                self.report.add(Outcome.of(article, Status.PASSED_OVER, f"issued on {article.issued}"))
            else:
                if article.version:
                    self._under_way.add(hash(article.id))
                self.report.expect(article)
                yield article

    def _wait(self, article: Article | Withdrawn) -> None:
        before = self.later.get(article.id)
        self.later[article.id] = article
        if before:
            said = "a newer version was met: not read"
            self.report.add(Outcome(Status.SUPERSEDED, before.where, before.id, Reason.SUPERSEDED, said))


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
