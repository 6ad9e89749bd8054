"""All constructions by name, among them those of numbers and lengths of time: values of a pattern's slots in, one out.

Like the constructions that give a `Meaning`, they return None where the values make no sense together.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable

from kg.text import time_meanings, time_relations, time_units, time_yearly
from kg.text.calendar import Unit

_HOURS = 24


def day_number(*, number: int) -> int | None:
    """A number that can be a day of the month."""
    return number if 1 <= number <= 31 else None


def late_day_number(*, number: int) -> int | None:
    """A number that can be a day of the month, but no month, and that makes no common fraction."""
    return number if 13 <= number <= 31 else None


def month_number(*, number: int) -> int | None:
    """A number that can be a month."""
    return number if 1 <= number <= 12 else None


def hour(*, number: int) -> int | None:
    """A number that can be an hour of the day."""
    return number if number <= _HOURS else None


def short_year(*, number: int) -> int | None:
    """The last two digits of a year: 50 and later is the last century."""
    return number + (1900 if number >= 50 else 2000) if 0 <= number <= 99 else None


def spelled_year(*, number: int, plus: int) -> int | None:
    """A year said in two halves: nineteen, eighty-six."""
    return number * 100 + plus if 16 <= number <= 20 and 10 <= plus <= 99 else None


def hundred_year(*, number: int, plus: int = 0) -> int | None:
    """A year said as hundreds and the rest: "nineteen hundred and five", "dix-neuf cent quatorze"."""
    return number * 100 + plus if 10 <= number <= 19 and 0 <= plus <= 99 else None


def thousand_year(*, number: int, plus: int = 0, hundreds: int = 0) -> int | None:
    """A year said as thousands and the rest: "two thousand and five", "mil neuf cent quatorze"."""
    known = number in (1, 2) and 0 <= hundreds <= 9 and 0 <= plus <= 99
    return number * 1000 + hundreds * 100 + plus if known else None


def number(*, number: int) -> int:
    """The number itself."""
    return number


def sum_of(*, number: int, plus: int) -> int | None:
    """A number said as tens and ones."""
    return number + plus if number >= 20 and number % 10 == 0 and 0 < plus < 20 else None


def amount(*, unit: Unit, number: int = 1) -> Unit:
    """A length of time: three weeks."""
    return unit.times(number)


def amount_and_half(*, unit: Unit, number: int = 1) -> Unit | None:
    """A length of time and half a unit more: two and a half years."""
    half = amount_half(unit=unit)
    return unit.times(number).plus(half) if half else None


def amount_half(*, unit: Unit) -> Unit | None:
    """Half a unit: half a century."""
    return Unit(months=unit.months // 2) if unit.months and unit.months % 2 == 0 else None


def amount_of_both(*, unit: Unit, plus: Unit) -> Unit:
    """Two lengths of time as one: two years and three months."""
    return unit.plus(plus)


def amount_of_hours(*, number: int) -> Unit | None:
    """Hours that make whole days."""
    return Unit(days=number // _HOURS) if number >= _HOURS and number % _HOURS == 0 else None


_OWN: tuple[Callable[..., object], ...] = (
    day_number,
    late_day_number,
    month_number,
    hour,
    short_year,
    spelled_year,
    hundred_year,
    thousand_year,
    number,
    sum_of,
    amount,
    amount_and_half,
    amount_half,
    amount_of_both,
    amount_of_hours,
)
_MODULES = (time_meanings, time_yearly, time_units, time_relations)
CONSTRUCTIONS: dict[str, Callable[..., object]] = {
    construct.__name__: construct
    for construct in (*_OWN, *(construct for module in _MODULES for construct in module.CONSTRUCTIONS))
}


def slots(construction: str) -> tuple[frozenset[str], frozenset[str]]:
    """The slots that a construction needs, and those that it knows. Raises KeyError for an unknown construction."""
    parameters = inspect.signature(CONSTRUCTIONS[construction]).parameters.values()
    return frozenset(p.name for p in parameters if p.default is p.empty), frozenset(p.name for p in parameters)
