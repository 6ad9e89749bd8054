"""Nouns of action in, what they tell of out: "le rachat de B par A", "le retrait américain", "l'attaque contre B"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model import EVENT, KG, Mention, MentionType
from kg.ontology import EventType
from kg.text.context import PERSON, Context
from kg.text.events.happening import Happening, Side, demands, fits
from kg.text.events.light import Carrier, carrier_of
from kg.text.events.parties import addressees, is_site
from kg.text.lexicon import Carried, is_event
from kg.text.nameless import participants
from kg.text.tokens import Token

_DEEDS = (KG + "Event", KG + "Operation", KG + "Document")
_ATTACK = EVENT + "ASSAULT"
_ACTORS = ("BetweenPreposition", "AgentPreposition")


def by_nouns(context: Context) -> Iterator[Happening]:
    """What the nouns of an article tell of, those left out that are part of a name."""
    for start, end, some in context.nouns:
        events = list(filter(is_event, some))
        noun = context.doc[start:end].root
        if events and noun.pos_ == "NOUN" and _is_free(noun, context):
            yield from _by_noun(noun, sorted(events, key=demands), context)


def _is_free(noun: Token, context: Context) -> bool:
    """Whether a noun stands in no name, and describes nobody: "l'attentat" may be, "l'agresseur" is no deed."""
    if context.lexicon.syntax.is_(noun, "compound") or "NoDeed" in context.classes(noun):  # "invasion forces"
        return False
    mention = context.mentions.at(noun)
    if mention is None:
        return True
    described = mention.type is MentionType.NOMINAL and context.tokens(mention.span).root == noun
    return described and any(context.is_a(mention, kind) for kind in _DEEDS)


def _by_noun(noun: Token, some: list[Carried[EventType]], context: Context) -> Iterator[Happening]:
    prepositions = {preposition for preposition, _ in context.lexicon.syntax.obliques(noun)}
    for carried in some:
        if carried.cue.preposition and carried.cue.preposition not in prepositions:
            continue
        agents, patients = _roles(noun, carried, context)
        words = tuple(n for _, n in context.lexicon.syntax.obliques(noun))
        if not patients and carried.construction == "inverseNoun" and context.lexicon.has("PeopleNoun", noun):
            words = tuple(_people(noun, context))
            patients = participants(words, context)
        if fits(carried, Side((), agents), Side(words, patients), context):
            yield Happening(carried.meaning, noun, "noun", carried.cue.text, agents, patients, words)
            return


def _people(noun: Token, context: Context) -> Sequence[Token]:
    """Whom a noun for people tells of: "12 blessés", or whom it is said of: "X est mort".

    « La mort de tous » is nobody.
    """
    syntax, belonging = context.lexicon.syntax, context.lexicon.words("PositionPreposition")
    if syntax.is_predicate(noun):
        return syntax.subjects(syntax.predicate_verb(noun))
    return [] if any(preposition in belonging for preposition, _ in syntax.obliques(noun)) else [noun]


def _roles(noun: Token, carried: Carried[EventType], context: Context) -> tuple[list[Mention], list[Mention]]:
    """Who does what to whom, by the noun's own complements, else by the light verb that carries it."""
    agents, patients = _own_roles(noun, carried, context)
    carrier = carrier_of(noun, context, directed=carried.meaning.directed)
    if carrier is None:
        return agents, patients
    return _with(carrier, agents, patients, owned=bool(context.possessors(noun)))


def _with(
    carrier: Carrier, agents: list[Mention], patients: list[Mention], *, owned: bool
) -> tuple[list[Mention], list[Mention]]:
    """The roles with those that a light verb adds: its subject acts, or undergoes what the noun's owner does."""
    if carrier.undergone:
        return agents or [m for m in patients if m not in carrier.patients], carrier.patients
    if owned and carrier.agents:
        return carrier.agents, patients or carrier.patients  # « le pays poursuit ses attaques »: its own
    if agents and carrier.agents and not patients and not _same(agents, carrier.agents):
        return carrier.agents, agents  # « il a pris la défense de Paul »
    return agents or carrier.agents, patients or carrier.patients


def _own_roles(noun: Token, carried: Carried[EventType], context: Context) -> tuple[list[Mention], list[Mention]]:
    lexicon, kind = context.lexicon, carried.meaning
    pairs = list(lexicon.syntax.obliques(noun))
    between, by = (context.mentions_of(n for p, n in pairs if p in lexicon.words(words)) for words in _ACTORS)
    if between:
        return between, []
    owners, complements = context.possessors(noun), context.complements(noun)
    belonging = [n for p, n in pairs if p in lexicon.words("PositionPreposition")]
    complements = complements or participants((n for n in belonging if n.i > noun.i), context)
    wanted = [pair for pair in pairs if pair[0] == carried.cue.preposition]
    aimed = [pair for pair in pairs if kind.iri != _ATTACK or pair[0] not in _places(context)]
    reached = context.mentions_of(n for _, n in wanted) or (addressees(aimed, context) if kind.directed else [])
    if carried.construction == "inverseNoun":
        return _inverse(by, owners, complements or reached)
    complements = [] if _same(complements, reached) else [m for m in complements if not is_site(m, context)]
    agents = by or owners or complements
    return agents, reached or [m for m in (complements if by or owners else []) if m not in agents]


def _places(context: Context) -> frozenset[str]:
    """Prepositions that say where an attack is, and never whom it is aimed at: « une embuscade au Mali »."""
    return context.lexicon.words("LocationPreposition") - context.lexicon.words("TargetPreposition")


def _inverse(
    by: list[Mention], owners: list[Mention], complements: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Of a noun whose complement undergoes it: "l'arrestation de B par A", "son arrestation", "l'invasion russe"."""
    people = [m for m in owners if m.kind == PERSON]
    if complements or not owners:
        return by or owners, complements
    return (by, people) if people else (by or owners, [])


def _same(some: list[Mention], others: list[Mention]) -> bool:
    return bool(some) and set(some) <= set(others)
