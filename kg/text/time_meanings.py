"""What a pattern of `ontology/times.ttl` means: values of its slots in, a `Meaning` out, which gives days once it is
known when the article appeared and which way its verb looks.

A construction is a function; the names of its parameters are the slots that a pattern with that meaning may have. It
returns None where the values make no sense together (the 31st of June), so that another pattern can be tried.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from kg.text import calendar
from kg.text.calendar import DAY, MONTH, WEEK, YEAR, Period, Unit


class Frame(NamedTuple):
    """From where a time is looked at; without an article's day, only absolute times have a meaning."""

    issued: date | None = None  # the article's day
    near: date | None = None  # where days without a month or a year are sought; mostly the same
    story: date | None = None  # the last day that the text has named, for "the day before"
    tense: int = 0  # of the governing verb: -1 past, 1 future, 0 either


Meaning = Callable[[Frame], Period | None]
Stretches = tuple[tuple[int, int, int], ...]  # from, to, of how many days or months


class Feast(NamedTuple):
    """A feast: on a day of a month, on its n-th weekday, or so many days from Easter or from that weekday."""

    month: int = 0
    day: int = 0
    weekday: int = 0
    ordinal: int = 0
    offset: int = 0

    def on(self, year: int) -> date:
        if self.day:
            return date(year, self.month, self.day)
        base = calendar.nth_weekday(year, self.month, self.weekday, self.ordinal) if self.month else None
        return (base or calendar.easter(year)) + timedelta(self.offset)


def calendar_day(
    *, day: int = 0, month: int = 0, year: int = 0, weekday: int | None = None, tense: int = 0
) -> Meaning | None:
    """A day by whatever of weekday, day, month and year is given; the rest is found near the article's day."""
    if not _valid(day, month, year):
        return None
    if day and month and year:
        return _fixed(Period(date(year, month, day), date(year, month, day)))

    def mean(frame: Frame) -> Period | None:
        def fits(on: date) -> bool:
            return (not day or on.day == day) and (not month or on.month == month)

        def fully(on: date) -> bool:
            return fits(on) and (weekday is None or on.weekday() == weekday)

        if not frame.near:
            return None
        found = calendar.nearest_day(frame.near, tense or frame.tense, fully)
        stray = bool(month and found and found.begin and abs((found.begin - frame.near).days) > 366)
        return calendar.nearest_day(frame.near, tense or frame.tense, fits) if stray or not found else found

    return mean


def calendar_month(*, month: int, year: int = 0, tense: int = 0) -> Meaning:
    """A month, of a year or the nearest."""
    if year:
        return _fixed(MONTH.around(date(year, month, 1)))

    def mean(frame: Frame) -> Period | None:
        if not frame.near:
            return None
        years = range(frame.near.year - 1, frame.near.year + 2)
        months = (MONTH.around(date(y, month, 1)) for y in years)
        return calendar.nearest_of(frame.near, tense or frame.tense, months)

    return mean


def calendar_year(*, year: int) -> Meaning:
    """A year."""
    return _fixed(YEAR.around(date(year, 1, 1)))


def unit_of_year(*, unit: Unit, year: int) -> Meaning:
    """The decade or century that begins with a year."""
    return _fixed(unit.around(date(year, 1, 1)))


def century(*, ordinal: int) -> Meaning | None:
    """The n-th century, counted as people do: the 21st from 2000."""
    return _fixed(Unit(months=1200).around(date(ordinal * 100 - 100, 1, 1))) if 2 <= ordinal <= 30 else None


def season(*, season: tuple[int, int], year: int = 0, shift: int = 0, tense: int = 0) -> Meaning:
    """A season of three months, of a year or the nearest."""

    def of(year: int) -> Period:
        begin = date(year, *season)
        return Period(begin, calendar.add_months(begin, 3) - timedelta(1))

    return _fixed(of(year)) if year else _yearly(of, shift, tense)


def feast(*, feast: Feast, year: int = 0, shift: int = 0) -> Meaning:
    """A feast, of a year or the nearest."""

    def of(year: int) -> Period:
        return Period(feast.on(year), feast.on(year))

    return _fixed(of(year)) if year else _yearly(of, shift)


def unit_around(*, unit: Unit, shift: int = 0) -> Meaning:
    """This unit, or one before or after: last week, this year, the month after next."""
    return lambda frame: unit.around(frame.issued, shift) if frame.issued else None


def nearest_unit(*, unit: Unit) -> Meaning:
    """The unit that the tense asks for: "the weekend", past or coming."""

    def mean(frame: Frame) -> Period | None:
        near = frame.near
        return calendar.nearest_of(near, frame.tense, (unit.around(near, n) for n in (-1, 0, 1))) if near else None

    return mean


