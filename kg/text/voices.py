"""Quotations in, whom the first person in quotes stands for out: "je" for who speaks, "nous" for whom they speak for.

A quote that no verb of speech goes with is said by the name before its colon ("Alain Fousseret : « On … »"), else by
whoever was quoted right before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from kg.model import Mention, Quotation, Span
from kg.text.context import ORGANIZATION, PERSON, Context
from kg.text.speech.quotes import colon_before, names_before, signs
from kg.text.tokens import Token

_FAR = 2  # sentences after which a new quote has a new voice
_GUESSED = 0.6  # how sure it is that a quote nobody is said to say is the last speaker's, or of whom was spoken last


def resolve_first_person(context: Context, quotations: Sequence[Quotation]) -> None:
    """Add the pronouns of the first person in quotes to the mentions of those who are quoted."""
    voices: list[Mention] = []
    last: Span | None = None
    for quote in context.quotes:
        near = last is not None and _sentences(context, last, quote) <= _FAR
        told = _voices(context, quote, quotations)
        voices = told or (voices if near else []) or _last_person(context, quote)
        last = quote
        for token in context.tokens(quote):
            _take_up(token, voices, 1.0 if told else _GUESSED, context)


def _sentences(context: Context, one: Span, other: Span) -> int:
    first, second = context.tokens(one)[-1], context.tokens(other)[0]
    return context.sentence_number(second) - context.sentence_number(first)


def _voices(context: Context, quote: Span, quotations: Sequence[Quotation]) -> list[Mention]:
    """Who is said to say a quote: by the last of the quotations, which are in order, that shares words with it."""
    colon = colon_before(context.tokens(quote), context)
    names = names_before(colon, context) if colon is not None else []
    if colon is not None and names and signs(colon, context):
        return names
    place = bisect_left(quotations, quote.end, key=lambda quotation: quotation.content.start) - 1
    said_by = quotations[place].speaker if place >= 0 and quotations[place].content.overlaps(quote) else None
    return [speaker] if said_by and (speaker := context.mentions.by_span.get(said_by)) else names


def _last_person(context: Context, quote: Span) -> list[Mention]:
    """Whoever the sentences right before a quote speak of most often, of several the last."""
    since = context.sentence_starts[max(0, context.sentence_number(context.tokens(quote)[0]) - _FAR)]
    people = [m for m in context.mentions.between(since, quote.start) if context.is_a(m, PERSON) and not m.together]
    often = Counter(context.identity(m) for m in people)
    return [max(people, key=lambda m: (often[context.identity(m)], m.span))] if people else []


def _take_up(token: Token, voices: list[Mention], sure: float, context: Context) -> None:
    lexicon = context.lexicon
    if lexicon.has("FirstPersonSingular", token):
        one = voices[0] if len(voices) == 1 and context.is_a(voices[0], PERSON) else None
        context.mentions.add_pronoun(token, [one] if one else [], sure)
    elif lexicon.has("FirstPersonPlural", token):
        context.mentions.add_pronoun(token, _for_whom(voices, context), sure)


def _for_whom(voices: list[Mention], context: Context) -> list[Mention]:
    """For whom somebody says "we": several for themselves, a body for itself, one person for nobody we could know."""
    return voices if len(voices) > 1 or any(context.is_a(voice, ORGANIZATION) for voice in voices) else []
