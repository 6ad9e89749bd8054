"""Articles in, what each became out, read in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from kg.errors import SourceError
from kg.graph.names import Namespaces
from kg.model import Article
from kg.pipeline.limits import Limits
from kg.pipeline.shard import Extractor, Result, results

BATCH = 16  # articles the models see at a time: enough to be quick, few enough to lose little to a kill


@dataclass(frozen=True, slots=True)
class Here:
    """Reads in this process, batch by batch."""

    batch: int = BATCH
    limits: Limits = field(default_factory=Limits)

    def results(
        self, articles: Iterable[Article], names: Namespaces, extractor: Extractor | None
    ) -> Iterator[Result | SourceError]:
        """As `Engine` has it, batches in order."""
        articles = iter(articles)
        while batch := list(islice(articles, self.batch)):
            yield from results(batch, names, extractor, self.limits)
