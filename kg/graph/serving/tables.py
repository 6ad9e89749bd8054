"""A state of a graph in, SQLite tables that are made of it once and read by all processes of a server out."""

from __future__ import annotations

import fcntl
import math
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError, StoreInUse
from kg.graph.store.disk import failing

if TYPE_CHECKING:
    from kg.graph.exploring.explored import Explored

_QUICK = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"  # what is lost is made again
_PATIENCE = 5.0  # seconds that who reads waits for somebody who makes what he wants
_PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file of tables is called, and how it is filled; a change in how has another `form`."""

    name: str
    form: int
    make: Callable[[Explored, sqlite3.Connection], None]


class Tables:
    """The files in a folder, one a kind and a generation of the graph, the newest of which counts.

    What is read may be a state behind, until somebody renews it: who types does not wait. Without a folder the tables
    are in memory, for this process alone, and always of the state that is asked. Methods raise `StoreError`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder.absolute() if folder else None
        self._open: dict[str, tuple[int, sqlite3.Connection]] = {}

    def read(self, kind: Kind, explored: Explored) -> sqlite3.Connection:
        """The newest tables of a kind; where there are none, or damaged ones, those of this state, made now.

        Raises `StoreInUse` where somebody makes them who takes long.
        """
        wanted = explored.generation or 0
        if self._folder is None:
            return self._opened(kind, wanted, lambda: _made(kind, explored, ":memory:"))
        with failing("read", self._folder):
            while (newest := self._newest(kind)) is None:
                self.renew(kind, explored, patience=_PATIENCE)
            path = self._path(kind, newest)
            try:
                return self._opened(kind, newest, lambda: _read_only(path))
            except sqlite3.Error:
                path.unlink(missing_ok=True)
        return self.read(kind, explored)

    def renew(self, kind: Kind, explored: Explored, *, patience: float = math.inf) -> None:
        """Make the tables of this state, unless they are there, or somebody makes them, who is waited for so many
        seconds: then `StoreInUse` is raised.
        """
        if self._folder is None:
            return
        path = self._path(kind, explored.generation or 0)
        with failing("write", self._folder):
            self._folder.mkdir(exist_ok=True)
            with _alone(self._folder / f"{kind.name}.lock", patience):
                if not path.exists():
                    self._write(kind, explored, path)

    def _write(self, kind: Kind, explored: Explored, path: Path) -> None:
        beside = path.with_name(f"{kind.name}.new")
        beside.unlink(missing_ok=True)  # of one who was killed
        _made(kind, explored, str(beside)).close()
        with beside.open("rb") as file:
            os.fsync(file.fileno())  # which SQLite was told to leave out
        # the newest so far stay, for somebody may be about to open them; who reads older ones goes on
        newest = self._newest(kind)
        kept = path if newest is None else self._path(kind, newest)
        for old in set(path.parent.glob(f"{kind.name}.*.db")) - {kept}:
            old.unlink(missing_ok=True)
        beside.rename(path)

    def _opened(self, kind: Kind, number: int, opening: Callable[[], sqlite3.Connection]) -> sqlite3.Connection:
        if kind.name in self._open:
            if self._open[kind.name][0] == number:
                return self._open[kind.name][1]
            self._open.pop(kind.name)[1].close()
        self._open[kind.name] = number, opening()
        return self._open[kind.name][1]

    def _newest(self, kind: Kind) -> int | None:
        return max(self._numbers(kind), default=None)

    def _numbers(self, kind: Kind) -> list[int]:
        assert self._folder
        return [int(path.stem.rpartition("-")[2]) for path in self._folder.glob(f"{kind.name}.{kind.form}-*.db")]

    def _path(self, kind: Kind, number: int) -> Path:
        assert self._folder
        return self._folder / f"{kind.name}.{kind.form}-{number}.db"


@contextmanager
def _alone(path: Path, patience: float) -> Iterator[None]:
    until = time.monotonic() + patience
    with path.open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    said = "what searches need is made for the first time, which takes a while here: ask again later"
                    raise StoreInUse(said) from None
                time.sleep(_PAUSE)
        yield


def _read_only(path: Path) -> sqlite3.Connection:
    """Raises `sqlite3.Error` for what is no file of tables."""
    with ExitStack() as stack:
        uri = f"{path.as_uri()}?mode=ro&immutable=1"
        connection = stack.enter_context(closing(sqlite3.connect(uri, uri=True)))
        connection.execute("SELECT * FROM sqlite_schema").fetchall()
        stack.pop_all()
    return connection


def _made(kind: Kind, explored: Explored, place: str) -> sqlite3.Connection:
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(closing(sqlite3.connect(place)))
            connection.executescript(_QUICK)
            kind.make(explored, connection)
            connection.commit()
        except sqlite3.Error as error:  # a full disk; a SQLite without full text
            raise StoreError(f"{place}: the table of {kind.name} cannot be made: {error}") from error
        stack.pop_all()
    return connection
