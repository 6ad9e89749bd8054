"""The paths of a command in, the files that hold articles out, each with the reader it needs and the id it gives."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from kg import plugins
from kg.errors import SourceError

READERS = "kg.readers"
STDIN = "-"
_STDIN_NAME = "standard input"
BLANK = b" \t\r\n\xef\xbb\xbf"  # bytes that a line may hold and still say nothing; the last three are a byte order mark


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a table's columns that hold each part of an article, where the user says them."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    date: str | None = None
    language: str | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input: what messages call it, its reader, and the id of an article that brings none."""

    where: str
    suffix: str  # the name of its reader: "txt", "jsonl"
    id: str
    path: Path | None = None
    columns: Columns = Columns()


def find(paths: Iterable[str | Path]) -> list[Source | SourceError]:
    """The files behind paths, folders walked in order; hidden files and other formats in them are passed over."""
    found: dict[object, tuple[Path, Path] | Source | SourceError] = {}
    for file in chain.from_iterable(_expanded(str(path)) for path in paths):
        found.setdefault(file[1].absolute() if isinstance(file, tuple) else file, file)  # each once
    names = Counter(file[1].name for file in found.values() if isinstance(file, tuple))
    return [_source(*file, names) if isinstance(file, tuple) else file for file in found.values()]


@contextmanager
def opened(source: Source) -> Iterator[tuple[Source, Iterable[bytes]]]:
    """The lines of a source, and the source itself as it turns out to be: standard input shows its format late."""
    if source.path is None:
        yield _standard_input()
    else:
        with source.path.open("rb") as file:
            yield source, file


def _standard_input() -> tuple[Source, Iterable[bytes]]:
    """JSON lines if it begins with `{`, else one text, whose id is a digest of it."""
    lines = iter(sys.stdin.buffer)
    head: list[bytes] = []
    for line in lines:
        head.append(line)
        if line.strip(BLANK):
            break
    if head and head[-1].lstrip(BLANK).startswith(b"{"):
        return Source(_STDIN_NAME, "jsonl", ""), chain(head, lines)
    text = b"".join(chain(head, lines))
    return Source(_STDIN_NAME, "txt", f"stdin-{hashlib.sha256(text).hexdigest()[:12]}"), [text]


def _expanded(path: str) -> Iterator[tuple[Path, Path] | Source | SourceError]:
    """The files behind one path, each with the folder that was given."""
    suffixes = plugins.names(READERS)
    here = Path(path)
    if path == STDIN:
        yield Source(_STDIN_NAME, "", "")
    elif here.is_dir():
        yield from _walked(here, suffixes)
    elif not os.path.lexists(here):
        yield SourceError(f"{_printable(here)}: no such file or folder")
    elif _suffix(here) not in suffixes:
        readable = ", ".join(f".{suffix}" for suffix in suffixes)
        yield SourceError(f"{_printable(here)}: not a format that is read: {readable}, a folder or {STDIN}")
    else:
        yield Path(here.anchor), here


def _walked(folder: Path, suffixes: Iterable[str]) -> Iterator[tuple[Path, Path] | SourceError]:
    errors: list[OSError] = []
    found = False
    for home, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _suffix(Path(name)) in suffixes:
                found = True
                yield folder, Path(home, name)
    for error in errors:
        yield SourceError(f"{error.filename}: cannot be read: {error.strerror}")
    if not found and not errors:
        readable = " or ".join(f".{suffix}" for suffix in suffixes)
        yield SourceError(f"{_printable(folder)}: no {readable} file in this folder")


def _source(folder: Path, path: Path, names: Counter[str]) -> Source:
    parts = path.relative_to(folder).with_suffix("").parts if names[path.name] > 1 else (path.stem,)
    return Source(_printable(path), _suffix(path), "-".join(part for part in parts if part != ".."), path)


def _suffix(path: Path) -> str:
    return path.suffix.removeprefix(".").lower()


def _printable(path: Path) -> str:
    """A file name may hold bytes that are no UTF-8, and a message must show it all the same."""
    return str(path).encode("utf-8", "backslashreplace").decode()
