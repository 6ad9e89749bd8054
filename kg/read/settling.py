"""An article as its file gives it in, one with its defaults and with an id of its own out."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass, replace
from datetime import date

from kg.errors import Reason, SourceError, Withdrawn
from kg.model import Article, Version, is_outdated
from kg.read import days, ids, languages, limits, versions

_UNSEEN = (
    "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad \t\r\n"  # marks that bytes or words are joined by, or turned
)
_COLUMNS = "digest, place, number, time, withdrawn"
_MADE = f"CREATE TABLE seen (id BLOB PRIMARY KEY, {_COLUMNS}) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for articles that do not say it themselves."""

    language: str | None = None
    issued: date | None = None
    publisher: str | None = None

    @classmethod
    def parse(cls, *, language: str | None = None, date: str | None = None, publisher: str | None = None) -> Defaults:
        """The same from words. Raises `SourceError` for a language that is not read and for what is no day."""
        return cls(language and languages.known(language), days.parse(date) if date else None, publisher)


class Seen:
    """The ids that a run has met, each with a digest of its article, its version, and the place that it came from.

    They lie in a table of SQLite, on the disk where they are many, so that a million of them fill no memory.
    """

    def __init__(self) -> None:
        # whoever takes the articles may do it from another thread, though never from two at once
        self._table = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute(_MADE)
        self._table.execute("BEGIN")

    def register(self, article: Article) -> None:
        """Note an article, or a newer version of one.

        Raises `SourceError` for an older version, and where another article has its id; the same once more does no
        harm.
        """
        digest = _digest(repr(article))
        row = _digest(article.id), digest, article.where, *(article.version or (None, None, None))
        if self._table.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?, ?)", row).rowcount:
            return
        same, first, known = self._known(article.id)
        if known and is_outdated(article.version, known):
            raise versions.refusal(known, first)
        if known and article.version and known < article.version:
            self._table.execute("REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?)", row)
        elif same != digest:
            raise SourceError(
                f"another article has the id {article.id!r} already, in {first}: give each its own",
                reason=Reason.ID_TAKEN,
            )

    def withdraw(self, item: Withdrawn) -> None:
        """Note that an item was taken back. Raises `SourceError` where a newer version of it has been met."""
        _, first, known = self._known(item.id)
        if known and item.version < known:
            raise versions.refusal(known, first)
        row = _digest(item.id), b"", item.where, *item.version
        self._table.execute("REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?)", row)

    def _known(self, id: str) -> tuple[bytes, str, Version | None]:
        """What was met under an id last: its digest, its place, and its version, if it says one."""
        found = self._table.execute(f"SELECT {_COLUMNS} FROM seen WHERE id = ?", (_digest(id),)).fetchone()
        if found is None:
            return b"", "", None
        digest, place, number, time, withdrawn = found
        return digest, place, None if number is None else Version(number, time, bool(withdrawn))

    def close(self) -> None:
        """Forget them."""
        self._table.close()


def settled(article: Article, defaults: Defaults, seen: Seen) -> Article | SourceError:
    """The article with its defaults, or the reason why it cannot be read."""
    try:
        article = replace(
            article,
            id=ids.given(article.id),
            language=_said(article.language) or defaults.language,
            issued=article.issued or defaults.issued,
            publisher=article.publisher or defaults.publisher,
        )
        _check(article)
        if article.language:  # it is told from the text only where it is needed, which takes longer than all of this
            article = replace(article, language=languages.known(article.language))
        seen.register(article)
    except SourceError as error:
        return error.at(article.where, article.id)
    return article


def taken_back(item: Withdrawn, seen: Seen) -> SourceError:
    """The same, or, where a newer version of it has been met, why it is of no account."""
    try:
        seen.withdraw(item)
    except SourceError as error:
        return error.at(item.where, item.id)
    return item


def _said(language: str | None) -> str | None:
    return None if language and language.strip().lower() in {"", *languages.UNSAID} else language


def _check(article: Article) -> None:
    if article.text and not article.text.strip(_UNSEEN).strip():
        raise SourceError("empty: an article needs text that can be seen", reason=Reason.EMPTY)
    if len(article.text) > limits.ARTICLE:
        raise SourceError(
            f"{len(article.text):,} characters: an article has at most {limits.ARTICLE:,}; cut it in parts",
            reason=Reason.TOO_LARGE,
        )
    for value in (article.id, article.text, article.title, article.url, article.publisher, *article.sources):
        _check_characters(value or "")


def _check_characters(value: str) -> None:
    if "\0" in value:
        raise SourceError(f"not text: a NUL character at {value.index(chr(0))}", reason=Reason.ENCODING)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise SourceError(
            f"half a character (a lone surrogate) at {error.start} of {value!r:.60}", reason=Reason.ENCODING
        ) from error


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
