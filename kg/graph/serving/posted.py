"""A piece of RDF that somebody sent in, its triples out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.serving.graphs import name_of

_FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
MEDIA_TYPES = tuple(_FORMATS)
_UNDECLARED = re.compile(r"The prefix (\w[\w.-]*): has not been declared")


@dataclass(frozen=True, slots=True)
class Posted:
    """A document of one of `MEDIA_TYPES`; `is_part` of a form, which people fill in by hand."""

    content: bytes
    media_type: str
    is_part: bool = False

    def triples(self, base: str) -> list[ox.Triple]:
        """Its triples, with blank nodes that are nobody else's. A part of a form may leave out the declarations of
        prefixes that everybody knows, as the W3C's own tests do.

        Raises `QueryError` with the line for what cannot be read, for graphs in it, and for a `base` that is no IRI.
        """
        name_of(base)
        try:
            return self._parsed(self.content, base)
        except SyntaxError as error:
            if self.is_part and (prefix := _UNDECLARED.search(str(error))) and prefix[1] in (known := _well_known()):
                declared = f"PREFIX {prefix[1]}: <{known[prefix[1]]}> ".encode() + self.content
                return Posted(declared, self.media_type, is_part=True).triples(base)
            place = f"line {error.lineno} of " if error.lineno else ""
            said = " ".join(str(error.msg).split())[:200]
            raise QueryError(f"{place}what was sent is not {_FORMATS[self.media_type].name}: {said}") from error

    def _parsed(self, content: bytes, base: str) -> list[ox.Triple]:
        quads = list(ox.parse(content, _FORMATS[self.media_type], base_iri=base, rename_blank_nodes=True))
        if any(not isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads):
            raise QueryError("what was sent holds graphs: send the triples of one graph")
        return [quad.triple for quad in quads]


def _well_known() -> Mapping[str, str]:
    """The prefixes that rdflib knows of itself."""
    import rdflib

    return {prefix: str(iri) for prefix, iri in rdflib.Graph().namespaces()}
