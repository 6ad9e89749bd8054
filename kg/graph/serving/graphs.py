"""The name of a graph in, what stands in it out, and written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO

import pyoxigraph as ox

from kg.errors import QueryError, UnknownGraph
from kg.graph.answer import Answer
from kg.graph.names import PREFIXES

_FEW = 10_000

Name = ox.NamedNode | ox.DefaultGraph


def name_of(graph: str | None) -> Name:
    """The graph of an IRI; the default one of None. Raises `QueryError` for what is no IRI."""
    try:
        return ox.NamedNode(graph) if graph is not None else ox.DefaultGraph()
    except ValueError as error:
        raise QueryError(f"a graph is named by an absolute IRI, and {str(graph)[:100]!r} is none") from error


class Graphs:
    """The graphs of an Oxigraph store, for reading."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def holds(self, graph: str | None) -> bool:
        """Whether there is such a graph; the default one always is."""
        name = name_of(graph)
        return isinstance(name, ox.DefaultGraph) or self._store.contains_named_graph(name)

    def read(self, graph: str | None) -> Iterator[ox.Triple]:
        """The triples of a graph as they come. Raises `UnknownGraph`."""
        if not self.holds(graph):
            raise UnknownGraph(f"there is no graph <{graph}> here")
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, name_of(graph)))


def write(triples: Iterable[ox.Triple], file: IO[bytes], format: str) -> None:
    """Write triples in a format of `Answer.write`, in bounded memory: many as they come, so that Turtle is sorted only
    where they are few. Raises `QueryError`.
    """
    rest = iter(triples)
    first = list(islice(rest, _FEW))
    if format != "ttl" or len(first) < _FEW:
        Answer(chain(first, rest)).write(file, format)
    else:
        ox.serialize(chain(first, rest), file, ox.RdfFormat.TURTLE, prefixes=PREFIXES)
