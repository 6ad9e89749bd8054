"""Statements, events and quotations in, by what a graph says of them; the same as JSON can hold them out.

Whoever and whatever they name comes with its labels, the words that prove them with those around them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.graph.exploring.excerpts import around, opening
from kg.graph.exploring.explored import Explored
from kg.graph.names import DCT, OA, RDF
from kg.graph.serving.things import about, thing
from kg.graph.told import About, Told
from kg.model import KG

Json = dict[str, Any]
_EACH = 50  # agents, or stretches of evidence, of one thing; articles have some few


class Telling:
    """What is told of in `known`; of whatever else it needs it asks itself, and once."""

    def __init__(self, explored: Explored, known: About) -> None:
        self._explored, self._known = explored, known
        self.things: dict[str, Json] = {}
        self._articles: dict[str, Json] = {}
        self._texts: dict[str, str | None] = {}

    @classmethod
    def of(cls, explored: Explored, iris: Iterable[str]) -> Telling:
        """Of so many statements, events or quotations, their articles, and the words that prove them."""
        wanted = [each for iri in iris for each in (iri, _article_of(iri))]
        known = about(explored, wanted)
        stretches = [iri for told in known.values() for iri in _some(told, "evidence")]
        return cls(explored, {**about(explored, stretches), **known})

    def statement(self, iri: str) -> Json:
        """A statement, as the contract of the API has it."""
        told = self._told(iri)
        return {
            **self._said(iri, told),
            "subject": self._one(told, RDF + "subject"),
            "predicate": told.iri(RDF + "predicate"),
            "object": self._end(told.term(RDF + "object")),
            "former": told.one(KG + "former") is True,
            "roleTitle": told.text(KG + "roleTitle"),
            "confidence": _number(told.one(KG + "confidence")),
            "rule": told.text(KG + "rule"),
            "stated": self._is_stated(told),
        }

    def event(self, iri: str) -> Json:
        """An event likewise."""
        told = self._told(iri)
        return {
            **self._said(iri, told),
            "eventType": told.iri(KG + "eventType"),
            "agents": self._all(told, "agent"),
            "patients": self._all(told, "patient"),
            "places": self._all(told, "place"),
            "trigger": told.text(KG + "trigger"),
        }

    def quotation(self, iri: str) -> Json:
        """A quotation likewise."""
        told = self._told(iri)
        return {
            "iri": iri,
            "article": self.article(_article_of(iri)),
            "speaker": self._one(told, KG + "speaker"),
            "text": told.text(KG + "quoteText"),
            "direct": told.one(KG + "direct") is True,
            "cue": told.text(KG + "cue"),
            "reports": _some(told, "reports"),
            **_days(told),
            "evidence": self._evidence(told),
        }

    def article(self, iri: str) -> Json:
        """An article as it stands beside what it tells; one without a title has the `opening` of its text."""
        if iri not in self._articles:
            told = self._told(iri)
            title = told.text(DCT + "title")
            self._articles[iri] = {
                "iri": iri,
                "title": title,
                "opening": None if title else opening(self._text(iri)),
                "issued": told.day(DCT + "issued"),
                "publisher": self._one(told, DCT + "publisher"),
            }
        return self._articles[iri]

    def thing(self, iri: str) -> Json:
        """A thing with its labels and types."""
        if iri not in self.things:
            self.things[iri] = thing(self._explored, iri)
        return self.things[iri]

    def _said(self, iri: str, told: Told) -> Json:
        return {
            "iri": iri,
            "article": self.article(_article_of(iri)),
            "factuality": (told.iri(KG + "factuality") or "").removeprefix(KG) or None,
            "attributedTo": self._one(told, KG + "attributedTo"),
            **_days(told),
            "timeText": told.text(KG + "timeText"),
            "evidence": self._evidence(told),
        }

    def _one(self, told: Told, property: str) -> Json | None:
        iri = told.iri(property)
        return self.thing(iri) if iri else None

    def _end(self, term: Any) -> Json:
        """What a relation leads to: a thing, or a value with its datatype, an empty one where there is nothing."""
        if isinstance(term, ox.NamedNode):
            return self.thing(term.value)
        said = term if isinstance(term, ox.Literal) else ox.Literal("")
        return {"value": said.value, "datatype": said.datatype.value}

    def _all(self, told: Told, role: str) -> list[Json]:
        return [self.thing(iri) for iri in _some(told, role)]

    def _evidence(self, told: Told) -> list[Json]:
        found = [self._stretch(iri) for iri in _some(told, "evidence")]
        return sorted(found, key=lambda stretch: (stretch["start"] or 0, stretch["end"] or 0))

    def _stretch(self, iri: str) -> Json:
        told = self._told(iri)
        start, end, words = told.number(OA + "start"), told.number(OA + "end"), told.text(OA + "exact") or ""
        before, after = around(self._text(_article_of(iri)), start, end, words)
        sentence = told.number(KG + "sentence")
        return {"start": start, "end": end, "text": words, "sentence": sentence, "before": before, "after": after}

    def _told(self, iri: str) -> Told:
        return self._known.get(iri) or Told()

    def _text(self, article: str) -> str | None:
        if article not in self._texts:
            self._texts[article] = self._explored.text(article)
        return self._texts[article]

    def _is_stated(self, told: Told) -> bool:
        subject, predicate, object = (told.term(RDF + end) for end in ("subject", "predicate", "object"))
        has_ends = isinstance(subject, ox.NamedNode) and isinstance(object, ox.NamedNode | ox.Literal)
        return has_ends and isinstance(predicate, ox.NamedNode) and self._explored.holds(subject, predicate, object)


def _some(told: Told, property: str) -> list[str]:
    return told.iris(KG + property)[:_EACH]


def _days(told: Told) -> Json:
    return {"begin": told.day(KG + "begin"), "end": told.day(KG + "end")}


def _article_of(iri: str) -> str:
    return iri.partition("#")[0]


def _number(found: Any) -> float | None:
    known = isinstance(found, (int, float, Decimal)) and math.isfinite(found)
    return float(found) if known else None
