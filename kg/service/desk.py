"""Work in, its result out, from threads beside the event loop: so many at a time, so many in line, and no more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

Result = TypeVar("Result")


class BusyError(Exception):
    """So many are in line already that another is sent away."""


class Desk:
    """Where queries are run. A thread cannot be stopped: who wants to stop long queries runs them in processes here."""

    def __init__(self, *, seats: int = 8, line: int = 256) -> None:
        self._seats = asyncio.Semaphore(seats)
        self._room = seats + line

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do the work in a thread, when its turn comes. Raises `BusyError`, and whatever the work raises."""
        if not self._room:
            raise BusyError
        self._room -= 1
        try:
            async with self._seats:
                return await run_in_threadpool(work)
        finally:
            self._room += 1
