"""The names of a table's columns and the cells of a row in, which column holds what, and an article, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import fields, words
from kg.read.sources import Columns, shown

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
            f"no column has a usual name of one that holds text: name it with --text-column: {_list(names)}",
            reason=Reason.FORMAT,
        )
    return places


def has_text(names: Sequence[str], wanted: Columns) -> bool:
    """Whether a column of text is among the names."""
    return (wanted.text in names) if wanted.text else _usual(names, "text") is not None


def article(cells: Mapping[str, Any], where: str) -> Article:
    """The article of a row. Raises `SourceError` where it has neither text nor title, and for what no field may be."""
    said = {part: _plain(value, part) for part, value in cells.items() if value not in (None, "")}
    if not said.get("title") and not str(said.get("text", "")).strip():
        raise SourceError("no text in the row", reason=Reason.EMPTY)
    return fields.of({"text": "", **said}, where)


def _place(names: Sequence[str], name: str) -> int:
    if (times := names.count(name)) != 1:
        many = "no column" if not times else f"{times} columns"
        raise SourceError(f"{many} {name!r}: {_list(names)}", reason=Reason.FORMAT)
    return names.index(name)


def _usual(names: Sequence[str], part: str) -> int | None:
    folded = [words.folded(name) for name in names]
    return next((folded.index(word) for word in words.usual()[part] if word in folded), None)


def _list(names: Sequence[str]) -> str:
    some = ", ".join(shown(name[:40]) for name in names[:_SHOWN])
    return f"there are {some}" + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


def _plain(value: Any, part: str) -> Any:
    """A cell as JSON would have it: some formats have days and hours of their own."""
    if isinstance(value, str):
        return value if part == "text" else value.strip()
    return value.isoformat() if isinstance(value, date) else value
