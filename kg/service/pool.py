"""Work in, the bytes of its answer out: worker processes, who may use one when, and what ends a query.

There are so many slots, a worker in each. Where all are at work, one that is not done quickly gives its slot to another
and goes on as an extra one, at lower priority; a query that takes long gets a lower one still. One that takes too long,
or whose client has left, is ended with its worker, as Oxigraph cannot be told to stop.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import socket
from collections import Counter, deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Any, Self

from kg.errors import KGError, ServiceError
from kg.service.channel import Channel, wait_ready
from kg.service.clock import Clock
from kg.service.forkserver import ForkServer
from kg.service.limits import Limits
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
        self._forkserver = ForkServer(opening, memory=self.limits.memory)
        self._first: tuple[socket.socket, int] | None = None
        self._channels: set[Channel] = set()
        self._idle: list[Channel] = []
        self._extra: set[Channel] = set()  # that have given their slots to others
        self._waiting: deque[asyncio.Future[Channel]] = deque()
        self._held: Counter[str] = Counter()  # by address, what waits or is at work
        self._slots = 0  # that are taken, by workers or by what is to be one
        self._is_open = False
        self._starting: set[asyncio.Task[None]] = set()
        self._ended: Counter[str] = Counter()
        try:
            channel = self._forkserver.fork()
            self._first = channel, 0
            self._first = channel, wait_ready(channel)
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
        self._forkserver.close()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Have the workers in the event loop that runs, until the block is left."""
        self._is_open = True
        self._fill()
        try:
            yield
        finally:
            self._is_open = False
            for task in self._starting:
                task.cancel()
            await asyncio.gather(*self._starting, return_exceptions=True)
            for channel in self._channels:
                channel.close()
            await asyncio.sleep(0)  # in which the channels are closed

    def state(self) -> dict[str, int]:
        """How it goes, by name: what ends in `_total` has been counted since the start."""
        queued = sum(not turn.done() for turn in self._waiting)
        return {
            "queries_running": self._held.total() - queued,
            "queries_queued": queued,
            "workers": len(self._channels),
            "workers_replaced_total": self._ended["workers"],
            "query_timeouts_total": self._ended["timeouts"],
        }

    async def run(self, work: Work, *, client: str = "", timeout: float | None = None) -> AsyncGenerator[bytes]:
        """The bytes of the answer, as they come; who stops reading ends the work. `timeout` is for this work alone.

        Raises `RefusedError` where all workers are busy and where the work takes too long, too much memory or too many
        bytes; what the work raises, where that is a `KGError`; `ServiceError` where no worker starts.
        """
        if self._held[client] >= self.limits.per_client:
            raise RefusedError(429, "too many queries of yours at once: wait for their answers", {"Retry-After": "1"})
        self._held[client] += 1
        try:
            channel = await self._slot()
            limits = self.limits if timeout is None else replace(self.limits, timeout=timeout)
            clock, kind = Clock(channel, limits, partial(self._tick, channel)), PART
            try:
                channel.give(work)
                while kind == PART:
                    kind, data = await clock.frame()
                    if kind == FAILED:
                        raise pickle.loads(data)
                    yield data
            finally:
                clock.stop()
                self._ended["timeouts"] += clock.is_over
                self._release(channel) if kind in (LAST, FAILED) else self._discard(channel)
        finally:
            self._held[client] -= 1
            if not self._held[client]:
                del self._held[client]

    async def _slot(self) -> Channel:
        while self._idle:
            channel = self._idle.pop()
            if not channel.is_dead:
                return channel
            self._discard(channel)
        self._fill()
        if len(self._waiting) >= self.limits.queue:
            raise later("too many queries at once: ask again in a moment")
        turn: asyncio.Future[Channel] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self.limits.timeout):
                return await asyncio.shield(turn)
        except BaseException as error:
            self._leave_queue(turn)
            if isinstance(error, TimeoutError):
                raise later("all workers are busy: ask again in a moment") from None
            raise

    def _leave_queue(self, turn: asyncio.Future[Channel]) -> None:
        if not turn.done():
            turn.cancel()
            self._waiting.remove(turn)
        elif not turn.cancelled() and not turn.exception():  # the turn came when its client left
            self._release(turn.result())

    def _tick(self, channel: Channel, seconds: float) -> None:
        """What becomes of a work that takes that long."""
        if not self._idle and channel not in self._extra and len(self._extra) < self.limits.extra:
            self._extra.add(channel)
            self._slots -= 1
            self._lower_priority(channel)  # first, for another worker is on its way
            self._fill()
        if seconds >= self.limits.long and channel.lowered < 2:
            self._lower_priority(channel)

    def _lower_priority(self, channel: Channel) -> None:
        channel.lowered += 1
        self._order(self._forkserver.lower_priority, channel)

    def _release(self, channel: Channel) -> None:
        """Take a worker back whose work is done, unless its priority is low, which stays so."""
        if channel.lowered:
            self._discard(channel)
            return
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(channel)
                return
        self._idle.append(channel)

    def _discard(self, channel: Channel) -> None:
        """End a worker, and have another in its place."""
        self._ended["workers"] += 1
        channel.close()
        self._channels.discard(channel)
        if channel in self._extra:
            self._extra.remove(channel)
        else:
            self._slots -= 1
        self._order(self._forkserver.kill, channel)
        self._fill()

    def _order(self, order: Callable[[int], None], channel: Channel) -> None:
        try:
            order(channel.pid)
        except (ConnectionError, ChildProcessError):
            self._restart_forkserver()

    def _restart_forkserver(self) -> None:
        # nobody else can end its workers by their numbers; they end by themselves when its socket is closed
        _log.error("the process that starts workers is gone: starting another")
        self._forkserver.close()
        self._forkserver = ForkServer(self._opening, memory=self.limits.memory)

    def _fill(self) -> None:
        while self._is_open and self._slots < self.limits.workers:
            self._slots += 1
            task = asyncio.get_running_loop().create_task(self._start())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start(self) -> None:
        try:
            self._release(await self._open_channel())
        except (KGError, OSError, EOFError) as error:
            self._slots -= 1
            why = "it ended without a word" if isinstance(error, EOFError) else error
            failed = error if isinstance(error, KGError) else ServiceError(f"no worker starts: {why}")
            _log.error("%s", failed)
            while self._waiting:
                turn = self._waiting.popleft()
                if not turn.done():
                    turn.set_exception(failed)

    async def _open_channel(self) -> Channel:
        first, self._first = self._first, None
        channel = await Channel.to(*(first or (self._fork(), 0)))
        self._channels.add(channel)
        try:
            if not channel.pid:
                async with asyncio.timeout(self.limits.timeout):
                    await channel.ready()
        except BaseException:
            channel.close()
            self._channels.discard(channel)
            raise
        return channel

    def _fork(self) -> socket.socket:
        try:
            return self._forkserver.fork()
        except (ConnectionError, ChildProcessError):
            self._restart_forkserver()
            return self._forkserver.fork()
