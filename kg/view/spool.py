"""Rows of a SELECT in, the network that they draw out, sorted, in memory that hardly grows with their number.

The rows wait in a temporary file (SQLite's), where those of one edge find each other.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from types import TracebackType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.view.elements import Edge, Node, Shape
from kg.view.gathering import Said, gather
from kg.view.rows import Answer

_NODES = "SELECT id, shape, said FROM node JOIN of_node USING (node) ORDER BY node"
_EDGES = """SELECT source.id, target.id, predicate, shape, said FROM edge
CROSS JOIN node AS source ON source.node = edge.source CROSS JOIN node AS target ON target.node = edge.target
ORDER BY edge"""
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """A network as numbers, for layouts and measures: nodes count from 0, in the order of `Spool.nodes`.

    `edges` has two nodes an edge (int32, m × 2), `weights` a number above 0, and `spells` the ordinals of the first and
    of the last day of an edge (int32, m × 2; see `days`), all in the order of `Spool.edges`.
    """

    count: int
    edges: NDArray[np.int32]
    weights: NDArray[np.float64]
    spells: NDArray[np.int32]


class Spool:
    """The network that rows draw: one edge a source, target and predicate. Use it in a `with` statement, or `close` it.

    `rows` are the answer to a SELECT, or mappings of variables to terms, plain values or None: `source` and `target`
    are nodes, `predicate` keeps parallel edges apart, `source_x` and `target_x` are the attribute x of a node, any
    other variable is an attribute of the edge; rows without a source or a target are passed over. `nodes` adds nodes
    and what is said of them; `about` is asked what is to be said of those that there are, and may tell of others, which
    are passed over.

    Every node and edge has a label, every edge a weight above 0: the rows' own, else the number of their distinct
    `article`s. Rows of one edge become one: the earliest begin and first_seen, the latest end and last_seen, and where
    they differ otherwise a sorted list; see `merging.edge`. What XML cannot hold of an identifier or a predicate is
    percent-encoded. Raises `QueryError` for an answer that never has a source or a target.
    """

    def __init__(
        self,
        rows: Answer | Iterable[Mapping[str, Any]],
        *,
        nodes: Said = (),
        about: Callable[[Iterator[str]], Said] | None = None,
    ) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # a temporary file that goes with the connection
        try:
            gathered = gather(self._db, rows, nodes, about)
        except BaseException:
            self.close()
            raise
        self._node_shapes, self._edge_shapes = list(gathered.node_shapes), list(gathered.edge_shapes)
        self._predicates = list(gathered.predicates)
        ends = np.frombuffer(gathered.ends, np.int32).reshape(-1, 2)
        spells = np.frombuffer(gathered.spells, np.int32).reshape(-1, 2)
        self._all = Arrays(gathered.nodes, ends, np.frombuffer(gathered.weights), spells)
        self._kept_nodes, self._kept = np.ones(self._all.count, bool), np.ones(len(ends), bool)

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the temporary file."""
        self._db.close()

    def nodes(self) -> Iterator[Node]:
        """The nodes, by identifier."""
        for id, shape, said in compress(self._db.execute(_NODES), self._kept_nodes):
            yield Node(id, self._node_shapes[shape], marshal.loads(said))

    def edges(self) -> Iterator[Edge]:
        """The edges, by source, target and predicate."""
        shapes, predicates = self._edge_shapes, self._predicates
        for source, target, predicate, shape, said in compress(self._db.execute(_EDGES), self._kept):
            yield Edge(source, target, predicates[predicate], shapes[shape], marshal.loads(said))

    def arrays(self) -> Arrays:
        """The network as numbers."""
        if self._kept.all() and self._kept_nodes.all():
            return self._all
        ranks = np.cumsum(self._kept_nodes, dtype=np.int32) - 1
        all, kept = self._all, self._kept
        return Arrays(int(ranks[-1]) + 1, ranks[all.edges[kept]], all.weights[kept], all.spells[kept])

    def shapes(self) -> tuple[list[Shape], list[Shape]]:
        """The shapes that nodes have, and those that edges have."""
        of_nodes = self._met(self._node_shapes, "SELECT shape FROM of_node ORDER BY node", self._kept_nodes)
        return of_nodes, self._met(self._edge_shapes, "SELECT shape FROM edge ORDER BY edge", self._kept)

    def predicates(self) -> list[str]:
        """The predicates that edges have, sorted."""
        return sorted(self._met(self._predicates, "SELECT predicate FROM edge ORDER BY edge", self._kept))

    def _met(self, things: list[_Thing], numbers: str, kept: NDArray[np.bool_]) -> list[_Thing]:
        if kept.all():
            return things
        met = {number for (number,) in compress(self._db.execute(numbers), kept)}
        return [things[number] for number in sorted(met)]

    def prune(self, kept: NDArray[np.bool_]) -> None:
        """Keep these of the edges and the nodes that they join: a truth value an edge, `arrays().weights >= 2`."""
        self._kept = self._kept.copy()
        self._kept[self._kept] = kept
        self._kept_nodes = np.zeros(self._all.count, bool)
        self._kept_nodes[self._all.edges[self._kept]] = True
