"""Times put in relation, as patterns of `ontology/times.ttl` mean it: before, after, since, until, from one to another.

Constructions like those of `kg.text.time_meanings`: values of a pattern's slots in, a `Meaning` out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kg.text.calendar import DAY, Period, Unit
from kg.text.time_meanings import Frame, Meaning, span


def so_far(*, period: Meaning) -> Meaning:
    """What is over of a time by the article's day: "earlier this year"."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        return _ordered(whole.begin, frame.issued - timedelta(1)) if whole and frame.issued else None

    return mean


def still_to_come(*, period: Meaning) -> Meaning:
    """What is left of a time on the article's day: "later this year"."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        return _ordered(frame.issued, whole.end) if whole and frame.issued else None

    return mean


def away_from_article(*, unit: Unit, sign: int, number: int = 1, tense: int = 0) -> Meaning:
    """So many units before or after the article's day; with `tense`, not where the verb looks the other way."""

    def mean(frame: Frame) -> Period | None:
        if not frame.issued or (tense and frame.tense == -tense):
            return None
        return DAY.around(unit.after(frame.issued, number * sign))

    return mean


def away_from_story(*, unit: Unit, sign: int, number: int = 1) -> Meaning:
    """So many units before or after the day that the text spoke of last: "the day before", "two days later"."""

    def mean(frame: Frame) -> Period | None:
        start = frame.story or frame.issued
        return DAY.around(unit.after(start, number * sign)) if start else None

    return mean


def away_from(*, unit: Unit, sign: int, period: Meaning, number: int = 1) -> Meaning:
    """So many units before or after a time."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        start = (whole.end if sign > 0 else whole.begin) if whole else None
        return DAY.around(unit.after(start, number * sign)) if start else None

    return mean


def same(*, period: Meaning) -> Meaning:
    """The time itself."""
    return period


def since(*, period: Meaning) -> Meaning:
    """From the first day of a time, with an open end."""
    return _bounded(period, lambda whole, _: Period(whole.begin, None))


def until(*, period: Meaning) -> Meaning:
    """Up to and with the last day of a time, with an open beginning."""
    return _bounded(period, lambda whole, _: Period(None, whole.end))


def before(*, period: Meaning) -> Meaning:
    """Up to the day before a time."""
    return _bounded(period, lambda whole, _: Period(None, whole.begin - timedelta(1) if whole.begin else None))


def after(*, period: Meaning) -> Meaning:
    """From the day after a time."""
    return _bounded(period, lambda whole, _: Period(whole.end + timedelta(1) if whole.end else None, None))


def by(*, period: Meaning) -> Meaning:
    """From the article's day, where it is known, to the last day of a time."""
    return _bounded(period, lambda whole, frame: _ordered(frame.issued, whole.end) or Period(None, whole.end))


def between(*, period: Meaning, until: Meaning) -> Meaning:
    """From one time to another, each found near the other: in "from 26 February to 7 March 2017" the year is shared."""

    def mean(frame: Frame) -> Period | None:
        if period(Frame()) and not until(Frame()):
            return _onwards(period, until, frame)
        return _backwards(period, until, frame) or _onwards(period, until, frame)

    return mean


def onwards(*, period: Meaning, until: Meaning) -> Meaning:
    """From one time to another, where only the first says which month or year: "from April 9 to 12"."""
    return lambda frame: _onwards(period, until, frame)


def two(*, period: Meaning, until: Meaning) -> Meaning:
    """Two times named together that touch each other: "3 and 4 May"; others are no one stretch."""

    def mean(frame: Frame) -> Period | None:
        last = until(frame)
        first = period(frame._replace(near=last.begin, tense=-1)) if last else None
        touch = first and last and first.end and first.end + timedelta(1) == last.begin
        return span(first, last) if touch and first and last else None

    return mean


def _backwards(period: Meaning, until: Meaning, frame: Frame) -> Period | None:
    last = until(frame)
    first = period(frame._replace(near=last.end, tense=-1)) if last else None
    return span(first, last) if first and last else None


def _onwards(period: Meaning, until: Meaning, frame: Frame) -> Period | None:
    first = period(frame)
    last = until(frame._replace(near=first.begin, tense=1)) if first else None
    return span(first, last) if first and last else None


def _ordered(begin: date | None, end: date | None) -> Period | None:
    return Period(begin, end) if begin and end and begin <= end else None


def _bounded(period: Meaning, cut: Callable[[Period, Frame], Period]) -> Meaning:
    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        found = cut(whole, frame) if whole else None
        return found if found and (found.begin or found.end) else None

    return mean


CONSTRUCTIONS: tuple[Callable[..., Meaning | None], ...] = (
    so_far,
    still_to_come,
    away_from_article,
    away_from_story,
    away_from,
    same,
    since,
    until,
    before,
    after,
    by,
    between,
    onwards,
    two,
)
