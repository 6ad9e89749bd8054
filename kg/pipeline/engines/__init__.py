"""Articles in, what each became out, by whoever does the work: this process, several, or several machines."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from kg.errors import SourceError
from kg.graph.names import Namespaces
from kg.model import Article
from kg.pipeline.engines.here import Here
from kg.pipeline.engines.processes import WORTH, Processes
from kg.pipeline.limits import Limits
from kg.pipeline.outcome import Outcome
from kg.pipeline.shard import Extractor, Result

__all__ = ["AsNeeded", "Engine", "Here", "Processes", "local"]


class Engine(Protocol):
    """Reads articles. What it gives is the same whatever the engine, and may come in any order.

    An article that cannot be read is a `SourceError` in its place; an `Outcome` stands for one that who reads has found
    need not be read. It takes no more articles than it has work for.
    Raises other `KGError`s for what every article would meet.
    """

    def results(
        self, articles: Iterable[Article], names: Namespaces, extractor: Extractor | None
    ) -> Iterator[Result | SourceError | Outcome]: ...


@dataclass(frozen=True, slots=True)
class AsNeeded:
    """Reads a little in this process, whose models stay loaded, and much in up to so many others, time after time."""

    jobs: int
    limits: Limits = field(default_factory=Limits)

    def results(
        self, articles: Iterable[Article], names: Namespaces, extractor: Extractor | None
    ) -> Iterator[Result | SourceError]:
        """As `Engine` has it."""
        articles, few, size = iter(articles), list[Article](), 0
        while size < WORTH and (article := next(articles, None)) is not None:
            few.append(article)
            size += len(article.text)
        engine = Here(limits=self.limits) if size < WORTH else Processes(self.jobs, self.limits)
        yield from engine.results(chain(few, articles), names, extractor)


def local(jobs: int = 1, limits: Limits | None = None, *, again: bool = False) -> Engine:
    """The engine that reads in so many processes on this machine; 0: in as many as it has cores for us.

    Where it is to read `again` and again, it takes others only for what is much.
    """
    jobs = jobs or _cores()
    limits = limits or Limits()
    if jobs == 1:
        return Here(limits=limits)
    return AsNeeded(jobs, limits) if again else Processes(jobs, limits)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
