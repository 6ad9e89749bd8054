"""The paths of a command in, the files behind them out, one after the other, each with the id that its name gives."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path, PurePath

from kg.errors import PassedOver, Reason, SourceError
from kg.read import formats, ids, packed
from kg.read.sources import STDIN, Columns, Source, is_address, shown

_OF_MANY = ("jsonl", "csv", "parquet", "warc", "feed")  # their articles have ids or addresses of their own
_STANDARD = Source("standard input", "", "")


@dataclass(frozen=True, slots=True)
class File:
    """One file, and the folder that was given: the folders between may be needed to tell it from others."""

    path: Path
    folder: Path | None = None

    @property
    def plain(self) -> PurePath:
        """Its name without what it is packed in."""
        return PurePath(packed.unpacked_name(self.path.name))

    @property
    def suffix(self) -> str:
        return self.plain.suffix.removeprefix(".").lower()

    @property
    def stem(self) -> str:
        """Its name without its suffix, where that is the suffix of a format and not the end of a name with dots."""
        return self.plain.stem if formats.of_suffix(self.suffix) or self.suffix in ("xml", "zip") else self.plain.name


@dataclass(slots=True)
class _Names:
    """Which names a run meets more than once: eight bytes for each file, since there may be millions of them."""

    stems: set[int] = field(default_factory=set)
    names: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, files: Iterable[File | Source | SourceError]) -> _Names:
        stems, names = array("q"), array("q")
        for file in files:
            if isinstance(file, File):
                names.append(hash(file.plain.name))
                if formats.of_suffix(file.suffix) not in _OF_MANY:
                    stems.append(hash(file.stem))
        return cls(_twice(stems), _twice(names))

    def id(self, file: File) -> str:
        """The stem; the folders below the one that was given before it, or its suffix, where that tells it apart."""
        if hash(file.plain.name) in self.names:
            home = file.path.relative_to(file.folder or file.path.anchor).parent
            return ids.of_name(str(home / file.stem))
        return ids.of_name(file.plain.name if hash(file.stem) in self.stems else file.stem)


def find(paths: Iterable[str | Path], columns: Columns = Columns()) -> Iterator[Source | SourceError]:  # noqa: B008
    """The files behind paths, folders walked in order, each file once; hidden ones are left out.

    What leads nowhere or may not be looked into is a `SourceError` in its place.
    """
    given = [str(path) for path in paths]
    names = _Names.of(_expanded(given))
    for file in _expanded(given):
        if isinstance(file, File):
            where, named = shown(str(file.path)), file.folder is None
            yield Source(where, file.suffix, names.id(file), file.path, columns=columns, named=named)
        else:
            yield replace(file, columns=columns) if isinstance(file, Source) else file


def _twice(hashes: array[int]) -> set[int]:
    ordered = sorted(hashes)
    return {here for here, after in pairwise(ordered) if here == after}


def _expanded(paths: Iterable[str]) -> Iterator[File | Source | SourceError]:
    given: set[str] = set()  # what the paths before have given already, folders with all that is in them
    for path in paths:
        here, key = Path(path), str(Path(path).absolute())
        if path != STDIN and _is_in(key, given):
            continue
        if is_address(path):
            yield Source(shown(path), "", "", url=path)
        elif path == STDIN:
            yield _STANDARD
        elif here.is_dir():
            yield from _walked(here, given)
        elif not os.path.lexists(here):
            where = shown(path)
            yield SourceError(f"{where}: no such file or folder", reason=Reason.NOT_FOUND, where=where)
        else:
            yield File(here)
        given.add(path if path == STDIN else key)


def _is_in(path: str, given: set[str]) -> bool:
    """Whether a path or a folder around it was given before; a hidden file is met only by its name."""
    while path not in given:
        parent, name = os.path.split(path)
        if parent == path or name.startswith("."):
            return False
        path = parent
    return True


def _walked(folder: Path, given: set[str]) -> Iterator[File | SourceError]:
    """The files in a folder and those in it. A link to a file is followed, one to a folder is not: it may be a loop."""
    errors: list[OSError] = []
    found = False
    for home, folders, names in os.walk(folder, onerror=errors.append):
        for name in sorted(names):
            if not name.startswith(".") and not (given and str(Path(home, name).absolute()) in given):
                found = True
                yield File(Path(home, name), folder)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (_link(Path(home, name)) for name in folders if Path(home, name).is_symlink())
    for error in errors:
        where = shown(str(error.filename))
        yield SourceError(f"{where}: cannot be read: {error.strerror}", where=where)
    if not found and not errors:
        where = shown(str(folder))
        yield SourceError(f"{where}: no file in this folder", reason=Reason.EMPTY, where=where)


def _link(path: Path) -> PassedOver:
    where = shown(str(path))
    said = "a link to a folder, which is not followed: give the folder itself"
    return PassedOver(f"{where}: {said}", reason=Reason.UNSAFE, where=where)
