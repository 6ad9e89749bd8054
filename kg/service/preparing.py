"""A pool in, what its source's searches need made of each new state of it, while others are answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO

from kg.errors import KGError
from kg.graph.serving import listing, search
from kg.service.pool import Pool
from kg.service.refused import RefusedError
from kg.service.told import Explorable, explored

_PAUSE = 2.0  # seconds after which what has been ingested is looked for
_LONG_PAUSE = 60.0  # after a failure
_PATIENCE = 600.0  # for what grows with the graph, and nobody waits for
_KINDS = (listing.ARTICLES, search.NAMES)  # as the first page asks for them
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepare:
    """The tables of the newest state, made where they are missing."""

    def __call__(self, source: Explorable, file: IO[bytes]) -> None:
        """Raises `StoreError`."""
        state = explored(source)
        for kind in _KINDS:
            state.tables.renew(kind, state)


@asynccontextmanager
async def at_work(*tasks: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Do tasks in the event loop that runs, until the block is left."""
    loop = asyncio.get_running_loop()
    started = [loop.create_task(task) for task in tasks]
    try:
        yield
    finally:
        for task in started:
            task.cancel()
        await asyncio.gather(*started, return_exceptions=True)


async def prepare(pool: Pool) -> None:
    """Have the tables made, again and again; never returns."""
    while True:
        pause = _PAUSE
        try:
            async for _ in pool.run(Prepare(), timeout=_PATIENCE):
                pass
        except (RefusedError, KGError) as error:
            _log.warning("searches may miss what is new: %s", getattr(error, "message", error))
            pause = _LONG_PAUSE
        await asyncio.sleep(pause)
