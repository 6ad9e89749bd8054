"""A noun of action in, the light verb that carries it out, with who acts and whom it is done to."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import KG, Mention
from kg.text.context import Context
from kg.text.events.parties import addressees, parties
from kg.text.morphology import VERBAL
from kg.text.tokens import Token

_MEDIA = KG + "Media"  # announces what others do


@dataclass(frozen=True, slots=True)
class Carrier:
    """A verb that leaves it to a noun to say what is done: "mener une attaque", "subir une attaque"."""

    verb: Token
    agents: list[Mention]
    patients: list[Mention]
    undergone: bool  # its subject is whom it is done to


def carrier_of(noun: Token, context: Context, *, directed: bool) -> Carrier | None:
    """The light verb of a noun: it is its object, its passive subject, or qualified by it."""
    verb = light_verb(noun, context)
    if verb is None:
        return None
    syntax, by = context.lexicon.syntax, context.lexicon.words("AgentPreposition")
    around = [pair for pair in syntax.obliques(verb) if pair[1] != noun and pair[0] not in by]
    doers = [word for word in syntax.agents(verb) if word != noun]
    agents = [m for m in parties(doers, context, directed=directed) if not context.is_a(m, _MEDIA)]
    if (
        context.lexicon.has("UndergoingVerb", verb)
        or _undergoer_noun(noun, context) is not None
        or _is_undergoing(verb, context)
        or _facing(noun, context) is not None
    ):
        return Carrier(verb, [], agents, undergone=True)
    return Carrier(verb, agents, addressees(around, context), undergone=False)


def light_verb(noun: Token, context: Context) -> Token | None:
    """The light verb above a noun, as its object or its passive subject; or below it: "l'attaque menée par A"."""
    syntax = context.lexicon.syntax
    if holder := _undergoer_noun(noun, context):
        return holder.head if holder.head.pos_ in VERBAL else None
    above, facing = _above(noun), _facing(noun, context)
    if facing is not None and (above is None or any(t.pos_ == "NOUN" for t in noun.doc[above.i : facing.i])):
        return None  # « faire part de son indignation face à une attaque »
    first = syntax.first_conjunct(noun)
    below = [child for child in noun.children if child.pos_ == "VERB" and syntax.qualifies(child)]
    for verb in (_above(first), *below):
        if verb is not None and verb.pos_ == "VERB" and _carries(verb, context):
            return verb
    return None


def _is_undergoing(verb: Token, context: Context) -> bool:
    """Whether a noun below a verb makes its subject undergo: « faire face à des accusations »."""
    return any(context.lexicon.has("UndergoingNoun", child) for child in verb.children)


def _facing(noun: Token, context: Context) -> Token | None:
    """The word before a noun that makes a verb's subject undergo it, where the parser took it for a preposition."""
    cases = context.lexicon.syntax.children(noun, "case")
    return next((case for case in cases if context.lexicon.has("UndergoingNoun", case)), None)


def _undergoer_noun(noun: Token, context: Context) -> Token | None:
    """The noun that makes a verb's subject undergo another: « faire l'objet d'une enquête », "be the target of"."""
    above = _above(noun)
    return above if above is not None and context.lexicon.has("UndergoingNoun", above) else None


def _above(noun: Token) -> Token | None:
    head = noun.head
    return head.head if head.pos_ == "ADP" and head != noun else head


def _carries(verb: Token, context: Context) -> bool:
    return context.lexicon.has("LightVerb", verb) or context.lexicon.has("UndergoingVerb", verb)
