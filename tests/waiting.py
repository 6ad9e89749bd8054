"""A condition in, the moment from which on it holds out: tests wait for what happens, and not for so many seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PATIENCE = 120.0  # seconds in which what must come does come, also where the machine has much else to do


def wait_for(condition: Callable[[], bool]) -> None:
    """Raises `AssertionError` where it never holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never comes"
        time.sleep(0.01)


def standing(notes: Path) -> Callable[[], float]:
    """A clock to time others by, which leaps by hours at each note that one of them, who goes no further, writes."""
    return lambda: time.monotonic() + 10_000 * (len(notes.read_bytes()) if notes.exists() else 0)


def is_alive(process: int) -> bool:
    """Whether there is a process of that number, as Linux tells it, that has not ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
