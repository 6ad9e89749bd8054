"""Articles in, what each became out, by whoever does the work: this process, several, or several machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from kg.errors import SourceError
from kg.graph.names import Namespaces
from kg.model import Article
from kg.pipeline.shard import Extractor, Result, results

_BATCH = 16  # articles the models see at a time: enough to be quick, few enough to lose little to a kill


class Engine(Protocol):
    """Reads articles. What it gives is the same whatever the engine, and may come in any order.

    An article that cannot be read is a `SourceError` in its place. It takes no more articles than it has work for.
    Raises other `KGError`s for what every article would meet.
    """

    def results(
        self, articles: Iterable[Article], names: Namespaces, extractor: Extractor | None
    ) -> Iterator[Result | SourceError]: ...


@dataclass(frozen=True, slots=True)
class Here:
    """Reads in this process, batch by batch."""

    batch: int = _BATCH

    def results(
        self, articles: Iterable[Article], names: Namespaces, extractor: Extractor | None
    ) -> Iterator[Result | SourceError]:
        """As `Engine` has it, batches in order."""
        articles = iter(articles)
        while batch := list(islice(articles, self.batch)):
            yield from results(batch, names, extractor)
