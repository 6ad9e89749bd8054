"""Articles in, a store's record at an address (s3://…) out, written by whoever reads them; and a report.

Such a record has no index that one process would have to keep: as many machines write as read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kg.errors import SourceError
from kg.graph.names import Namespaces
from kg.graph.store.distant import Distant
from kg.model import Article, Provenance
from kg.pipeline.engines import Engine, Here
from kg.pipeline.outcome import Outcome, Status
from kg.pipeline.ray import Ray
from kg.pipeline.report import Report
from kg.pipeline.shard import Extractor, Result, provenance, results

_BATCH = 64  # articles that are looked up, and written, at a time: many requests under way at once

_Kept = Result | SourceError | Outcome


def ingest(
    articles: Iterable[Article | SourceError],
    record: Distant,
    *,
    report: Report,
    engine: Engine | None = None,
    extractor: Extractor | None = None,
) -> Iterator[Report]:
    """Read articles into a distant record, and give the report after each.

    Those that stand there unchanged are not read. Printings of one dispatch are not brought together: that takes an
    index. Raises `StoreError` where the record cannot be read or written, `DataError` for a malformed ontology.
    """
    expected = _expected(articles, report)
    for outcome in _results(engine or Here(), expected, record, extractor):
        report.add(outcome)
        yield report


def _expected(articles: Iterable[Article | SourceError], report: Report) -> Iterator[Article]:
    for article in articles:
        if isinstance(article, SourceError):
            report.add(article)
        else:
            report.expect(article)
            yield article


def _results(
    engine: Engine, articles: Iterator[Article], record: Distant, extractor: Extractor | None
) -> Iterator[_Kept]:
    if isinstance(engine, Ray):  # its workers write
        return replace(engine, work=Keeper(record)).results(articles, record.names, extractor)
    return _here(engine, articles, record, extractor)


@dataclass(frozen=True, slots=True)
class Keeper:
    """What a worker does that writes what it reads: the results come back without their Turtle."""

    record: Distant

    def __call__(self, articles: Sequence[Article], names: Namespaces, extractor: Extractor | None) -> Iterator[_Kept]:
        """What became of the articles, once it stands in the record. Raises as `ingest`."""
        unchanged, rest = _divided(articles, self.record, extractor)
        yield from unchanged
        yield from _put(list(results(rest, names, extractor)), self.record)


def _here(engine: Engine, articles: Iterator[Article], record: Distant, extractor: Extractor | None) -> Iterator[_Kept]:
    unchanged: deque[Outcome] = deque()
    made: list[Result | SourceError] = []

    def unread() -> Iterator[Article]:
        while batch := list(islice(articles, _BATCH)):
            same, rest = _divided(batch, record, extractor)
            unchanged.extend(same)
            yield from rest

    for result in engine.results(unread(), record.names, extractor):
        made.append(result)
        if len(made) >= _BATCH:
            yield from _put(made, record)
            made.clear()
        while unchanged:
            yield unchanged.popleft()
    yield from _put(made, record)
    yield from unchanged


def _divided(
    articles: Sequence[Article], record: Distant, extractor: Extractor | None
) -> tuple[list[Outcome], list[Article]]:
    """Those that stand there unchanged, and the others."""
    asked = [(article, by) for article in articles if (by := _reader(article, extractor))]
    current = record.current(asked)
    same = [Outcome.of(article, Status.UNCHANGED) for article in articles if article.id in current]
    return same, [article for article in articles if article.id not in current]


def _reader(article: Article, extractor: Extractor | None) -> Provenance | None:
    try:
        return provenance(article.language or "", extractor)
    except SourceError:  # nobody reads its language: it is said when the article's turn comes
        return None


def _put(made: Sequence[Result | SourceError], record: Distant) -> Iterator[Result | SourceError]:
    record.put((result.article, result.turtle) for result in made if isinstance(result, Result))
    yield from (replace(result, turtle=b"") if isinstance(result, Result) else result for result in made)
