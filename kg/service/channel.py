"""A socket to a worker in, the frames that it sends out: the server's end."""

from __future__ import annotations

import asyncio
import pickle
import socket
import struct
from functools import partial
from typing import Self

from kg.errors import ServiceError
from kg.service.worker import FAILED, HEAD, PART, READY, Work

_WIDTH = 2**18  # bytes of an answer that wait in the server for its client


class Channel(asyncio.Protocol):
    """A worker, as the server's event loop talks to it; `pid` is its process.

    One task reads at a time: a protocol of its own, for a stream's readers and locks cost more than a small answer.
    """

    def __init__(self, pid: int = 0) -> None:
        self.pid = pid
        self.lowered = 0  # how often its priority was made lower, which is for good
        self._come = bytearray()
        self._more: asyncio.Future[None] | None = None
        self._has_ended = self._is_paused = False

    @classmethod
    async def to(cls, channel: socket.socket, pid: int = 0) -> Self:
        """A channel over a socket, in the event loop that runs."""
        _, made = await asyncio.get_running_loop().create_connection(partial(cls, pid), sock=channel)
        return made

    @property
    def is_dead(self) -> bool:
        """Whether the worker has ended."""
        return self._has_ended or self._transport.is_closing()

    async def ready(self) -> None:
        """Wait until the worker has its source open. Raises what kept it from that."""
        self.pid = _process_of(*await self.frame())

    def give(self, work: Work) -> None:
        """Hand work over."""
        data = pickle.dumps(work)
        self._transport.write(HEAD.pack(PART, len(data)) + data)

    async def frame(self) -> tuple[bytes, bytes]:
        """The next that the worker says. Raises `EOFError` where it has ended, `TimeoutError` after `give_up`."""
        while not (frame := self._taken()):
            if self._has_ended:
                raise EOFError("the worker has ended")
            if self._is_paused:
                self._is_paused = False
                self._transport.resume_reading()
            self._more = asyncio.get_running_loop().create_future()
            await self._more
        return frame

    def give_up(self) -> None:
        """Wait no longer for what the worker says next."""
        if self._more and not self._more.done():
            self._more.set_exception(TimeoutError())

    def close(self) -> None:
        """Say nothing more."""
        self._transport.close()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """As asyncio has it, like what follows."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Keep it for `frame`, and let the worker wait where nobody takes it."""
        self._come += data
        if len(self._come) > _WIDTH and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        self._tell()

    def connection_lost(self, exc: Exception | None) -> None:
        """The worker has ended."""
        self._has_ended = True
        self._tell()

    def _taken(self) -> tuple[bytes, bytes] | None:
        if len(self._come) < HEAD.size:
            return None
        kind, size = HEAD.unpack_from(self._come)
        end = HEAD.size + size
        if len(self._come) < end:
            return None
        data = bytes(self._come[HEAD.size : end])
        del self._come[:end]
        return kind, data

    def _tell(self) -> None:
        if self._more and not self._more.done():
            self._more.set_result(None)


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
