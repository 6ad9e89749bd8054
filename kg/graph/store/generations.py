"""Changes to Oxigraph stores in, numbered states of them out, of which readers always open a whole one.

A folder holds numbered generations; the highest is what readers see, and nobody ever writes into it. A writer works on
a copy (hard links, made by Oxigraph's backup) and publishes it with one rename, so that a reader meets no half-written
store and a killed writer leaves nothing to mend but a folder to remove. One writer at a time: who begins holds a lock.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyoxigraph as ox

from kg.graph.store import disk, scratch


class Generations:
    """The generations under one folder, each a folder with the stores `parts`; queries ask the first of them.

    Methods raise `OSError` where the system or Oxigraph does.
    """

    def __init__(self, folder: Path, *parts: str) -> None:
        self.folder = folder
        self.parts = parts
        self._open: tuple[int, ox.Store] | None = None
        self._work: tuple[ox.Store, ...] = ()

    def newest(self) -> int | None:
        """The number of the generation that readers see; None where there is none."""
        return max(self._numbers(), default=None)

    def read(self) -> ox.Store | None:
        """The first part of the newest generation, read-only; None where there is none."""
        while (number := self.newest()) is not None:
            if self._open and self._open[0] == number:
                return self._open[1]
            try:
                self._open = number, _read_only(self._path(number, self.parts[0]))
            except OSError:
                if self.newest() == number:  # or else it was superseded and removed meanwhile
                    raise
        return None

    @property
    def number(self) -> int | None:
        """The number of the generation that was read last."""
        return self._open[0] if self._open else None

    def read_all(self) -> tuple[ox.Store, ...]:
        """All parts of the newest generation, read-only; none where there is none."""
        number = self.newest()
        return () if number is None else tuple(_read_only(self._path(number, part)) for part in self.parts)

    def is_sound(self) -> bool:
        """Whether there is a generation and all its parts open."""
        try:
            return bool(self.read_all())
        except OSError:
            return False

    def is_in_work(self) -> bool:
        """Whether a writer works on the next one, or a killed one left something of it."""
        return (self.folder / "work").exists() or (self.folder / "next").exists()

    def begin(self, *, afresh: bool = False) -> tuple[ox.Store, ...]:
        """The writer's copies of the parts: those it has already, or else new ones of the newest; `afresh`: empty."""
        if afresh:
            self.close()
        if not self._work:
            self._copy(None if afresh else self.newest())
        return self._work

    def publish(self) -> None:
        """Let readers see the writer's copies as they are; it may go on with them."""
        following = self.folder / "next"
        shutil.rmtree(following, ignore_errors=True)
        following.mkdir()
        for part, store in zip(self.parts, self._work, strict=True):
            store.flush()
            store.backup(str(following / part))
        disk.sync_folder(following)
        number = (self.newest() or 0) + 1
        following.rename(self.folder / str(number))
        disk.sync_folder(self.folder)
        self._forget(number - 1)

    def close(self) -> None:
        """Let go of everything; what was not published is lost."""
        self._open = None
        if self._work:
            self._work = ()
            self.sweep()

    def sweep(self) -> None:
        """Remove what a writer left unpublished; for the one who holds the lock."""
        shutil.rmtree(self.folder / "work", ignore_errors=True)
        shutil.rmtree(self.folder / "next", ignore_errors=True)
        scratch.sweep(self.folder)

    def _copy(self, number: int | None) -> None:
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        if number is not None:
            for part in self.parts:
                _read_only(self._path(number, part)).backup(str(work / part))
        self._work = tuple(ox.Store(str(work / part)) for part in self.parts)

    def _forget(self, oldest: int) -> None:
        # the generation before the newest stays: a reader may be about to open it
        for number in self._numbers():
            if number < oldest:
                shutil.rmtree(self.folder / str(number), ignore_errors=True)

    def _numbers(self) -> list[int]:
        try:
            # asked for each query, so without paths
            return [int(name) for name in os.listdir(self.folder) if name.isdecimal()]  # noqa: PTH208
        except FileNotFoundError:
            return []

    def _path(self, number: int, part: str) -> Path:
        return self.folder / str(number) / part


def _read_only(path: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(path))
    except (RuntimeError, ValueError) as error:  # what Oxigraph raises for files that are not its own
        raise OSError(f"{path}: {error}") from error
