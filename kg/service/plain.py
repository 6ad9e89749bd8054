"""The bytes of a plain GET in, its parts and the answering of it out: how nearly all queries come, read at once.

h11 reads HTTP as strictly as it can be read, and takes a good part of the time that the server has for a
small query. What comes as clients usually write it, in one piece and with nothing in it that two could read in two
ways, needs no such care. All else is left to h11: bodies, upgrades, what is long, odd, or comes in pieces.
"""

from __future__ import annotations

import re
from typing import Any

from starlette.types import Message
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, RequestResponseCycle

_REQUEST = re.compile(rb"GET (/[!-~]*+) HTTP/1\.1\r\n((?:[\w!#$%&'*+.^`|~-]++:[ -~]*+\r\n)++)\r\n")
_LENGTH, _CONNECTION, _HOST = b"content-length", b"connection", b"host"
_CAREFUL = {_LENGTH, b"transfer-encoding", b"upgrade", b"expect"}
_CLOSED = (_CONNECTION, b"close")
_BODILESS = (204, 304)

Headers = list[tuple[bytes, bytes]]


def parts(data: bytes) -> tuple[bytes, Headers] | None:
    """The target and the headers of a plain GET that is all of `data`; None for anything else."""
    match = _REQUEST.fullmatch(data)
    if not match:
        return None
    split = (line.partition(b":") for line in match[2].split(b"\r\n")[:-1])
    headers = [(name.lower(), value.strip(b" ")) for name, _, value in split]
    names = [name for name, _ in headers]
    is_kept = all(value.lower() == b"keep-alive" for name, value in headers if name == _CONNECTION)
    return (match[1], headers) if is_kept and names.count(_HOST) == 1 and _CAREFUL.isdisjoint(names) else None


class Unasked:
    """What uvicorn asks h11 about a request that h11 has not seen."""

    they_are_waiting_for_100_continue = False


class Cycle(RequestResponseCycle):
    """A request and its response as uvicorn has them, the response written without h11: head and body at once."""

    _head = b""
    _is_chunked = False

    async def send(self, message: Any) -> None:
        """As ASGI has it."""
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        if message["type"] == "http.response.start":
            self._begin(message)
            return
        body, is_last = message.get("body", b""), not message.get("more_body", False)
        if self._is_chunked:
            body = (b"%x\r\n%b\r\n" % (len(body), body) if body else b"") + (b"0\r\n\r\n" if is_last else b"")
        self.transport.write(self._head + body)
        self._head = b""
        if is_last:
            self._end()

    def _begin(self, message: Message) -> None:
        self.response_started = True
        status, headers = message["status"], [*self.default_headers, *message["headers"]]
        if status not in _BODILESS and not any(name == _LENGTH for name, _ in headers):
            self._is_chunked = True
            headers.append((b"transfer-encoding", b"chunked"))
        if _CLOSED in headers:
            self.keep_alive = False
        lines = [b"%b: %b\r\n" % header for header in headers]
        head = b"".join([b"HTTP/1.1 %d %b\r\n" % (status, STATUS_PHRASES[status]), *lines, b"\r\n"])
        if head.count(b"\n") != len(lines) + 2 or head.count(b"\r") != len(lines) + 2:
            raise ValueError("a header of the response has a line end in it")
        self._head = head

    def _end(self) -> None:
        self.response_complete = True
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()
