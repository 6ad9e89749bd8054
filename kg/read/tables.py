"""A table of articles in (CSV, TSV and their kin), an article a row out; rows are streamed, and none can be too long.

A table is as RFC 4180 has it, with commas, semicolons, tabs or vertical bars between its cells. Its first line names
the columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import columns, days, encodings, limits
from kg.read.files import opening
from kg.read.records import LONGEST, Records
from kg.read.sources import Source

_ROW = 200  # bytes, about, of a row besides what is in it
_Row = tuple[int, list[str] | SourceError]  # its line, and its cells
_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(rf"sep=([{_DELIMITERS}])\r?\n")  # a first line that Excel writes and reads
_BACKSLASH = re.compile(r'[^\\"]\\"[^,;\t|\r\n]')  # \" inside a cell, where RFC 4180 has ""


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a table in order; a row that holds none is a `SourceError` with its line, and no end."""
    # a limit of the whole process: it is raised and never lowered, so that nobody else's cells become too long
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
    try:
        yield from _Table(_with_line_feeds(encodings.recoded(file)), source).articles()
    except SourceError as error:
        yield error.at(source.where)


class _Table:
    """A table whose columns are known."""

    def __init__(self, file: opening.Stream, source: Source) -> None:
        self._source = source
        head = file.head().decode("utf-8", "replace").removeprefix("\ufeff")
        self._records = Records(file, _dialect(head, source))
        if _SEPARATOR.match(head):
            next(self._records)
        self._names = self._head()
        self._places = columns.find(self._names, source.columns)
        self._day_first: bool | None = None

    def articles(self) -> Iterator[Article | SourceError]:
        """An article a row, or the error in its place."""
        rows = self._records.rows(len(self._names))
        held = self._held(rows)
        self._day_first = days.is_day_first(self._stamp(cells) for _, cells in held)
        for line, cells in chain(held, rows):
            if isinstance(cells, list) and not any(map(str.strip, cells)):
                continue  # a line of nothing but delimiters, as spreadsheets leave them at the end
            where = f"{self._source.where}:{line}"
            try:
                yield self._article(cells, where)
            except SourceError as error:
                yield error.at(where)

    def _head(self) -> list[str]:
        _, names = next(self._records.rows(), (0, None))
        if names is None:
            raise SourceError("empty: an article needs text", reason=Reason.EMPTY)
        if isinstance(names, SourceError):
            raise names
        return [name.strip() for name in names]

    def _held(self, rows: Iterator[_Row]) -> list[_Row]:
        """The first rows where dates are in figures: in a megabyte of them one may show which figure is the day."""
        held: list[_Row] = []
        size = 0
        for row in rows if "date" in self._places else ():
            held.append(row)
            size += _ROW + (sum(map(len, row[1])) if isinstance(row[1], list) else 0)
            if size > limits.MB or not days.may_be_in_figures(self._stamp(row[1])):
                break
        return held

    def _stamp(self, cells: list[str] | SourceError) -> str:
        place = self._places.get("date", len(self._names))
        return cells[place] if isinstance(cells, list) and place < len(cells) else ""

    def _article(self, cells: list[str] | SourceError, where: str) -> Article:
        if isinstance(cells, SourceError):
            raise cells
        width = len(self._names)
        if len(cells) < width or any(cells[width:]):
            raise SourceError(
                f"{len(cells)} cells in {width} columns: a cell with a delimiter or a line end needs quotation marks",
                reason=Reason.MALFORMED,
            )
        said = {part: cells[place] for part, place in self._places.items()}
        if self._day_first is not None and (day := days.in_figures(said.get("date", ""), day_first=self._day_first)):
            said["date"] = day.isoformat()
        return columns.article(said, where)


def _dialect(head: str, source: Source) -> dict[str, Any]:
    """How cells are parted and quoted: so that there is a column of text, and many of them."""
    quoting: dict[str, Any] = {"escapechar": "\\", "doublequote": False} if _BACKSLASH.search(head) else {}
    if said := _SEPARATOR.match(head):
        return {"delimiter": said[1], **quoting}

    def names(delimiter: str) -> list[str]:
        try:
            return [name.strip() for name in next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), [])]
        except csv.Error:
            return []

    found = {delimiter: names(delimiter) for delimiter in _DELIMITERS}
    best = max(found, key=lambda each: (columns.has_text(found[each], source.columns), len(found[each])))
    return {"delimiter": best, **quoting}


def _with_line_feeds(file: opening.Stream) -> opening.Stream:
    """A stream whose lines end as csv has it: on old Macs, and where Excel writes for them, they end in a return."""
    head = file.head()
    return opening.stream(_Returns(file)) if b"\r" in head and b"\n" not in head else file


class _Returns:
    """A stream with line feeds in the place of returns."""

    def __init__(self, file: opening.Readable) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size).replace(b"\r", b"\n")
