"""The triples of one graph in, sorted N-Quads out, which bulk loaders read: the same triples give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox


def nquads(triples: Iterable[ox.Triple], graph: str) -> bytes:
    """UTF-8 N-Quads of triples in the graph of an IRI; without one, in the default graph."""
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    found = (ox.Quad(t.subject, t.predicate, t.object, name) for t in sorted(set(triples), key=str))
    return ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b""
