"""Times put in relation, as patterns of `ontology/times.ttl` mean it: before, after, since, until, from one to another.

Constructions like those of `kg.text.time_meanings`: values of a pattern's slots in, a `Meaning` out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kg.text.calendar import DAY, Period, Unit
from kg.text.time_meanings import Frame, Meaning, calendar_day, span

_DAY = timedelta(1)


def so_far(*, period: Meaning) -> Meaning:
    """What is over of a time by the article's day: "earlier this year"."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        return _ordered(whole.begin, frame.issued - _DAY) if whole and frame.issued else None

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
    """So many units before or after what the text spoke of last: "the day before", and in 2014 "two years later".

    What would be to come, though its verb tells the past, had another beginning that is not known.
    """

    def mean(frame: Frame) -> Period | None:
        named = frame.story(unit.grain)
        found = _moved(named, unit, number * sign) if named else None
        return None if found and frame.contradicts(found) else found

    return mean


def away_from(*, unit: Unit, sign: int, period: Meaning, number: int = 1) -> Meaning:
    """So many units before or after a time: "two days after Christmas", "two years after 2011"."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        if whole and whole.begin and whole.end == unit.grain.around(whole.begin).end:
            return _moved(whole, unit, number * sign)
        edge = (whole.end if sign > 0 else whole.begin) if whole else None
        return DAY.around(unit.after(edge, number * sign)) if edge else None

    return mean


def ahead_within(*, unit: Unit) -> Meaning:
    """From the article's day to so many units later: "within three days"."""
    return lambda frame: Period(frame.issued, unit.after(frame.issued, 1)) if frame.issued else None


def since(*, period: Meaning) -> Meaning:
    """From the first day of a time that is past, with an open end."""
    return _bounded(period, lambda whole, _: Period(whole.begin, None), tense=-1)


def starting(*, period: Meaning) -> Meaning:
    """From the first day of a time, past or to come, with an open end."""
    return _bounded(period, lambda whole, _: Period(whole.begin, None))


def until(*, period: Meaning) -> Meaning:
    """Up to and with the last day of a time, with an open beginning."""
    return _bounded(period, lambda whole, _: Period(None, whole.end))


def before(*, period: Meaning) -> Meaning:
    """Up to the day before a time."""
    return _bounded(period, lambda whole, _: Period(None, whole.begin - _DAY if whole.begin else None))


def after(*, period: Meaning) -> Meaning:
    """From the day after a time."""
    return _bounded(period, lambda whole, _: Period(whole.end + _DAY if whole.end else None, None))


def by(*, period: Meaning) -> Meaning:
    """From the article's day, where it is known, to the last day of a time."""
    return _bounded(period, lambda whole, frame: _ordered(frame.issued, whole.end) or Period(None, whole.end), tense=1)


def between(*, period: Meaning, until: Meaning) -> Meaning:
    """From one time to another, each sought near the other: "from 26 February to 7 March 2017"."""

    def mean(frame: Frame) -> Period | None:
        found = (_backwards(period, until, frame), _onwards(period, until, frame))
        return min((stretch for stretch in found if stretch), key=_days, default=None)

    return mean


def onwards(*, period: Meaning, until: Meaning) -> Meaning:
    """From one time to another, where only the first says which month or year: "from April 9 to 12"."""
    return lambda frame: _onwards(period, until, frame)


def two(*, period: Meaning, until: Meaning) -> Meaning:
    """Two times named together that touch each other: "3 and 4 May"; others are no one stretch."""

    def mean(frame: Frame) -> Period | None:
        pairs = (ends(period, until, frame) for ends in (_ends_backwards, _ends_onwards))
        found = next((pair for pair in pairs if pair and _touch(*pair)), None)
        return span(*found) if found else None

    return mean


def three(*, period: Meaning, until: Meaning) -> Meaning:
    """Three days named together that touch each other: "3, 4 and 5 May"."""
    whole = between(period=period, until=until)

    def mean(frame: Frame) -> Period | None:
        found = whole(frame)
        return found if found and _days(found) == 3 else None

    return mean


def days_of_month(*, month: int, day: int, last: int, year: int) -> Meaning | None:
    """From one day of a month to another: "May 3-5, 2024"."""
    first, until = calendar_day(day=day, month=month, year=year), calendar_day(day=last, month=month, year=year)
    return between(period=first, until=until) if first and until else None


def _days(stretch: Period) -> int:
    return (stretch.end - stretch.begin).days + 1 if stretch.begin and stretch.end else 0


def _touch(first: Period, last: Period) -> bool:
    return first.end is not None and first.end + _DAY == last.begin


def _moved(period: Period, unit: Unit, count: int) -> Period | None:
    """A stretch, so many units later: a day becomes a day, and a month a month."""
    if not period.begin or not period.end:
        return None
    begin = unit.after(period.begin, count)
    return Period(begin, begin if period.begin == period.end else unit.after(period.end + _DAY, count) - _DAY)


def _backwards(period: Meaning, until: Meaning, frame: Frame) -> Period | None:
    found = _ends_backwards(period, until, frame)
    return span(*found) if found else None


def _onwards(period: Meaning, until: Meaning, frame: Frame) -> Period | None:
    found = _ends_onwards(period, until, frame)
    return span(*found) if found else None


def _ends_backwards(period: Meaning, until: Meaning, frame: Frame) -> tuple[Period, Period] | None:
    """Two times of which the first is sought before the second."""
    last = until(frame)
    first = period(frame._replace(near=last.end, tense=-2)) if last else None
    return (first, last) if first and last else None


def _ends_onwards(period: Meaning, until: Meaning, frame: Frame) -> tuple[Period, Period] | None:
    """Two times of which the second is sought after the first."""
    first = period(frame)
    last = until(frame._replace(near=first.begin, tense=2)) if first else None
    return (first, last) if first and last else None


def _ordered(begin: date | None, end: date | None) -> Period | None:
    return Period(begin, end) if begin and end and begin <= end else None


def _bounded(period: Meaning, cut: Callable[[Period, Frame], Period], tense: int = 0) -> Meaning:
    def mean(frame: Frame) -> Period | None:
        whole = period(frame._replace(tense=tense or frame.tense))
        found = cut(whole, frame) if whole else None
        return found if found and (found.begin or found.end) else None

    return mean


CONSTRUCTIONS: tuple[Callable[..., Meaning | None], ...] = (
    so_far,
    still_to_come,
    away_from_article,
    away_from_story,
    away_from,
    ahead_within,
    since,
    starting,
    until,
    before,
    after,
    by,
    between,
    onwards,
    days_of_month,
    two,
    three,
)
