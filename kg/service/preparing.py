"""A pool in, what its source's searches need made of each new state of it, while others are answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any

from kg.errors import KGError
from kg.graph.serving import listing, search
from kg.service.pool import Pool
from kg.service.refused import RefusedError

_PAUSE = 2.0  # seconds after which what has been ingested is looked for
_LONG_PAUSE = 60.0  # after a failure
_PATIENCE = 600.0  # for what grows with the graph, and nobody waits for
_KINDS = (search.NAMES, listing.ARTICLES)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepare:
    """The tables of the newest state, made where they are missing; "more" where there may be another state later."""

    def __call__(self, source: Any, file: IO[bytes]) -> None:
        """Raises `StoreError`."""
        if hasattr(source, "explored"):
            explored = source.explored()
            for kind in _KINDS:
                explored.tables.renew(kind, explored)
            file.write(b"more")


@asynccontextmanager
async def preparing(pool: Pool) -> AsyncIterator[None]:
    """Do so in the event loop that runs, until the block is left."""
    task = asyncio.get_running_loop().create_task(_prepare(pool))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _prepare(pool: Pool) -> None:
    goes_on = True
    while goes_on:
        pause = _PAUSE
        try:
            goes_on = b"more" in [part async for part in pool.run(Prepare(), timeout=_PATIENCE)]
        except (RefusedError, KGError) as error:
            _log.warning("searches may miss what is new: %s", getattr(error, "message", error))
            pause = _LONG_PAUSE
        await asyncio.sleep(pause)
