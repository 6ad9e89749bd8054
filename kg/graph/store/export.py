"""Graphs of articles in, one file of N-Quads, TriG or Turtle out; streamed, and the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import quads, turtle
from kg.graph.names import Namespaces
from kg.graph.store.additions import Additions, iri_of, load
from kg.graph.store.identities import Identities
from kg.graph.store.record import Graph

FORMATS = ("nquads", "trig", "turtle")


def today(graphs: Iterable[Graph], identities: Identities, *, whole: bool) -> Iterator[Graph]:
    """Graphs with the entities of today; behind those of a `whole` store, who is whom."""
    for graph in graphs:
        triples = identities.rewrite(graph.triples)
        if triples is graph.triples:
            yield graph
        else:
            names = identities.names
            yield Graph(graph.article, triples, turtle.turtle(triples, names, names.article_id(graph.article)))
    for iri, triples in identities.graphs() if whole else ():
        if triples:
            yield Graph(iri, triples, turtle.plain(triples, identities.names.prefixes()))


def write(file: IO[bytes], format: str, graphs: Iterable[Graph], names: Namespaces) -> None:
    """Write graphs one after the other; in N-Quads and TriG each has its article's name.

    Raises `QueryError` for a format that is none of `FORMATS`.
    """
    if format not in FORMATS:
        raise QueryError(f"cannot export {format}: choose {', '.join(FORMATS)}")
    prefixes = names.prefixes()
    if format == "trig":
        file.write("".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items()).encode())
    for graph in graphs:
        if format == "turtle":
            file.write(graph.turtle + b"\n")
        else:
            file.write(_quads(graph, format, prefixes))


def write_added(file: IO[bytes], format: str, additions: Additions) -> None:
    """Write the graphs beside the articles' behind them. In Turtle, where nothing would keep them apart, none is.

    Raises `StoreError` for one that is damaged.
    """
    written = {"nquads": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG}
    for path in additions if format in written else ():
        name = ox.NamedNode(iri_of(path))
        found = (ox.Quad(t.subject, t.predicate, t.object, name) for t in load(path))
        ox.serialize(found, file, written[format])


def _quads(graph: Graph, format: str, prefixes: dict[str, str]) -> bytes:
    if format == "nquads":
        return quads.nquads(graph.triples, graph.article)
    name = ox.NamedNode(graph.article) if graph.article else ox.DefaultGraph()
    ordered = sorted(graph.triples, key=str)
    named = [ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in ordered]
    block = ox.serialize(named, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b""
    return b"".join(line + b"\n" for line in block.split(b"\n") if line and not line.startswith(b"@"))
