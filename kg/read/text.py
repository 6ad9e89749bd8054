"""A file of plain text in, one article out, its text exactly as it stands there, line ends included.

A byte order mark at the start is no part of the text, nor is a header: offsets count from the character after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import encodings, header
from kg.read.files import opening
from kg.read.sources import Source


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """One article from the bytes of one file, or the reason why there is none."""
    try:
        text = encodings.decode(opening.whole(file), source.charset)
        if not text.strip():
            raise SourceError("empty: an article needs text", reason=Reason.EMPTY)
        head = header.find(text)
        yield Article(
            id=source.id,
            text=text[head.start :],
            language=head.language,
            title=head.title,
            issued=head.issued or source.issued,
            publisher=head.publisher,
            url=head.url or source.url,
            where=source.where,
        )
    except SourceError as error:
        yield error.at(source.where)
