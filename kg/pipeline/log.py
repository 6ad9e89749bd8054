"""Outcomes in, in the order in which articles are done, a line each out, in the order in which they came."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self

from kg.model import Article
from kg.pipeline.outcome import Outcome


class Log:
    """What `kg ingest --report` writes: an article that is expected keeps its place until its outcome is known.

    It holds no more lines than there are outcomes between the oldest article that is still being read and the newest.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: dict[tuple[str, str], deque[int]] = {}  # of articles that are being read
        self._lines: dict[int, bytes] = {}  # that wait for those before them
        self._given = self._written = 0

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[Self]:
        """A log in a new file, whose lines are all on it at the end, though some outcomes were not waited for.

        A line is written at once and whole, so that who is killed leaves whole lines. Raises `OSError`.
        """
        with path.open("wb", buffering=0) as file:
            log = cls(file)
            try:
                yield log
            finally:
                for _, line in sorted(log._lines.items()):
                    log._write(line)

    def expect(self, article: Article) -> None:
        """Keep a place for an article's outcome."""
        self._places.setdefault((article.where, article.id), deque()).append(self._given)
        self._given += 1

    def add(self, outcome: Outcome) -> None:
        """Write the outcome as soon as those before it are written. Raises `OSError`."""
        self._lines[self._place(outcome)] = outcome.line()
        while line := self._lines.pop(self._written, b""):
            self._written += 1
            self._write(line)

    def _write(self, line: bytes) -> None:
        try:
            while line:  # of which a disk that is nearly full takes a part
                line = line[self._file.write(line) :]
        except OSError as error:
            error.filename = self._file.name
            raise

    def _place(self, outcome: Outcome) -> int:
        key = outcome.where, outcome.id
        if places := self._places.get(key):
            place = places.popleft()
            if not places:
                del self._places[key]
            return place
        self._given += 1
        return self._given - 1
