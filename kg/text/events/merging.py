"""Events in, each that is told more than once as one out: with all its triggers, evidence and circumstances."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kg.model import EVENT, Event, Factuality, Retelling, Span
from kg.text.context import Context
from kg.text.nouns import is_crowd, is_definite

_NEAR = 3  # sentences in which « l'attaque » takes up the attack before it
Who = frozenset[str | Span]
_ONCE = frozenset(EVENT + name for name in ("RESIGN",))  # whoever does it does it once


def merged(events: list[Event], context: Context) -> list[Event]:
    """The events in the order of their first triggers, none told twice."""
    kept: list[_Telling] = []
    alike: dict[tuple[str, Factuality], list[int]] = {}  # where those of one type and standing are kept
    for event in sorted(events, key=lambda e: (e.trigger, e.type)):
        telling = _Telling.of(event, context)
        places = alike.setdefault((event.type, event.factuality), [])
        place = next((place for place in reversed(places) if _is_one(kept[place], telling, context)), None)
        if place is None:
            places.append(len(kept))
            kept.append(telling)
        else:
            kept[place] = _Telling.of(_together(kept[place].event, event, context), context)
    return [telling.event for telling in kept]


@dataclass(frozen=True, slots=True)
class _Telling:
    """An event with all that may set it apart from another, worked out once: it is held against many."""

    event: Event
    agents: Who
    patients: Who
    places: Who
    days: tuple[date | None, date | None] | None
    counts: list[Decimal]

    @classmethod
    def of(cls, event: Event, context: Context) -> _Telling:
        agents, patients, places = (
            frozenset(_who(span, context) for span in spans) for spans in (event.agents, event.patients, event.places)
        )
        days = (event.time.begin, event.time.end) if event.time else None
        return cls(event, agents, patients, places, days, sorted(quantity.value for quantity in event.quantities))


def _is_one(first: _Telling, second: _Telling, context: Context) -> bool:
    """Whether two tellings of one type and standing are of one event: nobody and nothing sets them apart."""
    if _differ(first, second):
        return False
    agents = not first.agents.isdisjoint(second.agents)
    patients = not first.patients.isdisjoint(second.patients)
    near = second.event.evidence.sentence - first.event.evidence.sentence
    if near == 0 and (agents or patients):
        return True
    if patients or (agents and (first.event.type in _ONCE or not (first.patients or second.patients))):
        return True
    return near <= _NEAR and not (second.agents or second.patients) and _takes_up(second.event, context)


def _differ(first: _Telling, second: _Telling) -> bool:
    """Whether both name somebody, a place, a day or a number, and not the same."""
    sides = ((first.agents, second.agents), (first.patients, second.patients), (first.places, second.places))
    if any(one and other and one.isdisjoint(other) for one, other in sides):
        return True
    if first.days and second.days and first.days != second.days:
        return True
    return bool(first.counts and second.counts and first.counts != second.counts)


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
    known = {_who(span, context) for span in some}
    return (*some, *(span for span in more if _who(span, context) not in known))
