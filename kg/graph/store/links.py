"""Links to items elsewhere in, the triples that say so out; and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph.names import DCT, RDF, SKOS, iri_of
from kg.graph.store.identities import LINKS
from kg.graph.terms import decimal, plain, term
from kg.model import Link

_CLOSE = ox.NamedNode(SKOS + "closeMatch")
_SUBJECT, _PREDICATE, _OBJECT = (ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))


def triples(links: Iterable[Link], source: str) -> Iterator[ox.Triple]:
    """A `skos:closeMatch` a link, and a node that tells how sure it is, why, and which endpoint was asked."""
    for link in links:
        entity, item = ox.NamedNode(link.entity), ox.NamedNode(link.item)
        digest = hashlib.sha256(f"{link.entity}\n{link.item}".encode()).hexdigest()[:12]
        node = ox.NamedNode(f"{LINKS}#link-{digest}")
        yield ox.Triple(entity, _CLOSE, item)
        yield ox.Triple(node, ox.NamedNode(RDF + "type"), term("Link"))
        yield ox.Triple(node, _SUBJECT, entity)
        yield ox.Triple(node, _PREDICATE, _CLOSE)
        yield ox.Triple(node, _OBJECT, item)
        yield ox.Triple(node, term("confidence"), decimal(link.confidence))
        yield ox.Triple(node, ox.NamedNode(DCT + "source"), ox.NamedNode(iri_of(source)))
        if reason := plain(link.reason):
            yield ox.Triple(node, term("reason"), reason)


def without(triples: set[ox.Triple], entities: Iterable[str]) -> set[ox.Triple]:
    """The triples of links that are none of some entities'."""
    gone = {ox.NamedNode(iri) for iri in entities}
    nodes = {t.subject for t in triples if t.predicate == _SUBJECT and t.object in gone}
    return {t for t in triples if t.subject not in gone and t.subject not in nodes}
