"""The bytes of a table in whatever encoding in, lines of text out."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from typing import IO, Any

_CHUNK = 1 << 16
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Utf8(io.RawIOBase):
    """A file with UTF-16 made UTF-8, and the carriage returns that ended lines on old Macs made line feeds."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._ready = file.read(_CHUNK)
        self._made = _made(self._ready)
        self._ready = self._made(self._ready)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and (chunk := self._file.read(_CHUNK)):
            self._ready = self._made(chunk)
        some = self._ready[: len(buffer)]
        buffer[: len(some)] = some
        self._ready = self._ready[len(some) :]
        return len(some)


def decoded(line: bytes) -> str:
    """A line as text: UTF-8, else what Windows wrote in Western Europe, else Latin-1, which takes everything."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


def _made(head: bytes) -> Callable[[bytes], bytes]:
    if encoding := _utf16(head):
        decode = codecs.getincrementaldecoder(encoding)().decode
        return lambda chunk: decode(chunk).removeprefix("\ufeff").encode()
    head = head.removeprefix(codecs.BOM_UTF8)
    if b"\r" in head and b"\n" not in head:
        return lambda chunk: chunk.replace(b"\r", b"\n")
    return lambda chunk: chunk


def _utf16(head: bytes) -> str | None:
    """UTF-16 has a byte order mark, or where it has none a zero in every second byte of letters that are Latin."""
    if head[:2] in _UTF16:
        return _UTF16[head[:2]]
    zeros = head[::2].count(0), head[1::2].count(0)
    if max(zeros) * 4 < len(head) or min(zeros) * 10 > max(zeros):
        return None
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
