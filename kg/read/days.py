"""A date as wires write it in metadata in, a day out."""

from __future__ import annotations

from datetime import date, datetime

from kg.errors import SourceError


def parse(text: str) -> date:
    """The day of an ISO 8601 date or date and time, in the zone it is written in.

    Raises `SourceError` for anything else: a day that is only nearly right would be worse than none.
    """
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError as error:
        raise SourceError(f"{text!r} is not a date: write it like 2025-10-01") from error
