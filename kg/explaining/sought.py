"""What somebody wants explained in; the IRIs of what a store says of it, and the articles to look at, out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from kg import ontology
from kg.errors import QueryError
from kg.graph import called, queries
from kg.graph.sparql import Term
from kg.graph.store import Store
from kg.model import KG

_SAID = "ASK { ?said kg:evidence ?stretch }"
_STATED = """SELECT DISTINCT ?said ?object {
  ?said a kg:Statement ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object
} ORDER BY ?said"""
_NAMED = "SELECT DISTINCT ?article {{ GRAPH ?article {{ {} }} }} ORDER BY ?article"
_ANY = "*"
_QUOTES = "\"'“”«»‘’ \u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Sought:
    """IRIs of statements, events and quotations, and the identifiers of the articles that tell of them or might.

    `subjects` and `objects` are the IRIs of the ends that a triple names, None for any; so is its `relation`.
    """

    said: tuple[str, ...]
    articles: tuple[str, ...]
    is_triple: bool = False
    subjects: frozenset[str] | None = None
    objects: frozenset[str] | None = None
    relation: str | None = None


def sought(store: Store, what: str) -> Sought:
    """What is meant by an IRI, a part of one ("irak#statement-0d6f63cb35d8"), or "subject property object".

    Raises `QueryError` for what is neither, and for an IRI of which the store says nothing.
    """
    words = what.split()
    if len(words) == 1:
        return _node(store, words[0])
    place = next((i for i, word in enumerate(words[1:-1], 1) if _relation(word) or word == _ANY), None)
    if place is None:
        raise QueryError(f"{what!r}: {_no_relation(words)}")
    subject, object = (" ".join(some).strip(_QUOTES) for some in (words[:place], words[place + 1 :]))
    return _triple(store, subject, _relation(words[place]), object)


def _node(store: Store, word: str) -> Sought:
    term = queries.term(word, store.names)
    iri = str(getattr(term, "value", word))
    if "://" not in iri:
        id, _, part = word.partition("#")
        iri = f"{store.names.article_iri(id)}#{part}"
    if not store.query(_SAID, bindings={"said": queries.term(f"<{iri}>")}).boolean:
        raise QueryError(
            f"{word}: no statement, event or quotation of this store: give the IRI of one (kg query has them) "
            'or "subject property object"'
        )
    return Sought((iri,), (store.names.article_id(iri.partition("#")[0]),))


def _triple(store: Store, subject: str, relation: str | None, object: str) -> Sought:
    subjects, objects = ((None if end == _ANY else called.things(store, end)) for end in (subject, object))
    day = _ANY if objects is None else object
    bindings: dict[str, list[Term]] = {"relation": [queries.term(relation, store.names)]} if relation else {}
    bindings |= {"subject": subjects} if subjects is not None else {}
    bindings |= {"object": objects} if objects is not None and not _is_day(day) else {}
    rows = [[str(getattr(term, "value", "")) for term in row] for row in store.query(_STATED, bindings=bindings).rows()]
    said = tuple(dict.fromkeys(iri for iri, end in rows if not _is_day(day) or end.startswith(day)))
    if _is_day(day):
        objects = None
    graphs = [*(iri.partition("#")[0] for iri in said), *_naming(store, subjects, objects)]
    articles = tuple(dict.fromkeys(map(store.names.article_id, graphs)))
    return Sought(said, articles, True, _iris(subjects), _iris(objects), relation)


def _naming(store: Store, subjects: list[Term] | None, objects: list[Term] | None) -> Iterator[str]:
    """The IRIs of the articles that speak of both ends, as far as they are named."""
    ends = {name: terms for name, terms in (("subject", subjects), ("object", objects)) if terms is not None}
    if ends:
        text = _NAMED.format(" ".join(f"?of_{name} kg:refersTo ?{name} ." for name in ends))
        yield from (str(getattr(row[0], "value", "")) for row in store.query(text, bindings=ends).rows())


def _iris(terms: list[Term] | None) -> frozenset[str] | None:
    return None if terms is None else frozenset(term.value for term in terms)


def _is_day(word: str) -> bool:
    """Whether an object is a day, a month or a year: "1998-05-02", "1998-05", "1998"."""
    return word.replace("-", "").isdigit() and len(word) in (4, 7, 10)


def _relation(word: str) -> str | None:
    """The IRI of the relation that a word is the name of: "kg:leaderOf", "leaderof"."""
    name = word.removeprefix(KG).removeprefix("kg:").casefold()
    return next((iri for iri in ontology.load().relations if iri.removeprefix(KG).casefold() == name), None)


def _no_relation(words: list[str]) -> str:
    names = [iri.removeprefix(KG) for iri in ontology.load().relations]
    near = next((near for word in words[1:-1] for near in difflib.get_close_matches(word, names, n=1)), None)
    hint = f"did you mean {near}?" if near else 'write it as in "Sean Parnell spokespersonOf Pentagon", or * for any'
    return f"no relation of the ontology stands between two names: {hint}"
