"""One piece of work at one worker in, the frames of its answer out, as long as its time and its size last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kg.service.channel import Channel
from kg.service.limits import MB, Limits
from kg.service.refused import RefusedError, later


class Clock:
    """What a work has used up. `tick` is called every `quick` seconds until it stops, with the seconds since it began.

    The time counts while the worker is waited for, and not while its client takes what there is.
    """

    def __init__(self, channel: Channel, limits: Limits, tick: Callable[[float], None]) -> None:
        self._channel, self._limits, self._tick = channel, limits, tick
        self._loop = asyncio.get_running_loop()
        self._begun = self._loop.time()
        self._left, self._size = limits.timeout, 0
        self._since: float | None = None  # when the wait for the worker began that goes on
        self.is_over = False
        self._timer = self._loop.call_later(limits.quick, self._ticks)

    async def frame(self) -> tuple[bytes, bytes]:
        """What the worker says next. Raises `RefusedError` where it takes too long, says too much, or ends."""
        self._since = self._loop.time()
        try:
            kind, data = await self._channel.frame()
        except TimeoutError:
            self.is_over = True
            raise later(f"the query was ended after {self._limits.timeout:g} seconds: ask for less") from None
        except EOFError:
            said = f"the query ended its worker: it needs more than {self._limits.memory // MB} MB, or is too deep"
            raise RefusedError(503, said) from None
        self._left -= self._loop.time() - self._since
        self._since = None
        self._size += len(data)
        if self._size > self._limits.result:
            said = f"the answer is longer than {self._limits.result // MB} MB: ask for less"
            raise RefusedError(413, said)
        return kind, data

    def stop(self) -> None:
        """Tick no more."""
        self._timer.cancel()

    def _ticks(self) -> None:
        # looks at the time left, too: a timer for each frame would cost a small query more than its answer
        self._timer = self._loop.call_later(self._limits.quick, self._ticks)
        now = self._loop.time()
        if self._since is not None and now - self._since > self._left:
            self._channel.give_up()
        self._tick(now - self._begun)
