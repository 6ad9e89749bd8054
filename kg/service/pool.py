"""Work in, the bytes of its answer out: worker processes, who may use one when, and what ends a query.

So many workers answer; a query that takes longer than most leaves its seat and goes on beside them, with what
processor time they leave, while another worker takes the seat. One that takes too long, or whose client has left, is
ended with its worker, as Oxigraph cannot be told to stop.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import socket
import struct
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections import Counter, deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

from kg.errors import KGError, ServiceError
from kg.service.limits import MB, Limits
from kg.service.nursery import Nursery
from kg.service.refused import RefusedError, later
from kg.service.worker import FAILED, HEAD, LAST, PART, READY, Work

_WIDTH = 2**18  # bytes of an answer that wait in the server for its client
_log = logging.getLogger(__name__)


class _Worker:
    """A worker process and the line to it."""

    def __init__(self, pid: int, reader: StreamReader, writer: StreamWriter) -> None:
        self.pid = pid
        self._reader, self._writer = reader, writer

    @property
    def is_gone(self) -> bool:
        return self._reader.at_eof() or self._writer.is_closing()

    def give(self, work: bytes) -> None:
        self._writer.write(HEAD.pack(PART, len(work)) + work)

    async def frame(self) -> tuple[bytes, bytes]:
        kind, size = HEAD.unpack(await self._reader.readexactly(HEAD.size))
        return kind, await self._reader.readexactly(size) if size else b""

    def let_go(self) -> None:
        self._writer.close()


class Pool:
    """Workers with a source that `opening` opens in each; use it in a `with` statement, and `at_work` in an event loop.

    Raises what `opening` raises, where that is a `KGError`.
    """

    def __init__(self, opening: Callable[[], Any], limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._opening = opening
        self._nursery = Nursery(opening, memory=self.limits.memory)
        self._first: socket.socket | None = self._nursery.fork()
        self._workers: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._held: Counter[str] = Counter()  # by address, what waits or is at work
        self._is_open = False
        self._seats = 0  # workers that sit or are on their way
        self._long: set[_Worker] = set()
        self._arriving: set[asyncio.Task[None]] = set()
        self.ended: Counter[str] = Counter()  # since the start, by what ended them
        try:
            self._first_pid = _greeted(*_received(self._first))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, whatever they do."""
        if self._first:
            self._first.close()
        self._nursery.close()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Have the workers in the event loop that runs, until the block is left."""
        self._is_open = True
        self._fill()
        try:
            yield
        finally:
            self._is_open = False
            for task in self._arriving:
                task.cancel()
            await asyncio.gather(*self._arriving, return_exceptions=True)
            for worker in self._workers:
                worker.let_go()
            await asyncio.sleep(0)  # in which the lines are closed

    def state(self) -> dict[str, int]:
        """How it goes, by name: what ends in `_total` has been counted since the start."""
        queued = sum(not turn.done() for turn in self._waiting)
        return {
            "queries_running": self._held.total() - queued,
            "queries_queued": queued,
            "workers": len(self._workers),
            "workers_replaced_total": self.ended["workers"],
            "query_timeouts_total": self.ended["timeouts"],
        }

    def _fill(self) -> None:
        while self._is_open and self._seats < self.limits.workers:
            self._seats += 1
            task = asyncio.get_running_loop().create_task(self._arrive())
            self._arriving.add(task)
            task.add_done_callback(self._arriving.discard)

    async def run(self, work: Work, *, client: str = "") -> AsyncGenerator[bytes]:
        """The bytes of the answer, as they come; who stops reading ends the work.

        Raises `RefusedError` where all workers are busy and where the work takes too long, too much memory or too many
        bytes; `KGError` as the work does; `ServiceError` where it fails otherwise.
        """
        if self._held[client] >= self.limits.per_client:
            raise RefusedError(429, "too many queries of yours at once: wait for their answers", {"Retry-After": "1"})
        self._held[client] += 1
        try:
            worker = await self._seat()
            seat = _Seat(self, worker)
            try:
                async for chunk in seat.answer(work):
                    yield chunk
            finally:
                seat.leave()
        finally:
            self._held[client] -= 1
            if not self._held[client]:
                del self._held[client]

    async def _seat(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.is_gone:
                return worker
            self.lose(worker)
        self._fill()
        if len(self._waiting) >= self.limits.queue:
            raise later("too many queries at once: ask again in a moment")
        turn: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self.limits.timeout):
                return await turn
        except TimeoutError:
            raise later("all workers are busy: ask again in a moment") from None
        finally:
            if turn.cancelled() and turn in self._waiting:
                self._waiting.remove(turn)

    def free(self, worker: _Worker) -> None:
        """Take a worker back whose work is done."""
        if worker in self._long:  # it cannot be given its priority back
            self.lose(worker)
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.append(worker)

    def lose(self, worker: _Worker) -> None:
        """End a worker and replace it."""
        self.ended["workers"] += 1
        worker.let_go()
        self._workers.discard(worker)
        if worker in self._long:
            self._long.remove(worker)
        else:
            self._seats -= 1
        self._told(self._nursery.kill, worker.pid)
        self._fill()

    def stand(self, worker: _Worker) -> bool:
        """Let a work go on beside the seats, if there is room: others wait for no long query."""
        if len(self._long) >= self.limits.long:
            return False
        self._long.add(worker)
        self._seats -= 1
        self._told(self._nursery.calm, worker.pid)
        self._fill()
        return True

    def _told(self, order: Callable[[int], None], pid: int) -> None:
        try:
            order(pid)
        except OSError:
            self._begin_anew()

    def _begin_anew(self) -> None:
        # whoever kills the nursery ends its workers too, which watch the line that is closed here
        _log.error("the process that starts workers is gone: starting another")
        self._nursery.close()
        self._nursery = Nursery(self._opening, memory=self.limits.memory)

    async def _arrive(self) -> None:
        try:
            self.free(await self._welcome())
        except (KGError, OSError, EOFError) as error:
            self._seats -= 1
            failed = error if isinstance(error, KGError) else ServiceError(f"no worker starts: {error}")
            _log.error("%s", failed)
            while self._waiting:
                turn = self._waiting.popleft()
                if not turn.done():
                    turn.set_exception(failed)

    async def _welcome(self) -> _Worker:
        line, pid = self._first, self._first_pid
        if not line:
            line, pid = self._fork(), 0
        self._first = None
        worker = _Worker(pid, *await asyncio.open_connection(sock=line, limit=_WIDTH))
        self._workers.add(worker)
        worker.pid = pid or _greeted(*await worker.frame())
        return worker

    def _fork(self) -> socket.socket:
        try:
            return self._nursery.fork()
        except OSError:
            self._begin_anew()
            return self._nursery.fork()


class _Seat:
    """One work at one worker: its clock, and its size."""

    def __init__(self, pool: Pool, worker: _Worker) -> None:
        self._pool, self._worker, self._limits = pool, worker, pool.limits
        self._loop = asyncio.get_running_loop()
        self._is_whole = False
        self._timer = self._loop.call_later(self._limits.quick, self._stand)

    async def answer(self, work: Work) -> AsyncGenerator[bytes]:
        self._worker.give(pickle.dumps(work))
        kind, left, size = PART, self._limits.timeout, 0
        while kind == PART:
            begun = self._loop.time()
            kind, data = await self._frame(left)
            left -= self._loop.time() - begun
            size += len(data)
            self._is_whole = kind in (LAST, FAILED)
            if kind == FAILED:
                raise pickle.loads(data)
            if size > self._limits.result:
                self._is_whole = kind == LAST
                raise RefusedError(413, f"the answer is longer than {self._limits.result // MB} MB: ask for less")
            yield data

    def leave(self) -> None:
        self._timer.cancel()
        if self._is_whole:
            self._pool.free(self._worker)
        else:
            self._pool.lose(self._worker)

    async def _frame(self, left: float) -> tuple[bytes, bytes]:
        try:
            async with asyncio.timeout(left):
                return await self._worker.frame()
        except TimeoutError:
            self._pool.ended["timeouts"] += 1
            raise later(f"the query was ended after {self._limits.timeout:g} seconds: ask for less") from None
        except (IncompleteReadError, ConnectionError):
            said = f"the query ended its worker: it needs more than {self._limits.memory // MB} MB, or is too deep"
            raise RefusedError(503, said) from None

    def _stand(self) -> None:
        if not self._pool.stand(self._worker):
            self._timer = self._loop.call_later(self._limits.quick, self._stand)


def _received(line: socket.socket) -> tuple[bytes, bytes]:
    with line.makefile("rb", buffering=0) as file:
        head = file.read(HEAD.size)
        if not head:
            return FAILED, pickle.dumps(ServiceError("no worker starts: its log says why"))
        kind, size = HEAD.unpack(head)
        return kind, file.read(size) or b""


def _greeted(kind: bytes, data: bytes) -> int:
    if kind != READY:
        raise pickle.loads(data)
    return int(struct.unpack("!I", data)[0])
