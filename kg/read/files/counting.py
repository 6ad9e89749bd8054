"""Paths in, how many articles to expect behind them out, without reading what is packed or large."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg import filesystems
from kg.errors import SourceError
from kg.read import formats, limits
from kg.read.files import finding

_ONE = frozenset({"txt", "html", "newsml", "nitf", "ninjs", "pdf", "docx", "json", "xml"})  # mostly an article a file
_SAMPLE = 4 * limits.MB  # bytes of a file of lines; a longer one is estimated from so many


def count(paths: Iterable[str | Path]) -> int | None:
    """How many articles to expect, for a progress bar; None where standard input or a container is among the paths."""
    total = 0
    for file in finding.files(paths):
        expected = _expected(file) if isinstance(file, finding.File) else 1 if isinstance(file, SourceError) else None
        if expected is None:
            return None
        total += expected
    return total


def _expected(file: finding.File) -> int | None:
    format = file.suffix if file.suffix in ("xml", "zip") else formats.of_suffix(file.suffix)
    if format and not file.path.endswith(file.name):
        return None  # packed
    if format == "jsonl" and filesystems.is_elsewhere(file.path):
        return None
    if format == "jsonl":
        return _lines(Path(file.path))
    return 1 if format in _ONE else None if format else 0


def _lines(path: Path) -> int | None:
    # a file without an article and one that may not be read count as one: each is reported once
    try:
        if not path.is_file():  # a pipe, which gives its lines only once
            return None
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
            lines = sum(1 for line in sample.splitlines() if line.strip())
            return round(lines * path.stat().st_size / max(len(sample), 1)) or 1
    except OSError:
        return 1
