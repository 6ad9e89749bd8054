"""A parsed article and its day in, its time expressions out, each with the days that it means.

The words and patterns are `ontology/times.ttl`; whether a time is past or to come is the tense of its verb.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc, Token

from kg.model import Span, Time
from kg.text.calendar import Period
from kg.text.tense import tense
from kg.text.time_chart import Edge, Grammar, split
from kg.text.time_grammar import load
from kg.text.time_meanings import Frame

_COUNTED = frozenset({"NOUN", "SYM", "NUM"})
_NAMED = _COUNTED | {"PROPN", "ADJ"}
_MONEY = frozenset("%€$£°")


def find_times(doc: Doc, issued: date | None, grammar: Grammar | None = None) -> list[Time]:
    """The times of an article in its order, none overlapping; of two readings the longer one.

    `issued` is the day that relative expressions start from; without it only absolute ones are found. The grammar is
    that of `doc.lang_` where none is given. Raises `DataError` where `ontology/times.ttl` is malformed.
    """
    return list(_Finder(doc, grammar or load(doc.lang_)).times(issued))


def deduce_issued(doc: Doc, dateline: Span, grammar: Grammar | None = None) -> date | None:
    """The article's day from the words of its dateline, or None.

    A full date is taken as it is. A day and month without a year are the first on or after the latest time with a year
    that the text speaks of in the past: "1er octobre", where somebody "avait annoncé" in July 2025, is of 2025.
    """
    finder = _Finder(doc, grammar or load(doc.lang_))
    past = (time.begin for time in finder.times(None) if time.begin and finder.tense(time.span) <= 0)
    for frame in (Frame(), Frame(near=max(past, default=None), tense=1)):
        days = (time.begin for time in finder.within(dateline, frame) if time.begin == time.end)
        if day := next(days, None):
            return day
    return None


class _Finder:
    """One article, and all that can be read as a time in it."""

    def __init__(self, doc: Doc, grammar: Grammar) -> None:
        self.doc, self.grammar = doc, grammar
        self.text = doc.text
        self.atoms = split(self.text)
        self.chart = grammar.read(self.atoms)
        self.offsets = [token.idx for token in doc]

    def times(self, issued: date | None) -> Iterator[Time]:
        """From left to right, the longest reading that has a meaning."""
        read_to, story = 0, issued
        for at in sorted(self.chart):
            if at >= read_to and (found := self._longest(at, Frame(issued, issued, story))):
                time, read_to = found
                story = time.end if issued and time.begin == time.end else story
                yield time

    def within(self, span: Span, frame: Frame) -> Iterator[Time]:
        """The readings inside a stretch of the text, longer ones first, from a frame that knows the tense."""
        for at in sorted(self.chart):
            for edge in self._edges(at):
                words = Span(self.atoms[at].start, self.atoms[edge.end - 1].end)
                if words in span and (period := _resolve(edge, frame)):
                    yield Time(words, *period)

    def tense(self, span: Span) -> int:
        """The tense of the verb that governs a stretch of the text."""
        first, last = self._token(span.start).i, self._token(span.end - 1).i
        tokens = self.doc[first : last + 1]
        head = next((token for token in tokens if not first <= token.head.i <= last or token.head == token), tokens[0])
        return tense(head, self.grammar.forward_verbs)

    def _longest(self, at: int, frame: Frame) -> tuple[Time, int] | None:
        for edge in self._edges(at):
            span = Span(self.atoms[at].start, self.atoms[edge.end - 1].end)
            if not self._is_plausible(at, edge, span):
                continue
            if period := _resolve(edge, frame._replace(tense=self.tense(span))):
                return Time(span, *period), edge.end
        return None

    def _edges(self, at: int) -> list[Edge]:
        """The times that begin at an atom: the longest first, then in the order of the file."""
        return sorted(self.chart[at].get("period", ()), key=lambda edge: (-edge.end, edge.order))

    def _token(self, offset: int) -> Token:
        return self.doc[bisect_right(self.offsets, offset) - 1]

    def _is_plausible(self, at: int, edge: Edge, span: Span) -> bool:
        """Not a piece of a longer number or word, not a name like "May", not a number of things."""
        if edge.end == at + 1 and self.grammar.is_name(self.atoms[at]):
            return False
        return not self._is_torn(span) and not (edge.guarded and (self._continues(span) or self._follows(span)))

    def _is_torn(self, span: Span) -> bool:
        """Whether the span is a piece of a number or of a word: "2.500", "Covid-19", "2020/x"."""
        before, after = self.text[max(span.start - 2, 0) : span.start], self.text[span.end : span.end + 2]
        if before[-1:].isalnum() or after[:1].isalnum():
            return True
        if self.text[span.end - 1].isdigit() and (after.lstrip()[:1] in _MONEY or _joins(after[:1], after[1:])):
            return True
        return self.text[span.start].isdigit() and (before.rstrip()[-1:] in _MONEY or _joins(before[-1:], before[:1]))

    def _continues(self, span: Span) -> bool:
        """Whether the last word belongs to what follows: "2014 soldats", "le 23 heures", "la veille du scrutin"."""
        last = self._token(span.end - 1)
        if not last.text[-1].isdigit():
            return any(child.i > last.i and child.dep_ != "punct" for child in (*last.children, *_object(last)))
        if last.i + 1 == len(self.doc) or not last.whitespace_:
            return False
        following = self.doc[last.i + 1]
        if len(last) <= 2:
            return following.pos_ in _NAMED
        is_year = "Sing" in following.morph.get("Number", []) or self._is_specified(self._token(span.start), span)
        return following.pos_ in _COUNTED and not is_year

    def _follows(self, span: Span) -> bool:
        """Whether a number that opens a span stands in a row of numbers: the second of "10 20 2 14"."""
        first = self._token(span.start)
        before = self.text[: first.idx].rstrip(" ")[-1:] if first.text[0].isdigit() else ""
        return before.isdigit()

    def _is_specified(self, first: Token, span: Span) -> bool:
        """Whether a determiner without a plural stands before a number: "the 2014 elections", "les 2014 soldats"."""
        before = self.doc[first.i - 1] if first.i and first.idx == span.start else first
        return before.pos_ == "DET" and not before.morph.get("Number", [])


def _object(token: Token) -> tuple[Token, ...]:
    """What a preposition or a conjunction at the end of a time governs."""
    return (token.head,) if token.pos_ in ("ADP", "SCONJ") else ()


def _joins(sign: str, beyond: str) -> bool:
    """Whether a sign between a number and what stands beyond makes one thing of them."""
    return beyond.isdigit() if sign in (".", ",", ":") else sign in ("/", "-") and beyond.isalnum()


def _resolve(edge: Edge, frame: Frame) -> Period | None:
    try:
        found: Period | None = edge.value(frame)
    except (ValueError, OverflowError):  # before the year 1 or after 9999
        return None
    return found
