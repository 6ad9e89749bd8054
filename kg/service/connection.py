"""Limits in, the protocol of a connection out that waits for no client longer than they say."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.service.limits import Limits


def patient(limits: Limits) -> type[asyncio.Protocol]:
    """A protocol for uvicorn, which itself lets a client take all its time for headers, and for taking its answer."""

    class Patient(H11Protocol):
        _timer: asyncio.TimerHandle | None = None
        _stalled: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._await_head()

        def data_received(self, data: bytes) -> None:
            before = self.cycle
            super().data_received(data)
            if self.cycle is not before:
                self._disarm()

        def on_response_complete(self) -> None:
            self._await_head()
            before = self.cycle
            super().on_response_complete()
            if self.cycle is not before:  # the next request had come already
                self._disarm()

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stalled = self.loop.call_later(limits.send_patience, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self._stalled:
                self._stalled.cancel()

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            self._disarm()
            if self._stalled:
                self._stalled.cancel()

        def _await_head(self) -> None:
            self._disarm()
            self._timer = self.loop.call_later(limits.head_patience, self.transport.abort)

        def _disarm(self) -> None:
            if self._timer:
                self._timer.cancel()

    return Patient
