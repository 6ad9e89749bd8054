"""Happenings in, the same out where whoever announces them makes them something else: a demand, a refusal, a threat.

« X a dit qu'il ne signera pas » is a refusal, "X said Y must leave" a demand, "X will strike unless …" a threat.
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import EVENT
from kg.text.context import Context
from kg.text.events.happening import Happening
from kg.text.events.parties import parties
from kg.text.morphology import VERBAL, feature
from kg.text.negation import is_negated
from kg.text.tokens import Token

_REFUSED, _ASKED, _THREATENED = (EVENT + name for name in ("REJECT", "REQUEST", "THREATEN"))


def announced(found: list[Happening], context: Context) -> list[Happening]:
    """The happenings, those announced as refused, demanded or threatened told as that."""
    return [_as_announced(one, context) for one in found]


def _as_announced(one: Happening, context: Context) -> Happening:
    verb, lexicon = one.trigger, context.lexicon
    if one.construction != "verb" or not one.type.directed:
        return one
    marks = (mark for clause in verb.children for mark in lexicon.syntax.children(clause, "marker"))
    if any(lexicon.has("ThreatCondition", mark) for mark in marks):
        return _told_as(_THREATENED, one, context)
    speech = _speech_above(verb, context)
    refused = speech is not None and is_negated(verb, context) and _is_future(verb, context)
    if refused and speech is not None and _speaks_of_itself(one, speech, context):
        return _told_as(_REFUSED, one, context)
    return one


def _told_as(iri: str, one: Happening, context: Context) -> Happening:
    return replace(one, type=context.lexicon.ontology.event_types[iri], said=True)


def _speech_above(verb: Token, context: Context) -> Token | None:
    """The verb of speech whose clause a verb heads."""
    head = verb.head
    return head if head != verb and head.pos_ == "VERB" and context.lexicon.has("SpeechVerb", head) else None


def _is_future(verb: Token, context: Context) -> bool:
    signs = (verb, *verb.children)
    inflected = any("Fut" in feature(sign, "Tense") or "Cnd" in feature(sign, "Mood") for sign in signs)
    return inflected or any(context.lexicon.has("FutureAuxiliary", sign) for sign in signs)


def _speaks_of_itself(one: Happening, speech: Token, context: Context) -> bool:
    """Whether whoever speaks is who acts."""
    speakers = {context.identity(m) for m in parties(context.lexicon.syntax.subjects(speech), context, directed=True)}
    return any(context.identity(agent) in speakers for agent in one.agents)


def demands(context: Context) -> list[Happening]:
    """What somebody says that somebody else must do: "Russia said Sudan must return it"."""
    found, syntax = [], context.lexicon.syntax
    kind = context.lexicon.ontology.event_types[_ASKED]
    for sentence in context.sentences:
        for verb in sentence:
            if verb.head.pos_ in VERBAL and context.lexicon.has("DemandModal", verb):
                speech = _speech_above(verb.head, context)
                if speech is not None and speech.i < verb.i:
                    agents = parties(syntax.subjects(speech), context, directed=True)
                    patients = parties(syntax.subjects(verb.head), context, directed=True)
                    found.append(Happening(kind, verb, "verb", verb.lemma_, agents, patients, said=True))
    return found
