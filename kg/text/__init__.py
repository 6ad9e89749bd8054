"""Articles in, readings out: what each article says, as statements, events and quotations about mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.model import Article, Reading


def read(articles: Iterable[Article]) -> Iterator[Reading]:
    """Read articles in a stream, those of one language at a time; a model loads with its first article.

    What a sequence of them needs is loaded before, so that loading is no part of the time that an article takes.
    Every article must have a language. Raises `SourceError` for one that is not installed.
    """
    from kg.text.reader import prepare
    from kg.text.reader import read as read_all

    if isinstance(articles, Sequence):
        for code in sorted({article.language or "" for article in articles}):
            prepare(code)
    return read_all(articles)