def units_around(*, number: int, unit: Unit, shift: int) -> Meaning:
    """The last or next so many units: days and weeks leave today out, months and years count from day to day, and
    quarters, decades and weekends are whole ones."""

    def mean(frame: Frame) -> Period | None:
        if not frame.issued:
            return None
        if unit.months not in (0, 1, 12) or unit.length:
            first, last = (-number, -1) if shift < 0 else (1, number)
            return span(unit.around(frame.issued, first), unit.around(frame.issued, last))
        away = unit.after(frame.issued, number * shift)
        today = frame.issued if unit.months else frame.issued + timedelta(shift)
        return Period(away, today) if shift < 0 else Period(today, away)

    return mean if shift else lambda frame: unit.around(frame.issued) if frame.issued else None


def lasting(*, number: int, unit: Unit) -> Meaning:
    """So many units up to the article's day: "for five years"."""
    return lambda frame: Period(unit.after(frame.issued, -number), frame.issued) if frame.issued else None


def lasting_from(*, number: int = 1, unit: Unit, period: Meaning) -> Meaning:
    """So many units from the beginning of a time."""

    def mean(frame: Frame) -> Period | None:
        first = period(frame)
        return Period(first.begin, unit.after(first.begin, number) - timedelta(1)) if first and first.begin else None

    return mean


def nth_unit(*, ordinal: int, unit: Unit, number: int = 1, period: Meaning | None = None) -> Meaning:
    """The n-th unit, or the first or last few, of a time; of the nearest year, where none is given."""

    def mean(frame: Frame) -> Period | None:
        if period:
            whole = period(frame)
            return calendar.nth(whole, unit, ordinal, number) if whole else None
        years = (YEAR.around(frame.near, n) for n in (-1, 0, 1)) if frame.near else ()
        found = [part for year in years if (part := calendar.nth(year, unit, ordinal, number))]
        return calendar.nearest_of(frame.near, frame.tense, found) if frame.near else None

    return mean


def part_of(*, part: Stretches, period: Meaning) -> Meaning:
    """The beginning, the middle or the end of a time."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        return calendar.slice_of(whole, part) if whole else None

    return mean


def part_of_unit(*, part: Stretches, unit: Unit) -> Meaning:
    """The beginning, the middle or the end of the week, month or year that the tense asks for."""

    def mean(frame: Frame) -> Period | None:
        if not frame.near:
            return None
        parts = [calendar.slice_of(unit.around(frame.near, n), part) for n in (-1, 0, 1)]
        return calendar.nearest_of(frame.near, frame.tense, [p for p in parts if p])

    return mean


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


def weekday_in_week(*, weekday: int, shift: int) -> Meaning:
    """The weekday of this week, or of one before or after."""
    return weekday_in(weekday=weekday, period=unit_around(unit=WEEK, shift=shift))


def weekday_in(*, weekday: int, period: Meaning) -> Meaning:
    """The weekday in a week, or in the week of a day."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        if not whole or not whole.begin:
            return None
        monday = WEEK.around(whole.begin).begin or whole.begin
        return DAY.around(monday + timedelta(weekday))

    return mean


def unit_of_day(*, unit: Unit, period: Meaning) -> Meaning:
    """The unit that has a day in it: "the week of 6 October"."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        return unit.around(whole.begin) if whole and whole.begin else None

    return mean


def span(first: Period, last: Period) -> Period | None:
    if not (first.begin and last.begin and first.end and last.end):
        return None
    return Period(min(first.begin, last.begin), max(first.end, last.end)) if first.begin <= last.end else None


def _yearly(of: Callable[[int], Period], shift: int, tense: int = 0) -> Meaning:
    """What comes back every year: the nearest, or strictly the last or next one."""

    def mean(frame: Frame) -> Period | None:
        if not frame.near:
            return None
        near = frame.near + timedelta(shift)
        return calendar.nearest_of(near, shift or tense or frame.tense, map(of, range(near.year - 1, near.year + 2)))

    return mean


def _fixed(period: Period) -> Meaning:
    return lambda _: period


def _valid(day: int, month: int, year: int) -> bool:
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return True


CONSTRUCTIONS: tuple[Callable[..., Meaning | None], ...] = (
    calendar_day,
    calendar_month,
    calendar_year,
    unit_of_year,
    century,
    season,
    feast,
    unit_around,
    nearest_unit,
    units_around,
    lasting,
    lasting_from,
    nth_unit,
    part_of,
    part_of_unit,
    weekday_shifted,
    weekday_in_week,
    weekday_in,
    unit_of_day,
)
