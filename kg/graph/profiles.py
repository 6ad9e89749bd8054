"""Graphs of articles in, what they together say of each entity out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.graph.names import RDF, SKOS
from kg.model import KG, Profile

_TYPE, _SUBJECT, _PREDICATE, _OBJECT = (RDF + name for name in ("type", "subject", "predicate", "object"))
_NAMES, _EXACT = (SKOS + "prefLabel", SKOS + "altLabel"), SKOS + "exactMatch"
_DENIED, _FACTUALITY = KG + "Denied", KG + "factuality"


@dataclass(slots=True)
class _Gathered:
    kinds: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    same_as: set[str] = field(default_factory=set)
    relations: set[tuple[str, str]] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)


def profiles(graphs: Iterable[Iterable[ox.Triple]]) -> list[Profile]:
    """The profiles of all that has a name in some graphs, by IRI.

    Relations are those of statements, whoever says so, but for what is denied; the names of those relations that
    articles only speak of count as evidence of who is meant, and not as facts.
    """
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    for number, triples in enumerate(graphs):
        statements: dict[str, dict[str, str]] = defaultdict(dict)
        for triple in triples:
            _add(triple, number, gathered, statements)
        for subject, predicate, object in _stated(statements):
            gathered[subject].relations.add((predicate, object))
            if object in gathered:
                gathered[object].relations.add((f"^{predicate}", subject))
    return [_profile(iri, found) for iri, found in sorted(gathered.items()) if found.names]


def _add(triple: ox.Triple, number: int, gathered: dict[str, _Gathered], statements: dict[str, dict[str, str]]) -> None:
    predicate, value = triple.predicate.value, getattr(triple.object, "value", "")
    subject = getattr(triple.subject, "value", "")
    if predicate in (_SUBJECT, _PREDICATE, _OBJECT, _FACTUALITY):
        statements[subject][predicate] = value
    elif predicate in _NAMES:
        gathered[subject].names.add(value)
        gathered[subject].articles.add(number)
    elif predicate == _EXACT:
        gathered[subject].same_as.add(value)
    elif predicate == _TYPE and "#" not in subject:
        gathered[subject].kinds.add(value)


def _stated(statements: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for said in statements.values():
        if _OBJECT in said and said.get(_FACTUALITY) != _DENIED:
            yield said[_SUBJECT], said[_PREDICATE], said[_OBJECT]


def _profile(iri: str, found: _Gathered) -> Profile:
    kinds = frozenset(kind for kind in found.kinds if kind.startswith(KG))
    return Profile(
        iri,
        kinds,
        frozenset(found.names),
        frozenset(found.same_as),
        frozenset(found.relations),
        frozenset(found.articles),
    )
