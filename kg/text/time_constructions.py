"""All constructions by name, among them those that put numbers together: values of a pattern's slots in, a number out.

Like the constructions that give a `Meaning`, they return None where the values make no sense together.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable

from kg.text import time_meanings, time_relations


def day_number(*, number: int) -> int | None:
    """A number that can be a day of the month."""
    return number if 1 <= number <= 31 else None


def late_day_number(*, number: int) -> int | None:
    """A number that can be a day of the month, but no month, and that makes no common fraction."""
    return number if 13 <= number <= 31 else None


def month_number(*, number: int) -> int | None:
    """A number that can be a month."""
    return number if 1 <= number <= 12 else None


def short_year(*, number: int) -> int | None:
    """The last two digits of a year: 50 and later is the last century."""
    return number + (1900 if number >= 50 else 2000) if 0 <= number <= 99 else None


def spelled_year(*, number: int, plus: int) -> int | None:
    """A year said in two halves: nineteen, eighty-six."""
    return number * 100 + plus if 10 <= number <= 20 and 0 <= plus <= 99 else None


def thousand_year(*, number: int, plus: int = 0) -> int | None:
    """A year said as thousands and the rest: two thousand and five."""
    return number * 1000 + plus if number in (1, 2) and 0 <= plus <= 99 else None


def number(*, number: int) -> int:
    """The number itself."""
    return number


def sum_of(*, number: int, plus: int) -> int | None:
    """A number said as tens and ones."""
    return number + plus if number >= 20 and number % 10 == 0 and 0 < plus < 20 else None


_NUMBERS: tuple[Callable[..., int | None], ...] = (
    day_number,
    late_day_number,
    month_number,
    short_year,
    spelled_year,
    thousand_year,
    number,
    sum_of,
)
CONSTRUCTIONS: dict[str, Callable[..., object]] = {
    construct.__name__: construct
    for construct in (*_NUMBERS, *time_meanings.CONSTRUCTIONS, *time_relations.CONSTRUCTIONS)
}


def slots(construction: str) -> tuple[frozenset[str], frozenset[str]]:
    """The slots that a construction needs, and those that it knows. Raises KeyError for an unknown construction."""
    parameters = inspect.signature(CONSTRUCTIONS[construction]).parameters.values()
    return frozenset(p.name for p in parameters if p.default is p.empty), frozenset(p.name for p in parameters)
