"""Days as rows write them in, the spells between them out: when an edge was told of, as a timeline plays it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

Spell = tuple[int, int]  # the ordinals of its first and its last day
FOREVER = 2**31 - 1
ALWAYS: Spell = (0, FOREVER)  # open at both ends
# A spell is when articles told of something; only where no day of theirs is known, when that is said to have held
_TOLD, _HELD = ("first_seen", "last_seen"), ("begin", "end")


def spell(said: Mapping[str, Any]) -> Spell:
    """When articles tell of what has these attributes, else when it held; `ALWAYS` where no day is known.

    A start or an end that is not known is open. A spell that ends before it starts is none.
    """
    for first, last in (_TOLD, _HELD):
        if said.get(first) is not None or said.get(last) is not None:
            return between(said.get(first), said.get(last))
    return ALWAYS


def between(first: Any, last: Any) -> Spell:
    """The spell from a day to another; what is no day is an open end."""
    start = (_ordinal(first, False) if isinstance(first, str) else None) or ALWAYS[0]
    end = (_ordinal(last, True) if isinstance(last, str) else None) or ALWAYS[1]
    return (start, end) if start <= end else ALWAYS


def hull(attributes: tuple[str, ...], values: tuple[Any, ...]) -> Spell:
    return spell(dict(zip(attributes, values, strict=True)))


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
    return between(first, last)


@lru_cache(maxsize=65536)
def iso(ordinal: int) -> str | None:
    """A day as "2025-10-01"; None for an open end."""
    return None if ordinal in ALWAYS else date.fromordinal(ordinal).isoformat()


@lru_cache(maxsize=65536)
def _ordinal(day: str, last: bool) -> int | None:
    # "2025-10-01", "2025-10-01T08:00:00Z"; of "2025-10" and "2025", the first or the last day
    try:
        parts = [int(part) for part in day[:10].split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else (1, 12)[last]
        return date(year, month, parts[2] if len(parts) > 2 else (1, monthrange(year, month)[1])[last]).toordinal()
    except (ValueError, IndexError):
        return None
