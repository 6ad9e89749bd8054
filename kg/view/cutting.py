"""A network in, what is wanted of it out: what is near somebody, and what some articles at least tell of."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from kg.errors import QueryError
from kg.graph import called, queries
from kg.view.network import Network

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

    def of(self, graph: Network, source: Store | Endpoint) -> Network:
        """The part of a network that is wanted, weights first; the days are the rows' matter.

        Raises `QueryError` where nobody in it is called so.
        """
        if self.min_weight > 0:
            light = [edge[:3] for edge in graph.edges(keys=True, data="weight") if edge[3] < self.min_weight]
            graph.remove_edges_from(light)
            graph.remove_nodes_from([node for node, degree in graph.degree() if not degree])
        if self.entity is not None:
            near = _within(graph, _called(graph, source, self.entity), self.depth)
            graph.remove_nodes_from([node for node in graph if node not in near])
        return graph


def _called(graph: Network, source: Store | Endpoint, entity: str) -> set[str]:
    found = {str(getattr(thing, "value", thing)) for thing in called.things(source, entity)}
    if meant := {node for node in graph if node in found}:
        return meant
    names = sorted({str(label) for _, label in graph.nodes(data="label")})
    near = difflib.get_close_matches(entity, names, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "kg query entities lists those of the store"
    raise QueryError(f"nobody in the network is called {entity!r}: {hint}")


def _within(graph: Network, start: set[str], depth: int) -> set[str]:
    """The nodes that some steps at most lead to, whichever way the edges point."""
    near, rim = set(start), set(start)
    for _ in range(depth):
        rim = {other for node in rim for other in nx.all_neighbors(graph, node)} - near
        near |= rim
    return near
