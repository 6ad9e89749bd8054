"""An application in, the same out, with somebody told of each request and how it was answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. `status` is 499 where the client left before there was one, as nginx has it."""

    client: str
    method: str
    path: str
    status: int
    size: int  # bytes of the answer's body
    seconds: float  # to its last byte
    asked: str | None  # the query or the update


class Watched:
    """ASGI middleware that measures. An endpoint puts what was asked into `request.state.asked`."""

    def __init__(self, app: ASGIApp, observers: Sequence[Callable[[Exchange], None]]) -> None:
        self._app = app
        self._observers = observers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, size = time.perf_counter(), 499, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        except Exception:
            status = 500 if status == 499 else status  # which is answered further out
            raise
        finally:
            self._tell(scope, status, size, time.perf_counter() - begun)

    def _tell(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        client = (scope.get("client") or ("",))[0]
        asked = scope.get("state", {}).get("asked")
        exchange = Exchange(client, scope["method"], scope["path"], status, size, seconds, asked)
        for observe in self._observers:
            observe(exchange)
