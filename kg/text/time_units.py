"""Weeks, months, quarters and years, as patterns of `ontology/times.ttl` mean them: this one, the last three, the n-th
of a longer time, its beginning or end.

Constructions like those of `kg.text.time_meanings`: values of a pattern's slots in, a `Meaning` out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from kg.text import calendar
from kg.text.calendar import DAY, WEEK, YEAR, Period, Unit
from kg.text.time_meanings import Frame, Meaning, span

_COUNTED = (0, 1, 12)  # days, weeks, months and years are counted from day to day, quarters and decades are whole ones
_FRIDAY = 4
Stretches = tuple[tuple[int, int, int], ...]  # from, to, of how many days or months


def unit_around(*, unit: Unit, shift: int = 0) -> Meaning:
    """This unit, or one before or after: last week, this year, the month after next."""
    return lambda frame: unit.around(frame.issued, shift) if frame.issued else None


def unit_of_story(*, unit: Unit, shift: int = 0) -> Meaning:
    """The unit that the text spoke of last, or one before or after: "that year", "the following month"."""

    def mean(frame: Frame) -> Period | None:
        named = frame.story(unit)
        found = unit.around(named.begin, shift) if named and named.begin else None
        return None if found and frame.contradicts(found) else found

    return mean


def nearest_unit(*, unit: Unit) -> Meaning:
    """The unit that the tense asks for: "the weekend", past or coming."""

    def mean(frame: Frame) -> Period | None:
        near = frame.near
        return calendar.nearest_of(near, frame.tense, (unit.around(near, n) for n in (-1, 0, 1))) if near else None

    return mean


def units_around(*, number: int, unit: Unit, shift: int) -> Meaning:
    """The last or next so many units: days and weeks leave today out, months and years count from day to day, and
    quarters, decades and weekends are whole ones."""
    if unit.length or unit.months not in _COUNTED:
        return whole_units(number=number, unit=unit, shift=shift)

    def mean(frame: Frame) -> Period | None:
        if not frame.issued:
            return None
        step = Unit(working=1) if unit.working else DAY
        away, today = unit.after(frame.issued, number * shift), step.after(frame.issued, 0 if unit.months else shift)
        return Period(away, today) if shift < 0 else Period(today, away)

    return mean if shift else unit_around(unit=unit)


def whole_units(*, number: int, unit: Unit, shift: int) -> Meaning:
    """The last or next so many units of the calendar, without the one that is running."""
    first, last = (-number, -1) if shift < 0 else (1, number)
    return lambda frame: (
        span(unit.around(frame.issued, first), unit.around(frame.issued, last)) if frame.issued else None
    )


def lasting(*, unit: Unit) -> Meaning:
    """A length of time up to the article's day: "for five years"."""
    return lambda frame: Period(unit.after(frame.issued, -1), frame.issued) if frame.issued else None


def lasting_from(*, unit: Unit, period: Meaning) -> Meaning:
    """A length of time from the beginning of another: "two weeks starting on May 20th"."""

    def mean(frame: Frame) -> Period | None:
        first = period(frame)
        return Period(first.begin, unit.after(first.begin, 1) - timedelta(1)) if first and first.begin else None

    return mean


def lasting_to(*, unit: Unit, period: Meaning) -> Meaning:
    """A length of time up to the end of another: "the three months to June"."""

    def mean(frame: Frame) -> Period | None:
        last = period(frame)
        return Period(unit.after(last.end + timedelta(1), -1), last.end) if last and last.end else None

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


def nth_of_unit(*, ordinal: int, unit: Unit, whole: Unit, number: int = 1) -> Meaning:
    """The n-th unit, or the first or last few, of the running one: "the first three months of the year"."""
    return nth_unit(ordinal=ordinal, unit=unit, number=number, period=unit_around(unit=whole))


def nth_weekday(*, ordinal: int, weekday: int, period: Meaning) -> Meaning:
    """The n-th Monday, or another weekday, of a time."""
    return nth_unit(ordinal=ordinal, unit=calendar.weekday_unit(weekday), period=period)


def to_date(*, unit: Unit) -> Meaning:
    """From the beginning of the running unit to the article's day: "the year to date"."""
    return lambda frame: Period(unit.around(frame.issued).begin, frame.issued) if frame.issued else None


def part_of(*, part: Stretches, period: Meaning) -> Meaning:
    """The beginning, the middle or the end of a time."""

    def mean(frame: Frame) -> Period | None:
        whole = period(frame)
        return calendar.slice_of(whole, part) if whole else None

    return mean


def part_of_unit(*, part: Stretches, unit: Unit) -> Meaning:
    """The beginning, the middle or the end of the week, month or year that the tense asks for, else the running one."""

    def mean(frame: Frame) -> Period | None:
        if not frame.near:
            return None
        running = 1 if frame.tense else 0
        parts = [calendar.slice_of(unit.around(frame.near, n), part) for n in range(-running, running + 1)]
        return calendar.nearest_of(frame.near, frame.tense, [p for p in parts if p])

    return mean


def week_of(*, period: Meaning) -> Meaning:
    """The week that people name by a day in it: "the week of 6 October"; a Saturday or Sunday names the next one."""

    def mean(frame: Frame) -> Period | None:
        day = period(frame)
        if not day or not day.begin:
            return None
        return WEEK.around(day.begin, 1 if day.begin.weekday() > _FRIDAY else 0)

    return mean


CONSTRUCTIONS: tuple[Callable[..., Meaning | None], ...] = (
    unit_around,
    unit_of_story,
    nearest_unit,
    units_around,
    whole_units,
    lasting,
    lasting_from,
    lasting_to,
    nth_unit,
    nth_of_unit,
    nth_weekday,
    to_date,
    part_of,
    part_of_unit,
    week_of,
)
