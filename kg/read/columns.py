"""The names of a table's columns and the cells of a row in, which column holds what, and an article, out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import days, words
from kg.read.sources import Columns, Source

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
_SHOWN = 20  # names of columns in a message


def find(names: Sequence[str], wanted: Columns) -> dict[str, int]:
    """The places of the columns of `text`, `id`, `title` …: those that are asked for, else those with a usual name.

    Raises `SourceError` where a column that is asked for is not there, or there twice, and where none holds text.
    """
    places: dict[str, int] = {}
    for part, name in asdict(wanted).items():
        place = _place(names, name) if name else _usual(names, part)
        if place is not None:
            places[part] = place
    if "text" not in places:
        raise SourceError(
            f"no column is called as columns of text are: say which is with --text-column: {_list(names)}",
            reason=Reason.FORMAT,
        )
    return places


def has_text(names: Sequence[str], wanted: Columns) -> bool:
    """Whether a column of text is among the names."""
    return (wanted.text in names) if wanted.text else _usual(names, "text") is not None


def article(cells: Mapping[str, Any], *, row: int, source: Source, where: str) -> Article:
    """The article of a row, whose number (from 1) stands for an id and an address that it does not say.

    Raises `SourceError` where it has neither text nor title, and for a date or an address that is none.
    """
    text, title, url = cells.get("text") or "", _said(cells, "title"), _url(cells)
    if not text.strip() and not title:
        raise SourceError("no text in the row", reason=Reason.EMPTY)
    return Article(
        id=_said(cells, "id") or f"{source.id or 'row'}-{row}",
        text=text,
        language=_said(cells, "language"),
        title=title,
        issued=_day(cells.get("date")),
        publisher=_said(cells, "publisher"),
        url=url,
        where=where,
    )


def placed(error: SourceError, where: str) -> SourceError:
    """An error with the place where it happened."""
    return SourceError(f"{where}: {error}", reason=error.reason, where=where)


def _place(names: Sequence[str], name: str) -> int:
    if (times := names.count(name)) != 1:
        many = "no column" if not times else f"{times} columns"
        raise SourceError(f"{many} {name!r}: {_list(names)}", reason=Reason.FORMAT)
    return names.index(name)


def _usual(names: Sequence[str], part: str) -> int | None:
    folded = [words.folded(name) for name in names]
    return next((folded.index(word) for word in words.usual()[part] if word in folded), None)


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(f"{name:.40}" for name in names[:_SHOWN])
    return f"there are {shown}" + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


def _said(cells: Mapping[str, Any], part: str) -> str | None:
    value = cells.get(part)
    return (str(value).strip() or None) if value is not None else None


def _url(cells: Mapping[str, Any]) -> str | None:
    url = _said(cells, "url")
    if url and not _ADDRESS.match(url):
        raise SourceError(
            f"no address: {url!r:.60}: write it like https://example.org/page, or leave it out", reason=Reason.METADATA
        )
    return url


def _day(value: object) -> date | None:
    """The day of a cell, which is a date in itself in some formats, and words in others."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return days.parse(str(value)) if value is not None and str(value).strip() else None
