"""Days as rows write them in, the spells between them out: when an edge was told of, as a timeline plays it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

Spell = tuple[int, int]  # the ordinals of its first and its last day
FOREVER = 2**31 - 1
ALWAYS: Spell = (0, FOREVER)  # open at both ends
NEVER: Spell = (FOREVER, 0)
NAMES = ("first_seen", "last_seen", "begin", "end")  # the attributes that days have


@lru_cache(maxsize=65536)
def spell(first_seen: Any = None, last_seen: Any = None, begin: Any = None, end: Any = None) -> Spell:
    """When articles tell of something; where no day of theirs is known, when that is said to have held.

    A start or an end that is not known, or that is no day, is open. What ends before it starts is `ALWAYS`.
    """
    first, last = (begin, end) if first_seen is None and last_seen is None else (first_seen, last_seen)
    start = (_ordinal(first, False) if isinstance(first, str) else None) or ALWAYS[0]
    stop = (_ordinal(last, True) if isinstance(last, str) else None) or ALWAYS[1]
    return (start, stop) if start <= stop else ALWAYS


def merged(spells: Iterable[Spell]) -> list[Spell]:
    """The same days in as few spells as can be, in order: those that overlap or follow on one another are one."""
    found: list[Spell] = []
    for start, end in sorted(spells):
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def written(spell: Spell) -> str:
    """A spell as ISO 8601 writes intervals: "2025-10-01/2025-10-03", "../2025-10-03"."""
    return "/".join(iso(day) or ".." for day in spell)


def read(text: str) -> Spell:
    """A spell that was `written`."""
    first, _, last = text.partition("/")
    return spell(first, last)


@lru_cache(maxsize=65536)
def iso(ordinal: int) -> str | None:
    """A day as "2025-10-01"; None for an open end."""
    return None if ordinal in ALWAYS else date.fromordinal(ordinal).isoformat()


def _ordinal(day: str, last: bool) -> int | None:
    # "2025-10-01", "2025-10-01T08:00:00Z"; of "2025-10" and "2025", the first or the last day
    try:
        parts = [int(part) for part in day[:10].split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else (1, 12)[last]
        return date(year, month, parts[2] if len(parts) > 2 else (1, monthrange(year, month)[1])[last]).toordinal()
    except (ValueError, IndexError):
        return None
