"""A network in, what is wanted of it out: what is near somebody, and what some articles at least tell of."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg import gazetteer
from kg.errors import QueryError
from kg.graph import called, queries
from kg.view.spool import Arrays, Spool

if TYPE_CHECKING:
    from kg.graph.remote import Endpoint
    from kg.graph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is wanted of a network: what is told between two days, within some steps of somebody, with some weight."""

    since: str | None = None
    until: str | None = None
    entity: str | None = None  # a name, an identifier or an IRI
    depth: int = 1
    min_weight: float = 0

    def days(self) -> dict[str, str]:
        """The days that are said, by `since` and `until`. Raises `QueryError` for what is none."""
        said = {name: day for name, day in (("since", self.since), ("until", self.until)) if day is not None}
        for name, day in said.items():
            if not queries.is_day(day):
                raise QueryError(f"{name} {day!r} is no day, such as 2025-01-31")
        if self.since and self.until and self.since > self.until:
            raise QueryError(f"since {self.since} is after until {self.until}: nothing is between them")
        return said

    def of(self, spool: Spool, source: Store | Endpoint) -> None:
        """Leave in a network what is wanted, weights first; the days are the rows' matter.

        Raises `QueryError` where nobody in it is called so.
        """
        if self.min_weight > 0:
            spool.prune(spool.arrays().weights >= self.min_weight)
        if self.entity is not None:
            near = _within(spool.arrays(), _called(spool, source, self.entity), self.depth)
            source_near, target_near = near[spool.arrays().edges].T
            spool.prune(source_near & target_near)


def meant(source: Store | Endpoint, entity: str) -> set[str]:
    """The identifiers of the nodes that somebody can mean by a name, an identifier or an IRI."""
    return {str(getattr(thing, "value", thing)) for thing in called.things(source, entity)}


def _called(spool: Spool, source: Store | Endpoint, entity: str) -> list[int]:
    """The numbers of the nodes that bear a name."""
    things = meant(source, entity)
    if found := [number for number, node in enumerate(spool.nodes()) if node.id in things]:
        return found
    names = sorted({node.label for node in spool.nodes()})
    words = set(gazetteer.fold(entity).split())
    near = difflib.get_close_matches(entity, names, n=3) or [n for n in names if words <= {*gazetteer.fold(n).split()}]
    hint = f"did you mean {' or '.join(near[:3])}?" if near else "kg query entities lists those of the store"
    raise QueryError(f"nobody in the network is called {entity!r}: {hint}")


def _within(arrays: Arrays, start: list[int], depth: int) -> NDArray[np.bool_]:
    """Which nodes some steps at most lead to, whichever way the edges point."""
    near = np.zeros(arrays.count, bool)
    near[start] = True
    for _ in range(depth):
        reached = arrays.edges[near[arrays.edges].any(axis=1)]
        if near[reached].all():
            break
        near[reached] = True
    return near
