"""What is said as a run of tokens in, its content out: as wide as the quotes it ends in, without marks at its edges."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Quotation, Span
from kg.text.context import Context
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL, feature
from kg.text.tokens import Token, Tokens

_EDGES = frozenset(",;:.—–-•*") | {"...", ",-", "--", "'"}
_SHORTEST = 2  # code points
_REACH = 150  # tokens to either side after which even a text without a full stop is another sentence


@dataclass(frozen=True, slots=True)
class Said:
    """What is said as the tokens from `start` up to, not including, `end`; by which cue, and by whom."""

    start: int
    end: int
    cue: Span
    speaker: Span | None
    anchor: Token


def quotation(said: Said, context: Context) -> Quotation | None:
    """The reported speech that some tokens are; None where hardly anything is said."""
    start, end = _without_marks(context, *_whole_quote(said, context))
    if end - start < 1 or context.doc[start:end].end_char - context.doc[start].idx < _SHORTEST:
        return None
    content = span_of(context.doc[start:end])
    quotes = context.quotes_at(content)
    direct = any(content in quote or (quote in content and _mostly(quote, content)) for quote in quotes)
    evidence = context.evidence(content, said.cue, at=said.anchor)
    return Quotation(content, said.cue, evidence, said.speaker, direct, context.time_of(said.anchor))


def sentence_of(token: Token) -> Tokens:
    """The sentence of a token, as far as it is near."""
    sentence, place = token.sent, token.i
    return token.doc[max(sentence.start, place - _REACH) : min(sentence.end, place + _REACH)]


def quote_after(place: int, context: Context) -> Tokens | None:
    """The tokens of the quote that opens at a place."""
    if place + 1 >= len(context.doc) or context.doc[place].text not in context.lexicon.words("QuotationOpener"):
        return None
    found = context.quote_of(span_of(context.doc[place + 1]))
    return context.tokens(found) if found else None


def quote_before(place: int, context: Context) -> Tokens | None:
    """The tokens of the quote that closes right before a place, or before the comma that stands there."""
    doc, closers = context.doc, context.lexicon.words("QuotationCloser")
    mark = place - 1
    while mark > 0 and doc[mark].text in _EDGES:
        mark -= 1
    if mark < 1 or doc[mark].text not in closers:
        return None
    found = context.quote_of(span_of(doc[mark - 1]))
    return context.tokens(found) if found and context.tokens(found).end == mark else None


def is_clause(tokens: Tokens) -> bool:
    """Whether words say something: a verb among four words or more, and no mere title or term."""
    words = [t for t in tokens if t.is_alpha]
    return len(words) > 3 and any(t.pos_ in VERBAL for t in words)


def is_finite(tokens: Tokens) -> bool:
    """Whether there is a finite verb among some words."""
    return any(t.pos_ in VERBAL and "Fin" in feature(t, "VerbForm") for t in tokens)


def _whole_quote(said: Said, context: Context) -> tuple[int, int]:
    """What is said, widened to the quotes that it begins or ends in: a quote may run over several sentences."""
    words = span_of(context.doc[said.start : said.end])
    torn = [quote for quote in context.quotes_at(words) if quote not in words]
    if not torn:
        return said.start, said.end
    inside = context.tokens(torn[0].cover(torn[-1]))
    lead = [t for t in context.doc[said.start : inside.start] if t.is_alpha]
    return (min(said.start, inside.start) if lead else inside.start), max(said.end, inside.end)


def _mostly(part: Span, whole: Span) -> bool:
    return (part.end - part.start) * 10 > (whole.end - whole.start) * 9


def _without_marks(context: Context, start: int, end: int) -> tuple[int, int]:
    """A run of tokens without the commas and quotation marks at its edges, where those are not of a pair inside it."""
    openers, closers = context.lexicon.words("QuotationOpener"), context.lexicon.words("QuotationCloser")
    doc = context.doc
    start, end = _without_edges(context, start, end)
    if start < end and doc[start].text in openers and not _closes_inside(context, start, end):
        start += 1
        end -= doc[end - 1].text in closers
    elif start < end and doc[end - 1].text in closers and not any(t.text in openers for t in doc[start : end - 1]):
        end -= 1
    return _without_edges(context, start, end)


def _without_edges(context: Context, start: int, end: int) -> tuple[int, int]:
    doc = context.doc
    while start < end and (doc[start].text in _EDGES or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].text in _EDGES or doc[end - 1].is_space):
        end -= 1
    return start, end


def _closes_inside(context: Context, start: int, end: int) -> bool:
    closers = context.lexicon.words("QuotationCloser")
    return any(token.text in closers for token in context.doc[start + 1 : end - 1])
