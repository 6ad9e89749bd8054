"""What a pattern of `ontology/times.ttl` means: values of its slots in, a `Meaning` out, which gives days once it is
known when the article appeared and which way its verb looks.

A construction is a function; the names of its parameters are the slots that a pattern with that meaning may have. It
returns None where the values make no sense together (the 31st of June), so that another pattern can be tried. Here are
days, months, years and centuries; the modules beside this one have the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from kg.text import calendar
from kg.text.calendar import DAY, MONTH, WEEK, YEAR, Period, Unit

_MONTHS = 12
_A_YEAR, _HALF_A_YEAR = 366, 183  # days away: farther, or that far against the verb's tense, a weekday fits by a slip


class Frame(NamedTuple):
    """From where a time is looked at; without an article's day, only absolute times have a meaning."""

    issued: date | None = None  # the article's day
    near: date | None = None  # where days without a month or a year are sought; mostly the same
    told: tuple[Period, ...] = ()  # what the text has named, the last first, for "the day before"
    tense: int = 0  # of the governing verb: -1 past, 1 future, 0 either; -2 and 2 leave no choice

    def story(self, grain: Unit) -> Period | None:
        """What the text has named last that lies within one day, week, month or year; else the article's day."""
        within = (p for p in self.told if p.begin and p.end and p.end <= (grain.around(p.begin).end or p.end))
        return next(within, Period(self.issued, self.issued) if self.issued else None)

    def contradicts(self, found: Period) -> bool:
        """Whether a stretch is to come, though its verb tells the past."""
        return bool(self.tense < 0 and self.issued and found.begin and found.begin > self.issued)


Meaning = Callable[[Frame], Period | None]
NEVER = Period(None, None)  # what reads like a time and is none: "every Monday"


def no_time() -> Meaning:
    """Nothing: words that only look like a time, such as "every Monday"."""
    return fixed(NEVER)


def same(*, period: Meaning) -> Meaning:
    """The time itself."""
    return period


def calendar_day(
    *, day: int = 0, month: int = 0, year: int = 0, weekday: int | None = None, tense: int = 0
) -> Meaning | None:
    """A day by whatever of weekday, day, month and year is given; the rest is found near the article's day."""
    if not _valid(day, month, year):
        return None
    if day and month and year:
        return fixed(Period(date(year, month, day), date(year, month, day)))

    def mean(frame: Frame) -> Period | None:
        if not frame.near:
            return None
        near, looks = frame.near + timedelta(tense), tense or frame.tense
        found = calendar.nearest_day(near, looks, weekday=weekday, day=day, month=month)
        if not month or abs(looks) > 1 or (found and found.begin and not _is_stray((found.begin - near).days, looks)):
            return found
        return calendar.nearest_day(near, looks, day=day, month=month)

    return mean


def _is_stray(away: int, tense: int) -> bool:
    """Whether a weekday fits only in a year that nobody means: then the weekday is wrong and not the date."""
    return abs(away) > (_A_YEAR if away * tense >= 0 else _HALF_A_YEAR)


