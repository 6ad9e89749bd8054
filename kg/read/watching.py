"""Folders, files and addresses to look at again and again in, at each look what is new in them out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import Columns, Defaults, Fetched, Source, is_address, read
from kg.read.sources import shown

_State: TypeAlias = tuple[int, int, int]  # of a file: its size, when it was changed, and which it is
_MINUTE = 60.0  # no feed is asked more often


class Watch:
    """What was there at the last look, so that a look costs no more than the names, sizes and times of the files.

    A file counts when two looks find it the same, so that one that is being written is waited for; when it changes
    later, it counts again. No notices of the system are needed, which network file systems do not send.
    """

    def __init__(
        self,
        paths: Iterable[str],
        *,
        defaults: Defaults,
        columns: Columns = Columns(),  # noqa: B008  # frozen
        fetched: Fetched | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._paths = list(paths)
        self._defaults, self._columns = defaults, columns
        self._fetched = fetched
        self._clock = clock
        self._asked: dict[str, float] = {}  # address -> when
        self._last: dict[str, _State] = {}  # at the last look
        self._read: dict[str, _State] = {}  # as they were when they were read
        self._told: set[str] = set()  # of links and folders, at each look the same
        for path in self._paths:
            if not is_address(path) and not os.path.lexists(path):
                raise SourceError(f"{shown(path)}: no such file or folder", reason=Reason.NOT_FOUND)

    def news(self) -> Iterator[Article | SourceError]:
        """The articles of files that came or changed and are whole, and of addresses whose turn it is."""
        files, addresses = self._ready(), self._due()
        if not files and not addresses:
            return
        paths = {Path(path) for path in files}

        def is_wanted(source: Source | SourceError) -> bool:
            if isinstance(source, SourceError):
                return self._is_new(str(source))
            return source.url in addresses if source.url else source.path in paths

        yield from read(
            self._paths, defaults=self._defaults, columns=self._columns, fetched=self._fetched, wanted=is_wanted
        )
        self._read |= files

    def _is_new(self, message: str) -> bool:
        told = message in self._told
        self._told.add(message)
        return not told

    def _due(self) -> set[str]:
        now = self._clock()
        due = {path for path in self._paths if is_address(path) and now - self._asked.get(path, -_MINUTE) >= _MINUTE}
        self._asked |= dict.fromkeys(due, now)
        return due

    def _ready(self) -> dict[str, _State]:
        """The files to be read; those that are gone are forgotten."""
        found = {file: state for path in self._paths if not is_address(path) for file, state in _files(path)}
        ready = {file: state for file, state in found.items() if self._last.get(file) == state != self._read.get(file)}
        self._last = found
        self._read = {file: state for file, state in self._read.items() if file in found}
        return ready


def _files(path: str) -> Iterator[tuple[str, _State]]:
    """The files at a path, or in a folder and the folders in it, but for hidden ones, each with its state.

    What is gone by now or may not be looked into has none: when it is read, that is said.
    """
    waiting = [path]  # a stack of our own, as folders may lie deeper than Python calls
    while waiting:
        with suppress(OSError):
            home = waiting.pop()
            if not os.path.isdir(home):  # noqa: PTH112  # a Path for each of a hundred thousand files takes its time
                yield home, _state(os.stat(home))  # noqa: PTH116
                continue
            with os.scandir(home) as entries:
                found = [entry for entry in entries if not entry.name.startswith(".")]
            folders = [entry for entry in found if entry.is_dir(follow_symlinks=False)]
            waiting += [entry.path for entry in folders]
            yield from _states(found)


def _states(entries: Iterable[os.DirEntry[str]]) -> Iterator[tuple[str, _State]]:
    for entry in entries:
        with suppress(OSError):
            if entry.is_file():
                yield entry.path, _state(entry.stat())


def _state(found: os.stat_result) -> _State:
    return found.st_size, found.st_mtime_ns, found.st_ino
