"""The hand-written and copied tables beside this file in, their rows out, and the identifiers that names make."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent

Row = dict[str, str]


def table(name: str, delimiter: str = ";") -> Iterator[Row]:
    """The rows of a table beside this file; a row of another width stops the run."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=delimiter, strict=True):
            if None in row or None in row.values():
                raise SystemExit(f"{name}.csv: {row} has too many or too few cells")
            yield row


def split(cell: str) -> list[str]:
    """The parts of a cell that holds several values."""
    return [part for part in cell.split("|") if part]


def slug(name: str) -> str:
    """The last part of an entry's IRI: its English name without accents, in lower case, with hyphens."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("Ł", "L"))
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'ʻ’‘.")
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")
