"""Days in, stretches of days out: the arithmetic of weeks, months, quarters and decades, in no language.

All stretches are inclusive: July 2025 is 2025-07-01 to 2025-07-31. Weeks run from Monday to Sunday.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, date, timedelta
from typing import NamedTuple

_DAY = timedelta(1)
_THURSDAY = 3  # ISO 8601: a week belongs to the month or year that has its Thursday
_WORKDAYS = range(5)
_RELUCTANCE = 8  # a day on the wrong side of the verb's tense counts as this many on the right one
_FARTHEST = 8 * 12 + 1  # in months: the 29th of February comes back within eight years


class Period(NamedTuple):
    """From the first to the last day; an open end is None."""

    begin: date | None
    end: date | None


class Unit(NamedTuple):
    """A unit of the calendar, or a length of time: so many months and days, or so many working days.

    A week may begin late and be short: the weekend, or the Tuesday of a week.
    """

    months: int = 0
    days: int = 0
    first: int = 0  # the day of the week that it begins on, Monday 0
    length: int = 0  # in days, where the unit is not full
    working: int = 0  # days from Monday to Friday

    def around(self, day: date, step: int = 0) -> Period:
        """The unit that `day` lies in, or the one `step` units later; a short one is that of the day's week."""
        if self.months:
            begin = add_months(day.replace(day=1, month=1), self._aligned(day) + step * self.months)
            return Period(begin, add_months(begin, self.months) - _DAY)
        begin = day - timedelta(day.weekday()) if self.days % 7 == 0 else day
        begin += timedelta(self.first + step * self.days)
        return Period(begin, begin + timedelta((self.length or self.days) - 1))

    def _aligned(self, day: date) -> int:
        """Months from January of the day's year to the beginning of its unit; decades and centuries begin before."""
        month = day.year * 12 + day.month - 1
        return month // self.months * self.months - day.year * 12

    def after(self, day: date, count: int) -> date:
        """The day `count` units later, or earlier when negative: the same day of the month, or the month's last."""
        later = add_months(day, count * self.months) + timedelta(count * self.days)
        return _working_days_later(later, count * self.working) if self.working else later

    def times(self, count: int) -> Unit:
        """So many units as one length of time."""
        return Unit(months=self.months * count, days=self.days * count, working=self.working * count)

    def plus(self, other: Unit) -> Unit:
        """A length of time and another: two years and three months."""
        return Unit(self.months + other.months, self.days + other.days, working=self.working + other.working)

    @property
    def grain(self) -> Unit:
        """The largest of day, week, month and year that the unit counts in."""
        if self.days or self.working:
            return DAY if self.working or self.days % 7 else WEEK
        return YEAR if self.months % 12 == 0 else MONTH


DAY, WEEK, MONTH, YEAR = Unit(days=1), Unit(days=7), Unit(months=1), Unit(months=12)


def weekday_unit(weekday: int) -> Unit:
    """The Monday (0) or another day of every week."""
    return Unit(days=7, first=weekday, length=1)


def _working_days_later(day: date, count: int) -> date:
    step = 1 if count > 0 else -1
    for _ in range(abs(count)):
        day += timedelta(step)
        while day.weekday() not in _WORKDAYS:
            day += timedelta(step)
    return day


