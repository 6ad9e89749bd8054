"""Articles in, readings out: what each article says, as statements, events and quotations about mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Article, Reading


def read(articles: Iterable[Article]) -> Iterator[Reading]:
    """Read articles in a stream, those of one language at a time; a model loads with its first article.

    Every article must have a language. Raises `SourceError` for one that is not installed.
    """
    from kg.text.reader import read as read_all

    return read_all(articles)
