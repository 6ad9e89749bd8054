"""The two stores of an index and a graph in, one home for every triple out.

What articles state stands in the default graph. An added graph that holds it too has it noted in `stated`, beside the
articles, and gets it back when no article states it any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from itertools import islice

import pyoxigraph as ox

from kg.graph.names import RDF
from kg.model import KG

Change = tuple[str, set[ox.Triple]]  # an article's IRI, and all that its graph holds from now on
Graphs = Set[ox.NamedNode]
_DEFAULT = ox.DefaultGraph()
_TYPE, _ADDITION = ox.NamedNode(RDF + "type"), ox.NamedNode(KG + "Addition")
_CHUNK = 100_000  # triples that are held in memory at a time


def belongs(triple: ox.Triple, article: str) -> bool:
    """Whether a triple tells of the article, or of what is said in it, and not of the world."""
    subject = triple.subject
    return isinstance(subject, ox.NamedNode) and (subject.value == article or subject.value.startswith(article + "#"))


def additions(stated: ox.Store) -> Graphs:
    """The graphs that were added."""
    found = stated.quads_for_pattern(None, _TYPE, _ADDITION, _DEFAULT)
    return {quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)}


def amend(
    graph: ox.Store, stated: ox.Store, name: ox.NamedNode, gone: Iterable[ox.Triple] | None, come: Iterable[ox.Triple]
) -> None:
    """Take what has gone out of an added graph, all where it is not known what, and put in what has come."""
    for store in (graph, stated) if gone is None else ():
        store.remove_graph(name)
    for triple in gone or ():
        quad = _quad(triple, name)
        (stated if quad in stated else graph).remove(quad)
    rest = iter(come)
    while chunk := list(islice(rest, _CHUNK)):
        shared = {triple for triple in chunk if _quad(triple, _DEFAULT) in graph}
        graph.bulk_extend(_quad(triple, name) for triple in chunk if triple not in shared)
        stated.extend(_quad(triple, name) for triple in shared)
    _note(graph, stated, name)


def claim(graph: ox.Store, stated: ox.Store, triples: Iterable[ox.Triple], added: Graphs) -> None:
    """Take triples that have come into the default graph out of the graphs that were added."""
    for triple in triples if added else ():
        for name in graphs_of(graph, triple) & added:
            stated.add(_quad(triple, name))
            graph.remove(_quad(triple, name))


def release(graph: ox.Store, stated: ox.Store, triple: ox.Triple, added: Graphs) -> None:
    """Take a triple that no article states any more out of the default graph, back to where else it stands."""
    held = stated.quads_for_pattern(triple.subject, triple.predicate, triple.object)
    if not all(quad.graph_name in added for quad in held):  # ends at the first article, of maybe a hundred thousand
        return
    graph.remove(_quad(triple, _DEFAULT))
    for name in graphs_of(stated, triple):
        graph.add(_quad(triple, name))
        stated.remove(_quad(triple, name))


def _note(graph: ox.Store, stated: ox.Store, name: ox.NamedNode) -> None:
    note = ox.Quad(name, _TYPE, _ADDITION, _DEFAULT)
    if any(any(store.quads_for_pattern(None, None, None, name)) for store in (graph, stated)):
        stated.add(note)
    else:
        stated.remove(note)
        forget(graph, stated, name)


def forget(graph: ox.Store, stated: ox.Store, name: ox.NamedNode) -> None:
    """Remove the name of a graph too, which outlives its last triple."""
    for store in (graph, stated):
        store.remove_graph(name)


def graphs_of(store: ox.Store, triple: ox.Triple) -> set[ox.NamedNode]:
    """The named graphs that hold a triple."""
    found = store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
    return {quad.graph_name for quad in found if isinstance(quad.graph_name, ox.NamedNode)}


def _quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
