"""What was read in; what a person is told of it out: pairs of a word and what there is to say under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg import ontology
from kg.explaining.reread import Reread, Said
from kg.graph import queries
from kg.graph.store import Store
from kg.model import Event, Factuality, Mention, MentionType, Quotation, Reason, Refusal, Span, Statement, Time

_GRAPH = """SELECT ?rule ?factuality ?confidence ?words ?start ?sentence {
  ?said kg:evidence ?stretch . ?stretch oa:exact ?words ; oa:start ?start .
  OPTIONAL { ?stretch kg:sentence ?sentence } OPTIONAL { ?said kg:rule ?rule }
  OPTIONAL { ?said kg:factuality ?factuality } OPTIONAL { ?said kg:confidence ?confidence }
} ORDER BY ?start ?rule"""
_WHY = {
    Factuality.ASSERTED: "nothing in its clause or above it makes it less",
    Factuality.PLANNED: "it is put in the time to come",
    Factuality.POSSIBLE: "it is left open",
    Factuality.DENIED: "it is denied",
}
_KINDS = {MentionType.PRONOUN: "a pronoun", MentionType.NOMINAL: "a description", MentionType.METONYM: "a metonym"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing that the graph says, and (word, what there is to say) line by line."""

    iri: str
    title: str
    lines: tuple[tuple[str, str], ...]


def explained(again: Reread, iri: str, store: Store) -> Explanation:
    """Why the graph has a statement, an event or a quotation; by the graph alone where it is not read so any more."""
    told = again.said.get(iri, [])
    if not told:
        return Explanation(iri, iri.rpartition("#")[2], tuple(_by_the_graph(iri, store)))
    lines = [line for one in told for line in _lines(again, one)]
    note = [] if again.is_same else [("note", "the graph was made by another reader; this is what today's reads")]
    return Explanation(iri, _title(again, told[0]), (*dict.fromkeys(lines), *note))


def told_refusal(again: Reread, refusal: Refusal) -> str:
    """A near miss in one line: what was almost stated, why it was not, by which rule and words."""
    ends = f"{again.name(refusal.subject)} {_name(refusal.predicate)} {again.name(refusal.object)}"
    return f"{ends}: {_why_not(again, refusal)} ({refusal.rule}; “{again.words(refusal.evidence.span)}”)"


def _why_not(again: Reread, refusal: Refusal) -> str:
    words, mention = f"“{again.words(refusal.at)}”", _mention(again, refusal.at)
    relation = ontology.load().relations[refusal.predicate]
    kind = _name(mention.kind) if mention else "date"
    match refusal.reason:
        case Reason.SAME:
            return f"{words} is the same at both ends"
        case Reason.CROWD:
            return f"{words} is nobody in particular"
        case Reason.UNSURE:
            return f"whom {words} stands for is too unsure ({mention.confidence if mention else 0:.2f})"
        case Reason.DOMAIN:
            return f"{words} is a {kind}, and its subject is a {_names(relation.domain)}"
        case Reason.RANGE:
            return f"{words} is a {kind}, and its object is a {_names(relation.range)}"


def _title(again: Reread, told: Said) -> str:
    if isinstance(told, Statement):
        return f"{again.name(told.subject)} {_name(told.predicate)} {again.name(told.object)}"
    if isinstance(told, Event):
        sides = (", ".join(map(again.name, side)) or "?" for side in (told.agents, told.patients))
        return f"{_name(told.type)}: {' > '.join(sides)}"
    return f"{again.name(told.speaker) if told.speaker else '?'}: “{again.words(told.content)}”"


def _lines(again: Reread, told: Said) -> Iterator[tuple[str, str]]:
    if isinstance(told, Quotation):
        yield "cue", f"“{again.words(told.cue)}”"
        yield "quoted", "directly, between quotation marks" if told.direct else "indirectly"
    else:
        yield "factuality", f"{told.factuality}: {_why(again, told)}"
        yield from (
            [("former", "yes: no more so, and no plain triple")] if isinstance(told, Statement) and told.former else []
        )
        yield "said by", again.name(told.attributed_to) if told.attributed_to else "the article itself"
        yield "confidence", f"{told.confidence:.2f}"
        yield "rule", told.rule
    if told.time:
        yield "when", f"“{again.words(told.time.span)}”: {_days(told.time)}"
    yield "article", _article(again)
    yield "sentence", _sentence(again, told.evidence.sentence)
    for role, span in _parts(told):
        yield role, _part(again, span)


def _why(again: Reread, told: Statement | Event) -> str:
    word = told.decider
    return _WHY[told.factuality] + (f", by “{again.words(word)}” at {word.start}-{word.end}" if word else "")


def _parts(told: Said) -> Iterator[tuple[str, Span | None]]:
    """The words that carry each part of what is told."""
    if isinstance(told, Statement):
        yield "subject", told.subject
        yield "relation", told.carrier or told.title
        yield "object", told.object if isinstance(told.object, Span) else told.object.span
    elif isinstance(told, Event):
        yield "trigger", told.trigger
        for role, spans in (("agent", told.agents), ("patient", told.patients), ("place", told.places)):
            yield from ((role, span) for span in spans)
        yield from (("quantity", quantity.span) for quantity in told.quantities)
        yield from (("again", again.trigger) for again in told.again)
    else:
        yield "speaker", told.speaker


def _part(again: Reread, span: Span | None) -> str:
    if span is None:
        return "nobody"
    mention = _mention(again, span)
    about = f"“{again.words(span)}” at {span.start}-{span.end}"
    if mention is None or mention.type is MentionType.NAME:
        return about
    sure = f", {mention.confidence:.2f} sure" if mention.confidence < 1 else ""
    return f"{about}, {_KINDS[mention.type]} for {again.name(span)}{sure}"


def _mention(again: Reread, span: Span) -> Mention | None:
    return next((mention for mention in again.reading.mentions if mention.span == span), None)


def _sentence(again: Reread, number: int) -> str:
    sentences = again.reading.sentences
    return f"{number}: {again.words(sentences[number])}" if number < len(sentences) else str(number)


def _article(again: Reread) -> str:
    issued = again.reading.issued
    return f"{again.reading.article.id}{f', of {issued.isoformat()}' if issued else ''}"


def _days(time: Time) -> str:
    begin, end = (day.isoformat() if day else "" for day in (time.begin, time.end))
    return begin if begin == end else f"{begin or '…'} to {end or '…'}"


def _by_the_graph(iri: str, store: Store) -> Iterator[tuple[str, str]]:
    """What the graph itself has, of what today's reader does not read so any more."""
    answer = store.query(_GRAPH, bindings={"said": queries.term(f"<{iri}>")})
    for row in answer.rows():
        told = zip(("rule", "factuality", "confidence", "evidence", "start", "sentence"), row, strict=True)
        yield from ((name, _name(str(getattr(term, "value", "")))) for name, term in told if term)
    yield "note", "another reader made it: today's built-in one does not read this in the article"


def _names(iris: frozenset[str]) -> str:
    return " or ".join(sorted(map(_name, iris)))


def _name(iri: str) -> str:
    return iri.rpartition("#")[2]
