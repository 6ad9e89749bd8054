"""A network in, GEXF 1.3 out, as Gephi, Gephi Lite and graphology read it: the same bytes from the same network.

`networkx.write_gexf` is not for us: Gephi merges the parallel relations that it writes, it fails on None and on dates,
and control characters break its XML.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import XMLGenerator

import networkx as nx

from kg.view import palette
from kg.view.columns import Column, clean, columns, identifier, is_said
from kg.view.layout import places
from kg.view.network import name

SPREAD = 100  # Gephi's units for an edge of length 1
SMALLEST, LARGEST = 10.0, 40.0  # sizes of nodes


def write(graph: nx.MultiDiGraph[str], file: str | Path | IO[bytes]) -> None:
    """Write a network to a path or to a binary file.

    Nodes get a colour by type, a size by degree and a place; edges their predicate as `kind`, so that parallel
    relations stay apart, a label, and a weight above 0; an edge whose `directed` is False has no arrow. Every other
    attribute is a column typed by its values: None is left out, a date is its ISO string, and what XML does not
    allow is removed.
    """
    if isinstance(file, (str, Path)):
        with Path(file).open("wb") as opened:
            return write(graph, opened)
    _Writer(XMLGenerator(file, "utf-8", short_empty_elements=True)).document(graph)


@dataclass(frozen=True, slots=True)
class _Writer:
    xml: XMLGenerator

    def document(self, graph: nx.MultiDiGraph[str]) -> None:
        self.xml.startDocument()
        with self.element(
            "gexf", {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
        ):
            with self.element("meta"), self.element("creator", broken=False):
                self.xml.characters("Dateline")
            with self.element("graph", {**_default(graph), "idtype": "string"}):
                self.graph(graph)
        self.xml.endDocument()

    def graph(self, graph: nx.MultiDiGraph[str]) -> None:
        nodes = {node: _node_values(data, graph.degree[node]) for node, data in sorted(graph.nodes(data=True))}
        edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: tuple(map(str, edge[:3])))
        of_nodes, of_edges = columns("entity", nodes.values()), columns("relation", (edge[3] for edge in edges))
        self.attributes("node", of_nodes)
        self.attributes("edge", of_edges)
        self.nodes(graph, nodes, of_nodes)
        self.edges(edges, of_edges)

    def attributes(self, kind: str, columns: dict[str, Column]) -> None:
        with self.element("attributes", {"class": kind}):
            for column in columns.values():
                self.empty("attribute", {"id": column.title, "title": column.title, "type": column.type})

    def nodes(self, graph: nx.MultiDiGraph[str], nodes: dict[str, dict[str, Any]], columns: dict[str, Column]) -> None:
        placed = places(graph)
        largest = max((values["degree"] for values in nodes.values()), default=0)
        with self.element("nodes", {"count": str(len(nodes))}):
            for node, values in nodes.items():
                data = graph.nodes[node]
                with self.element("node", {"id": identifier(node), "label": _label(data.get("label"), node)}):
                    self.values(values, columns)
                    self.looks(data, _size(values["degree"], largest), placed[node])

    def looks(self, data: dict[str, Any], size: float, place: tuple[float, float]) -> None:
        rgb = palette.colour(palette.principal(data.get("type")))
        channels = {channel: str(int(rgb[i : i + 2], 16)) for channel, i in (("r", 1), ("g", 3), ("b", 5))}
        self.empty("viz:size", {"value": f"{size:.2f}"})
        self.empty("viz:position", {"x": f"{place[0] * SPREAD:.1f}", "y": f"{place[1] * SPREAD:.1f}"})
        self.empty("viz:color", channels)

    def edges(self, edges: list[tuple[str, str, Any, dict[str, Any]]], columns: dict[str, Column]) -> None:
        kinds = _kinds(str(data.get("predicate") or key) for *_, key, data in edges)
        mixed = len({_is_directed(data) for *_, data in edges}) > 1
        with self.element("edges", {"count": str(len(edges))}):
            for source, target, key, data in edges:
                kind = kinds[str(data.get("predicate") or key)]
                with self.element("edge", _edge(source, target, key, kind, data, mixed)):
                    self.values(data, columns)

    def values(self, values: dict[str, Any], columns: dict[str, Column]) -> None:
        said = [(column, values[of]) for of, column in columns.items() if is_said(values.get(of))]
        if said:
            with self.element("attvalues"):
                for column, value in said:
                    self.empty("attvalue", {"for": column.title, "value": column.text(value)})

    @contextmanager
    def element(self, tag: str, attributes: dict[str, str] | None = None, broken: bool = True) -> Iterator[None]:
        self.xml.startElement(tag, attributes or {})  # type: ignore[arg-type]
        if broken:
            self.xml.characters("\n")
        yield
        self.xml.endElement(tag)
        self.xml.characters("\n")

    def empty(self, tag: str, attributes: dict[str, str]) -> None:
        with self.element(tag, attributes, broken=False):
            pass


def _node_values(data: dict[str, Any], degree: int) -> dict[str, Any]:
    kind = palette.principal(data.get("type"))
    return {**data, "type": name(kind) if kind else None, "degree": degree}


def _default(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    # Gephi drops an undirected edge where the default is directed: a mixed graph has no default, its edges say it
    directions = {_is_directed(data) for *_, data in graph.edges(data=True)}
    return {} if len(directions) > 1 else {"defaultedgetype": "undirected" if False in directions else "directed"}


def _is_directed(data: dict[str, Any]) -> bool:
    return data.get("directed") is not False


def _edge(source: str, target: str, key: Any, kind: str, data: dict[str, Any], mixed: bool) -> dict[str, str]:
    # the id is made from what the edge is, so that it is the same in tomorrow's export
    digest = hashlib.blake2b(json.dumps([source, target, str(key)]).encode(), digest_size=8).hexdigest()
    return {
        "id": digest,
        "source": identifier(source),
        "target": identifier(target),
        **({"type": "directed" if _is_directed(data) else "undirected"} if mixed else {}),
        "label": _label(data.get("label"), kind),
        "weight": _weight(data.get("weight")),
        "kind": kind,
    }


def _weight(weight: Any) -> str:
    numeric = isinstance(weight, (int, float)) and math.isfinite(weight) and weight > 0
    return repr(float(weight)) if numeric else "1.0"


def _size(degree: int, largest: int) -> float:
    # area, not diameter, tells the degree
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(degree / largest) if largest else SMALLEST


def _kinds(predicates: Iterator[str]) -> dict[str, str]:
    # the short name, or the whole IRI where two predicates have the same: Gephi would merge their edges
    by_name: dict[str, set[str]] = defaultdict(set)
    for predicate in predicates:
        by_name[clean(name(predicate))].add(predicate)
    return {
        predicate: short if len(sharing) == 1 and short else identifier(predicate)
        for short, sharing in by_name.items()
        for predicate in sharing
    }


def _label(label: Any, otherwise: str) -> str:
    return " ".join(clean(str(label or "")).split()) or identifier(name(otherwise))
