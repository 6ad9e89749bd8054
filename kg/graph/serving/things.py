"""A thing in a graph in, what everybody wants to know of it first out: what it is called and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from kg.graph.exploring.explored import Explored
from kg.graph.names import OA, RDF, RDFS, SCHEMA, SKOS
from kg.graph.told import About, gathered

PREFERRED = (SKOS + "prefLabel",)
OTHERS = (
    SKOS + "altLabel",
    RDFS + "label",
    SCHEMA + "name",
    "http://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
)
_WORDS = OA + "exact"  # which stand for a speaker who is not named
MOST = 200  # terms of one property of a thing, of however many somebody has written
_SHOWN = 20  # types, or languages, of a thing wherever it is named
_LONGEST = 300  # characters of a name
_LOOKED_AT = 1000  # triples, for the same may stand in many graphs
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def thing(explored: Explored, iri: str) -> dict[str, object]:
    """Its IRI, its label by language, its types. Of two labels in a language the first in the alphabet is it; what has
    no preferred one has another name; what has none at all is called as its IRI ends.
    """
    return {"iri": iri, "label": _label(explored, iri), "types": iris(explored, iri, RDF + "type")[:_SHOWN]}


def objects(explored: Explored, iri: str, predicate: str) -> Iterator[Term]:
    """What stands behind a property of a thing, in any graph; `MOST` at most."""
    quads = explored.graph.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None)
    return islice(dict.fromkeys(quad.object for quad in islice(quads, _LOOKED_AT)), MOST)


def iris(explored: Explored, iri: str, predicate: str) -> list[str]:
    """Those of them that are IRIs, sorted."""
    return sorted({term.value for term in objects(explored, iri, predicate) if isinstance(term, ox.NamedNode)})


def about(explored: Explored, things: Iterable[str]) -> About:
    """What a graph says of things; a thousand triples of each at most."""
    found = (explored.graph.quads_for_pattern(ox.NamedNode(iri), None, None, None) for iri in dict.fromkeys(things))
    quads = (quad for quads in found for quad in islice(quads, _LOOKED_AT))
    return gathered((quad.subject, quad.predicate, quad.object) for quad in quads)


def shortened(name: str) -> str:
    """A name, unless it is a novel."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _label(explored: Explored, iri: str) -> dict[str, str]:
    for predicate in (*PREFERRED, *OTHERS, _WORDS):
        found = [term for term in objects(explored, iri, predicate) if isinstance(term, ox.Literal)]
        if found:
            told = dict(sorted(((term.language or "", shortened(term.value)) for term in found), reverse=True))
            return dict(islice(told.items(), _SHOWN))
    return {"": iri.rstrip("/#").replace("#", "/").rpartition("/")[2]}
