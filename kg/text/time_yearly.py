"""What comes back every year, as patterns of `ontology/times.ttl` mean it: seasons, feasts and the weekends at them.

Constructions like those of `kg.text.time_meanings`: values of a pattern's slots in, a `Meaning` out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from kg.text import calendar
from kg.text.calendar import MONTH, Period, Unit
from kg.text.time_meanings import Frame, Meaning, fixed, yearly

_BRIDGE = 2  # days between a feast and a weekend that people take together


class Feast(NamedTuple):
    """A feast: on a day of a month, on its n-th weekday, or so many days from Easter or from that weekday."""

    month: int = 0
    day: int = 0
    weekday: int = 0
    ordinal: int = 0
    offset: int = 0

    def on(self, year: int) -> date:
        """The day of the feast in a year."""
        if self.day:
            return date(year, self.month, self.day)
        return (self._weekday(year) if self.month else calendar.easter(year)) + timedelta(self.offset)

    def _weekday(self, year: int) -> date:
        month = MONTH.around(date(year, self.month, 1))
        found = calendar.nth(month, calendar.weekday_unit(self.weekday), self.ordinal)
        if found is None or found.begin is None:
            raise ValueError(f"no {self} in {year}")
        return found.begin


def season(*, season: tuple[int, int], year: int = 0, shift: int = 0) -> Meaning:
    """A season of three months, of a year or the nearest."""

    def of(year: int) -> Period:
        begin = date(year, *season)
        return Period(begin, calendar.add_months(begin, 3) - timedelta(1))

    return fixed(of(year)) if year else yearly(of, shift)


def feast(*, feast: Feast, year: int = 0, shift: int = 0) -> Meaning:
    """A feast, of a year or the nearest."""
    return _on(feast, year, shift)


def _on(feast: Feast, year: int, shift: int = 0) -> Meaning:
    def of(year: int) -> Period:
        return Period(feast.on(year), feast.on(year))

    return fixed(of(year)) if year else yearly(of, shift)


def weekend_at(*, unit: Unit, period: Meaning) -> Meaning:
    """The weekend of a day or a feast, with that day if they make one holiday: "Labor Day weekend"."""

    def mean(frame: Frame) -> Period | None:
        day = period(frame)
        return _weekend_at(unit, day.begin) if day and day.begin and day.begin == day.end else None

    return mean


def feast_weekend(*, unit: Unit, feast: Feast, year: int = 0) -> Meaning:
    """The weekend of a feast."""
    return weekend_at(unit=unit, period=_on(feast, year))


def _weekend_at(unit: Unit, day: date) -> Period:
    weekends = (unit.around(day, step) for step in (-1, 0, 1))
    known = [(w.begin, w.end) for w in weekends if w.begin and w.end]
    away, begin, end = min((max((b - day).days, (day - e).days, 0), b, e) for b, e in known)
    return Period(min(begin, day), max(end, day)) if away <= _BRIDGE else Period(begin, end)


CONSTRUCTIONS: tuple[Callable[..., Meaning | None], ...] = (season, feast, weekend_at, feast_weekend)
