"""Work in, the bytes of its answer out: worker processes, who may use one when, and what ends a query.

So many workers answer. Where none is left for others, a query that takes longer than most leaves its seat and goes on
beside them, while another worker takes the seat; one that takes long goes on with what processor time others leave. One
that takes too long, or whose client has left, is ended with its worker, as Oxigraph cannot be told to stop.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import socket
from collections import Counter, deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from types import TracebackType
from typing import Any, Self

from kg.errors import KGError, ServiceError
from kg.service.clock import Clock
from kg.service.limits import Limits
from kg.service.line import Line, first_greeting
from kg.service.nursery import Nursery
from kg.service.refused import RefusedError, later
from kg.service.spool import Spool
from kg.service.worker import FAILED, LAST, PART, Work

_log = logging.getLogger(__name__)


class Pool:
    """Workers with a source that `opening` opens in each; use it in a `with` statement, and `at_work` in an event loop.

    Raises what `opening` raises, where that is a `KGError`.
    """

    def __init__(self, opening: Callable[[], Any], limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.spool = Spool(self.limits.spool)
        self._opening = opening
        self._nursery = Nursery(opening, memory=self.limits.memory)
        self._first: tuple[socket.socket, int] | None = None
        self._lines: set[Line] = set()
        self._idle: list[Line] = []
        self._standing: set[Line] = set()  # at work beside the seats
        self._waiting: deque[asyncio.Future[Line]] = deque()
        self._held: Counter[str] = Counter()  # by address, what waits or is at work
        self._seats = 0  # that are taken by workers, or by such as are on their way
        self._is_open = False
        self._arriving: set[asyncio.Task[None]] = set()
        self._ended: Counter[str] = Counter()
        try:
            line = self._nursery.fork()
            self._first = line, 0
            self._first = line, first_greeting(line)
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
            self._first[0].close()
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
            for line in self._lines:
                line.close()
            await asyncio.sleep(0)  # in which the lines are closed

    def state(self) -> dict[str, int]:
        """How it goes, by name: what ends in `_total` has been counted since the start."""
        queued = sum(not turn.done() for turn in self._waiting)
        return {
            "queries_running": self._held.total() - queued,
            "queries_queued": queued,
            "workers": len(self._lines),
            "workers_replaced_total": self._ended["workers"],
            "query_timeouts_total": self._ended["timeouts"],
        }

    async def run(self, work: Work, *, client: str = "") -> AsyncGenerator[bytes]:
        """The bytes of the answer, as they come; who stops reading ends the work.

        Raises `RefusedError` where all workers are busy and where the work takes too long, too much memory or too many
        bytes; what the work raises, where that is a `KGError`; `ServiceError` where no worker starts.
        """
        if self._held[client] >= self.limits.per_client:
            raise RefusedError(429, "too many queries of yours at once: wait for their answers", {"Retry-After": "1"})
        self._held[client] += 1
        try:
            line = await self._seat()
            clock, kind = Clock(line, self.limits, partial(self._tick, line)), PART
            try:
                line.give(work)
                while kind == PART:
                    kind, data = await clock.frame()
                    if kind == FAILED:
                        raise pickle.loads(data)
                    yield data
            finally:
                clock.stop()
                self._ended["timeouts"] += clock.is_over
                self._free(line) if kind in (LAST, FAILED) else self._lose(line)
        finally:
            self._held[client] -= 1
            if not self._held[client]:
                del self._held[client]

    async def _seat(self) -> Line:
        while self._idle:
            line = self._idle.pop()
            if not line.is_dead:
                return line
            self._lose(line)
        self._fill()
        if len(self._waiting) >= self.limits.queue:
            raise later("too many queries at once: ask again in a moment")
        turn: asyncio.Future[Line] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self.limits.timeout):
                return await asyncio.shield(turn)
        except BaseException as error:
            self._give_up(turn)
            if isinstance(error, TimeoutError):
                raise later("all workers are busy: ask again in a moment") from None
            raise

    def _give_up(self, turn: asyncio.Future[Line]) -> None:
        if not turn.done():
            turn.cancel()
            self._waiting.remove(turn)
        elif not turn.cancelled() and not turn.exception():  # the turn came when its client left
            self._free(turn.result())

    def _tick(self, line: Line, seconds: float) -> None:
        """What becomes of a work that takes that long."""
        if not self._idle and line not in self._standing and len(self._standing) < self.limits.standing:
            self._standing.add(line)
            self._seats -= 1
            self._calm(line)  # first, for another worker is on its way
            self._fill()
        if seconds >= self.limits.calm and line.calmed < 2:
            self._calm(line)

    def _calm(self, line: Line) -> None:
        line.calmed += 1
        self._order(self._nursery.calm, line)

    def _free(self, line: Line) -> None:
        """Take a worker back whose work is done, unless its priority is low, which stays so."""
        if line.calmed:
            self._lose(line)
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(line)
                return
        self._idle.append(line)

    def _lose(self, line: Line) -> None:
        """End a worker, and have another in its place."""
        self._ended["workers"] += 1
        line.close()
        self._lines.discard(line)
        if line in self._standing:
            self._standing.remove(line)
        else:
            self._seats -= 1
        self._order(self._nursery.kill, line)
        self._fill()

    def _order(self, order: Callable[[int], None], line: Line) -> None:
        try:
            order(line.pid)
        except OSError:
            self._begin_anew()

    def _begin_anew(self) -> None:
        # nobody else can end its workers by their numbers; they end by themselves when its socket is closed
        _log.error("the process that starts workers is gone: starting another")
        self._nursery.close()
        self._nursery = Nursery(self._opening, memory=self.limits.memory)

    def _fill(self) -> None:
        while self._is_open and self._seats < self.limits.workers:
            self._seats += 1
            task = asyncio.get_running_loop().create_task(self._arrive())
            self._arriving.add(task)
            task.add_done_callback(self._arriving.discard)

    async def _arrive(self) -> None:
        try:
            self._free(await self._welcome())
        except (KGError, OSError, EOFError) as error:
            self._seats -= 1
            why = "it ended without a word" if isinstance(error, EOFError) else error
            failed = error if isinstance(error, KGError) else ServiceError(f"no worker starts: {why}")
            _log.error("%s", failed)
            while self._waiting:
                turn = self._waiting.popleft()
                if not turn.done():
                    turn.set_exception(failed)

    async def _welcome(self) -> Line:
        first, self._first = self._first, None
        line = await Line.to(*(first or (self._fork(), 0)))
        self._lines.add(line)
        try:
            if not line.pid:
                async with asyncio.timeout(self.limits.timeout):
                    await line.greeting()
        except BaseException:
            line.close()
            self._lines.discard(line)
            raise
        return line

    def _fork(self) -> socket.socket:
        try:
            return self._nursery.fork()
        except OSError:
            self._begin_anew()
            return self._nursery.fork()