def add_months(day: date, count: int) -> date:
    """The same day of another month, or that month's last day. Raises ValueError outside the years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not 1 <= year <= MAXYEAR:
        raise ValueError(f"no year {year} in the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def choose(near: date, tense: int, back: Period | None, ahead: Period | None) -> Period | None:
    """Of a stretch before and one after `near`, the one that its verb's tense (-1 past, 1 future, 0 either) asks for.

    Words such as "last" and "next" (-2 and 2) leave no choice. Else the other one is taken only where it is far
    nearer: what "was to meet on 3 November" in October is next month's.
    """
    costs = []
    for period, side in ((back, -1), (ahead, 1)):
        if period and period.begin and period.end and side * tense > -2:
            away = max((period.begin - near).days, (near - period.end).days, 0)
            costs.append((away * (_RELUCTANCE if side * tense < 0 else 1), -side, period))
    return min(costs, key=lambda cost: cost[:2])[2] if costs else None


def nearest_day(near: date, tense: int, *, weekday: int | None = None, day: int = 0, month: int = 0) -> Period | None:
    """The day that fits what is given, sought from `near` (which may be the one) backwards and onwards."""

    def seek(step: int) -> Period | None:
        days = _days_of_month(near, step, day, month) if day else (near + timedelta(step * n) for n in range(7))
        return next((Period(on, on) for on in days if weekday is None or on.weekday() == weekday), None)

    return choose(near, tense, seek(-1), seek(1))


def _days_of_month(near: date, step: int, day: int, month: int) -> Iterator[date]:
    """Every such day of a month, or of the month, away from `near`."""
    for n in range(_FARTHEST):
        first = add_months(near.replace(day=1), step * n)
        if (not month or first.month == month) and day <= calendar.monthrange(first.year, first.month)[1]:
            found = first.replace(day=day)
            if (found - near).days * step >= 0:
                yield found


def nearest_of(near: date, tense: int, periods: Iterable[Period]) -> Period | None:
    """Of stretches that come back (March, the end of the month), the last that has begun, or the first not yet over."""
    known = sorted((p.begin, p.end) for p in periods if p.begin and p.end)
    back = next((Period(*p) for p in reversed(known) if p[0] <= near), None)
    ahead = next((Period(*p) for p in known if p[1] >= near), None)
    return (back if tense < 0 else ahead if tense > 0 else None) or choose(near, 0, back, ahead)


def strictly(near: date, shift: int, periods: Iterable[Period]) -> Period | None:
    """Of stretches that come back, the last that is over (`shift` -1), or the first that has not begun (1)."""
    known = sorted((p.begin, p.end) for p in periods if p.begin and p.end)
    if shift < 0:
        return next((Period(*p) for p in reversed(known) if p[1] < near), None)
    return next((Period(*p) for p in known if p[0] > near), None)


def nth(whole: Period, unit: Unit, ordinal: int, count: int = 1) -> Period | None:
    """The `ordinal`-th unit of a stretch (-1 the last), or the first or last `count` of them; None outside of it."""
    if not whole.begin or not whole.end or not ordinal:
        return None
    edge = _of_own(whole.begin, 1, unit) if ordinal > 0 else _of_own(whole.end, -1, unit)
    first = ordinal - 1 if ordinal > 0 else ordinal + 2 - count
    begin, end = unit.around(edge, first).begin, unit.around(edge, first + count - 1).end
    inside = begin and end and begin <= whole.end and end >= whole.begin
    return Period(begin, end) if inside else None


def _of_own(edge: date, inwards: int, unit: Unit) -> date:
    """A day by which to find the first or last unit that belongs to a stretch: weeks by their Thursday."""
    found = unit.around(edge)
    if unit == WEEK:
        outside = (edge.weekday() - _THURSDAY) * inwards > 0
    else:
        outside = bool(found.begin and found.begin > edge) if inwards < 0 else bool(found.end and found.end < edge)
    return edge + timedelta(unit.days * inwards) if outside else edge


def size(whole: Period) -> tuple[int, Unit]:
    """How many days, or, from a quarter on, months a stretch is long; a month counts as 31 days."""
    if not whole.begin or not whole.end:
        return 0, DAY
    days = (whole.end - whole.begin).days + 1
    if days <= 27:
        return days, DAY
    return (31, DAY) if days <= 31 else (round(days / 30.44), MONTH)


def slice_of(whole: Period, stretches: Iterable[tuple[int, int, int]]) -> Period | None:
    """A part of a stretch, such as its end: `stretches` says from which to which (of how many) days or months.

    A length that is not listed is cut like the twelve months of a year.
    """
    length, unit = size(whole)
    known = {of: (first, last) for first, last, of in stretches}
    if not whole.begin or not whole.end or not length or 12 not in known:
        return None
    of_twelve = ((known[12][0] - 1) * length // 12 + 1, -(-known[12][1] * length // 12))
    first, last = known.get(length, of_twelve)
    end = min(whole.end, unit.after(whole.begin, last) - _DAY)
    return Period(unit.after(whole.begin, first - 1), whole.end if last == length else end)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous algorithm, Nature, 1876)."""
    century, rest = divmod(year, 100)
    leap = (century - (century + 8) // 25 + 1) // 3
    golden = year % 19
    epact = (19 * golden + century - century // 4 - leap + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
