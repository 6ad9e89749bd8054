"""Dates and addresses as wires and feeds write them in, those of an article out."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

_NITF = re.compile(r"(\d{8})\d{6}(?:Z|[+-]\d{4})?")  # 20250301000000-0500: NITF 3.1's way where no time is known
_LONGEST = 100  # characters of a date


def day(*stamps: str | None) -> date | None:
    """The day of the first of some dates that is one, in the zone it is written in; None where none is.

    Read are ISO 8601, also in the ways of W3C-DTF and NITF, and RFC 822 as RSS has it. What is no day (a month alone,
    a date in words) is passed over: the text itself may tell.
    """
    return next((found for stamp in stamps if stamp and (found := _day(stamp.strip()[:_LONGEST]))), None)


def _day(stamp: str) -> date | None:
    if undivided := _NITF.fullmatch(stamp):
        stamp = undivided[1]
    for reading in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return reading(stamp).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def address(given: str | None, base: str | None = None) -> str | None:
    """An address of the web, made absolute; None for what is none."""
    if not given or not given.strip():
        return None
    try:
        url = urljoin(base or "", given.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", url) else None
