"""A file of plain text in, one article out, its text exactly as it stands there, line ends included.

A byte order mark at the start is no part of the text: offsets count from the character after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import encodings, opening
from kg.read.sources import Source


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """One article from the bytes of one file, or the reason why there is none."""
    try:
        text = encodings.decode(opening.whole(file))
        if not text.strip():
            raise SourceError("empty: an article needs text", reason=Reason.EMPTY)
        yield Article(id=source.id, text=text, issued=source.issued, url=source.url, where=source.where)
    except SourceError as error:
        yield SourceError(f"{source.where}: {error}", reason=error.reason, where=source.where)
