"""Where a list begins in, who stands in it out: by commas and a conjunction, wherever the parser hung its parts."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Mention
from kg.text.context import Context
from kg.text.nameless import participant
from kg.text.nouns import noun_phrase
from kg.text.tokens import Token

_APOSTROPHES = frozenset("'’")  # that a space parts from the word after it: "l' Égypte"
_MARGIN = frozenset({"DET", "ADP", "ADV", "NUM"})  # what may stand before a part: "à l'", "et enfin les"


def listed(start: int, context: Context) -> tuple[list[Mention], int]:
    """Who a list names from a token on, and the token after it; what commas alone part from the first is no list."""
    parts = list(_parts(start, context))
    end = parts[-1][1] if parts else start
    if not any(token.pos_ == "CCONJ" for token in context.doc[start:end]):
        parts = parts[:1]
    return [mention for mention, _ in parts], parts[-1][1] if parts else start


def _parts(at: int, context: Context) -> Iterator[tuple[Mention, int]]:
    """The parts of a list from a token on, each with the token after it."""
    doc, stop = context.doc, context.doc[at - 1].sent.end
    while part := _part(at, stop, context):
        yield part
        at = part[1]
        while at < stop and (doc[at].text == "," or doc[at].pos_ == "CCONJ"):
            at += 1
        if at == part[1]:
            return


def _part(at: int, stop: int, context: Context) -> tuple[Mention, int] | None:
    """The part of a list that begins at a token, and the token after it."""
    doc = context.doc
    while at < stop and _is_margin(doc[at], context):
        at += 1
    mention = participant(doc[at], context) if at < stop else None
    if mention is None:
        return None
    end = max(context.tokens(mention.span).end, noun_phrase(context, at, at + 1).end)
    return (mention, end) if end > at else None


def _is_margin(token: Token, context: Context) -> bool:
    return token.text in _APOSTROPHES or (token.pos_ in _MARGIN and context.mentions.at(token) is None)
