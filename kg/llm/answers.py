"""What a language model answered in, those of its statements that the text bears out: words, mentions and types agree.

A model's word is taken for nothing: its evidence must stand in the text letter by letter, subject and object must stand
in the evidence, and the relation must admit what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg import ontology
from kg.llm.requests import DATE
from kg.model import KG, Evidence, Factuality, Mention, MentionType, Reading, Span, Statement, Time
from kg.ontology import XSD_DATE

_CONFIDENCE = 0.6  # of a model that nobody has measured: below whatever this reader's own rules are sure of
_SURE_ENOUGH = 0.7  # of whom a pronoun stands for


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement, and the mentions at its ends that nobody had read before."""

    statement: Statement
    mentions: tuple[Mention, ...]


def heard(told: Mapping[str, Any], reading: Reading, within: Span, rule: str) -> Heard | None:
    """What a model says of a stretch of an article, if it can be so; None for what must be dropped."""
    relation = ontology.load().relations.get(KG + str(told.get("relation")))
    standing = str(told.get("factuality"))
    if relation is None or standing not in set(Factuality):
        return None
    for evidence in _places(told.get("evidence"), reading.article.text, within):
        subject = _end(told, "subject", reading, evidence)
        object = _end(told, "object", reading, evidence)
        source, is_known = _source(told.get("attributedTo"), reading, within)
        if not isinstance(subject, Mention) or object is None or not is_known:
            continue
        if not ontology.load().admits(relation, subject.kind, _kind(object)) or _is_same(subject, object, reading):
            continue
        mentions = [one for one in (subject, object) if isinstance(one, Mention)]
        statement = Statement(
            subject=subject.span,
            predicate=relation.iri,
            object=object.span if isinstance(object, Mention) else object,
            rule=rule,
            evidence=Evidence(evidence, _sentence(reading, evidence)),
            factuality=Factuality(standing),
            former=told.get("former") is True,
            attributed_to=source,
            confidence=round(_CONFIDENCE * min(one.confidence for one in mentions), 2),
        )
        known = {mention.span for mention in reading.mentions}
        return Heard(statement, tuple(one for one in mentions if one.span not in known))
    return None


def contradicts(statement: Statement, reading: Reading, own: Statement) -> bool:
    """Whether the reader's own rules tell of the same relation between the same two and stand to it otherwise."""
    stances = [(s.factuality, s.former, s.attributed_to is None) for s in (statement, own)]
    if statement.predicate != own.predicate or stances[0] == stances[1]:
        return False
    return _who(statement.subject, statement.object, reading) == _who(own.subject, own.object, reading)


def _places(words: object, text: str, within: Span) -> Iterator[Span]:
    """Wherever words stand in a stretch of the text, letter by letter."""
    if not isinstance(words, str) or not words.strip():
        return
    words = words.strip()
    at = text.find(words, within.start, within.end)
    while at >= 0:
        yield Span(at, at + len(words))
        at = text.find(words, at + 1, within.end)


def _end(told: Mapping[str, Any], side: str, reading: Reading, evidence: Span) -> Mention | Time | None:
    """What one end is: a mention that was read, a time, or a name that was not read yet."""
    kind = told.get(f"{side}Type")
    for place in _places(told.get(side), reading.article.text, evidence):
        if kind == DATE:
            return next((t for t in reading.times if t.span.overlaps(place) and t.begin and t.end), None)
        touching = [mention for mention in reading.mentions if mention.span.overlaps(place)]
        fitting = [m for m in touching if place in (m.span, m.name) or (m.span in place and m.type is MentionType.NAME)]
        if fitting:
            best = max(
                fitting,
                key=lambda mention: (place in (mention.span, mention.name), mention.span.end - mention.span.start),
            )
            return best if best.confidence >= _SURE_ENOUGH else None
        if not touching and reading.article.text[place.start].isupper() and KG + str(kind) in ontology.load().parents:
            return Mention(place, MentionType.NAME, KG + str(kind))
    return None


def _source(words: object, reading: Reading, within: Span) -> tuple[Span | None, bool]:
    """The mention, or the words, of who says so; and whether it is known, which nobody at all is."""
    if words is None:
        return None, True
    place = next(_places(words, reading.article.text, within), None)
    if place is None:
        return None, False
    return next((m.span for m in reading.mentions if place in (m.span, m.name)), place), True


def _kind(end: Mention | Time) -> str:
    return XSD_DATE if isinstance(end, Time) else end.kind


def _is_same(subject: Mention, object: Mention | Time, reading: Reading) -> bool:
    return isinstance(object, Mention) and _name(subject, reading) == _name(object, reading)


def _who(subject: Span, object: Span | Time, reading: Reading) -> tuple[str, str]:
    mentions = {mention.span: mention for mention in reading.mentions}
    ends = (end if isinstance(end, Span) else end.span for end in (subject, object))
    one, other = (_name(mentions[e], reading) if e in mentions else reading.article.words(e) for e in ends)
    return one, other


def _name(mention: Mention, reading: Reading) -> str:
    """What tells whom a mention stands for, as far as the reader alone knows."""
    first = mention.origin({one.span: one for one in reading.mentions})
    return first.entry or reading.article.words(first.name or first.span)


def _sentence(reading: Reading, place: Span) -> int:
    return next((n for n, sentence in enumerate(reading.sentences) if place.start < sentence.end), 0)
