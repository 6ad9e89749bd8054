"""Rows of a SELECT in, the network that they draw out, sorted, in memory that hardly grows with their number.

The rows wait in temporary files, where those of one edge find each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.view.markup import identifier
from kg.view.spool.edges import Edges
from kg.view.spool.elements import Edge, Node, Shape, shape
from kg.view.spool.nodes import Nodes, Said
from kg.view.spool.rows import Answer, read


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
        self._nodes, self._edges = Nodes(), Edges()
        try:
            self._nodes.tell_all(nodes)
            self._draw(rows)
            if about is not None:
                self._nodes.ask(about)
            self._nodes.settle()
            self._edges.sort(self._nodes.keys)
        except BaseException:
            self.close()
            raise
        numbers = self._edges.numbers
        self._all = Arrays(len(self._nodes.keys), numbers["ends"], numbers["weight"], numbers["spell"])
        self._kept_nodes, self._kept = np.ones(self._all.count, bool), np.ones(len(numbers), bool)

    def _draw(self, rows: Answer | Iterable[Mapping[str, Any]]) -> None:
        for plan, row in read(rows):
            source, target = identifier(str(row[plan.source])), identifier(str(row[plan.target]))
            self._nodes.tell(source, plan.of_source.attributes, plan.of_source.values(row))
            self._nodes.tell(target, plan.of_target.attributes, plan.of_target.values(row))
            said = None if plan.predicate is None else row[plan.predicate]
            predicate = "" if said is None or said == "" else identifier(str(said))
            values = plan.of_edge.values(row)
            self._edges.add(Edge(source, target, predicate, shape(plan.of_edge.attributes, values), values))

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the temporary files."""
        self._nodes.close()
        self._edges.close()

    def nodes(self) -> Iterator[Node]:
        """The nodes, by identifier."""
        return compress(self._nodes, self._kept_nodes)

    def edges(self) -> Iterator[Edge]:
        """The edges, by source, target and predicate."""
        return self._edges.these(self._kept)

    def arrays(self) -> Arrays:
        """The network as numbers."""
        if self._kept.all() and self._kept_nodes.all():
            return self._all
        ranks = np.cumsum(self._kept_nodes, dtype=np.int32) - 1
        all, kept = self._all, self._kept
        return Arrays(int(ranks[-1]) + 1, ranks[all.edges[kept]], all.weights[kept], all.spells[kept])

    def shapes(self) -> tuple[list[Shape], list[Shape]]:
        """The shapes that nodes have, and those that edges have."""
        of_edges = dict.fromkeys(shape for _, shape in self._edges.kinds(self._kept))
        return self._nodes.shapes(self._kept_nodes), list(of_edges)

    def predicates(self) -> list[str]:
        """The predicates that edges have, sorted."""
        return sorted({predicate for predicate, _ in self._edges.kinds(self._kept)})

    def prune(self, kept: NDArray[np.bool_]) -> None:
        """Keep these of the edges and the nodes that they join: a truth value an edge, `arrays().weights >= 2`."""
        self._kept = self._kept.copy()
        self._kept[self._kept] = kept
        self._kept_nodes = np.zeros(self._all.count, bool)
        self._kept_nodes[self._all.edges[self._kept]] = True
