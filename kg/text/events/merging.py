"""Events in, each that is told more than once as one out: with all its triggers, evidence and circumstances."""

from __future__ import annotations

from dataclasses import replace

from kg.model import EVENT, Event, Retelling, Span
from kg.text.context import Context
from kg.text.nouns import is_crowd, is_definite

_NEAR = 3  # sentences in which « l'attaque » takes up the attack before it
_ONCE = frozenset(EVENT + name for name in ("RESIGN",))  # whoever does it does it once


def merged(events: list[Event], context: Context) -> list[Event]:
    """The events in the order of their first triggers, none told twice."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda e: (e.trigger, e.type)):
        place = next((i for i in reversed(range(len(kept))) if _is_one(kept[i], event, context)), None)
        if place is None:
            kept.append(event)
        else:
            kept[place] = _together(kept[place], event, context)
    return kept


def _is_one(first: Event, second: Event, context: Context) -> bool:
    """Whether two tellings are of one event: one type, one standing, and nobody and nothing that sets them apart."""
    if (first.type, first.factuality) != (second.type, second.factuality) or _differ(first, second, context):
        return False
    agents, patients = _shared(first.agents, second.agents, context), _shared(first.patients, second.patients, context)
    near = second.evidence.sentence - first.evidence.sentence
    if near == 0 and (agents or patients):
        return True
    if patients or (agents and (first.type in _ONCE or not (first.patients or second.patients))):
        return True
    return near <= _NEAR and not (second.agents or second.patients) and _takes_up(second, context)


def _differ(first: Event, second: Event, context: Context) -> bool:
    """Whether both name somebody, a place, a day or a number, and not the same."""
    sides = ((first.agents, second.agents), (first.patients, second.patients), (first.places, second.places))
    if any(one and other and not _shared(one, other, context) for one, other in sides):
        return True
    days = [(e.time.begin, e.time.end) for e in (first, second) if e.time]
    counts = [sorted(quantity.value for quantity in e.quantities) for e in (first, second)]
    return len(set(days)) > 1 or bool(counts[0] and counts[1] and counts[0] != counts[1])


def _shared(some: tuple[Span, ...], others: tuple[Span, ...], context: Context) -> bool:
    mine, theirs = ({_who(span, context) for span in spans} for spans in (some, others))
    return not mine.isdisjoint(theirs)


def _who(span: Span, context: Context) -> str | Span:
    """Who a mention stands for; people whom nobody names are known by their noun: "six soldats", "les soldats"."""
    mention = context.mentions.by_span[span]
    return context.tokens(span).root.lemma_.lower() if is_crowd(mention, context) else context.identity(mention)


def _takes_up(event: Event, context: Context) -> bool:
    """Whether a trigger is a noun with an article that points back: "l'attaque", "this attack"."""
    noun = context.tokens(event.trigger).root
    return noun.pos_ == "NOUN" and is_definite(noun)


def _together(first: Event, second: Event, context: Context) -> Event:
    again = (*first.again, Retelling(second.trigger, second.evidence), *second.again)
    return replace(
        first,
        agents=_union(first.agents, second.agents, context),
        patients=_union(first.patients, second.patients, context),
        places=first.places or second.places,
        time=first.time or second.time,
        attributed_to=first.attributed_to if first.attributed_to and second.attributed_to else None,
        quantities=first.quantities or second.quantities,
        confidence=max(first.confidence, second.confidence),
        again=again,
    )


def _union(some: tuple[Span, ...], more: tuple[Span, ...], context: Context) -> tuple[Span, ...]:
    return (*some, *(span for span in more if not _shared((span,), some, context)))
