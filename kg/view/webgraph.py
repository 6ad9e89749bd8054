"""A network in, JSON out: as Cytoscape and cytoscape.js have it, and as networkx and d3 have it (node-link)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from kg.view import plain
from kg.view.spool import Spool


def cytoscape(spool: Spool, file: IO[bytes]) -> None:
    """Write a network as Cytoscape JSON (.cyjs), an element a line; `networkx.cytoscape_graph` reads it too."""
    head = {"format_version": "1.0", "generated_by": "Dateline", "directed": _is_directed(spool), "multigraph": True}
    _write(file, head, "data", {"name": "Dateline"})
    file.write(b',\n"elements": {"nodes": [')
    _listed(file, ({"data": _cytoscape_node(node.id, plain.of_node(node))} for node in spool.nodes()))
    file.write(b'],\n"edges": [')
    _listed(file, _cytoscape_edges(spool))
    file.write(b"]}}\n")


def node_link(spool: Spool, file: IO[bytes]) -> None:
    """Write a network as `networkx.node_link_data(graph, edges="edges")` has it, an element a line."""
    _write(file, {"directed": _is_directed(spool), "multigraph": True}, "graph", {})
    file.write(b',\n"nodes": [')
    _listed(file, ({**node.attributes, "label": node.label, "id": node.id} for node in spool.nodes()))
    file.write(b'],\n"edges": [')
    _listed(
        file,
        (
            {**plain.of_edge(edge), "source": edge.source, "target": edge.target, "key": edge.predicate}
            for edge in spool.edges()
        ),
    )
    file.write(b"]}\n")


def _cytoscape_node(id: str, said: Mapping[str, Any]) -> dict[str, Any]:
    return {**said, "id": id, "value": id, "name": said["label"]}


def _cytoscape_edges(spool: Spool) -> Iterator[dict[str, Any]]:
    for number, edge in enumerate(spool.edges()):
        ends = {"id": f"e{number}", "source": edge.source, "target": edge.target, "key": edge.predicate}
        yield {"data": {**plain.of_edge(edge), "interaction": edge.label, **ends}}


def _is_directed(spool: Spool) -> bool:
    shapes = spool.shapes()[1]
    return any(shape.directed for shape in shapes) or not shapes


def _write(file: IO[bytes], head: Mapping[str, Any], name: str, about: Mapping[str, Any]) -> None:
    file.write(f"{_text(head)[:-1]}, {_text(name)}: {_text(about)}".encode())


def _listed(file: IO[bytes], items: Iterable[Mapping[str, Any]]) -> None:
    for number, item in enumerate(items):
        file.write(b"," * bool(number) + b"\n" + _text(item).encode("utf-8", "replace"))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
