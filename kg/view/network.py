"""Rows of a query with ?source and ?target in, a networkx MultiDiGraph out: one edge a source, target and predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import networkx as nx

from kg.view.looks import MEASURES, Looks, by_row
from kg.view.spool import Spool
from kg.view.spool.rows import Answer, name, rows, words

__all__ = ["Network", "drawn", "name", "network", "rows", "spooled", "words"]

Network: TypeAlias = "nx.MultiDiGraph[str]"


def network(found: Answer | Iterable[Mapping[str, Any]]) -> Network:
    """The network that the answer to a SELECT draws, or rows that map variables to terms, plain values or None.

    What becomes a node, an edge or an attribute, and how rows of one edge become one, is told at `Spool`. Every node
    has a `label`, every edge a `label`, its `predicate`, which is also its key, and a `weight`. Raises `QueryError` for
    an answer that never has a source or a target.
    """
    with Spool(found) as spool:
        return drawn(spool)


def drawn(spool: Spool, *, measures: bool = False) -> Network:
    """A network as networkx has it; with `measures`, nodes have what is computed of them: degree, community, x, y …"""
    graph: Network = nx.MultiDiGraph()
    for node in spool.nodes():
        graph.add_node(node.id, label=node.label, **node.attributes)
    if measures:
        looks = Looks.of(spool.arrays())
        computed = by_row(*looks.measures, looks.sizes, *looks.places.T)
        for data, values in zip(graph.nodes.values(), computed, strict=True):
            data.update(zip((*MEASURES, "size", "x", "y"), values, strict=True))
    for edge in spool.edges():
        said = {"predicate": edge.predicate, "label": edge.label, "weight": edge.weight, **edge.attributes}
        graph.add_edge(edge.source, edge.target, edge.predicate, **said)
    return graph


def spooled(graph: Network) -> Spool:
    """A graph as it can be written: its edges' predicates are their attribute `predicate`, else their keys."""
    return Spool(_told(graph), nodes=graph.nodes(data=True))


def _told(graph: Network) -> Iterator[dict[str, Any]]:
    for source, target, key, data in graph.edges(keys=True, data=True):
        predicate = data.get("predicate")
        yield {**data, "source": source, "target": target, "predicate": key if predicate is None else predicate}
