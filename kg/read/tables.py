"""A table of articles in (CSV, TSV and their kin), an article a row out; rows are streamed, and none can be too long.

A table is as RFC 4180 has it, with commas, semicolons, tabs or vertical bars between its cells. Its first line names
the columns.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import IO, Any

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import columns
from kg.read.columns import placed
from kg.read.sources import Source
from kg.read.tabletext import Utf8, decoded

_DELIMITERS = ",;\t|"
_HEAD = 1 << 16  # bytes that tell the dialect
_LONGEST = 8 << 20  # bytes of a row: twice what the longest article takes
_SKIPPED = 1 << 20  # bytes of a longer one that are passed over at a time
_SEPARATOR = re.compile(r"\ufeff?sep=(.)\r?\n")  # a first line that Excel writes and reads
_BACKSLASH = re.compile(r'[^\\"]\\"[^,;\t|\r\n]')  # \" inside a cell, where RFC 4180 has ""


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a table in order; a row that holds none is a `SourceError` with its line, and no end."""
    # a limit of the whole process: it is raised and never lowered, so that nobody else's cells become too long
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST))
    try:
        yield from _Table(io.BufferedReader(Utf8(file), _HEAD), source).articles()
    except SourceError as error:
        yield placed(error, source.where)
    except UnicodeDecodeError as error:
        wrong = SourceError(f"not {error.encoding}: {error.reason}", reason=Reason.ENCODING)
        yield placed(wrong, source.where)


class _Table:
    """A table whose columns are known."""

    def __init__(self, file: io.BufferedReader, source: Source) -> None:
        self._source = source
        head = decoded(file.peek()).removeprefix("\ufeff")
        self._records = _Records(file, _dialect(head, source))
        if _SEPARATOR.match(head):
            next(self._records)
        self._names = self._head()
        self._places = columns.find(self._names, source.columns)

    def articles(self) -> Iterator[Article | SourceError]:
        """An article a row, or the error in its place."""
        row = 0
        for line, cells in self._records.rows(len(self._names)):
            if isinstance(cells, list) and not any(map(str.strip, cells)):
                continue  # a line of nothing but delimiters, as spreadsheets leave them at the end
            row += 1
            where = f"{self._source.where}:{line}"
            try:
                yield self._article(cells, row, where)
            except SourceError as error:
                yield placed(error, where)

    def _head(self) -> list[str]:
        _, names = next(self._records.rows(), (0, None))
        if names is None:
            raise SourceError("empty: an article needs text", reason=Reason.EMPTY)
        if isinstance(names, SourceError):
            raise names
        return [name.strip().removeprefix("\ufeff") for name in names]

    def _article(self, cells: list[str] | SourceError, row: int, where: str) -> Article:
        if isinstance(cells, SourceError):
            raise cells
        width = len(self._names)
        if len(cells) < width or any(cells[width:]):
            raise SourceError(
                f"{len(cells)} cells in {width} columns: a cell with a delimiter or a line end needs quotation marks",
                reason=Reason.MALFORMED,
            )
        said = {part: cells[place] for part, place in self._places.items()}
        return columns.article(said, row=row, source=self._source, where=where)


class _Records:
    """The lines of a file for `csv.reader`, which remembers those of the row that is being read.

    So a quotation mark that is never closed takes its own line with it and not the rest of the file.
    """

    def __init__(self, file: io.BufferedReader, dialect: dict[str, Any]) -> None:
        self._file = file
        self._dialect = dialect
        self._again: deque[str] = deque()  # lines to be read once more
        self._row: list[str] = []
        self._size = 0
        self._number = 0  # of the line that was read last

    def __iter__(self) -> _Records:
        return self

    def __next__(self) -> str:
        """The next line, or a part of one that is too long."""
        if self._again:
            line = self._again.popleft()
            self._size += len(line)
        else:
            data = self._file.readline(_LONGEST)
            if not data:
                raise StopIteration
            line = decoded(data)
            self._size += len(data)
        self._number += 1
        self._row.append(line)
        if self._size >= _LONGEST:
            raise _TooLong
        return line

    def rows(self, width: int = 0) -> Iterator[tuple[int, list[str] | SourceError]]:
        """The rows, each with the number of its first line; `width` is how many cells a row has that can be trusted."""
        reader = csv.reader(self, strict=True, **self._dialect)
        doubtful = 0  # the last line that was taken for a part of a row whose quotation marks are wrong
        while True:
            self._row, self._size, first = [], 0, self._number + 1
            cells: list[str] | SourceError
            try:
                cells = next(reader)
            except StopIteration:
                return
            except _TooLong:
                cells = self._passed_over(first)
            except csv.Error:
                last = self._number
                cells = self._resumed(first, width)
                if first > doubtful:
                    doubtful = last
                    yield first, cells
                    continue
            # the second line of a text that goes over many is no row: its first line was reported
            if cells and (first > doubtful or (isinstance(cells, list) and len(cells) == width)):
                yield first, cells

    def _resumed(self, first: int, width: int) -> list[str] | SourceError:
        """Go back to the line after the first one of a row whose quotation marks are wrong."""
        last, self._number = self._number, first
        self._again.extendleft(reversed(self._row[1:]))
        cells = self._row[0].rstrip("\r\n").split("\t")
        if self._dialect["delimiter"] == "\t" and len(cells) == width:
            return cells  # between tabs, many write quotation marks that mean just that
        after = f"; of the lines up to {last}, only whole rows are read" if last > first else ""
        return SourceError(
            f'a quotation mark that is not closed, or stands inside a quoted cell and is not doubled (""){after}',
            reason=Reason.MALFORMED,
        )

    def _passed_over(self, first: int) -> SourceError:
        """Pass over a row that is too long: to its end, or to where its quotation marks are closed."""
        quotes = sum(line.count('"') for line in self._row)
        ended = self._row[-1].endswith("\n")
        while not ended or quotes % 2:
            piece = self._file.readline(_SKIPPED)
            if not piece:
                break
            self._number += ended
            quotes += piece.count(b'"')
            ended = piece.endswith(b"\n")
        lines = f" (lines {first} to {self._number}: is a quotation mark not closed?)" if self._number > first else ""
        return SourceError(f"a row of more than {_LONGEST:,} bytes{lines}", reason=Reason.TOO_LARGE)


class _TooLong(Exception):  # noqa: N818
    """A row passes the limit."""


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
