"""Mentions in, events out: verbs and nouns that the ontology knows as triggers, with who, whom, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.model import Event, Mention, Quotation, Span, Time
from kg.ontology import EventType
from kg.text.context import PLACE, Context, span_of
from kg.text.factuality import factuality
from kg.text.lexicon import Carried
from kg.text.speech import speaker_at

_CONFIDENCE = {"verb": 0.8, "noun": 0.6}


@dataclass(frozen=True, slots=True)
class _Happening:
    type: EventType
    trigger: Token
    construction: str
    cue: str
    agents: list[Mention]
    patients: list[Mention]


def find_events(context: Context, quotations: list[Quotation]) -> list[Event]:
    """The events that an article tells of, plans, denies or reports, in the order of their triggers.

    A trigger without who, whom, where or when tells of nothing in particular and is left out.
    """
    found = [*_by_verbs(context), *_by_nouns(context)]
    events = [_event(one, context, quotations) for one in found]
    events = [e for e in events if e.agents or e.patients or e.places or e.time]
    return sorted({(e.type, e.trigger): e for e in events}.values(), key=lambda e: (e.trigger, e.type))


def _by_verbs(context: Context) -> Iterator[_Happening]:
    for sentence in context.sentences:
        for verb in sentence:
            if verb.pos_ == "VERB":
                yield from _by_verb(verb, context)


def _by_verb(verb: Token, context: Context) -> Iterator[_Happening]:
    """The event a verb tells of: that of its most demanding cue."""
    some = [c for c in context.lexicon.carried_by(verb) if isinstance(c.meaning, EventType)]
    brought = context.lexicon.syntax.brought_by
    fitting = [c for c in some if c.cue.preposition is None or brought(verb, c.cue.preposition)]
    for carried in sorted(fitting, key=_demands)[:1]:
        yield _happening(verb, carried, context)


def _demands(carried: Carried) -> tuple[int, bool]:
    return -len(carried.cue.words), carried.cue.preposition is None


def _happening(verb: Token, carried: Carried, context: Context) -> _Happening:
    syntax, wanted = context.lexicon.syntax, carried.cue.preposition
    agents, patients = context.mentions_of(syntax.agents(verb)), context.mentions_of(syntax.patients(verb))
    if wanted:
        patients = context.mentions_of(syntax.brought_by(verb, wanted))
    if carried.construction == "inverseVerb":  # whoever dies is the patient
        agents, patients = [], agents or patients
    assert isinstance(carried.meaning, EventType)
    return _Happening(carried.meaning, verb, "verb", carried.cue.text, agents, patients)


def _by_nouns(context: Context) -> Iterator[_Happening]:
    for start, end, some in context.lexicon.nouns.find(context.doc):
        events = [c for c in some if isinstance(c.meaning, EventType)]
        noun = context.doc[start:end].root
        if events and noun.pos_ == "NOUN" and context.mentions.free(context.doc[start:end]):
            yield _nominal(noun, sorted(events, key=_demands)[0], context)


def _nominal(noun: Token, carried: Carried, context: Context) -> _Happening:
    """Who does what to whom in a noun: "le rachat de B par A", "le retrait américain", "l'attaque contre B"."""
    syntax, lexicon = context.lexicon.syntax, context.lexicon
    pairs = list(syntax.obliques(noun))
    by = context.mentions_of(n for p, n in pairs if p in lexicon.words("AgentPreposition"))
    targets = lexicon.words("TargetPreposition") | {carried.cue.preposition}
    reached = context.mentions_of(n for p, n in pairs if p in targets)
    owners = context.owners(noun)
    agents = by or (owners if not _same(owners, reached) else [])
    patients = reached or (owners if by else [])
    if not agents and noun.head.pos_ == "VERB" and lexicon.has("LightVerb", noun.head):
        agents = context.mentions_of(syntax.agents(noun.head))
    if carried.construction == "inverseNoun":
        agents, patients = by, owners
    assert isinstance(carried.meaning, EventType)
    return _Happening(carried.meaning, noun, "noun", carried.cue.text, agents, patients)


def _same(some: list[Mention], others: list[Mention]) -> bool:
    return bool(some) and set(some) <= set(others)


def _event(found: _Happening, context: Context, quotations: list[Quotation]) -> Event:
    trigger = span_of(found.trigger)
    places = _places(found.trigger, context)
    time = context.time_of(found.trigger)
    spans = [m.span for m in (*found.agents, *found.patients, *places)]
    return Event(
        type=found.type.iri,
        trigger=trigger,
        rule=f"event-{found.construction}:{found.cue}",
        evidence=context.evidence(trigger, *_near(spans, found.trigger), at=found.trigger),
        agents=tuple(m.span for m in found.agents),
        patients=_others(found.patients, found.agents, context),
        places=_others(places, [*found.agents, *found.patients], context),
        factuality=factuality(found.trigger, context),
        attributed_to=speaker_at(quotations, trigger, context),
        time=time or _clause_time(found.trigger, context),
        confidence=_CONFIDENCE[found.construction],
    )


def _others(mentions: Iterable[Mention], roles: list[Mention], context: Context) -> tuple[Span, ...]:
    """The mentions that stand for nobody who has another part in the event."""
    taken = {context.identity(role) for role in roles}
    return tuple(mention.span for mention in mentions if context.identity(mention) not in taken)


def _near(spans: list[Span], trigger: Token) -> list[Span]:
    """The spans of the trigger's own sentence."""
    sentence = span_of(trigger.sent)
    return [span for span in spans if span in sentence]


def _places(trigger: Token, context: Context) -> list[Mention]:
    """Where it happens: places that hang on the trigger, or on what hangs on it, by a preposition of place."""
    lexicon, found = context.lexicon, []
    for token in (trigger, *(child for child in trigger.children if child.pos_ != "VERB")):
        for preposition, noun in lexicon.syntax.obliques(token):
            if preposition in lexicon.words("LocationPreposition"):
                found += [m for m in context.referents(noun) if context.is_a(m, PLACE)]
    return list(dict.fromkeys(found))[:1]


def _clause_time(trigger: Token, context: Context) -> Time | None:
    """The time of the verb that a noun of action hangs on."""
    if trigger.pos_ != "NOUN":
        return None
    verb = next((t for t in trigger.ancestors if t.pos_ == "VERB"), None)
    if verb is None or context.lexicon.has("SpeechVerb", verb):
        return None
    return context.time_of(verb)
