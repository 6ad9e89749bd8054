"""An application in, the same out, sheltered from what strangers and their browsers might do with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.service.limits import Limits
from kg.service.request import too_long

_PORT = re.compile(r":\d*\Z")
_SHELTER = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    # no page elsewhere learns what is here by embedding it, not even whether it is; who may ask by CORS still may
    (b"cross-origin-resource-policy", b"same-origin"),
]
_POLICY = b"content-security-policy"
_NOTHING = (_POLICY, b"default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'")
_CLOSE = (b"connection", b"close")


class Sheltered:
    """Puts on every response what keeps browsers from guessing types, from telling others where they were, and from
    running what strangers wrote into it (in RDF/XML, say), unless it has a policy of its own; and lets nobody smuggle a
    request behind another, or announce a body that nobody may send.
    """

    def __init__(self, app: ASGIApp, *, limits: Limits) -> None:
        self._app, self._longest = app, limits.body
        refused = too_long(limits)
        self._too_long = PlainTextResponse(refused.message + "\n", refused.status, refused.headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        names = dict(scope.get("headers", ()))
        # two lengths of one body, of which the next in line may believe the other (RFC 9112, 6.1)
        is_ambiguous = b"content-length" in names and b"transfer-encoding" in names

        async def sheltered(message: Message) -> None:
            if message["type"] == "http.response.start":
                more = [*_SHELTER, *([_CLOSE] if is_ambiguous else [])]
                has_policy = any(name == _POLICY for name, _ in message["headers"])
                message["headers"] = [*message["headers"], *more, *([] if has_policy else [_NOTHING])]
            await send(message)

        length = names.get(b"content-length", b"0")
        app = self._too_long if length.isdigit() and int(length[:19]) > self._longest else self._app
        await app(scope, receive, sheltered if scope["type"] == "http" else send)


class Named:
    """Answers who calls the server by a name of its own, and who says none, as HTTP/1.0 does and no browser."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str]) -> None:
        self._app, self._hosts = app, {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        hosts = [value.decode("latin-1") for name, value in scope.get("headers", ()) if name == b"host"]
        if all(_PORT.sub("", host).lower() in self._hosts for host in hosts):
            await self._app(scope, receive, send)
            return
        said = "this server is not called that: ask it by its own name, or start it with --name\n"
        await PlainTextResponse(said, 400)(scope, receive, send)
