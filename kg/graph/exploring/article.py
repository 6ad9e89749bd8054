"""The IRI of an article in, all that its own graph says out: text, mentions, times, and what is told in it."""

from __future__ import annotations

from itertools import islice

import pyoxigraph as ox

from kg.errors import UnknownThing
from kg.graph import queries
from kg.graph.exploring.explored import Explored
from kg.graph.exploring.telling import Json, Telling
from kg.graph.names import DCT, OA, RDF
from kg.graph.serving.things import MOST
from kg.graph.told import About, Told, gathered
from kg.model import KG

_SORTS = {"Statement": Telling.statement, "Event": Telling.event, "Quotation": Telling.quotation}

_TOLD = 2000  # statements, or events, or quotations: some hundreds are many


def article(explored: Explored, iri: str) -> Json:
    """An article; mentions, times and what is told in the order of the text. The same thing stands in `entities`,
    statements, events and quotations. Of a graph that is far larger than an article's some is told, and `limited`
    says so. Raises `UnknownThing`.
    """
    known, is_cut = _known(explored, iri)
    own = known.get(iri, Told())
    telling = Telling(explored, known)
    told = {f"{sort.lower()}s": _told(telling, known, sort) for sort in _SORTS}
    place = own.iri(KG + "datelinePlace")
    return {
        **telling.article(iri),
        "language": own.text(DCT + "language"),
        "place": telling.thing(place) if place else None,
        "sources": own.iris(DCT + "source")[:MOST],
        "text": explored.text(iri),
        "limited": is_cut or any(len(some) == _TOLD for some in told.values()),
        "mentions": _mentions(telling, known),
        "times": [_time(told) for told in _stretches(known, "TimeExpression")],
        **told,
        "entities": telling.things,  # when all are in it
    }


def _known(explored: Explored, iri: str) -> tuple[About, bool]:
    """By its graph, or by the names of what stands in it where there is no such graph; and whether that is not all."""
    terms = {"article": ox.NamedNode(iri)}
    if explored.holds(terms["article"], ox.NamedNode(RDF + "type"), ox.NamedNode(KG + "Article")):
        for query in ("article", "article-within"):  # the second looks at all names
            if rows := list(explored.rows(query, terms)):
                return gathered(rows), len(rows) == queries.find(f"pages/{query}").limit({})
    raise UnknownThing(f"no article <{iri}> is here")


def _told(telling: Telling, known: About, sort: str) -> list[Json]:
    found = (iri for iri, told in known.items() if KG + sort in told.iris(RDF + "type"))
    return sorted((_SORTS[sort](telling, iri) for iri in islice(found, _TOLD)), key=_place)


def _place(told: Json) -> tuple[int, int, str]:
    first = next(iter(told["evidence"]), {"start": None, "end": None})
    return first["start"] or 0, first["end"] or 0, told["iri"]


def _mentions(telling: Telling, known: About) -> list[Json]:
    """A stretch that stands for several is several mentions."""
    return [
        {
            **_ends(told),
            "entity": telling.thing(entity)["iri"],
            "type": (told.iri(KG + "mentionType") or "").removeprefix(KG) or None,
        }
        for told in _stretches(known, "Mention")
        for entity in told.iris(KG + "refersTo")
    ]


def _time(told: Told) -> Json:
    days = {"begin": told.day(KG + "begin"), "until": told.day(KG + "end")}
    return {**_ends(told), "text": told.text(OA + "exact"), **days}


def _stretches(known: About, kind: str) -> list[Told]:
    """The stretches of a kind that say where they stand, in the order of the text, the longer of two first."""
    found = [told for told in known.values() if KG + kind in told.iris(RDF + "type")]
    placed = [(told.number(OA + "start"), told.number(OA + "end"), told) for told in found]
    known_places = [(start, -end, told) for start, end, told in placed if start is not None and end is not None]
    return [told for _, _, told in sorted(known_places, key=lambda place: place[:2])]


def _ends(told: Told) -> Json:
    return {"start": told.number(OA + "start"), "end": told.number(OA + "end")}
