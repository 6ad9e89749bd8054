"""A piece of work in, the HTTP response with its answer out, as the client takes it.

The beginning is held until there is so much of it, or all, before a status is sent: what fails early gets its own. What
fails later breaks the connection off, so that nobody takes half an answer for the whole.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.errors import KGError
from kg.service.pool import Pool
from kg.service.refused import RefusedError
from kg.service.worker import Work

_HELD = 2**20  # bytes before the status is sent
_SOON = 0.05  # seconds
_log = logging.getLogger(__name__)


class Answered(Response):
    """The answer of a work, with its media type. Work whose client leaves is ended."""

    def __init__(self, pool: Pool, work: Work, media_type: str) -> None:
        super().__init__(media_type=media_type, headers={"Vary": "Accept", "Cache-Control": "no-cache"})
        self._pool, self._work = pool, work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. Raises what `Pool.run` raises before anything is sent."""
        client = scope["client"][0] if scope.get("client") else ""
        async with _while_there(receive), aclosing(self._pool.run(self._work, client=client)) as chunks:
            held = await _held(chunks)
            if len(held) <= _HELD:
                self.body = bytes(held)
                await self._start(send, [(b"content-length", str(len(held)).encode())])
                await send({"type": "http.response.body", "body": self.body})
                return
            await self._start(send, [])
            try:
                await send({"type": "http.response.body", "body": bytes(held), "more_body": True})
                async with self._pool.spool.ahead(chunks) as rest:
                    async for chunk in rest:
                        await send({"type": "http.response.body", "body": chunk, "more_body": True})
            except (RefusedError, KGError, OSError) as error:
                _log.warning("an answer is broken off: %s", getattr(error, "message", error))
                return
            await send({"type": "http.response.body", "body": b""})

    async def _start(self, send: Send, more: list[tuple[bytes, bytes]]) -> None:
        headers = [*(pair for pair in self.raw_headers if pair[0] != b"content-length"), *more]
        await send({"type": "http.response.start", "status": self.status_code, "headers": headers})


async def whole(pool: Pool, work: Work, request: Request) -> bytes:
    """The answer of a work that is short, for who asks. Raises as `Pool.run` does."""
    client = request.client.host if request.client else ""
    return b"".join([chunk async for chunk in pool.run(work, client=client)])


async def _held(chunks: AsyncGenerator[bytes]) -> bytearray:
    held = bytearray()
    async for chunk in chunks:
        held += chunk
        if len(held) > _HELD:
            break
    return held


@asynccontextmanager
async def _while_there(receive: Receive) -> AsyncIterator[None]:
    """End what is done in the block when the client leaves."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task
    watching: list[asyncio.Task[None]] = []
    has_left = False

    async def watch() -> None:
        nonlocal has_left
        while (await receive())["type"] != "http.disconnect":
            pass
        has_left = True
        task.cancel()

    # most answers are there before it would be worth while to look for their clients
    soon = loop.call_later(_SOON, lambda: watching.append(loop.create_task(watch())))
    try:
        yield
    except asyncio.CancelledError:
        if not has_left:
            raise
        task.uncancel()
    finally:
        soon.cancel()
        for watcher in watching:
            watcher.cancel()
