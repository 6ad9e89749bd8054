"""All that is said in an article in, its quotations out, none over another; and who says the words at a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from kg.model import Quotation, Span
from kg.text.context import Context
from kg.text.speech.attributions import said_by_attribution
from kg.text.speech.contents import Said, quotation
from kg.text.speech.quotes import said_in_quotes
from kg.text.speech.verbs import said_by_verbs
from kg.text.tokens import Tokens


def find_quotations(context: Context) -> list[Quotation]:
    """The reported speech of an article, in the order of its words."""
    found = _in_order(_quotations((one for s in context.sentences for one in _reported(s, context)), context))
    return _in_order([*found, *_quotations(said_in_quotes(found, context), context)])


def _reported(sentence: Tokens, context: Context) -> Iterator[Said]:
    yield from said_by_verbs(sentence, context)
    yield from said_by_attribution(sentence, context)


def _quotations(said: Iterable[Said], context: Context) -> list[Quotation]:
    return [found for one in said if (found := quotation(one, context))]


def _in_order(quotations: list[Quotation]) -> list[Quotation]:
    return sorted(_outermost(quotations), key=lambda one: (one.content, one.cue))


def _outermost(quotations: list[Quotation]) -> Iterator[Quotation]:
    """One quotation for one content: of two that overlap, the one with a speaker, then the longer."""
    taken: list[Span] = []
    for one in sorted(quotations, key=lambda q: (q.speaker is None, q.content.start - q.content.end, q.content)):
        place = bisect_left(taken, one.content)
        if not any(one.content.overlaps(neighbour) for neighbour in taken[max(place - 1, 0) : place + 1]):
            taken.insert(place, one.content)
            yield one


def speaker_at(quotations: list[Quotation], span: Span, context: Context) -> Span | None:
    """Who says the words at a span, where somebody is reported to; words of nobody known say so themselves."""
    place = bisect_right(quotations, span.start, key=lambda quotation: quotation.content.start) - 1
    if place >= 0 and span in quotations[place].content:
        return quotations[place].source
    quote = context.quote_of(span)
    return quote if quote != span else None
