"""Articles that have an address in, which of them are printings of one dispatch out; made again from the record.

A row an article that came in, whether its graph is stored or it is another printing of one whose graph is: what it
said, and `of`, the article that stands for it, if one does. Rows are found by keys that alike texts share.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.graph.store import disk, tables
from kg.model import Article, Version

_MADE = """
CREATE TABLE IF NOT EXISTS printing (number INTEGER PRIMARY KEY, id TEXT UNIQUE, url TEXT, language TEXT, day INTEGER,
    given BLOB, told BLOB, keys TEXT, of TEXT);
CREATE INDEX IF NOT EXISTS by_url ON printing (url);
CREATE INDEX IF NOT EXISTS by_of ON printing (of) WHERE of IS NOT NULL;
CREATE TABLE IF NOT EXISTS shared (key INTEGER, under INTEGER, day INTEGER, printing INTEGER,
    PRIMARY KEY (key, under, day, printing)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (generation INTEGER);
"""
_PUT = "INSERT INTO printing (id, url, language, day, given, told, keys, of) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_NO_DAY = -1
_FIELDS = "SELECT id, given, told, of FROM printing"
_SHARING = "SELECT printing FROM shared WHERE key = ? AND under = ? AND day BETWEEN ? AND ?"
_ANY_DAY = (_NO_DAY, 10_000_000)
_COMMON = 64  # printings that share a key within some days: where more stand by themselves, it is a template's


@dataclass(frozen=True, slots=True)
class Printing:
    """An article as it came in, its language told; `of` is the identifier of the one that stands for it."""

    article: Article
    given: bytes
    of: str | None = None


class DispatchesLost(StoreError):  # noqa: N818
    """The file is damaged; it was removed, so that it can be made again."""


class Dispatches:
    """The printings of a store, in a file; for the one who holds its lock.

    Raises `DispatchesLost` where it is found damaged, `StoreError` where there can be none.

    What it has is only as good as the index that it was left with: `is_sound` tells.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: sqlite3.Connection | None = None

    def is_sound(self, generation: int | None) -> bool:
        """Whether it was left in peace when the index had this generation."""
        with self._tables() as found:
            row = found.execute("SELECT generation FROM state").fetchone()
        return row is not None and row[0] == (generation or 0)

    def begin(self) -> None:
        """Say that it is written into, until `leave`."""
        with self._tables() as found:
            found.execute("DELETE FROM state")
            found.commit()

    def leave(self, generation: int | None) -> None:
        """Say that it agrees with the record, of which the index has this generation."""
        if self._open:
            with self._tables() as found:
                found.execute("DELETE FROM state")
                found.execute("INSERT INTO state VALUES (?)", (generation or 0,))

    def find(self, id: str) -> Printing | None:
        """The printing with an identifier."""
        return next(self._found(f"{_FIELDS} WHERE id = ?", (id,)), None)

    def has_address(self, url: str, *, but: str) -> bool:
        """Whether a printing with another identifier than `but` has an address."""
        with self._tables() as found:
            return found.execute("SELECT 1 FROM printing WHERE url = ? AND id != ?", (url, but)).fetchone() is not None

    def standing(self, id: str) -> list[Printing]:
        """The printings for which this one stands directly, in order."""
        return list(self._found(f"{_FIELDS} WHERE of = ? ORDER BY id", (id,)))

    def alike(self, article: Article, keys: Sequence[int], *, shared: int, days: int, most: int) -> Iterator[Printing]:
        """The printings that share so many keys, are of the same language and of nearly the same day, if one is known.

        Those with other addresses, at most so many: first those for which nobody stands, the most alike before others.
        Keys that more than 64 of these share within those days are a template's, and tell nothing.
        """
        day = _day(article)
        spans = [(_NO_DAY, _NO_DAY), (day - days, day + days)] if day != _NO_DAY else [_ANY_DAY]
        with self._tables() as found:
            numbers = Counter(number for key in keys for number in _sharing(found, key, spans))
        near = sorted((under, -count, number) for (under, number), count in numbers.items() if count >= shared)
        query = f"{_FIELDS} WHERE number = ? AND language = ? AND url != ?"
        rows = (self._found(query, (number, article.language, article.url)) for *_, number in near)
        yield from islice(chain.from_iterable(rows), most)

    def put(self, printing: Printing, keys: Sequence[int], *, several: bool = False) -> None:
        """Keep a printing, in place of one with the same identifier; `several`: nobody knows which address is its own.

        Those for which it stood point at it still.
        """
        article = printing.article
        self.remove(article.id)
        url = "" if several else article.url
        row = article.id, url, article.language, _day(article), printing.given, _packed(article), json.dumps(keys)
        with self._tables() as found:
            number = found.execute(_PUT, (*row, printing.of)).lastrowid
            under = printing.of is not None
            rows = ((key, under, _day(article), number) for key in keys)
            found.executemany("INSERT INTO shared VALUES (?, ?, ?, ?)", rows)

    def point(self, id: str, of: str | None) -> None:
        """Say which printing stands for another."""
        with self._tables() as found:
            found.execute("UPDATE printing SET of = ? WHERE id = ?", (of, id))
            if row := found.execute("SELECT number, day, keys FROM printing WHERE id = ?", (id,)).fetchone():
                where = (
                    "UPDATE OR REPLACE shared SET under = ? WHERE key = ? AND under = ? AND day = ? AND printing = ?"
                )
                under, (number, day, keys) = of is not None, row
                found.executemany(where, ((under, key, not under, day, number) for key in json.loads(keys)))

    def remove(self, id: str) -> None:
        """Forget a printing; those for which it stands point at it still."""
        with self._tables() as found:
            if row := found.execute("SELECT number, day, keys FROM printing WHERE id = ?", (id,)).fetchone():
                number, day, keys = row
                found.execute("DELETE FROM printing WHERE number = ?", (number,))
                where = "DELETE FROM shared WHERE key = ? AND under IN (0, 1) AND day = ? AND printing = ?"
                found.executemany(where, ((key, day, number) for key in json.loads(keys)))

    def heads(self) -> list[str]:
        """The identifiers of those that stand for others directly, sorted."""
        with self._tables() as found:
            rows = found.execute("SELECT DISTINCT of FROM printing WHERE of IS NOT NULL ORDER BY of").fetchall()
        return [of for (of,) in rows]

    def __iter__(self) -> Iterator[Printing]:
        """All printings, in order; what is changed meanwhile may come or not."""
        last: str | None = ""
        while last is not None:
            page = list(self._found(f"{_FIELDS} WHERE id > ? ORDER BY id LIMIT 500", (last,)))
            yield from page
            last = page[-1].article.id if page else None

    def commit(self) -> None:
        """Have what was put outlive this process."""
        if self._open:
            with self._tables() as found:
                found.commit()

    def close(self) -> None:
        """Commit and let go of the file."""
        if self._open:
            try:
                self.commit()
            finally:
                self._open.close()
                self._open = None

    def _found(self, query: str, values: Sequence[object]) -> Iterator[Printing]:
        with self._tables() as found:
            rows = found.execute(query, values).fetchall()
            printings = [Printing(_unpacked(told), given, of) for _, given, told, of in rows]
        yield from printings

    @contextmanager
    def _tables(self) -> Iterator[sqlite3.Connection]:
        try:
            if self._open is None:
                disk.make_folder(self.path.parent)
                self._open = tables.opened(self.path, _MADE)
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: cannot be made: {error}") from error
        opened = self._open
        try:
            yield opened
        except (sqlite3.Error, zlib.error, ValueError) as error:
            if self._open is opened:  # and not made again by another thread
                self._open = None
                with suppress(sqlite3.Error):
                    opened.close()
                tables.remove(self.path)
            raise DispatchesLost(f"{self.path}: {error}: it is made again") from error


def _sharing(tables: sqlite3.Connection, key: int, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[bool, int]]:
    """The printings that share a key: those that stand by themselves, unless it is a template's, and some others."""
    for under in (False, True):
        numbers: list[int] = []
        for first, last in spans:
            query = f"{_SHARING} LIMIT {_COMMON + 1}"
            numbers += (number for (number,) in tables.execute(query, (key, under, first, last)))
        if under or len(numbers) <= _COMMON:
            yield from ((under, number) for number in numbers)


def _day(article: Article) -> int:
    return article.issued.toordinal() if article.issued else _NO_DAY


def _packed(article: Article) -> bytes:
    told = asdict(replace(article, where="")) | {"issued": article.issued and article.issued.isoformat()}
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _unpacked(packed: bytes) -> Article:
    fields: dict[str, Any] = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    issued = fields["issued"] and date.fromisoformat(fields["issued"])
    version = Version(*told) if (told := fields.get("version")) else None
    return Article(**(fields | {"issued": issued, "sources": tuple(fields["sources"]), "version": version}))
