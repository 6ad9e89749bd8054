"""Identifiers of a network's nodes in, what the graph says of them out: the questions of `queries/nodes/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import queries, sparql
from kg.graph.answer import Answer

_FEW = 5000  # nodes that are asked for one by one; where there are more, it is quicker to ask for all of the graph
_AT_ONCE = 1000


def attributes(query: Callable[[str], Answer], nodes: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What is said of each node, piece by piece: its identifier and terms by attribute. It may tell of others too."""
    few = list(islice(nodes, _FEW + 1))
    asked: list[dict[str, list[ox.NamedNode]]] = [{}]
    if len(few) <= _FEW:
        terms = [term for term in map(_iri, few) if term is not None]
        asked = [{"node": terms[start : start + _AT_ONCE]} for start in range(0, len(terms), _AT_ONCE)]
    for question in queries.all_queries():
        if question.folder == "nodes":
            for bindings in asked:
                found = query(sparql.bind(question.text, bindings))
                for row in found.rows():
                    said = dict(zip(found.variables, row, strict=True))
                    yield str(getattr(said.pop("node"), "value", "")), said


def _iri(node: str) -> ox.NamedNode | None:
    """The term of an identifier; None for what is none, as where a query draws between words."""
    try:
        term = queries.term(node)
    except QueryError:
        return None
    return term if isinstance(term, ox.NamedNode) else None
