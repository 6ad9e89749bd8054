"""The paths of a command in, the files behind them out, one after the other, each with the id that its name gives."""

# ruff: noqa: PTH100, PTH112, PTH118, PTH119, PTH120, PTH122
# Paths are words here: of 100,000 files pathlib would take most of the time that finding them takes.

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from kg import filesystems
from kg.errors import PassedOver, PluginError, Reason, SourceError
from kg.read import formats, ids
from kg.read.files import elsewhere, packed
from kg.read.sources import STDIN, Columns, Source, is_address, shown

_OF_MANY = ("jsonl", "csv", "parquet", "warc", "feed", "zip")  # what they hold has an id or an address of its own
_OTHER = ("xml", "zip")  # suffixes that are no format by themselves, and no part of a name
_OTHERS = (".", "~$")  # how the names begin of what is hidden, and of what Word keeps beside a file that is open
_SAVED = ("_files", "_fichiers", ".files")  # how browsers call the folder of what a page that they save is made with
_STANDARD = Source("standard input", "", "")


@dataclass(frozen=True, slots=True)
class File:
    """One file, and the folder that was given, where it was met in one."""

    path: str
    folder: str | None
    name: str  # without what it is packed in
    stem: str  # without its suffix, too, where that is one of a format and not the end of a name with dots
    suffix: str

    @classmethod
    def at(cls, path: str, folder: str | None = None) -> File:
        """The file of a path, which is not looked at."""
        name = packed.unpacked_name(os.path.basename(path))
        stem, suffix = os.path.splitext(name)
        suffix = suffix[1:].lower()
        return cls(path, folder, name, stem if suffix in _OTHER or formats.of_suffix(suffix) else name, suffix)


@dataclass(frozen=True, slots=True)
class _Names:
    """Which names a run meets more than once: eight bytes for each file, since there may be millions of them."""

    stems: set[int] = field(default_factory=set)
    names: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, files: Iterable[File | Source | SourceError]) -> _Names:
        stems, names = array("q"), array("q")
        for file in files:
            if isinstance(file, File):
                names.append(hash(file.name))
                if formats.of_suffix(file.suffix) not in _OF_MANY:
                    stems.append(hash(file.stem))
        return cls(_twice(stems), _twice(names))

    def id(self, file: File) -> str:
        """The stem; the folders below the one that was given before it, or its suffix, where that tells it apart."""
        if hash(file.name) in self.names:
            home = os.path.dirname(file.path)
            below = os.path.relpath(home, file.folder) if file.folder else home
            return ids.of_name(os.path.join(below, file.stem))
        return ids.of_name(file.name if hash(file.stem) in self.stems else file.stem)


def find(paths: Iterable[str | Path], columns: Columns = Columns()) -> Iterator[Source | SourceError]:  # noqa: B008
    """The files behind paths, folders walked in order, each file once; hidden ones are left out.

    What leads nowhere or may not be looked into is a `SourceError` in its place.
    """
    given = [str(path) for path in paths]
    names = _Names.of(files(given))
    for file in files(given):
        if isinstance(file, File):
            where, named = shown(file.path), file.folder is None
            far = filesystems.is_elsewhere(file.path)
            path, address = (None, file.path) if far else (Path(file.path), None)
            yield Source(where, file.suffix, names.id(file), path, address, columns=columns, named=named)
        else:
            yield replace(file, columns=columns) if isinstance(file, Source) else file


def files(paths: Iterable[str | Path]) -> Iterator[File | Source | SourceError]:
    """The files behind paths as `find` finds them, without their ids; standard input is a `Source`."""
    given: set[str] = set()  # what the paths before have given already, folders with all that is in them
    for path in map(str, paths):
        key = path if path == STDIN else os.path.abspath(path)
        if _is_in(key, given):
            continue
        if is_address(path):
            yield Source(shown(path), "", "", url=path)
        elif path == STDIN:
            yield _STANDARD
        elif filesystems.is_elsewhere(path):
            yield from _elsewhere(path)
        elif os.path.isdir(path):
            yield from _walked(path, given)
        elif os.path.lexists(path):
            yield File.at(path)
        else:
            yield _error(path, "no such file or folder", Reason.NOT_FOUND)
        given.add(key)


def _elsewhere(address: str) -> Iterator[File | SourceError]:
    found = False
    try:
        for path, folder in elsewhere.files(address):
            found = True
            yield File.at(path, folder)
    except PluginError as error:
        yield SourceError(str(error), reason=Reason.NOT_INSTALLED, where=shown(address))
    except FileNotFoundError as error:
        yield _error(address, str(error), Reason.NOT_FOUND)
    except OSError as error:
        yield _error(address, f"cannot be read: {error}", Reason.UNREADABLE)
    else:
        if not found:
            yield _error(address, "no file in this folder", Reason.EMPTY)


def _is_in(path: str, given: set[str]) -> bool:
    """Whether a path or a folder around it was given before; a hidden file is met only by its name."""
    while path not in given:
        parent, name = os.path.split(path)
        if parent == path or not parent or name.startswith("."):
            return False
        path = parent
    return True


def _walked(folder: str, given: set[str]) -> Iterator[File | SourceError]:
    """The files in a folder and those in it. A link to a file is followed, one to a folder is not: it may be a loop."""
    errors: list[OSError] = []
    found = False
    waiting = [folder]  # the next one last; `os.walk` calls itself before Python 3.12, and folders may lie deep
    while waiting:
        try:
            files, folders = _listed(waiting.pop())
        except OSError as error:
            errors.append(error)
            continue
        for path in files:
            if not os.path.basename(path).startswith(_OTHERS) and (not given or os.path.abspath(path) not in given):
                found = True
                yield File.at(path, folder)
        parts = _parts_of_pages(folders, files)
        links = list(filter(os.path.islink, folders))
        yield from map(_part, parts)
        yield from map(_link, links)
        waiting += [path for path in reversed(folders) if path not in links and path not in parts]
    for each in errors:
        yield _error(each.filename, f"cannot be read: {each.strerror}", Reason.UNREADABLE)
    if not found and not errors:
        yield _error(folder, "no file in this folder", Reason.EMPTY)


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """The paths of the files and of the folders in one, in order; hidden ones are left out."""
    with os.scandir(folder) as entries:
        seen = sorted((entry.path, _is_folder(entry)) for entry in entries if not entry.name.startswith("."))
    return [path for path, is_folder in seen if not is_folder], [path for path, is_folder in seen if is_folder]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a loop
        return False


def _parts_of_pages(folders: list[str], files: list[str]) -> list[str]:
    """The folders that hold what a page beside them is made with: pictures, scripts, the frames of advertisements."""
    pages = {stem for stem, suffix in map(os.path.splitext, files) if formats.of_suffix(suffix[1:].lower()) == "html"}
    return [path for path in folders for end in _SAVED if path.endswith(end) and path.removesuffix(end) in pages]


def _part(path: str) -> PassedOver:
    said = "what the page of this name is made with: pictures, scripts, advertisements"
    return PassedOver(f"{shown(path)}: {said}", reason=Reason.FORMAT, where=shown(path))


def _link(path: str) -> PassedOver:
    said = "a link to a folder, which is not followed: give the folder itself"
    return PassedOver(said, reason=Reason.UNSAFE).at(shown(path))


def _error(path: str, said: str, reason: Reason) -> SourceError:
    return SourceError(said, reason=reason).at(shown(path))


def _twice(hashes: array[int]) -> set[int]:
    ordered = sorted(hashes)
    return {here for here, after in pairwise(ordered) if here == after}
