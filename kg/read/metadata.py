"""Dates and addresses as wires and feeds write them in, those of an article out."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urljoin, urlsplit

from kg.read import days


def day(*stamps: str | None) -> date | None:
    """The day of the first of some dates that is one (`days.first`), in the zone it is written in."""
    found = days.first(*stamps)
    return found.date() if found else None


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
