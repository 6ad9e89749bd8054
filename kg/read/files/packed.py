"""A packed stream in, the streams that it holds out, each with its name: gzip, Zstandard, zip, in one another too.

What is unpacked is bounded, and never a path: a zip's names serve as identifiers and in messages.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, Any

import zstandard

from kg.errors import Reason, SourceError
from kg.read import ids, limits
from kg.read.files import opening
from kg.read.sources import Source, shown

KINDS = ("gzip", "zstd", "zip")
SUFFIXES = frozenset({"gz", "gzip", "zst", "zstd"})  # of a file that is packed by itself
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)  # LZMA takes the memory that a file asks for
_SHOWN = 200  # characters of a member's name, which may have 65,535
_BROKEN = (EOFError, zlib.error, zipfile.BadZipFile, struct.error, zstandard.ZstdError, NotImplementedError)
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"  # of a zip file's directory: .ZIP File Format Specification, 4.3.14-16

Inner = tuple[IO[bytes], Source]


def members(kind: str, stream: opening.Stream, source: Source) -> Iterator[Inner | SourceError]:
    """What a packed stream holds, each to be read before the next is asked for, or why it cannot be unpacked."""
    if source.depth == limits.DEPTH:
        said = f"packed more than {limits.DEPTH} times: not unpacked further"
        yield SourceError(said, reason=Reason.BOMB).at(source.where)
    elif kind == "zip":
        yield from _zip(stream, source)
    else:
        budget = stream.budget or opening.Budget(source)
        file = stream if stream.budget else _Counted(stream, budget)
        opened = _Gzip(file) if kind == "gzip" else _Zstandard(file)
        yield _unpacked(opened, budget, source), replace(source, path=None, depth=source.depth + 1)


def unpacked_name(name: str) -> str:
    """A file's name without what says that it is packed: "wire.jsonl" for "wire.jsonl.gz"."""
    stem, _, suffix = name.rpartition(".")
    while stem and suffix.lower() in SUFFIXES:
        name = stem
        stem, _, suffix = name.rpartition(".")
    return name


def _unpacked(file: opening.Readable, budget: opening.Budget, source: Source) -> opening.Stream:
    stream = opening.Stream(_Unpacked(file, budget, source), 1 << 16)
    stream.budget = budget
    return stream


class _Gzip:
    """Members of gzip (RFC 1952) as they follow one another; after one that is damaged the next can be read.

    The library's own stream loses what it had unpacked before the damage, and can then not go on.
    """

    _INPUT = 1 << 16
    _MAGIC = b"\x1f\x8b\x08"

    def __init__(self, file: opening.Readable) -> None:
        self._file = file
        self._member: zlib._Decompress | None = None
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while data := self._rest or self._file.read(self._INPUT):
            self._rest = b""
            if self._member is None and not (data := data.lstrip(b"\0")):  # padding, as tapes have it
                continue
            member = self._member = self._member or zlib.decompressobj(31)
            try:
                out = member.decompress(data, max(size, 0))
            except zlib.error:
                self._seek(data[1:])
                raise
            self._rest = member.unused_data if member.eof else member.unconsumed_tail
            self._member = None if member.eof else member
            if out:
                return out
        if self._member:
            self._member = None
            raise EOFError("the file ends within a member")
        return b""

    def _seek(self, data: bytes) -> None:
        """Go to where a member may begin."""
        self._member = None
        while (at := data.find(self._MAGIC)) < 0 and (more := self._file.read(self._INPUT)):
            data = data[-2:] + more
        self._rest = data[at:] if at >= 0 else b""


class _Zstandard:
    """Frames of Zstandard (RFC 8878) as they follow one another; one that ends too early is an `EOFError`.

    The library's own stream takes what is cut off for whole. A block of 4 bytes may become 128 KiB, so that little is
    put in at a time.
    """

    _INPUT = 1024

    def __init__(self, file: opening.Readable) -> None:
        self._file = file
        self._frames = zstandard.ZstdDecompressor(max_window_size=limits.WINDOW)
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._rest = b""
        self._out = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self._out and (data := self._rest or self._file.read(self._INPUT)):
            self._frame = self._frame or self._frames.decompressobj()
            self._out, self._rest = memoryview(self._frame.decompress(data)), b""
            if self._frame.eof:
                self._rest, self._frame = self._frame.unused_data, None
        if not self._out and self._frame:
            raise EOFError("the file ends within a frame")
        given, self._out = self._out[:size], self._out[size:]
        return bytes(given)


