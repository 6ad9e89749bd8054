"""A parsed article in, its time expressions out, each with the days that it means.

The words and patterns are `ontology/times.ttl`; whether a time is past or to come is the tense of its verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kg.model import Span, Time
from kg.text.calendar import DAY, MONTH, WEEK, YEAR, Period
from kg.text.languages import Language
from kg.text.tense import tense
from kg.text.time_chart import Edge, Grammar
from kg.text.time_grammar import load
from kg.text.time_meanings import NEVER, Frame
from kg.text.time_surroundings import Surroundings
from kg.text.tokens import Doc

_GRAINS = (DAY, WEEK, MONTH, YEAR)


class Times:
    """One article, and all that can be read as a time in it, whatever its day.

    Raises `DataError` where `ontology/times.ttl` is malformed.
    """

    def __init__(self, doc: Doc, language: Language, grammar: Grammar | None = None) -> None:
        self.grammar = grammar or load(language.code)
        self.language = language
        text = doc.text
        self.atoms, self._chart = self.grammar.read(text)
        self._places = sorted(self._chart)
        self._around = Surroundings(doc, text)

    def found(self, issued: date | None) -> Iterator[Time]:
        """The times of an article in its order, none overlapping; of two readings the longer one.

        `issued` is the day that relative expressions start from; without it only absolute ones are found.
        """
        read_to = 0
        told: tuple[Period, ...] = ()
        for at in self._places:
            if at >= read_to and (found := self._longest(at, Frame(issued, issued, told))):
                time, read_to = found
                if time.begin or time.end:
                    told = _remember(told, Period(time.begin, time.end))
                    yield time

    def readings(self, kind: str, within: Span, frame: Frame) -> Iterator[Time]:
        """What reads as a kind of time inside a stretch of the text, longer ones first; the frame knows the tense."""
        places = (at for at in self._places if within.start <= self.atoms[at].start < within.end)
        for at in places:
            for edge in self._edges(at, kind):
                span = self._span(at, edge)
                if span in within and (period := _resolve(edge, frame)):
                    yield Time(span, *period)

    def tense(self, span: Span) -> int:
        """The tense of the verb that governs a stretch of the text."""
        return tense(self._around.head(span), self.language, self.grammar.forward_verbs)

    def _longest(self, at: int, frame: Frame) -> tuple[Time, int] | None:
        for edge in self._edges(at, "period", "range"):
            span = self._span(at, edge)
            if not self._is_plausible(at, edge, span):
                continue
            if period := _resolve(edge, frame._replace(tense=self.tense(span))):
                return Time(span, *period), edge.end
        return None

    def _edges(self, at: int, *kinds: str) -> list[Edge]:
        """The times that begin at an atom: the longest first, then in the order of the file."""
        edges = [edge for kind in kinds for edge in self._chart[at].get(kind, ())]
        return sorted(edges, key=lambda edge: (-edge.end, edge.order))

    def _span(self, at: int, edge: Edge) -> Span:
        return Span(self.atoms[at].start, self.atoms[edge.end - 1].end)

    def _is_plausible(self, at: int, edge: Edge, span: Span) -> bool:
        """Not a piece of a longer number or word, not a name like "May", not a number of things."""
        if edge.end == at + 1 and self.grammar.is_name(self.atoms[at]):
            return False
        return not self._around.tear(span) and not (edge.guarded and self._around.go_on(span))


def _remember(told: tuple[Period, ...], period: Period) -> tuple[Period, ...]:
    """What the text has named, the last first, with one day, one week, one month and one year at most."""
    grain = _grain(period)
    return (period, *(other for other in told if _grain(other) != grain)) if grain is not None else told


def _grain(period: Period) -> int | None:
    """The smallest of day, week, month and year that a stretch lies in, by its place among them."""
    if not period.begin or not period.end:
        return None
    ends = ((n, unit.around(period.begin).end) for n, unit in enumerate(_GRAINS))
    return next((n for n, end in ends if end and period.end <= end), None)


def _resolve(edge: Edge, frame: Frame) -> Period | None:
    try:
        found: Period | None = edge.value(frame)
    except (ValueError, OverflowError):  # before the year 1 or after 9999
        return None
    return found if found and (found == NEVER or found.begin or found.end) else None
