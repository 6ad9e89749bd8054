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
from kg.graph.serving.tables import Kind
from kg.service.addresses import Explorable, explored
from kg.service.pool import Pool
from kg.service.refused import RefusedError

_PAUSE = 2.0  # seconds after which what has been ingested is looked for
_LONG_PAUSE = 60.0  # after a failure
_PATIENCE = 600.0  # for what grows with the graph, and nobody waits for
_KINDS = (search.NAMES, listing.LISTING)  # the longer first; who cannot wait for the other makes it
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepare:
    """The tables of a kind for the newest state, made where they are missing."""

    kind: Kind

    def __call__(self, source: Explorable, file: IO[bytes]) -> None:
        """Raises `StoreError`."""
        state = explored(source)
        state.tables.renew(self.kind, state)


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
    """Have all kinds made, one after the other, again and again; never returns."""
    while True:
        made = [await _made(pool, kind) for kind in _KINDS]
        await asyncio.sleep(_PAUSE if all(made) else _LONG_PAUSE)


async def _made(pool: Pool, kind: Kind) -> bool:
    try:
        async for _ in pool.run(Prepare(kind), timeout=_PATIENCE):
            pass
    except (RefusedError, KGError) as error:
        _log.warning("the pages may miss what is new: %s", getattr(error, "message", error))
        return False
    return True
