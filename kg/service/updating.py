"""Updates in, done one after the other in workers; for who brings the token."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import IO, Protocol

from starlette.requests import Request

from kg.graph import nesting
from kg.service.answered import whole
from kg.service.pool import Pool
from kg.service.refused import later
from kg.service.worker import Work

_LONGEST = 10**7  # operators and patterns, for triples that are inserted have them too


class Updatable(Protocol):
    """A source that is changed by SPARQL 1.1 Update."""

    def update(self, text: str, *, base: str, using: tuple[str, ...], using_named: tuple[str, ...]) -> None:
        """Change it, all or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Update:
    """An update, whose relative IRIs are relative to `base`."""

    text: str
    base: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()

    def __call__(self, source: Updatable, file: IO[bytes]) -> None:
        """Raises `QueryError`, `NotWritable` for a graph that is not to be changed, `StoreInUse`."""
        nesting.refuse(self.text, longest=_LONGEST)
        source.update(self.text, base=self.base, using=self.using, using_named=self.using_named)


class Turns:
    """Where works that write take turns, so that none finds the source locked by another."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._turn = asyncio.Lock()

    async def done(self, work: Work, request: Request) -> bytes:
        """What the work writes, when it has been done. Raises as `Pool.run` does."""
        try:
            async with asyncio.timeout(self._pool.limits.timeout):
                await self._turn.acquire()
        except TimeoutError:
            raise later("others are writing: try again in a moment") from None
        try:
            return await whole(self._pool, work, request)
        finally:
            self._turn.release()
