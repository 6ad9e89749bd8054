"""A network in, GraphML out (graphml.graphdrawing.org), as Gephi, yEd, igraph, NetworkX and Neo4j read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from kg.view import plain
from kg.view.markup import escaped
from kg.view.spool import Spool
from kg.view.spool.elements import Large, Shape

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES: Mapping[type, str] = {bool: "boolean", int: "int", Large: "long", float: "double"}
_WIDER = ("int", "long", "double")
_NODES = {"label": "string", "entity_type": "string"}
_EDGES = {"label": "string", "predicate": "string", "weight": "double"}


def write(spool: Spool, file: IO[bytes]) -> None:
    """Write a network to a binary file, a line a node and an edge. A list is one text, with | between its items."""
    of_nodes, of_edges = spool.shapes()
    nodes, edges = _keys(_NODES, of_nodes, {"type"}), _keys(_EDGES, of_edges, set())
    for line in _lines(spool, nodes, edges, directed=any(shape.directed for shape in of_edges) or not of_edges):
        file.write(line.encode())


def _lines(spool: Spool, nodes: dict[str, str], edges: dict[str, str], *, directed: bool) -> Iterator[str]:
    yield _HEAD
    for sort, keys in (("node", nodes), ("edge", edges)):
        for name, kind in keys.items():
            yield f'<key id="{_id(sort, name)}" for="{sort}" attr.name="{escaped(name)}" attr.type="{kind}"/>\n'
    yield f'<graph edgedefault="{"directed" if directed else "undirected"}">\n'
    for node in spool.nodes():
        yield f'<node id="{escaped(node.id)}">{_data("node", plain.of_node(node), nodes)}</node>\n'
    for number, edge in enumerate(spool.edges()):
        ends = f'id="e{number}" source="{escaped(edge.source)}" target="{escaped(edge.target)}"'
        yield f"<edge {ends}>{_data('edge', plain.of_edge(edge), edges)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _keys(first: Mapping[str, str], shapes: Iterable[Shape], said_otherwise: set[str]) -> dict[str, str]:
    """The type of each attribute, by its name; where elements disagree, the one that holds all."""
    types: dict[str, set[str]] = {}
    for shape in shapes:
        for attribute, kind in zip(shape.attributes, shape.types, strict=True):
            types.setdefault(attribute, set()).add(_TYPES.get(kind, "string"))
    found = {name: _common(kinds) for name, kinds in sorted(types.items()) if name not in {*first, *said_otherwise}}
    return {**first, **found}


def _common(kinds: set[str]) -> str:
    return max(kinds, key=_WIDER.index) if kinds <= set(_WIDER) else kinds.pop() if len(kinds) == 1 else "string"


def _data(sort: str, said: dict[str, Any], keys: dict[str, str]) -> str:
    told = ((name, plain.text(said[name])) for name in keys if name in said)
    return "".join(f'<data key="{_id(sort, name)}">{escaped(text)}</data>' for name, text in told)


def _id(sort: str, name: str) -> str:
    return escaped(f"{sort}_{name}")
