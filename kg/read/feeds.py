"""A feed in, RSS of any version or Atom, an article for each of its entries out.

An entry that carries the whole text (`content:encoded`, Atom's `content`) gives that, any other its summary: a short
text is a text, too. Formats are as in the RSS 2.0 specification (https://www.rssboard.org/rss-specification), RSS 1.0
and its content module (http://purl.org/rss/1.0/modules/content/), Dublin Core, and RFC 4287 for Atom.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import ids, xml
from kg.read.entries import Entry, entries
from kg.read.sources import Source


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a file in order; an entry without words is a `SourceError`."""
    try:
        for entry in entries(xml.read(file), source.url):
            yield _found(entry, source)
    except SourceError as error:
        yield error.at(source.where)


def _found(entry: Entry | SourceError, source: Source) -> Article | SourceError:
    if isinstance(entry, SourceError):
        return SourceError(f"{source.where}:{entry}", reason=entry.reason, where=source.where)
    where = f"{source.where}:{entry.line}"
    try:
        return article(entry, where)
    except SourceError as error:
        return error.at(where)


def article(entry: Entry, where: str) -> Article:
    """The article of an entry. Raises `SourceError` where it has no words.

    Its id is that of its address, so that a page has one id however it came; else its own; else a digest of its text.
    """
    if not entry.text:
        raise SourceError("empty: an entry needs a description or content", reason=Reason.EMPTY)
    known = ids.of_url(entry.address) if entry.address else ids.given(entry.id) if entry.id else None
    return Article(
        id=known or ids.of_text(entry.text),
        text=entry.text,
        language=entry.language,
        title=entry.title,
        issued=entry.issued,
        publisher=entry.publisher,
        url=entry.address,
        where=where,
    )
