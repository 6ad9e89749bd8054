"""Happenings in, the same out where an attack takes its victims from what tells of them: "killed in an ambush"."""

from __future__ import annotations

from dataclasses import replace

from kg.model import EVENT, Mention
from kg.text.context import Context
from kg.text.events.happening import Happening

_ATTACK = EVENT + "ASSAULT"
_HARM = frozenset(EVENT + name for name in ("DIE", "INJURE"))


def with_victims(found: list[Happening], context: Context) -> list[Happening]:
    """The happenings, attacks that name no victims with those who die or are hurt in them."""
    harmed = {one.trigger.i: one.patients for one in found if one.type.iri in _HARM and one.construction == "verb"}
    return [_with_victims(one, harmed, context) for one in found]


def _with_victims(one: Happening, harmed: dict[int, list[Mention]], context: Context) -> Happening:
    """An attack with whom it kills (« l'attentat a tué »), or who die in it (« tués dans une attaque »)."""
    if one.type.iri != _ATTACK or one.construction != "noun" or one.patients:
        return one
    syntax, noun = context.lexicon.syntax, one.trigger
    above = noun.head.head if syntax.is_(noun, "prepositional_object") else noun.head
    return replace(one, patients=harmed[above.i]) if harmed.get(above.i) else one
