"""An article in, its time and memory out, and an error where reading it takes more: a clock that looks now and then.

The system's timer interrupts the main thread of a process, and no other; in any other thread nothing is limited.
"""

from __future__ import annotations

import resource
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

from kg.errors import Reason, SourceError
from kg.model import Article

SECONDS = 60.0  # of a processor's time, some five hundred times what an article of news takes
MEMORY = 1_400_000_000  # bytes; a process has 600 MB once it has both models
_LONG = 100_000  # characters that have that time; a longer article has as much more
_STALLED = 4  # times as long by the wall's clock is too long, too: a busy machine is no article's fault, to a degree
_STATM = Path("/proc/self/statm")
_TICK = 0.25  # seconds
_GROWN = 200_000_000  # bytes that are the article's fault: what a process had before is not


@dataclass(frozen=True, slots=True)
class Limits:
    """What one article may take: `seconds` of a processor's time, and bytes of `memory` of the process."""

    seconds: float = SECONDS
    memory: int = MEMORY

    def time(self, article: Article) -> float:
        """Seconds of a processor's time that an article has."""
        return self.seconds * max(1.0, len(article.text) / _LONG)

    def patience(self, article: Article) -> float:
        """Seconds by the wall's clock after which whoever waits for an article ends the process that reads it."""
        return (_STALLED + 1) * self.time(article)

    @contextmanager
    def kept(self, article: Article) -> Iterator[None]:
        """Have a block of work on an article raise `SourceError` where it takes more than it may."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        seconds = self.time(article)
        ends = time.thread_time() + seconds, time.monotonic() + _STALLED * seconds
        look = partial(self._look, seconds, ends, resident())
        before = signal.signal(signal.SIGALRM, look)
        signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)

    def _look(
        self, seconds: float, ends: tuple[float, float], before: int, signum: int, frame: FrameType | None
    ) -> None:
        if time.thread_time() > ends[0] or time.monotonic() > ends[1]:
            raise too_slow(seconds)
        if (taken := resident()) > self.memory and taken - before > _GROWN:
            raise too_much(self.memory)


def too_slow(seconds: float) -> SourceError:
    """What is said of an article that takes too long."""
    what = f"reading it takes more than {seconds:,.0f} s: cut it in parts, or allow more with --max-seconds"
    return SourceError(what, reason=Reason.TOO_SLOW)


def too_much(memory: int) -> SourceError:
    """What is said of an article that takes too much memory."""
    what = f"reading it takes more than {memory / 1e6:,.0f} MB of memory: cut it in parts"
    return SourceError(what, reason=Reason.MEMORY)


def resident() -> int:
    """The bytes that this process has in memory; where the system does not tell, the most that it has had."""
    try:
        return int(_STATM.read_bytes().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS counts bytes
