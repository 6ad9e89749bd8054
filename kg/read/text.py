"""A file of UTF-8 in, one article out, its text exactly as it stands there, line ends included.

A byte order mark at the start is no part of the text: offsets count from the character after it.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from kg.errors import SourceError
from kg.model import Article
from kg.read.sources import Source


def read(lines: Iterable[bytes], source: Source) -> Iterator[Article | SourceError]:
    """One article from the bytes of one file, or the reason why there is none."""
    try:
        text = decoded(b"".join(lines))
        if not text.strip():
            raise SourceError("empty: an article needs text")
        yield Article(id=source.id, text=text)
    except SourceError as error:
        yield SourceError(f"{source.where}: {error}")


def decoded(data: bytes) -> str:
    """UTF-8 bytes as text. Raises `SourceError` with the byte that is wrong and what to do about it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError("UTF-16, where UTF-8 is read: convert it (iconv -f UTF-16 -t UTF-8)")
    if b"\0" in data:
        raise SourceError(f"not text: a NUL at byte {data.index(0)}; an article is plain text in UTF-8")
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"not UTF-8: byte {error.start} is 0x{data[error.start]:02X}: "
            "convert it (if it is Western European: iconv -f WINDOWS-1252 -t UTF-8)"
        ) from error
