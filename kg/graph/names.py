"""Identifiers in, IRIs out: the vocabularies of the contract and the two bases that a store may choose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from kg.model import EVENT, KG, WIKIDATA

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL = "http://www.w3.org/2002/07/owl#"
SCHEMA = "https://schema.org/"
OA = "http://www.w3.org/ns/oa#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
PROV = "http://www.w3.org/ns/prov#"
DCT = "http://purl.org/dc/terms/"
POSITION = "https://w3id.org/dateline/position#"
READER = "https://w3id.org/dateline/reader/"

_NEVER = (  # RFC 3987, 2.2: controls, what is private or no character at all, and a per cent sign that encodes nothing
    r'\x00-\x20\x7f-\x9f<>"{}|\\^`\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff'
    + "".join(rf"\U{plane:04x}fffe-\U{plane:04x}ffff" for plane in range(1, 14))
    + r"\U000e0000-\U000e0fff\U000efffe-\U0010ffff"
)
_NO_CODE = "%(?![0-9A-Fa-f]{2})"
_NOT_IN_IRIS = re.compile(f"[{_NEVER}]|{_NO_CODE}")
_NOT_IN_ENTITY_IDS = re.compile(rf"[{_NEVER}/?#\[\]]|{_NO_CODE}")


@dataclass(frozen=True, slots=True)
class Namespaces:
    """The IRI bases of entities and articles; the defaults are the contract's."""

    entity: str = "https://w3id.org/dateline/entity/"
    article: str = "https://w3id.org/dateline/article/"

    def article_iri(self, id: str) -> str:
        """The IRI of an article and of its named graph: the base and the percent-encoded identifier."""
        encoded = quote(id, safe="", errors="surrogatepass")
        # "." and ".." would be taken for steps in a path
        return self.article + (encoded if encoded.strip(".") else encoded.replace(".", "%2E"))

    def article_id(self, iri: str) -> str:
        """The identifier that `article_iri` made an IRI of."""
        return unquote(iri.removeprefix(self.article), errors="surrogatepass")

    def entity_iri(self, id: str) -> str:
        """The IRI of an entity; characters that no IRI may hold are percent-encoded."""
        return self.entity + _NOT_IN_ENTITY_IDS.sub(_percent, id)

    def prefixes(self) -> dict[str, str]:
        """What queries may abbreviate, and Turtle does."""
        return {"ent": self.entity, "art": self.article, **PREFIXES}


PREFIXES = {
    "kg": KG,
    "event": EVENT,
    "position": POSITION,
    "dct": DCT,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "gn": "https://sws.geonames.org/",
    "reader": READER,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sem": SEM,
    "skos": SKOS,
    "wd": WIKIDATA,
    "xsd": XSD,
}


def iri_of(url: str) -> str:
    """A URL as people write it, made an IRI: what no IRI may hold is percent-encoded."""
    return _NOT_IN_IRIS.sub(_percent, url)


def _percent(match: re.Match[str]) -> str:
    return quote(match.group(), safe="", errors="surrogatepass")
