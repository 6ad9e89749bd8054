"""A question and whom to ask in, the answer on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

from kg.cli import terminal
from kg.errors import QueryError
from kg.graph.answer import Answer
from kg.graph.questions import ask
from kg.graph.remote import Endpoint
from kg.graph.store import Store

TABLE = "table"


def answer(question: str, parameters: Sequence[str], *, source: Path | str, format: str | None) -> None:
    """Ask a store (a path) or an endpoint (a URL) and print what it says.

    Where no format is chosen, people get a table and programs CSV, or Turtle where the answer is a graph.
    """
    values = dict(_pairs(parameters))
    with Store.open(source) if isinstance(source, Path) else nullcontext(Endpoint(source)) as asked:
        found = ask(asked, question, values)
        format = format or (TABLE if sys.stdout.isatty() else _plain(found))
        if format == TABLE:
            show(found, asked.names.prefixes())
        else:
            found.write(sys.stdout.buffer, format)
            sys.stdout.buffer.flush()


def show(
    found: Answer, prefixes: Mapping[str, str], *, title: str | None = None, columns: Sequence[str] | None = None
) -> None:
    """Print an answer for people: a table (of some columns, or of all), a word for a truth, Turtle for a graph."""
    if found.boolean is not None:
        print("true" if found.boolean else "false")
    elif found.form == "CONSTRUCT":
        found.write(sys.stdout.buffer, "ttl")
    else:
        columns = columns or found.variables
        rows = (dict(zip(found.variables, row, strict=True)) for row in found.rows())
        shown = [[terminal.words(row[column], prefixes) for column in columns] for row in rows]
        terminal.table(columns, shown, title=title)


def _pairs(parameters: Iterable[str]) -> Iterable[tuple[str, str]]:
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals or not name:
            raise QueryError(f"{parameter!r} is no parameter: write name=value")
        yield name, value


def _plain(found: Answer) -> str:
    return "ttl" if found.form == "CONSTRUCT" else "csv"
