"""The IRI of an entity or an article in, what a graph says of it out, as RDF.

An entity is described from both sides: its own triples, those that lead to it, and what the things at their other ends
are called (a symmetric concise bounded description, as there are no blank nodes). Statements, events and quotations
that tell of it are named, and stand whole in the graphs of their articles, whose IRIs theirs begin with. Where it is
only mentioned is left to those. An article is its whole graph, as the record has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

import pyoxigraph as ox

from kg.errors import UnknownThing
from kg.graph import turtle
from kg.graph.exploring.explored import Explored
from kg.graph.names import SKOS
from kg.graph.serving import graphs

MOST = 10_000  # triples of an entity, and as many that lead to it; those that are no article's come first
_NAMED = 1000  # neighbours whose names are told
_LABEL = ox.NamedNode(SKOS + "prefLabel")
_LEADING = f"""SELECT DISTINCT ?subject ?property {{
  ?subject ?property ?thing FILTER(?property != kg:refersTo)
}} LIMIT {MOST}"""


def write(explored: Explored, iri: str, file: IO[bytes], format: str) -> None:
    """Write what is said of an entity, or an article's graph, in a format of `Answer.write`. Raises `UnknownThing`."""
    record = _record(explored, iri)
    if record and format == "ttl":
        file.write(record)
    else:
        graphs.write(turtle.parse(record) if record else _described(explored, iri), file, format)


def _record(explored: Explored, iri: str) -> bytes | None:
    if explored.record is None or not iri.startswith(explored.names.article):
        return None
    return explored.record(explored.names.article_id(iri))


def _described(explored: Explored, iri: str) -> Iterable[ox.Triple]:
    node = ox.NamedNode(iri)
    if explored.graph.contains_named_graph(node):
        return (quad.triple for quad in explored.graph.quads_for_pattern(None, None, None, node))
    own = [quad.triple for quad in islice(explored.graph.quads_for_pattern(node, None, None, None), MOST)]
    leading = list(islice(dict.fromkeys(_leading(explored, node)), MOST))
    if not own and not leading:
        raise UnknownThing(f"nothing is known here of <{iri}>")
    ends = dict.fromkeys([*(triple.object for triple in own), *(triple.subject for triple in leading)])
    return dict.fromkeys([*own, *leading, *_names(explored, ends)])


def _leading(explored: Explored, node: ox.NamedNode) -> Iterator[ox.Triple]:
    for union in (False, True):
        for subject, predicate in explored.query(_LEADING, bindings={"thing": node}, union=union).rows():
            if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode):
                yield ox.Triple(subject, predicate, node)


def _names(explored: Explored, things: Iterable[object]) -> Iterator[ox.Triple]:
    named = (thing for thing in things if isinstance(thing, ox.NamedNode))
    for thing in islice(named, _NAMED):
        for quad in explored.graph.quads_for_pattern(thing, _LABEL, None, None):
            yield quad.triple
