"""A question and whom to ask in, the answer on standard output."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, cast

from kg.cli import table, terminal
from kg.cli.parameters import pairs
from kg.cli.source import opened
from kg.cli.table import Column
from kg.graph.answer import Answer
from kg.graph.questions import ask, is_own

TABLE = "table"
_BETWEEN = {"xml": b"</result>", "json": b"}}"}  # what rows end in; in the other formats the ends of lines


def answer(question: str, parameters: Sequence[str], *, source: Path | str, format: str | None) -> None:
    """Ask a store (a path) or an endpoint (a URL) and print what it says.

    Where no format is chosen, people get a table and programs CSV, or Turtle where the answer is a graph.
    """
    values = dict(pairs(parameters))
    with opened(source) as asked:
        found = ask(asked, question, values)
        format = format or (TABLE if sys.stdout.isatty() else _plain(found))
        prefixes = asked.names.prefixes()
        rows = show(found, prefixes, whole=is_own(question)) if format == TABLE else _write(found, format)
        if found.limit and rows >= found.limit:
            terminal.note(f"these are the first {found.limit} rows, and there may be more: limit=0 gives all")


def show(found: Answer, prefixes: Mapping[str, str], *, whole: bool = False) -> int:
    """Print an answer for people, a table, a word for a truth, Turtle for a graph; gives the number of its rows.

    Columns that are empty are left out. Where a row is wider than the terminal, a `whole` answer has a block of lines
    a row; of another, the last columns are left out, and a note says which.
    """
    if found.boolean is not None:
        print("true" if found.boolean else "false")
        return 1
    if found.form == "CONSTRUCT":
        return _write(found, "ttl")
    rows = [[terminal.words(term, prefixes) for term in row] for row in found.rows()]
    _show_rows(table.columns(found.variables, rows), whole=whole)
    return len(rows)


def _show_rows(columns: Sequence[Column], *, whole: bool) -> None:
    if not any(column.cells for column in columns):
        terminal.note("nothing found")
        return
    columns = [column for column in columns if any(column.cells)] or columns
    room = table.fitting(columns)
    if room < len(columns) and (whole or not room):
        table.records(columns)
        return
    table.table(columns[:room])
    if left := ", ".join(column.name for column in columns[room:]):
        terminal.note(f"no room here for {left}: a wider terminal or --format csv has them")


def _write(found: Answer, format: str) -> int:
    """Write an answer out; gives how many rows it has, by what rows end in."""
    out = _Lines(sys.stdout.buffer, _BETWEEN.get(format, b"\n"))
    found.write(cast("IO[bytes]", out), format)
    out.end()
    return out.ends - (format != "xml")  # the header of CSV and TSV ends in a line too, and JSON as its rows do


class _Lines:
    """A file whose last line is ended, as terminals and other programs want it."""

    def __init__(self, file: IO[bytes], between: bytes) -> None:
        self._file = file
        self._last = b"\n"
        self._between = between
        self._seen = b""
        self.ends = 0

    def write(self, data: bytes) -> int:
        self._count(data)
        self._last = data[-1:] or self._last
        return self._file.write(data)

    def _count(self, data: bytes) -> None:
        """Count what ends a row, also where it comes in two pieces."""
        self.ends += (self._seen + data).count(self._between)
        self._seen = data[-len(self._between) + 1 :] if len(self._between) > 1 else b""

    def flush(self) -> None:
        self._file.flush()

    def end(self) -> None:
        if self._last != b"\n":
            self._file.write(b"\n")
        self._file.flush()


def _plain(found: Answer) -> str:
    return "ttl" if found.form == "CONSTRUCT" else "csv"
