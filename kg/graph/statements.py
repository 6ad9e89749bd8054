"""Who, what and whom to look for in; the statements of a store or an endpoint out, readable, with evidence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, cast

import pyoxigraph as ox

from kg import ontology
from kg.errors import QueryError
from kg.graph import called, queries, told
from kg.graph.names import OA, RDF
from kg.graph.remote import Endpoint
from kg.graph.sparql import Value
from kg.graph.store import Store
from kg.graph.values import value
from kg.model import KG
from kg.ontology import XSD_DATE

_AT_ONCE = 100  # statements whose triples are asked for together
_FACTUALITIES = ("Asserted", "Planned", "Possible", "Denied")
_LABELS = "SELECT ?thing ?label { ?thing skos:prefLabel|oa:exact ?label }"


@dataclass(frozen=True, slots=True)
class Thing:
    """Somebody, something or a relation: an IRI and what it is called. `str` gives the name."""

    iri: str
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of an article: `graph.text(article)[start:end] == text`; sentences are counted from 0."""

    text: str
    start: int
    end: int
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """What one article states: the relation, how it stands to it, who says so, when, and the words that prove it.

    `object` is a day where the relation leads to one; `begin` and `end` are days, both included, None where open.
    """

    iri: str
    subject: Thing
    predicate: Thing
    object: Thing | date | str
    factuality: str
    former: bool
    attributed_to: Thing | None
    role_title: str | None
    begin: date | None
    end: date | None
    time_text: str | None
    confidence: float
    rule: str | None
    evidence: tuple[Words, ...]
    article: str

    def __str__(self) -> str:
        standing = [self.factuality.lower()] * (self.factuality != "Asserted") + ["former"] * self.former
        by = [f"by {self.attributed_to}"] if self.attributed_to else []
        said = f" ({', '.join(standing + by)})" if standing or by else ""
        return f"{self.subject} {self.predicate} {self.object}{said}"


def statements(
    source: Store | Endpoint,
    *,
    subject: str | None = None,
    predicate: str | None = None,
    object: str | None = None,
    factuality: str | Iterable[str] | None = None,
    former: bool | None = None,
    attributed_to: str | None = None,
    article: str | None = None,
    confidence: float = 0,
) -> Iterator[Stated]:
    """The statements that are as is said, all of them where nothing is; as they come, in no order.

    Raises `QueryError` for a relation or a factuality that there is not.
    """
    sides = {"subject": subject, "object": object, "attributedTo": attributed_to}
    bound: dict[str, Value] = {side: _meant(source, typed) for side, typed in sides.items() if typed is not None}
    if predicate is not None:
        bound["predicate"] = _relation(source, predicate)
    if factuality is not None:
        named = [factuality] if isinstance(factuality, str) else factuality
        bound["factuality"] = [ox.NamedNode(KG + _factuality(name)) for name in named]
    if former is not None:
        bound["former"] = ox.Literal(former)
    graphs = () if article is None else (source.names.article_iri(article),)
    found = source.query(_sought(bound), bindings=bound, default_graph=graphs).rows()
    iris = (row[0] for row in found if isinstance(row[0], ox.NamedNode))
    while some := list(islice(iris, _AT_ONCE)):
        yield from (stated for stated in _read(source, some) if stated.confidence >= confidence)


def _sought(bound: Iterable[str]) -> str:
    lines = (f"?statement {_PROPERTIES[name]} ?{name} ." for name in bound)
    return f"SELECT ?statement {{ {' '.join(lines)} ?statement a kg:Statement }}"


_PROPERTIES = {
    **{side: f"rdf:{side}" for side in ("subject", "predicate", "object")},
    **{name: f"kg:{name}" for name in ("attributedTo", "factuality", "former")},
}


# What was typed


def _meant(source: Store | Endpoint, typed: str) -> Value:
    term, things = queries.term(typed, source.names), called.things(source, typed)
    is_day = isinstance(term, ox.Literal) and term.datatype.value == XSD_DATE
    return [*things, term] if is_day else things


def _relation(source: Store | Endpoint, typed: str) -> ox.NamedNode:
    term = queries.term(typed, source.names)
    if isinstance(term, ox.NamedNode):
        return term
    known = {relation.name.lower(): relation for relation in ontology.load().relations.values()}
    if (found := known.get(typed.lower())) is None:
        near = difflib.get_close_matches(typed.lower(), known, n=3)
        hint = " or ".join(known[name].name for name in near) or "an IRI does for one of your own"
        raise QueryError(f"no relation is called {typed!r}: {f'did you mean {hint}?' if near else hint}")
    return ox.NamedNode(found.iri)


def _factuality(typed: str) -> str:
    name = typed.removeprefix(KG).removeprefix("kg:").capitalize()
    if name not in _FACTUALITIES:
        raise QueryError(f"{typed!r} is no factuality: choose {', '.join(_FACTUALITIES)}")
    return name


# What the graph has


def _read(source: Store | Endpoint, some: list[ox.NamedNode]) -> Iterator[Stated]:
    about = told.about(source, some)
    stretches = {term for said in about.values() for term in said[KG + "evidence"]}
    ends = {t for said in about.values() for name in _ENDS for t in said[name] if isinstance(t, ox.NamedNode)}
    words, labels = told.about(source, stretches), _labels(source, ends)
    for iri in some:
        yield _stated(source, iri.value, about[iri.value], words, labels)


_ENDS = (RDF + "subject", RDF + "object", KG + "attributedTo")


def _stated(
    source: Store | Endpoint, iri: str, said: told.Told, words: told.About, labels: Mapping[str, str]
) -> Stated:
    def thing(term: Any) -> Any:
        return Thing(term.value, labels.get(term.value, _name(term))) if isinstance(term, ox.NamedNode) else value(term)

    def one(name: str) -> Any:
        return said.one(KG + name)

    (subject, predicate, object) = (said.term(RDF + end) for end in ("subject", "predicate", "object"))
    stretches = (_words(words[term.value]) for term in said[KG + "evidence"])
    return Stated(
        iri=iri,
        subject=thing(subject),
        predicate=Thing(predicate.value, _name(predicate)),
        object=thing(object),
        factuality=_last(str(one("factuality"))),
        former=one("former") is True,
        attributed_to=thing(said.term(KG + "attributedTo")),
        role_title=one("roleTitle"),
        begin=one("begin"),
        end=one("end"),
        time_text=one("timeText"),
        confidence=float(one("confidence") or 0),
        rule=one("rule"),
        evidence=tuple(sorted(stretches, key=lambda stretch: (stretch.start, stretch.end))),
        article=source.names.article_id(iri.partition("#")[0]),
    )


def _words(said: told.Told) -> Words:
    text, start, end = (said.one(OA + name) for name in ("exact", "start", "end"))
    return Words(str(text), cast(int, start), cast(int, end), cast("int | None", said.one(KG + "sentence")))


def _labels(source: Store | Endpoint, things: Iterable[ox.NamedNode]) -> dict[str, str]:
    found: dict[str, str] = {}
    for thing, label in _rows(source, _LABELS, things):
        found[thing.value] = min(label.value, found.get(thing.value, label.value))
    return found


def _rows(source: Store | Endpoint, query: str, things: Iterable[ox.NamedNode]) -> Iterable[tuple[Any, ...]]:
    asked = sorted(things, key=str)
    return source.query(query, bindings={"thing": asked}).rows() if asked else ()


def _name(term: Any) -> str:
    return _last(term.value)


def _last(iri: str) -> str:
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]
