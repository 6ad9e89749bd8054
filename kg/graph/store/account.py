"""What was given for an article in, whether the store holds what was read of it out, without opening a file of record.

A row an article: digests of what was given, before its language was told, and of how its files look to the system
(sizes, times, inodes, as git's index has them), and who read it. A file that was torn, edited or replaced looks another
way and is then read; the account is never trusted over the files. It is made again as articles come, so that it may be
lost, and where it cannot be kept the store does without.

Of items that have versions, it has the newest that the store was given, also of those that were taken back.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kg.graph.store import disk, tables
from kg.graph.store.record import Record
from kg.model import Article, Version

_MADE = """
CREATE TABLE IF NOT EXISTS reader (number INTEGER PRIMARY KEY, language TEXT, parts TEXT, UNIQUE (language, parts));
CREATE TABLE IF NOT EXISTS article (id BLOB PRIMARY KEY, given BLOB, looks BLOB, reader INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS version (id BLOB PRIMARY KEY, number INTEGER, time TEXT, withdrawn INTEGER) WITHOUT ROWID;
"""
_SIZE = 16  # bytes of a digest: no two of 10^12 articles share one


class Noted(NamedTuple):
    """That an article was given and read: in which language, by what reader, and how its files looked then."""

    language: str
    reader: tuple[str, ...]
    looks: bytes


class Account:
    """The account of a record, in a file; for the one who holds the store's lock.

    It never raises for what is wrong with itself: then nothing is known.
    """

    def __init__(self, path: Path, record: Record) -> None:
        self.path = path
        self._record = record
        self._open: sqlite3.Connection | None = None
        self._has_versions = False  # of any item: those of most stores have none, and are not looked up
        self._lost = False  # it cannot be kept on this disk, or no more
        self._readers: dict[int, tuple[str, tuple[str, ...]]] = {}
        self._numbers: dict[tuple[str, tuple[str, ...]], int] = {}

    def find(self, id: str, given: bytes) -> Noted | None:
        """What is noted of an article, if just this was `given` for it; None if not."""
        if not (account := self._tables()):
            return None
        try:
            row = account.execute("SELECT given, looks, reader FROM article WHERE id = ?", (_key(id),)).fetchone()
        except sqlite3.Error:
            self._lose()
            return None
        if row is None or row[0] != given or row[2] not in self._readers:
            return None
        return Noted(*self._readers[row[2]], row[1])

    def is_untouched(self, id: str, noted: Noted) -> bool:
        """Whether nobody wrote an article's files since that was noted."""
        return self._record.looks(id) == noted.looks

    def note(self, id: str, given: bytes, language: str, reader: tuple[str, ...]) -> None:
        """Take down what was `given` for an article whose graph is stored, in which language, and who read it."""
        if (looks := self._record.looks(id)) and (account := self._tables()):
            try:
                row = _key(id), given, looks, self._number(account, (language, reader))
                account.execute("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?)", row)
            except sqlite3.Error:
                self._lose()

    def renew(self, id: str) -> None:
        """Take down how an article's files look now that they name other sources; what was given is the same."""
        if (looks := self._record.looks(id)) and (account := self._tables()):
            try:
                account.execute("UPDATE article SET looks = ? WHERE id = ?", (looks, _key(id)))
            except sqlite3.Error:
                self._lose()

    def newest(self, id: str) -> Version | None:
        """The newest version of an item that the store was given; None where nothing is known of any."""
        if not (account := self._tables()) or not self._has_versions:
            return None
        try:
            row = account.execute("SELECT number, time, withdrawn FROM version WHERE id = ?", (_key(id),)).fetchone()
        except sqlite3.Error:
            self._lose()
            return None
        return Version(row[0], row[1], bool(row[2])) if row else None

    def note_version(self, id: str, version: Version) -> None:
        """Take down which version of an item the store was given last."""
        with suppress(OSError):
            disk.make_folder(self.path.parent)
        if account := self._tables():
            self._has_versions = True
            try:
                account.execute("REPLACE INTO version VALUES (?, ?, ?, ?)", (_key(id), *version))
            except sqlite3.Error:
                self._lose()

    def forget_version(self, id: str) -> None:
        """Let any version of an item come in again."""
        if account := self._tables():
            try:
                account.execute("DELETE FROM version WHERE id = ?", (_key(id),))
            except sqlite3.Error:
                self._lose()

    def commit(self) -> None:
        """Have what was noted outlive this process."""
        if self._open:
            try:
                self._open.commit()
            except sqlite3.Error:
                self._lose()

    def close(self) -> None:
        """Commit and let go of the file."""
        self.commit()
        if self._open:
            with suppress(sqlite3.Error):
                self._open.close()
            self._open = None

    def _tables(self) -> sqlite3.Connection | None:
        if self._open is None and not self._lost and self.path.parent.is_dir():
            try:
                self._open = tables.opened(self.path, _MADE)
                readers = self._open.execute("SELECT number, language, parts FROM reader").fetchall()
                self._has_versions = bool(self._open.execute("SELECT 1 FROM version LIMIT 1").fetchall())
            except sqlite3.Error:
                self._lose()
                return None
            self._readers = {number: (language, tuple(parts.split("\n"))) for number, language, parts in readers}
            self._numbers = {reader: number for number, reader in self._readers.items()}
        return self._open

    def _number(self, account: sqlite3.Connection, made: tuple[str, tuple[str, ...]]) -> int:
        if made not in self._numbers:
            account.execute("INSERT INTO reader (language, parts) VALUES (?, ?)", (made[0], "\n".join(made[1])))
            (number,) = account.execute("SELECT last_insert_rowid()").fetchone()
            self._numbers[made], self._readers[number] = number, made
        return self._numbers[made]

    def _lose(self) -> None:
        if self._open:
            with suppress(sqlite3.Error):
                self._open.close()
        self._open, self._lost = None, True
        tables.remove(self.path)


def given(article: Article) -> bytes:
    """A digest of an article as it was given, its language, where it says none, untold."""
    day = article.issued.isoformat() if article.issued else None
    told = (article.text, article.language, article.title, day, article.publisher, article.url, article.sources)
    version = article.version[:2] if article.version else ()
    # written as Python writes it, for what no UTF-8 holds is escaped, and no part can run into the next
    return hashlib.sha256(repr((article.id, *told, *version)).encode()).digest()[:_SIZE]


def _key(id: str) -> bytes:
    return hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()[:_SIZE]
