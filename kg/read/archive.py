"""A WARC file in (ISO 28500), its records out one by one; a damaged one is an error, and the next one is looked for.

Headers are warcio's to read. Its iterator is not used: it stops at the first record that is damaged, at members of gzip
that hold more than one record, and reads lines of any length.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from warcio.statusandheaders import StatusAndHeadersParser

from kg.errors import Reason, SourceError
from kg.read import limits
from kg.read.sources import Source, shown

_BEGIN = re.compile(rb"WARC/\d\.\d+\r?\n")
_LINE = 1 << 16  # bytes of a header
_HEAD = 1 << 18  # bytes of all headers of a record
_BLOCK = 1 << 16
_KINDS = frozenset(
    {"response", "resource", "conversion"}
)  # that hold something; a revisit is one that was there before
_TRIES = 16  # places in a damaged file that look like a member's beginning, and are none
_ADDRESS = 200  # characters of one in a message


@dataclass(frozen=True, slots=True)
class Record:
    """What was found at an address."""

    kind: str  # "response": with the headers of HTTP before it; "resource", "conversion": without
    url: str
    type: str  # the media type of what it holds
    data: bytes
    where: str


def records(file: IO[bytes], source: Source) -> Iterator[Record | SourceError]:
    """The records of a file that may hold an article, in order, and an error for each that is damaged.

    Where what the file is packed in is damaged, the records behind are read if its next member can be.
    """
    reading = _Reading(file, source)
    failed = 0
    while failed <= _TRIES:
        try:
            for record in reading:
                failed = 0
                yield record
            return
        except SourceError as error:
            if error.reason != Reason.MALFORMED:
                raise
            if not failed:
                yield error
            failed += 1


class _Reading:
    """A file's records, read on from where it stands."""

    def __init__(self, file: IO[bytes], source: Source) -> None:
        self._file, self._source, self._number = file, source, 0

    def __iter__(self) -> Iterator[Record | SourceError]:
        line = _next(self._file) if not self._number else _sought(self._file)
        while line:
            self._number += 1
            record: Record | SourceError | None = SourceError("no record begins here: the next one is looked for")
            if _BEGIN.match(line):
                record = _record(line, self._file, self._source)
            try:
                line = _next(self._file)
            except SourceError:  # what it is packed in breaks off after it
                if isinstance(record, Record):
                    yield record
                raise
            if line and not _BEGIN.match(line):
                record = SourceError("its length is wrong, or what follows is no record: the next one is looked for")
                line = _sought(self._file)
            if record:
                yield self._placed(record)

    def _placed(self, record: Record | SourceError) -> Record | SourceError:
        if isinstance(record, Record):
            return record
        where = record.where or f"{self._source.where}:{self._number}"
        reason = Reason.MALFORMED if record.reason == Reason.UNREADABLE else record.reason
        return SourceError(f"{where}: {record}", reason=reason, where=where)


def http(data: bytes) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the body of a response of HTTP. Raises `SourceError` for what is none."""
    end = re.search(rb"\r?\n\r?\n", data[:_HEAD])
    if not end or not data.startswith(b"HTTP/"):
        raise SourceError("no response of HTTP", reason=Reason.MALFORMED)
    head = _parsed(data[: end.end()])
    status = head.get_statuscode()
    headers = {name.lower(): value for name, value in reversed(head.headers)}  # the first of a name
    return int(status) if _is_number(status) else 0, headers, data[end.end() :]


def _is_number(text: str) -> bool:
    """Whether it is one that a length or a status can be: "²" is a digit, and no number."""
    return text.isascii() and text.isdigit() and len(text) <= 20


def _record(line: bytes, file: IO[bytes], source: Source) -> Record | SourceError | None:
    """The record that begins with a line; None for one that can hold no article."""
    head = _head(line, file)
    if isinstance(head, SourceError):
        return head
    kind = (head.get_header("WARC-Type") or "").lower()
    url = (head.get_header("WARC-Target-URI") or "").strip("<> ")
    length = head.get_header("Content-Length") or ""
    where = f"{source.where}:{shown(url[:_ADDRESS])}" if url else ""
    if not _is_number(length):
        return SourceError(f"a record of the length {length!r:.20}", where=where)
    size = int(length)
    wanted = kind in _KINDS and url.startswith(("http://", "https://"))
    if not wanted or size > limits.RECORD:
        _pass(file, size)
        said = f"a record of {size:,} bytes: at most {limits.RECORD // limits.MB} MB are read"
        return SourceError(said, reason=Reason.TOO_LARGE, where=where) if wanted else None
    data = file.read(size)
    if problem := _problem(head, data, size):
        return SourceError(problem, where=where)
    return Record(kind, url, (head.get_header("Content-Type") or "").split(";")[0].strip().lower(), data, where)


def _head(line: bytes, file: IO[bytes]) -> Any:
    lines, length = [line], len(line)
    while (line := file.readline(_LINE)).strip():
        lines.append(line)
        length += len(line)
        if length > _HEAD or not line.endswith(b"\n"):
            return SourceError("headers that do not end")
    return _parsed(b"".join((*lines, b"\r\n")))


def _parsed(head: bytes) -> Any:
    # its first line was looked at, and a version that is still to come raises nothing so
    return StatusAndHeadersParser([], verify=False).parse(io.BytesIO(head))


def _problem(head: Any, data: bytes, size: int) -> str | None:
    """What is wrong with the bytes of a record."""
    if len(data) < size:
        return "the file ends within it"
    if cut := head.get_header("WARC-Truncated"):
        return f"it was cut when it was fetched ({shown(cut[:20])})"
    digest = head.get_header("WARC-Block-Digest") or ""
    return None if _fits(digest, data) else "its digest is another's: it was damaged"


def _fits(digest: str, data: bytes) -> bool:
    """Whether a digest ("sha1:" and Base 32 or hexadecimal) is that of bytes; one of another kind is not looked at."""
    name, _, value = digest.lower().replace("-", "").partition(":")
    if name not in ("md5", "sha1", "sha256"):
        return True
    made = hashlib.new(name, data, usedforsecurity=False)
    return value.rstrip("=") in (made.hexdigest(), base64.b32encode(made.digest()).decode().lower().rstrip("="))


def _next(file: IO[bytes]) -> bytes:
    """The next line that is not blank; nothing at the end."""
    while line := file.readline(_LINE):
        if line.strip():
            return line
    return b""


def _sought(file: IO[bytes]) -> bytes:
    """The line with which the next record begins; nothing where there is none."""
    begins = True
    while line := file.readline(_LINE):
        if begins and _BEGIN.match(line):
            return line
        begins = line.endswith(b"\n")
    return b""


def _pass(file: IO[bytes], size: int) -> None:
    while size > 0 and (data := file.read(min(size, _BLOCK))):
        size -= len(data)
