"""What has been merged in, the triples that say so out; and back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.graph.names import DCT, RDF, SKOS
from kg.graph.store.identities import MERGES
from kg.graph.terms import decimal, plain, term
from kg.model import KG, Merge

_REPLACED, _PREF = ox.NamedNode(DCT + "isReplacedBy"), ox.NamedNode(SKOS + "prefLabel")


def triples(
    merges: Iterable[Merge], replaced: Mapping[str, str], labels: Mapping[str, Iterable[ox.Literal]]
) -> Iterator[ox.Triple]:
    """A node a merge, with its confidence and the reason in words; what replaces each entity, and what that is called.

    The names are said here too, so that nothing is nameless when the articles that name it are read anew.
    """
    for merge in merges:
        digest = hashlib.sha256(f"{merge.one}\n{merge.other}".encode()).hexdigest()[:12]
        node = ox.NamedNode(f"{MERGES}#merge-{digest}")
        yield ox.Triple(node, ox.NamedNode(RDF + "type"), term("Merge"))
        yield from (ox.Triple(node, term("merges"), ox.NamedNode(iri)) for iri in (merge.one, merge.other))
        yield ox.Triple(node, term("confidence"), decimal(merge.confidence))
        if reason := plain(merge.reason):
            yield ox.Triple(node, term("reason"), reason)
    for old, new in replaced.items():
        yield ox.Triple(ox.NamedNode(old), _REPLACED, ox.NamedNode(new))
        yield from (ox.Triple(ox.NamedNode(new), _PREF, label) for label in labels.get(new, ()))


def merges(triples: Iterable[ox.Triple]) -> list[Merge]:
    """The merges that triples tell of, the surest first."""
    said: dict[object, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        said[triple.subject][triple.predicate.value].append(getattr(triple.object, "value", ""))
    found = [_merge(about) for about in said.values() if len(about[KG + "merges"]) == 2]
    return sorted(found, key=lambda merge: (-merge.confidence, merge.one, merge.other))


def _merge(about: Mapping[str, list[str]]) -> Merge:
    one, other = sorted(about[KG + "merges"])
    return Merge(one, other, float(about[KG + "confidence"][0]), " ".join(about.get(KG + "reason", ())))
