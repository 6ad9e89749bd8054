"""The lines of a table in, its rows out: none can be too long, and a wrong quotation mark spoils no other."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import IO, Any

from kg.errors import Reason, SourceError
from kg.read import encodings, limits

LONGEST = 8 * limits.MB  # bytes of a row: twice what the longest article takes
_SKIPPED = limits.MB  # bytes of a longer one that are passed over at a time


class Records:
    """The lines of a file for `csv.reader`, which remembers those of the row that is being read.

    So a quotation mark that is never closed takes its own line with it and not the rest of the file.
    """

    def __init__(self, file: IO[bytes], dialect: dict[str, Any]) -> None:
        self._file = file
        self._dialect = dialect
        self._again: deque[str] = deque()  # lines to be read once more
        self._row: list[str] = []
        self._size = 0
        self._number = 0  # of the line that was read last

    def __iter__(self) -> Records:
        return self

    def __next__(self) -> str:
        """The next line. Raises `_Unusable` where there is none that can be used; it counts as read all the same."""
        if self._again:
            return self._read(self._again.popleft())
        data = self._file.readline(LONGEST)
        if not data:
            raise StopIteration
        self._size += len(data)
        try:
            return self._read(encodings.decode(data))
        except SourceError as error:
            self._read(data.decode("latin-1"))
            raise _Unusable(error) from error

    def _read(self, line: str) -> str:
        self._number += 1
        self._row.append(line)
        if self._size >= LONGEST:
            raise _Unusable(SourceError(f"a row of more than {LONGEST:,} bytes", reason=Reason.TOO_LARGE))
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
            except _Unusable as error:
                cells = self._passed_over(first, error.reason)
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

    def _passed_over(self, first: int, error: SourceError) -> SourceError:
        """Pass over a row that cannot be used: to its end, or to where its quotation marks are closed."""
        quotes = sum(line.count('"') for line in self._row)
        ended = self._row[-1].endswith("\n")
        while not ended or quotes % 2:
            piece = self._file.readline(_SKIPPED)
            if not piece:
                break
            self._number += ended
            quotes += piece.count(b'"')
            ended = piece.endswith(b"\n")
        if self._number == first:
            return error
        lines = f"lines {first} to {self._number}: is a quotation mark not closed?"
        return SourceError(f"{error} ({lines})", reason=error.reason)


class _Unusable(Exception):  # noqa: N818
    """A line that is too long, makes its row so, or is no text."""

    def __init__(self, reason: SourceError) -> None:
        self.reason = reason
