"""An archive of the web in (WARC, and WET), the articles of its pages, feeds and texts out, each by its address.

Only what was found is read (status 200) and may hold an article: pages, feeds, JSON, and texts that were made from
pages. All else is passed over without a word. The day on which a page was fetched is not the day of its issue.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

import zstandard

from kg.errors import PassedOver, Reason, SourceError
from kg.model import Article
from kg.read import archive, formats, ids, limits, media
from kg.read.archive import Record
from kg.read.sources import Source

_OK = 200
# what is wrong with a page that is no fault: sites consist of lists, for the most part; and with what is no page, which
# was hardly meant to be an article, as a program's data
_OF_PAGES = frozenset({Reason.EMPTY})
_OF_DATA = frozenset(Reason) - {Reason.BOMB, Reason.TOO_LARGE, Reason.UNSAFE, Reason.LANGUAGE, Reason.BROKEN}
_TEXT = {"text/plain": "txt"}  # where it was made from a page; a response of it is a robots.txt or a program's


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of an archive in order. Of a page that was fetched twice with another text, the first is kept."""
    for record in archive.records(file, source):
        if isinstance(record, SourceError):
            yield record
            continue
        try:
            yield from _articles(record, source)
        except SourceError as error:
            yield error.at(record.where)


def _articles(record: Record, source: Source) -> Iterator[Article | SourceError]:
    kind, charset, data = record.type, None, record.data
    if record.kind == "response":
        status, headers, data = archive.http(record.data)
        kind, charset = media.parsed(headers.get("content-type", "text/html"))
        if status != _OK or kind not in media.SUFFIXES:
            return
        data = _decoded(data, headers)
    suffix = (media.SUFFIXES if record.kind == "response" else media.SUFFIXES | _TEXT).get(kind)
    if not suffix or not data.strip():
        return
    inner = replace(
        source, where=record.where, suffix=suffix, id=ids.of_url(record.url), url=record.url, path=None, named=False,
        charset=charset, depth=source.depth + 1,
    )  # fmt: skip
    unheard = _OF_PAGES if formats.of(data[: limits.HEAD], suffix) == "html" else _OF_DATA
    for item in formats.read(io.BytesIO(data), inner):
        if not isinstance(item, SourceError):
            yield replace(item, url=item.url or record.url)
        elif item.reason in unheard:
            yield PassedOver(str(item), reason=item.reason, where=item.where, id=item.id)
        else:
            yield item


def _decoded(data: bytes, headers: dict[str, str]) -> bytes:
    """The body of a response as it was before it was sent. Raises `SourceError` where that cannot be told."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        data = _joined(data)
    for coding in reversed(headers.get("content-encoding", "").lower().replace(" ", "").split(",")):
        data = _unpacked(data, coding)
    if len(data) > limits.RECORD:
        raise SourceError(f"more than {limits.RECORD // limits.MB} MB", reason=Reason.TOO_LARGE)
    return data


def _joined(data: bytes) -> bytes:
    """The chunks of a body (RFC 9112, 7.1) in one piece; what is in one piece, as crawlers store it, as it is."""
    pieces: list[bytes] = []
    at = 0
    while (end := data.find(b"\n", at, at + 100)) >= 0:
        try:
            size = int(data[at:end].split(b";")[0], 16)
        except ValueError:
            return b"".join(pieces) or data
        if size <= 0:
            break
        pieces.append(data[end + 1 : end + 1 + size])
        at = end + 1 + size + 2
    return b"".join(pieces) or data


def _unpacked(data: bytes, coding: str) -> bytes:
    """What a content coding packed; what is not packed, though a header says so, as it is: crawlers unpack."""
    try:
        if coding in ("gzip", "x-gzip") and data.startswith(b"\x1f\x8b"):
            return _inflated(data, zlib.decompressobj(31))
        if coding == "zstd" and data.startswith(b"\x28\xb5\x2f\xfd"):
            return zstandard.ZstdDecompressor(max_window_size=limits.WINDOW).stream_reader(data).read(limits.RECORD + 1)
        if coding == "deflate" and data and not data.lstrip().startswith(b"<"):
            return _inflated(data, zlib.decompressobj(15 if data[0] & 15 == 8 else -15))
    except (zlib.error, zstandard.ZstdError) as error:
        raise SourceError(f"packed by {coding}, and damaged: {error}", reason=Reason.MALFORMED) from error
    if coding == "br" and not data.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        raise SourceError("packed by Brotli, which is not read: unpack the archive", reason=Reason.FORMAT)
    return data


def _inflated(data: bytes, stream: zlib._Decompress) -> bytes:
    unpacked = stream.decompress(data, limits.RECORD + 1)
    if not stream.eof and len(unpacked) <= limits.RECORD:
        raise zlib.error("it breaks off")
    return unpacked