class _Counted:
    """A stream that counts what is read of it."""

    def __init__(self, file: opening.Readable, budget: opening.Budget) -> None:
        self._file, self._budget = file, budget

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._budget.packed += len(data)
        return data


class _Unpacked(io.RawIOBase):
    """What comes out of a packed stream, counted, and what is wrong with it as a `SourceError` after the rest."""

    def __init__(self, file: opening.Readable, budget: opening.Budget, source: Source) -> None:
        self._file, self._budget, self._where = file, budget, source.where
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        done = 0
        try:
            while not self._error and done < len(buffer) and (data := self._file.read(len(buffer) - done)):
                buffer[done : done + len(data)] = data
                done += len(data)
        except _BROKEN as error:
            self._error = error
        if self._error and not done:
            damage, self._error = self._error, None  # who asks again may get what follows
            said = f"breaks off ({damage}): what came before is read"
            raise SourceError(said, reason=Reason.MALFORMED).at(self._where) from damage
        self._budget.gave(done)
        return done


def _zip(stream: opening.Stream, source: Source) -> Iterator[Inner | SourceError]:
    with opening.spooled(stream) as file:
        size = file.seek(0, io.SEEK_END)
        try:
            _check_directory(file, size)
            with zipfile.ZipFile(file) as archive:
                yield from _members(archive, stream.budget or opening.Budget(source, packed=size), source)
        except (*_BROKEN, ValueError) as error:
            said = f"no zip file that can be read: {error}"
            yield SourceError(said, reason=Reason.MALFORMED).at(source.where)


def _check_directory(file: IO[bytes], size: int) -> None:
    """Raises `SourceError` where a zip file's table of contents would fill the memory: it is read as a whole."""
    file.seek(max(0, size - (1 << 16) - 22))
    tail = file.read()
    at = tail.rfind(_END)
    length = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if length == 0xFFFFFFFF:  # it stands in the record of zip64
        at = tail.rfind(_END_64)
        length = int.from_bytes(tail[at + 40 : at + 48], "little")
    if length > limits.DIRECTORY:
        raise SourceError(f"a zip whose contents list has {length:,} bytes: cut it in parts", reason=Reason.TOO_LARGE)


def _members(archive: zipfile.ZipFile, budget: opening.Budget, source: Source) -> Iterator[Inner | SourceError]:
    for member in archive.infolist():
        if member.filename.endswith("/") or _is_hidden(member.filename):  # is_dir() breaks on a name that is empty
            continue
        inner = _named(member.filename, source)
        if member.flag_bits & 1:
            yield SourceError("encrypted: unpack it first", reason=Reason.UNREADABLE).at(inner.where)
        elif member.compress_type not in _METHODS:
            said = f"packed by method {member.compress_type}, which is not read: pack it anew"
            yield SourceError(said, reason=Reason.FORMAT).at(inner.where)
        else:
            yield from _member(archive, member, budget, inner)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: opening.Budget, inner: Source
) -> Iterator[Inner | SourceError]:
    try:
        file = archive.open(member)
    except _BROKEN as error:
        yield SourceError(f"cannot be unpacked: {error}", reason=Reason.MALFORMED).at(inner.where)
        return
    with file:
        yield _unpacked(file, budget, inner), inner


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or any(part.startswith(".") and part.strip(".") for part in name.split("/"))


def _named(name: str, source: Source) -> Source:
    """A file in a zip, with an id that no other zip of the run gives."""
    plain = PurePosixPath(unpacked_name(name))
    return replace(
        source,
        where=f"{source.where}:{shown(name[:_SHOWN])}",
        suffix=plain.suffix.removeprefix(".").lower(),
        id=ids.of_name(f"{source.id}/{plain.with_suffix('') if plain.name else plain}"),
        path=None,
        named=False,
        depth=source.depth + 1,
    )
