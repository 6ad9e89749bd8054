"""Columns and rows in, a table on standard output that breaks no word; or a block of lines a row, where none fits."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Self

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

_GAP = "  "
_READABLE = 40  # characters a line that a long text needs to read well; a shorter one needs a quarter of its length


@dataclass(frozen=True, slots=True)
class Column:
    """A name and the cells under it; how wide they are in one line, and how wide they must be to read well."""

    name: str
    cells: tuple[str, ...]
    natural: int
    least: int

    @classmethod
    def of(cls, name: str, cells: Iterable[str]) -> Self:
        """The column of some cells, made harmless."""
        harmless_cells = tuple(map(harmless, cells))
        texts = name, *harmless_cells
        natural = max(map(cell_len, texts))
        word = max((cell_len(word) for text in texts for word in text.split()), default=0)
        return cls(name, harmless_cells, natural, max(word, min(natural // 4, _READABLE)))

    @property
    def is_number(self) -> bool:
        """Whether all cells are numbers, which stand to the right."""
        return bool(self.cells) and all(cell.replace(".", "", 1).isdigit() for cell in self.cells)


def columns(names: Iterable[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns of rows of one length."""
    return [Column.of(name, (row[place] for row in rows)) for place, name in enumerate(names)]


def fitting(columns: Sequence[Column]) -> int:
    """How many columns, from the left, the terminal has room for."""
    needed, width = -len(_GAP), _console().width
    for count, column in enumerate(columns):
        needed += len(_GAP) + column.least
        if needed > width:
            return count
    return len(columns)


def table(columns: Sequence[Column]) -> None:
    """Print a table, numbers to the right; columns without names have no head."""
    widths, right = _widths(columns), [column.is_number for column in columns]
    if any(column.name for column in columns):
        for line in _lines([column.name for column in columns], widths, right):
            _console().print(Text(line, style="dim"), soft_wrap=True)
    for row in zip(*(column.cells for column in columns), strict=True):
        for line in _lines(row, widths, right):
            print(line)


def records(columns: Sequence[Column]) -> None:
    """Print each row as a block: a line a cell that is not empty, its name before it, no word broken."""
    names = max(cell_len(column.name) for column in columns)
    room = max(_console().width - names - len(_GAP), _READABLE)
    for number in range(len(columns[0].cells)):
        if number:
            print()
        for column in columns:
            lines = textwrap.wrap(column.cells[number], room, break_long_words=False, break_on_hyphens=False)
            for name, line in zip_longest([column.name], lines, fillvalue=""):
                if line:
                    print(_padded(name, names) + _GAP + line)


def harmless(text: str) -> str:
    """A text in one line without control characters, with which an article could write on a terminal what it likes."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _widths(columns: Sequence[Column]) -> list[int]:
    """What each column needs, and what is left of the terminal to those that lack least."""
    widths = [column.least for column in columns]
    spare = max(0, _console().width - sum(widths) - len(_GAP) * (len(columns) - 1))
    for place in sorted(range(len(columns)), key=lambda place: columns[place].natural - columns[place].least):
        more = min(spare, columns[place].natural - columns[place].least)
        widths[place] += more
        spare -= more
    return widths


def _lines(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    wrapped = (
        textwrap.wrap(cell, max(width, 1), break_on_hyphens=False) for cell, width in zip(row, widths, strict=True)
    )
    for parts in zip_longest(*(lines or [""] for lines in wrapped), fillvalue=""):
        placed = (_padded(*cell) for cell in zip(parts, widths, right, strict=True))
        yield _GAP.join(placed).rstrip()


def _padded(text: str, width: int, right: bool = False) -> str:
    blanks = " " * (width - cell_len(text))
    return blanks + text if right else text + blanks


def _console() -> Console:
    # made anew each time, so that it writes to what standard output is at that moment
    return Console(highlight=False)
