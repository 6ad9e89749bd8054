"""Mentions in, events out: what the constructions found, as far as it happens to somebody, somewhere or some time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.model import Event, Factuality, Mention, Quotation, Span, Time
from kg.ontology import EventType
from kg.text.context import PLACE, Context
from kg.text.deciding import decider
from kg.text.events.absorbed import told_apart
from kg.text.events.announced import announced, demands
from kg.text.events.happening import Happening
from kg.text.events.merging import merged
from kg.text.events.nouns import by_nouns
from kg.text.events.parties import is_site
from kg.text.events.quantities import quantities
from kg.text.events.verbs import by_verbs
from kg.text.events.victims import with_victims
from kg.text.factuality import factuality
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL, feature
from kg.text.speech import speaker_at
from kg.text.tokens import Token

# as often as they are right on the dispatches and records they were measured on
_CONFIDENCE = {"verb": 0.8, "noun": 0.7}
_LACKING = 0.2


def find_events(context: Context, quotations: list[Quotation]) -> list[Event]:
    """The events that an article tells of, plans, denies or reports, each once, in the order of their triggers.

    A trigger without who, whom, where or when tells of nothing in particular and is left out.
    """
    found = with_victims([*by_verbs(context), *by_nouns(context)], context)
    found = announced(found, context)
    found = told_apart([*found, *demands(context)], context)
    events = [_event(one, context, quotations) for one in found]
    kinds = context.lexicon.ontology.event_types
    return [e for e in merged(events, context) if _is_told(e, kinds[e.type])]


def _is_told(event: Event, kind: EventType) -> bool:
    """Whether an event is of somebody, or somewhere, or some time; what nobody does is told only as a fact."""
    idle = kind.directed and not event.agents and event.factuality in (Factuality.PLANNED, Factuality.POSSIBLE)
    return not idle and bool(event.agents or event.patients or event.places or event.time)


def _event(found: Happening, context: Context, quotations: list[Quotation]) -> Event:
    trigger, decides = span_of(found.trigger), decider(found.trigger, context)
    places = _places(found.trigger, context)
    spans = [m.span for m in (*found.agents, *found.patients, *places)]
    return Event(
        type=found.type.iri,
        trigger=trigger,
        rule=f"event-{found.construction}:{found.cue}",
        evidence=context.evidence(trigger, *_near(spans, found.trigger), at=found.trigger),
        agents=tuple(m.span for m in found.agents),
        patients=_others(found.patients, found.agents, context),
        places=_others(places, [*found.agents, *([] if found.type.local else found.patients)], context),
        factuality=Factuality.ASSERTED if found.said else factuality(found.trigger, context),
        attributed_to=None if found.said else speaker_at(quotations, trigger, context),
        time=_time(found.trigger, context),
        quantities=quantities(found, context),
        confidence=_confidence(found),
        decider=span_of(decides) if decides is not None else None,
    )


def _confidence(found: Happening) -> float:
    """What is directed at somebody is less sure where it is not said by whom, or at whom."""
    whole = not found.type.directed or bool(found.agents and found.patients)
    return _CONFIDENCE[found.construction] if whole else round(_CONFIDENCE[found.construction] - _LACKING, 2)


def _others(mentions: Iterable[Mention], roles: Sequence[Mention], context: Context) -> tuple[Span, ...]:
    """The mentions that stand for nobody who has another part in the event."""
    taken = {context.identity(role) for role in roles}
    return tuple(mention.span for mention in mentions if context.identity(mention) not in taken)


def _near(spans: list[Span], trigger: Token) -> list[Span]:
    """The spans of the trigger's own sentence."""
    sentence = span_of(trigger.sent)
    return [span for span in spans if span in sentence]


def _places(trigger: Token, context: Context) -> list[Mention]:
    """Where it happens: the place of the trigger, of what hangs on it, or of the clause that shares its frame."""
    for holder in _frames(trigger, context):
        if found := _places_at(holder, context):
            return found
    return []


def _places_at(trigger: Token, context: Context) -> list[Mention]:
    """Places that hang on a word, or on what hangs on it, by a preposition of place."""
    lexicon, found = context.lexicon, []
    for token in (trigger, *(child for child in trigger.children if child.pos_ != "VERB")):
        for preposition, noun in lexicon.syntax.obliques(token):
            if preposition in lexicon.words("LocationPreposition"):
                found += [m for m in context.referents(noun) if context.is_a(m, PLACE)]
            elif token == trigger and token.pos_ == "NOUN" and preposition in lexicon.words("PositionPreposition"):
                found += [m for m in context.referents(noun) if is_site(m, context)]
    return list(dict.fromkeys(found))[:1]


def _time(trigger: Token, context: Context) -> Time | None:
    """When it happens: the time of the trigger, or of the clause that shares its frame."""
    return next((time for holder in _frames(trigger, context) if (time := context.time_of(holder))), None)


def _frames(trigger: Token, context: Context) -> list[Token]:
    """The words whose place and time are the trigger's: itself; of a noun, its verb; of a participle, the verb above.

    A verb of speech says when and where it was said.
    """
    syntax, found, token = context.lexicon.syntax, [trigger], trigger
    while token.head != token:
        below, token = token, token.head
        shared = below.pos_ not in VERBAL or syntax.is_(below, "open_clause") or _is_nonfinite_aside(below, context)
        if not shared or context.lexicon.has("SpeechVerb", token):
            break
        if token.pos_ in VERBAL:
            found.append(token)
    return found


def _is_nonfinite_aside(verb: Token, context: Context) -> bool:
    """« tuant six personnes », "killing six people": what the verb above does goes on in it."""
    return context.lexicon.syntax.is_(verb, "adverbial") and "Part" in feature(verb, "VerbForm")
