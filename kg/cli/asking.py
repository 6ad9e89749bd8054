"""A question and whom to ask in, the answer on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, cast

from kg.cli import table, terminal
from kg.cli.source import opened
from kg.cli.table import Column
from kg.errors import QueryError
from kg.graph.answer import Answer
from kg.graph.questions import ask, is_own

TABLE = "table"


def answer(question: str, parameters: Sequence[str], *, source: Path | str, format: str | None) -> None:
    """Ask a store (a path) or an endpoint (a URL) and print what it says.

    Where no format is chosen, people get a table and programs CSV, or Turtle where the answer is a graph.
    """
    values = dict(_pairs(parameters))
    with opened(source) as asked:
        found = ask(asked, question, values)
        format = format or (TABLE if sys.stdout.isatty() else _plain(found))
        if format == TABLE:
            show(found, asked.names.prefixes(), whole=is_own(question))
        else:
            _write(found, format)


def show(found: Answer, prefixes: Mapping[str, str], *, whole: bool = False) -> None:
    """Print an answer for people: a table, a word for a truth, Turtle for a graph.

    Columns that are empty are left out. Where a row is wider than the terminal, a `whole` answer has a block of lines
    a row; of another, the last columns are left out, and a note says which.
    """
    if found.boolean is not None:
        print("true" if found.boolean else "false")
    elif found.form == "CONSTRUCT":
        _write(found, "ttl")
    else:
        rows = [[terminal.words(term, prefixes) for term in row] for row in found.rows()]
        _show_rows(table.columns(found.variables, rows), whole=whole)


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


def _write(found: Answer, format: str) -> None:
    out = _Lines(sys.stdout.buffer)
    found.write(cast("IO[bytes]", out), format)
    out.end()


class _Lines:
    """A file whose last line is ended, as terminals and other programs want it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._last = b"\n"

    def write(self, data: bytes) -> int:
        self._last = data[-1:] or self._last
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    def end(self) -> None:
        if self._last != b"\n":
            self._file.write(b"\n")
        self._file.flush()


def _pairs(parameters: Iterable[str]) -> Iterable[tuple[str, str]]:
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals or not name:
            raise QueryError(f"{parameter!r} is no parameter: write name=value")
        yield name, value


def _plain(found: Answer) -> str:
    return "ttl" if found.form == "CONSTRUCT" else "csv"
