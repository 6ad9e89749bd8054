"""Signals in, an end between two articles out: the first is heeded as soon as what is being stored is stored."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from traceback import clear_frames
from types import FrameType, TracebackType
from typing import Self

_SIGNALS = signal.SIGINT, signal.SIGTERM, signal.SIGHUP


class Stopped(KeyboardInterrupt):
    """A run was asked to end; `status` is what a shell expects of a process that was."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.status = 128 + number


class Stopping:
    """In a `with` statement, a signal raises `Stopped`, within `storing` only at its end; a second one ends at once."""

    def __init__(self) -> None:
        self._asked: Stopped | None = None
        self._is_storing = False

    def __enter__(self) -> Self:
        # what is ignored stays so: nohup does that, and a shell for what runs in the background
        heeded = [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
        self._before = {number: signal.signal(number, self._stop) for number in heeded}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def storing(self) -> Iterator[None]:
        """Work that is not left half done. Raises `Stopped` at its end where a signal came meanwhile."""
        before, self._is_storing = self._asked, True
        try:
            yield
        finally:
            self._is_storing = False
        if self._asked and not before:
            raise self._asked

    @contextmanager
    def completing(self, complete: Callable[[], None]) -> Iterator[None]:
        """Work that is completed, at its end or once it was stopped. Raises `Stopped` afterwards."""
        stopped: Stopped | None = None
        try:
            yield
        except KeyboardInterrupt as error:  # Ray raises a plain one in place of what a signal raised in its code
            if not (stopped := self._asked):
                raise
            clear_frames(error.__traceback__)  # which would hold open what was at work, as a copy of an index
        with self.storing():
            complete()
        if stopped:
            raise stopped

    def _stop(self, number: int, frame: FrameType | None) -> None:
        for each in self._before:
            signal.signal(each, signal.SIG_DFL)
        self._asked = Stopped(number)
        if not self._is_storing:
            raise self._asked
