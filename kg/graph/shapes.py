"""The triples of an article in, where they are not as `ontology/shapes.ttl` has it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import SH

from kg import resources
from kg.errors import DataError


def violations(triples: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    """The IRI of each thing that breaks a shape, and what would be right; sorted. No inference.

    Raises `DataError` where the shapes themselves are malformed.
    """
    graph = rdflib.Graph()
    for subject, predicate, object in triples:
        graph.add((_term(subject), _term(predicate), _term(object)))
    conforms, report, text = pyshacl.validate(graph, shacl_graph=_shapes(), inference="none", inplace=True)
    if conforms:
        return
    if not isinstance(report, rdflib.Graph):
        raise DataError(f"{resources.root() / 'ontology' / 'shapes.ttl'}: no shapes: {text}")
    results = set(report.subjects(SH.focusNode))
    yield from sorted({(str(report.value(r, SH.focusNode)), str(report.value(r, SH.resultMessage))) for r in results})


@cache
def _shapes() -> rdflib.Graph:
    path = resources.root() / "ontology" / "shapes.ttl"
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:  # rdflib's BadSyntax is a SyntaxError
        raise DataError(f"{path}: no Turtle with shapes: {' '.join(str(error).split())[:200]}") from error


def _term(term: object) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    if isinstance(term, ox.Literal):
        language, kind = term.language, rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=language) if language else rdflib.Literal(term.value, datatype=kind)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    return rdflib.URIRef(getattr(term, "value", str(term)))
