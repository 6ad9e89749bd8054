"""Files, folders and standard input in, articles out, or a `SourceError` in the place of each that cannot be read.

A format is a module with `read(lines, source)`, entered in `pyproject.toml` under `kg.readers` by the suffix it reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kg import plugins
from kg.errors import SourceError
from kg.model import Article
from kg.read import days, languages
from kg.read.sources import READERS, STDIN, Source, find, opened

__all__ = ["STDIN", "Defaults", "Source", "count", "read"]


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


_NOTHING = Defaults()
_LONGEST = 1_000_000  # code points: what the models take at once
_Seen = dict[str, tuple[bytes, str]]  # id -> digest of the article, and the place it came from


def read(paths: Iterable[str | Path], *, defaults: Defaults = _NOTHING) -> Iterator[Article | SourceError]:
    """The articles of files, folders and `-` (standard input), in order.

    A language that one says is one that can be read; to tell it from the text takes longer than to read a file, so
    that is left to whoever needs it (`languages.settled`): an article that is in the store already does not.

    The id of an article in a file of its own is the file's name without its suffix; where a run holds two files of one
    name, the folders below the one that was given come before it ("2024-flood", "2025-flood"). A second article with
    an id that the run has met, and with something else in it, is an error: no article overwrites another unseen.
    """
    seen: _Seen = {}
    for source in find(paths):
        if isinstance(source, SourceError):
            yield source
        else:
            yield from _articles(source, defaults, seen)


def count(paths: Iterable[str | Path]) -> int | None:
    """How many articles to expect, for a progress bar; None where standard input is among the paths."""
    sources = find(paths)
    if any(isinstance(source, Source) and source.path is None for source in sources):
        return None
    return sum(_expected(source) for source in sources)


def _expected(source: Source | SourceError) -> int:
    if isinstance(source, Source) and source.suffix == "jsonl" and source.path and source.path.is_file():
        return _lines(source.path)
    return 1  # also a pipe, which gives its lines only once


def _lines(path: Path) -> int:
    # a file without an article and one that may not be read count as one: each is reported once
    try:
        with path.open("rb") as file:
            return sum(1 for line in file if line.strip()) or 1
    except OSError:
        return 1


def _articles(source: Source, defaults: Defaults, seen: _Seen) -> Iterator[Article | SourceError]:
    found = False
    try:
        with opened(source) as (source, lines):
            counted = _Counted(lines)
            for article in plugins.load(READERS, source.suffix)(counted, source):
                found = True
                where = f"{source.where}:{counted.number}" if source.suffix == "jsonl" else source.where
                yield article if isinstance(article, SourceError) else _settled(article, where, defaults, seen)
    except OSError as error:
        yield SourceError(f"{source.where}: cannot be read: {error.strerror or error}")
    else:
        if not found:
            yield SourceError(f"{source.where}: empty: an article needs text")


class _Counted:
    """Lines, and how many of them have been read."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self.number = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.number += 1
            yield line


def _settled(article: Article, where: str, defaults: Defaults, seen: _Seen) -> Article | SourceError:
    try:
        article = replace(
            article,
            language=article.language or defaults.language,
            issued=article.issued or defaults.issued,
            publisher=article.publisher or defaults.publisher,
            where=where,
        )
        _check(article)
        if article.language:
            article = replace(article, language=languages.known(article.language))
        _register(article, where, seen)
    except SourceError as error:
        return SourceError(f"{where}: {error}")
    return article


def _check(article: Article) -> None:
    if len(article.text) > _LONGEST:
        raise SourceError(f"{len(article.text):,} characters: an article has at most {_LONGEST:,}; cut it in parts")
    if "\0" in article.text:
        raise SourceError(f"not text: a NUL character at {article.text.index(chr(0))}")
    for value in (article.id, article.text, article.title, article.url, article.publisher):
        try:
            (value or "").encode()
        except UnicodeEncodeError as error:
            raise SourceError(f"half a character (a lone surrogate) at {error.start} of {value!r:.60}") from error


def _register(article: Article, where: str, seen: _Seen) -> None:
    digest = hashlib.sha256(repr(article).encode()).digest()
    known, first = seen.setdefault(article.id, (digest, where))
    if known != digest:
        raise SourceError(f"another article has the id {article.id!r} already, in {first}: give each its own")
