"""Chunks as a worker makes them in, the same chunks as its client takes them out, and a file in between.

So a slow client holds no worker: what it has not taken yet waits in memory, and beyond a megabyte in a file without a
name. Where all such files together have no room, the worker waits after all.
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from tempfile import TemporaryFile

_IN_MEMORY = 2**20  # bytes of an answer
_READ = 2**16


class Spool:
    """So many bytes of disk for all answers together."""

    def __init__(self, room: int) -> None:
        self.room = room

    @asynccontextmanager
    async def ahead(self, chunks: AsyncGenerator[bytes]) -> AsyncIterator[AsyncGenerator[bytes]]:
        """Take chunks as fast as they come; what is raised on the way is raised after the last of them."""
        with TemporaryFile(buffering=0) as file:
            tape = _Tape(self, file.fileno())
            taking = asyncio.create_task(tape.take(chunks))
            try:
                yield tape.give()
            finally:
                taking.cancel()
                with suppress(asyncio.CancelledError):
                    await taking
                tape.rewind()


class _Tape:
    """What one client has not taken yet: first what is in memory, then what is in the file."""

    def __init__(self, spool: Spool, file: int) -> None:
        self._spool, self._file = spool, file
        self._memory: deque[bytes] = deque()
        self._size = self._read = self._written = 0
        self._change = asyncio.Event()
        self._has_ended = False
        self._error: Exception | None = None

    async def take(self, chunks: AsyncGenerator[bytes]) -> None:
        try:
            async for chunk in chunks:
                while not self._has_put(chunk):
                    await self._changed()
                self._change.set()
        except Exception as error:  # its reader raises it
            self._error = error
        self._has_ended = True
        self._change.set()

    async def give(self) -> AsyncGenerator[bytes]:
        while True:
            if self._memory:
                chunk = self._memory.popleft()
                self._size -= len(chunk)
            elif self._read < self._written:
                chunk = os.pread(self._file, _READ, self._read)
                self._read += len(chunk)
                if self._read == self._written:
                    self.rewind()
            elif self._has_ended:
                break
            else:
                await self._changed()
                continue
            self._change.set()
            yield chunk
        if self._error:
            raise self._error

    def rewind(self) -> None:
        """Give the room back."""
        os.ftruncate(self._file, 0)
        self._spool.room += self._written
        self._read = self._written = 0

    def _has_put(self, chunk: bytes) -> bool:
        if not self._written and self._size < _IN_MEMORY:
            self._memory.append(chunk)
            self._size += len(chunk)
        elif len(chunk) <= self._spool.room:
            if os.pwrite(self._file, chunk, self._written) < len(chunk):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self._written += len(chunk)
            self._spool.room -= len(chunk)
        else:
            return False
        return True

    async def _changed(self) -> None:
        self._change.clear()
        await self._change.wait()
