"""An application in, the same out, that says so to whoever still waits when the server stops."""

from __future__ import annotations

import asyncio

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAID = "the server stops, and this with it: ask again when it is back\n"


class Stopping:
    """ASGI middleware. A request that is cancelled, as the server does with those that are left when its grace is over,
    is answered 503; one whose answer is under way is broken off.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, _hurried(receive), send)
            return
        is_begun = False

        async def noted(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except asyncio.CancelledError:
            if not is_begun:
                refusal = PlainTextResponse(_SAID, 503, {"Retry-After": "5", "Connection": "close"})
                await refusal(scope, receive, send)


def _hurried(receive: Receive) -> Receive:
    """Whoever presses Ctrl-C twice cancels the wait for the end, which is then the end."""

    async def received() -> Message:
        try:
            return await receive()
        except asyncio.CancelledError:
            return {"type": "lifespan.shutdown"}

    return received
