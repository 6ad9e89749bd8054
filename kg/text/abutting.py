"""A name that the model saw in, without the country or region that stands against it out: "Markham | Ontario"."""

from __future__ import annotations

from dataclasses import replace

from kg.model import KG
from kg.text.candidates import Candidate, Taken
from kg.text.context import PERSON, PLACE, Context

_LANDS = (KG + "Country", KG + "Region")


def without_land(name: Candidate, known: Taken, context: Context) -> Candidate:
    """A name without the known land against it: of a place what follows, of a person what an office before is of."""
    if name.kind == PERSON:
        return _without_first(name, known, context)
    if context.is_a_kind(name.kind, PLACE) and context.lexicon.language.labels.get("compound"):
        return _without_last(name, known, context)
    return name


def _without_first(name: Candidate, known: Taken, context: Context) -> Candidate:
    """ "Prime Minister of Romania | Petre Roman": two words and more are left to the person."""
    land, doc = known.by_token.get(name.start), context.doc
    if land is None or land.kind not in _LANDS or land.start != name.start or name.end - land.end < 2:
        return name
    belonging = context.lexicon.words("PositionPreposition")
    before = doc[max(name.start - 1, doc[name.start].sent.start)]
    return replace(name, start=land.end) if context.lexicon.syntax.lemma(before) in belonging else name


def _without_last(name: Candidate, known: Taken, context: Context) -> Candidate:
    """ "Raleigh | North Carolina", as addresses have it; but "Inner Mongolia" is one name."""
    land = known.by_token.get(name.end - 1)
    if land is None or land.kind not in _LANDS or land.end != name.end or land.start <= name.start:
        return name
    rest = context.doc[name.start : land.start]
    first = context.doc[name.start]
    whole = context.lexicon.has("PlaceAdjective", first) or any(context.lexicon.directions.at(context.doc, first.i))
    plain = all(token.pos_ == "PROPN" and token.text[0].isupper() for token in rest)
    return replace(name, end=land.start) if plain and not whole else name
