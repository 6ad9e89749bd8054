"""Columns and rows in, an HTML table for a notebook out: everything escaped, links to the web alone, no scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pyoxigraph as ox

SHOWN = 20  # rows that a notebook shows
_LONG = 200  # characters of a cell


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, prefixes: Mapping[str, str]) -> str:
    """A table of terms, or of plain values; an IRI is a link with its prefix for a text."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(value, prefixes)}</td>' for value in row)}</tr>\n" for row in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def note(words: str) -> str:
    """A line beside a table."""
    return f"<p>{escape(words)}</p>\n"


def _cell(value: Any, prefixes: Mapping[str, str]) -> str:
    if value is None:
        return ""
    text = getattr(value, "value", None)
    text = _cut(text if isinstance(text, str) else str(value))
    if not isinstance(value, ox.NamedNode):
        return escape(text)
    known = next((f"{p}:{text.removeprefix(iri)}" for p, iri in prefixes.items() if text.startswith(iri)), text)
    if not value.value.startswith(("http://", "https://")):
        return escape(known)
    return f'<a href="{escape(value.value)}" rel="noopener noreferrer">{escape(known)}</a>'


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else text[: _LONG - 1] + "…"
