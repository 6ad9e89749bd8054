"""A socket to a worker in, the frames that it sends out: the server's end."""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from asyncio import StreamReader, StreamWriter
from typing import Self

from kg.errors import ServiceError
from kg.service.worker import FAILED, HEAD, PART, READY, Work

_WIDTH = 2**18  # bytes of an answer that wait in the server for its client


class Channel:
    """A worker, as the server's event loop talks to it; `pid` is its process."""

    def __init__(self, reader: StreamReader, writer: StreamWriter, pid: int = 0) -> None:
        self.pid = pid
        self.lowered = 0  # how often its priority was made lower, which is for good
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, channel: socket.socket, pid: int = 0) -> Self:
        """A channel over a socket, in the event loop that runs."""
        return cls(*await asyncio.open_connection(sock=channel, limit=_WIDTH), pid)

    @property
    def is_dead(self) -> bool:
        """Whether the worker has ended."""
        return self._reader.at_eof() or self._writer.is_closing()

    async def ready(self) -> None:
        """Wait until the worker has its source open. Raises what kept it from that."""
        self.pid = _process_of(*await self.frame())

    def give(self, work: Work) -> None:
        """Hand work over."""
        data = pickle.dumps(work)
        self._writer.write(HEAD.pack(PART, len(data)) + data)

    async def frame(self) -> tuple[bytes, bytes]:
        """The next that the worker says. Raises `IncompleteReadError` or `ConnectionError` where it has ended."""
        kind, size = HEAD.unpack(await self._reader.readexactly(HEAD.size))
        return kind, await self._reader.readexactly(size) if size else b""

    def close(self) -> None:
        """Say nothing more."""
        self._writer.close()


def _process_of(kind: bytes, data: bytes) -> int:
    """The process of a worker that says it is ready. Raises what it says otherwise."""
    if kind != READY:
        raise pickle.loads(data)
    return int(struct.unpack("!I", data)[0])


def wait_ready(channel: socket.socket) -> int:
    """The process of a worker that has its source open, outside of an event loop. Raises what kept it from that, and
    `ServiceError` where it ends without a word."""
    with channel.makefile("rb") as file:
        head = file.read(HEAD.size)
        kind, size = HEAD.unpack(head) if head else (FAILED, 0)
        data = file.read(size) or pickle.dumps(ServiceError("no worker starts: the lines above say why"))
    return _process_of(kind, data)
