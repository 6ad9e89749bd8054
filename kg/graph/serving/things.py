"""A thing in a graph in, what everybody wants to know of it first out: what it is called and what it is."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.exploring.explored import Explored
from kg.graph.names import OA, RDF, RDFS, SCHEMA, SKOS

PREFERRED = (SKOS + "prefLabel",)
OTHERS = (
    SKOS + "altLabel",
    RDFS + "label",
    SCHEMA + "name",
    "http://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
)
_WORDS = OA + "exact"  # which stand for a speaker who is not named
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def thing(explored: Explored, iri: str) -> dict[str, object]:
    """Its IRI, its label by language, its types. Of two labels in a language the first in the alphabet is it; what has
    no preferred one has another name; what has none at all is called as its IRI ends.
    """
    types = {term.value for term in objects(explored, iri, RDF + "type") if isinstance(term, ox.NamedNode)}
    return {"iri": iri, "label": _label(explored, iri), "types": sorted(types)}


def objects(explored: Explored, iri: str, predicate: str) -> Iterator[Term]:
    """What stands behind a property of a thing, in any graph."""
    quads = explored.graph.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None)
    return (quad.object for quad in quads)


def _label(explored: Explored, iri: str) -> dict[str, str]:
    for predicate in (*PREFERRED, *OTHERS, _WORDS):
        found = [term for term in objects(explored, iri, predicate) if isinstance(term, ox.Literal)]
        if found:
            return dict(sorted(((term.language or "", term.value) for term in found), reverse=True))
    return {"": iri.rstrip("/#").replace("#", "/").rpartition("/")[2]}