def compact_day(*, number: int) -> Meaning | None:
    """A day written in eight figures: 20170302."""
    return calendar_day(day=number % 100, month=number // 100 % 100, year=number // 10000)


def calendar_month(*, month: int, year: int = 0, shift: int = 0) -> Meaning:
    """A month, of a year or the nearest."""

    def of(year: int) -> Period:
        return MONTH.around(date(year, month, 1))

    return fixed(of(year)) if year else yearly(of, shift)


def yearly(of: Callable[[int], Period], shift: int) -> Meaning:
    """What comes back every year: the nearest, or the last that is over, or the next that has not begun."""

    def mean(frame: Frame) -> Period | None:
        if not frame.near:
            return None
        periods = map(of, range(frame.near.year - 2, frame.near.year + 3))
        if shift:
            return calendar.strictly(frame.near, shift, periods)
        return calendar.nearest_of(frame.near, frame.tense, periods)

    return mean


def calendar_year(*, year: int) -> Meaning:
    """A year."""
    return fixed(YEAR.around(date(year, 1, 1)))


def year_span(*, year: int, plus: int) -> Meaning | None:
    """Years of which the last is told by its last two figures: 2016-18; what can be a month is none."""
    last = year // 100 * 100 + plus
    return fixed(Period(date(year, 1, 1), date(last, 12, 31))) if plus > _MONTHS and last > year else None


def unit_of_year(*, unit: Unit, year: int) -> Meaning:
    """The decade or century that begins with a year."""
    return fixed(unit.around(date(year, 1, 1)))


def century(*, ordinal: int) -> Meaning | None:
    """The n-th century, counted as people do: the 21st from 2000."""
    return fixed(Unit(months=1200).around(date(ordinal * 100 - 100, 1, 1))) if 2 <= ordinal <= 30 else None


def weekday_shifted(*, weekday: int, shift: int, number: int = 0) -> Meaning:
    """The last such weekday before, or the next after, the article's day, and `number` days beyond it."""

    def mean(frame: Frame) -> Period | None:
        if not frame.issued:
            return None
        start = frame.issued + timedelta(shift)
        away = (weekday - start.weekday()) % 7 if shift >= 0 else -((start.weekday() - weekday) % 7)
        day = start + timedelta(away + number)
        return Period(day, day)

    return mean


def weekday_of_story(*, weekday: int, shift: int) -> Meaning:
    """The weekday before or after the day that the text spoke of last: "the following Tuesday"."""
    away = weekday_shifted(weekday=weekday, shift=shift)

    def mean(frame: Frame) -> Period | None:
        named = frame.story(DAY)
        return away(frame._replace(issued=named.end)) if named else None

    return mean


def weekday_in_week(*, weekday: int, shift: int) -> Meaning:
    """The weekday of the article's week, or of one before or after."""
    return lambda frame: _weekday_in(WEEK.around(frame.issued, shift), weekday) if frame.issued else None


def weekday_in(*, weekday: int, period: Meaning) -> Meaning:
    """The weekday in a week, or in the week of a day."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        return _weekday_in(WEEK.around(whole.begin), weekday) if whole and whole.begin else None

    return mean


def _weekday_in(week: Period, weekday: int) -> Period | None:
    return DAY.around(week.begin + timedelta(weekday)) if week.begin else None


def inside(*, period: Meaning, whole: Meaning) -> Meaning:
    """A day or a month of a year or a month that is told apart from it: "3 March of last year"."""

    def mean(frame: Frame) -> Period | None:
        year = whole(frame)
        part = period(frame._replace(near=year.begin, tense=2)) if year and year.begin else None
        return part if part and part.begin and year and year.end and part.begin <= year.end else None

    return mean


def day_of_unit(*, day: int, unit: Unit) -> Meaning | None:
    """A day of the running month: "the 5th of this month"."""
    number = calendar_day(day=day)
    running = _running(unit)
    return inside(period=number, whole=running) if number else None


def _running(unit: Unit) -> Meaning:
    return lambda frame: unit.around(frame.issued) if frame.issued else None


def shifted(*, period: Meaning, shift: int) -> Meaning:
    """A day that comes back every month or year, strictly the last or the next one: "le 3 mars dernier"."""

    def mean(frame: Frame) -> Period | None:
        return period(frame._replace(near=frame.near + timedelta(shift), tense=2 * shift)) if frame.near else None

    return mean


def span(first: Period, last: Period) -> Period | None:
    """From the beginning of one stretch to the end of another, if they follow each other."""
    if not (first.begin and last.begin and first.end and last.end):
        return None
    return Period(min(first.begin, last.begin), max(first.end, last.end)) if first.begin <= last.end else None


def fixed(period: Period) -> Meaning:
    """A stretch that is the same wherever one looks from."""
    return lambda _: period


def _valid(day: int, month: int, year: int) -> bool:
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return True


CONSTRUCTIONS: tuple[Callable[..., Meaning | None], ...] = (
    no_time,
    same,
    calendar_day,
    compact_day,
    calendar_month,
    calendar_year,
    year_span,
    unit_of_year,
    century,
    weekday_shifted,
    weekday_of_story,
    weekday_in_week,
    weekday_in,
    inside,
    day_of_unit,
    shifted,
)
