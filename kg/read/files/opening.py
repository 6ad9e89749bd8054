"""A source in, its bytes as a bounded stream out, and streams made whole or fit to be read back and forth."""

from __future__ import annotations

import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Protocol

from kg.errors import Reason, SourceError
from kg.read import limits
from kg.read.files import elsewhere
from kg.read.sources import BLANK, Source

_SMALL = 1 << 16
_KINDS = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


class Readable(Protocol):
    """Whatever gives bytes when it is asked for so many."""

    def read(self, size: int = ..., /) -> bytes: ...


class Budget:
    """How much may come out of one packed file, out of all that it holds and at whatever depth."""

    def __init__(self, source: Source, packed: int = 0) -> None:
        self.source = source
        self.packed = packed  # bytes that have been read of it, or its size where that is known
        self.unpacked = 0

    def gave(self, count: int) -> None:
        """Count bytes that came out. Raises `SourceError` where they are too many for what went in."""
        self.unpacked += count
        if self.unpacked > limits.UNPACKED_FREELY and self.unpacked > limits.RATIO * self.packed:
            raise SourceError(
                f"{self.source.where}: unpacks to more than {limits.RATIO} times its size: not read on",
                reason=Reason.BOMB,
                where=self.source.where,
            )


class Stream(io.BufferedReader):
    """Bytes that are read forward; as lines, no longer than a record may be. `budget` is that of what is unpacked."""

    budget: Budget | None = None

    def __next__(self) -> bytes:
        line = self.readline(limits.RECORD + 1)
        if not line:
            raise StopIteration
        if len(line) > limits.RECORD:
            raise SourceError(f"a line of more than {limits.RECORD // limits.MB} MB", reason=Reason.TOO_LARGE)
        return line

    def head(self) -> bytes:
        """The first bytes, which stay to be read."""
        return self.peek(limits.HEAD)[: limits.HEAD]


class _Raw(io.RawIOBase):
    """What can only be read, as a raw stream that fills what it is given, so that a head is never cut short."""

    def __init__(self, file: Readable) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        done = 0
        while done < len(buffer) and (data := self._file.read(len(buffer) - done)):
            buffer[done : done + len(data)] = data
            done += len(data)
        return done


class _Standard(io.RawIOBase):
    """Standard input: as it comes, but enough at first to tell its format, which lines of JSON do with one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._begun = self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        done = 0
        while data := self._some(min(len(buffer) - done, limits.HEAD)):
            buffer[done : done + len(data)] = data
            done += len(data)
            if self._begun or done >= limits.HEAD or _is_line_of_json(bytes(buffer[:done])):
                break
        self._begun = True
        return done

    def _some(self, size: int) -> bytes:
        if self._ended or not size:  # who types an end need not type it twice
            return b""
        data: bytes = getattr(self._file, "read1", self._file.read)(size)
        self._ended = not data
        return data


def _is_line_of_json(head: bytes) -> bool:
    line = head.lstrip(BLANK)
    return line.startswith(b"{") and b"\n" in line


def stream(file: Readable) -> Stream:
    """Whatever gives bytes as a bounded stream; one that is, as it is."""
    if isinstance(file, Stream):
        return file
    return Stream(file if isinstance(file, io.RawIOBase) else _Raw(file), 1 << 16)


def whole(file: IO[bytes], limit: int = limits.RECORD) -> bytes:
    """All that is left of a file. Raises `SourceError` where that is more than a limit in bytes."""
    data = file.read(_SMALL)
    if len(data) == _SMALL:  # else it is all, and no room for the longest had to be made
        data += file.read(limit + 1 - _SMALL)
    if len(data) > limit:
        raise SourceError(f"more than {limit // limits.MB} MB: cut it in parts", reason=Reason.TOO_LARGE)
    return data


@contextmanager
def spooled(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """A file to be read back and forth: itself where it can, else a copy, which is on the disk where it is large."""
    if file.seekable():
        yield file
        return
    with tempfile.SpooledTemporaryFile(limits.COPY) as copy:
        while data := file.read(limits.MB):
            copy.write(data)
            if copy.tell() > limits.COPIED:
                said = f"more than {limits.COPIED // limits.MB:,} MB that cannot be read where they are: name the file"
                raise SourceError(said, reason=Reason.TOO_LARGE)
        copy.seek(0)
        yield copy


@contextmanager
def opened(source: Source) -> Iterator[Stream]:
    """The bytes of a file, here or elsewhere, or of standard input.

    Raises `OSError` where the system does not give it, `SourceError` for what is met in a folder and is no file: a
    pipe would be waited for without end.
    """
    if source.elsewhere:
        with elsewhere.opened(source.elsewhere) as file:
            yield stream(file)
        return
    if source.path is None:
        yield Stream(_Standard(sys.stdin.buffer), 1 << 16)
        return
    waits = 0 if source.named else getattr(os, "O_NONBLOCK", 0)
    with io.FileIO(source.path, opener=lambda path, flags: os.open(path, flags | waits)) as file:
        mode = stat.S_IFMT(os.fstat(file.fileno()).st_mode)
        if mode != stat.S_IFREG and not source.named:
            kind = _KINDS.get(mode, "something else")
            raise SourceError(f"no file but {kind}: name it if it is to be read", reason=Reason.UNREADABLE)
        yield stream(file)
