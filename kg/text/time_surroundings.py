"""A parsed article and a stretch of it that reads as a time in, whether the words around let it be one out."""

from __future__ import annotations

from bisect import bisect_right

from kg.model import Span
from kg.text.morphology import feature
from kg.text.tokens import Doc, Token

_COUNTED = frozenset({"NOUN", "SYM", "NUM"})
_NAMED = _COUNTED | {"PROPN", "ADJ"}
_COUNTING = frozenset({"DET", "NUM"})  # "début avril un séisme": no day of April
_MONEY = frozenset("%€$£°")


class Surroundings:
    """The words around any stretch of one article."""

    def __init__(self, doc: Doc, text: str) -> None:
        self.doc, self.text = doc, text
        self._offsets = [token.idx for token in doc]

    def head(self, span: Span) -> Token:
        """The token by which a stretch of the text hangs on the rest."""
        first, last = self._token(span.start).i, self._token(span.end - 1).i
        tokens = self.doc[first : last + 1]
        return next((t for t in tokens if not first <= t.head.i <= last or t.head == t), tokens[0])

    def tear(self, span: Span) -> bool:
        """Whether the span is a piece of a number or of a word: "2.500", "Covid-19", "2020/x"."""
        before, after = self.text[max(span.start - 2, 0) : span.start], self.text[span.end : span.end + 2]
        if before[-1:].isalnum() or after[:1].isalnum() or (before[-1:] == "-" and before[:1].isalnum()):
            return True
        if self.text[span.end - 1].isdigit() and (after.lstrip()[:1] in _MONEY or _joins(after[:1], after[1:])):
            return True
        return self.text[span.start].isdigit() and (before.rstrip()[-1:] in _MONEY or _joins(before[-1:], before[:1]))

    def go_on(self, span: Span) -> bool:
        """Whether a span belongs to what follows, or to a row of numbers that it stands in."""
        return self._continues(span) or self._follows(span)

    def _continues(self, span: Span) -> bool:
        """Whether the last word belongs to what follows: "2014 soldats", "le 23 heures", "la veille du scrutin"."""
        last = self._token(span.end - 1)
        if not last.text[-1].isdigit():
            counts = last.pos_ in _COUNTING and last.head.i > last.i
            return counts or any(
                child.i > last.i and child.pos_ != "PUNCT" for child in (*last.children, *_object(last))
            )
        if last.i + 1 == len(self.doc) or not last.whitespace_:
            return False
        following = self.doc[last.i + 1]
        if len(last) <= 2:
            return following.pos_ in _NAMED or following.text[0].isdigit()
        is_year = "Sing" in feature(following, "Number") or self._is_specified(self._token(span.start), span)
        return following.pos_ in _COUNTED and not is_year

    def _follows(self, span: Span) -> bool:
        """Whether a number that opens a span stands in a row of numbers: the second of "10 20 2 14"."""
        first = self._token(span.start)
        before = self.text[: first.idx].rstrip(" ")[-1:] if first.text[0].isdigit() else ""
        return before.isdigit()

    def _is_specified(self, first: Token, span: Span) -> bool:
        """Whether a determiner without a plural stands before a number: "the 2014 elections", "les 2014 soldats"."""
        before = self.doc[first.i - 1] if first.i and first.idx == span.start else first
        return before.pos_ == "DET" and not feature(before, "Number")

    def _token(self, offset: int) -> Token:
        return self.doc[bisect_right(self._offsets, offset) - 1]


def _object(token: Token) -> tuple[Token, ...]:
    """What a preposition or a conjunction at the end of a time governs."""
    return (token.head,) if token.pos_ in ("ADP", "SCONJ") else ()


def _joins(sign: str, beyond: str) -> bool:
    """Whether a sign between a number and what stands beyond makes one thing of them."""
    return beyond.isdigit() if sign in (".", ",", ":") else sign in ("/", "-") and beyond.isalnum()
