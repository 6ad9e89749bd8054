"""A reading and the gold of its article in, what was read in the gold's own terms out.

What the graph has once is one guess: statements, events and quotations of one IRI are one, as sure as the surest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg import gazetteer, link
from kg.evaluation.facts import ANNOTATED, Dated, Fact, Happening, Quoted, letters
from kg.evaluation.gold import Gold
from kg.graph import rdf, terms
from kg.graph.names import Namespaces
from kg.model import KG, Entity, Event, MentionType, Quotation, Reading, Span, Statement

_NAME_WEIGHS = 3  # times any other mention, where it is to be told which gold entity one of ours is


@dataclass(frozen=True, slots=True)
class Guesses:
    """What was read, by the keys of the gold; facts and events with how sure they are."""

    facts: dict[Fact, float]
    direct: frozenset[Fact]  # what stands as a plain triple
    events: tuple[tuple[Happening, float], ...]
    quotations: tuple[Quoted, ...]
    times: tuple[Dated, ...]


def guesses(reading: Reading, gold: Gold) -> Guesses:
    """What a reading says that the gold could say."""
    entities = link.resolve(reading, gazetteer.load())
    keys = _aligned(reading, entities, gold)
    spans = {span: keys.get(entity.id, entity.id) for span, entity in entities.items()}
    said: dict[str, list[Statement | Event | Quotation]] = defaultdict(list)
    for iri, one in rdf.told(reading, entities, Namespaces()):
        said[iri].append(one)
    facts: dict[Fact, float] = {}
    direct, events, quotations = set(), [], []
    for some in said.values():
        sure = max(getattr(one, "confidence", 1.0) for one in some)
        match some[0]:
            case Statement() as statement if statement.predicate.removeprefix(KG) in ANNOTATED:
                fact = _fact(statement, spans)
                facts[fact] = max(sure, facts.get(fact, 0.0))
                direct |= {Fact(fact.subject, fact.relation, fact.object)} if rdf.is_fact(statement) else set()
            case Event() as event:
                events.append((_event(event, spans), sure))
            case Quotation() as quotation:
                quotations.append(_quoted(quotation, spans, gold))
    times = (Dated(time.span, (time.begin, time.end or time.begin)) for time in reading.times if time.begin or time.end)
    return Guesses(
        facts=dict(sorted(facts.items(), key=str)),
        direct=frozenset(direct),
        events=tuple(events),
        quotations=tuple(quotations),
        times=tuple(dict.fromkeys(times)),
    )


def _aligned(reading: Reading, entities: Mapping[Span, Entity], gold: Gold) -> dict[str, str]:
    """The gold's key for each of our entities: whose mentions it shares most, names counting more."""
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for mention in reading.mentions:
        ours = {entities[span].id for span in (mention.span, *mention.together) if span in entities}
        weight = _NAME_WEIGHS if mention.type is MentionType.NAME else 1
        for key, spans in gold.mentions.items():
            for span in spans:
                if 2 * _shared(mention.span, span) >= min(_length(mention.span), _length(span)):
                    for id in ours:
                        weights[id][key] += weight * _likeness(mention.span, span)
    return {id: min(counts, key=lambda key: (-counts[key], key)) for id, counts in weights.items()}


def _length(span: Span) -> int:
    return max(1, span.end - span.start)


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _likeness(one: Span, other: Span) -> float:
    both = _shared(one, other)
    return both / (_length(one) + _length(other) - both)


def _fact(statement: Statement, keys: Mapping[Span, str]) -> Fact:
    object = statement.object
    day = None if isinstance(object, Span) else terms.date_of(object)
    end = keys[object] if isinstance(object, Span) else day.value if day else ""
    source = statement.attributed_to
    sources = _keys([source] if source else [], keys)
    return Fact(keys[statement.subject], statement.predicate.removeprefix(KG), end, statement.factuality, sources)


def _event(event: Event, keys: Mapping[Span, str]) -> Happening:
    agents, patients = ([span for span in side if span in keys] for side in (event.agents, event.patients))
    return Happening(event.type.rpartition("#")[2], _keys(agents, keys), _keys(patients, keys), event.factuality)


def _keys(spans: Iterable[Span], keys: Mapping[Span, str]) -> frozenset[str]:
    return frozenset(keys.get(span, str(span)) for span in spans)


def _quoted(quotation: Quotation, keys: Mapping[Span, str], gold: Gold) -> Quoted:
    speaker = keys.get(quotation.speaker) if quotation.speaker else None
    return Quoted(speaker, letters(gold.article.text, quotation.content, gold.article.language or ""))
