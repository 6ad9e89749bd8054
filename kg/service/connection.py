"""Limits in, the protocol of a connection out that waits for no client longer than they say."""

from __future__ import annotations

import asyncio
import sys
from typing import Any
from urllib.parse import unquote

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.service import plain
from kg.service.limits import Limits

_HEAD_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def patient(limits: Limits) -> type[asyncio.Protocol]:
    """A protocol for uvicorn, which itself lets a client take all its time for headers, and for taking its answer.

    It stands on h11 and not on httptools, which takes 0.1 ms less a request and drops the body of a POST that offers
    another protocol (`Upgrade: h2c`), as Java's own client, and so Jena's, does. A plain GET takes neither.
    """

    class Patient(H11Protocol):
        _head: asyncio.TimerHandle | None = None  # looks at `_due`, which changes more often than a timer should
        _due: float | None = None
        _stalled: asyncio.TimerHandle | None = None
        _later = b""  # what came while a plain request was answered

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(_Corked(transport, self.loop))  # type: ignore[arg-type]
            self._await_head()

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            _stop(self._head)
            _stop(self._stalled)

        def data_received(self, data: bytes) -> None:
            before = self.cycle
            if isinstance(before, plain.Cycle) and not before.response_complete:
                self._later += data
                self.flow.pause_reading()
            elif found := self._plain(data):
                self._unset_keepalive_if_required()
                self._begin(*found)
            else:
                super().data_received(data)
            if self.cycle is not before:
                self._due = None

        def on_response_complete(self) -> None:
            before = self.cycle
            self._await_head()
            super().on_response_complete()
            data, self._later = self._later, b""
            if data and not self.transport.is_closing():  # nobody would be told what became of it
                self.data_received(data)
            if self.cycle is not before:  # the next request had come already
                self._due = None

        def send_400_response(self, msg: str) -> None:
            if self.cycle and not self.cycle.response_complete:  # what is wrong is its body: nobody waits for an answer
                self.cycle.disconnected = True
                self.cycle.message_event.set()
                if self.cycle.response_started:
                    self.transport.close()
                    return
            if getattr(sys.exception(), "error_status_hint", 400) == 431:
                self.transport.write(_HEAD_TOO_LONG)
                self.transport.close()
                return
            super().send_400_response(msg)

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stalled = self.loop.call_later(limits.send_patience, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            _stop(self._stalled)

        def _plain(self, data: bytes) -> tuple[bytes, plain.Headers] | None:
            conn = self.conn
            is_between = conn.our_state is h11.IDLE and conn.their_state is h11.IDLE and not conn.trailing_data[0]
            return plain.parts(data) if is_between and len(data) <= limits.head else None

        def _begin(self, target: bytes, headers: plain.Headers) -> None:
            raw_path, _, query = target.partition(b"?")
            self.headers = headers
            self.scope = {
                "type": "http",
                "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
                "http_version": "1.1",
                "server": self.server,
                "client": self.client,
                "scheme": self.scheme or "http",
                "method": "GET",
                "root_path": self.root_path,
                "path": self.root_path + unquote(raw_path.decode("ascii")),
                "raw_path": self.root_path.encode("ascii") + raw_path,
                "query_string": query,
                "headers": headers,
                "state": self.app_state.copy(),
            }
            self.cycle = plain.Cycle(
                scope=self.scope,
                conn=plain.Unasked(),  # type: ignore[arg-type]
                transport=self.transport.uncorked(),  # type: ignore[attr-defined]
                flow=self.flow,
                logger=self.logger,
                access_logger=self.access_logger,
                access_log=False,
                default_headers=self.server_state.default_headers,
                message_event=asyncio.Event(),
                on_response=self.on_response_complete,
            )
            self.cycle.more_body = False
            self.cycle.message_event.set()
            task = self.loop.create_task(self.cycle.run_asgi(self.app))
            task.add_done_callback(self.tasks.discard)
            self.tasks.add(task)

        def _await_head(self) -> None:
            self._due = self.loop.time() + limits.head_patience
            self._head = self._head or self.loop.call_at(self._due, self._look)

        def _look(self) -> None:
            """Whether a head has been waited for long enough."""
            self._head = None
            if self._due and self._due > self.loop.time():
                self._head = self.loop.call_at(self._due, self._look)
            elif self._due:
                self.transport.abort()

    return Patient


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer:
        timer.cancel()


class _Corked:
    """A transport that sends what is written in one turn of the event loop at once: a head with its body."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._written: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._written:
            self._loop.call_soon(self._flush)
        self._written.append(data)

    def uncorked(self) -> asyncio.Transport:
        """The transport itself, for what is written in one piece."""
        self._flush()
        return self._transport

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._written:
            self._transport.write(b"".join(self._written))
            self._written.clear()
