"""How much of everything the service gives to one client, and to all of them: one value."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

MB = 2**20


def _workers() -> int:
    return max(8, os.cpu_count() or 1)  # so that some are left when others all ask for much at once


def _memory() -> int:
    # 16 of 24 workers may have all of theirs at once; more than that together is too much, and Linux ends one of them
    return max(512 * MB, min(2048 * MB, _machine() // 16))


def _machine() -> int:
    """The memory of this machine, or that its control group leaves to us."""
    found = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # another system; "max"
        return min(found, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return found


@dataclass(frozen=True, slots=True)
class Limits:
    """Times are in seconds, sizes in bytes. What is beyond a limit is refused or ended, with one line that says so.

    A query that takes longer than `quick`, when no worker is left for others, goes on at lower priority in one of so
    many `extra` ones, and another takes its slot: there are `workers + extra` processes at most. After `long` its
    priority is lowered, too.
    """

    timeout: float = 30  # for a query, from its first byte to a worker's last, without the time its client takes
    workers: int = field(default_factory=_workers)
    quick: float = 0.05
    extra: int = 16
    long: float = 0.5
    queue: int = 512  # queries that wait for a worker
    per_client: int = 256  # of one address, waiting or at work
    memory: int = field(default_factory=_memory)  # of a worker: a sixteenth of the machine's, from 512 MB to 2 GB
    body: int = 4 * MB
    written: int = 64 * MB  # the body of one who may write
    url: int = 32 * 1024
    head: int = 128 * 1024  # the request line and all headers
    result: int = 4096 * MB
    spool: int = 1024 * MB  # on disk, of all answers that wait for slow clients
    head_patience: float = 10  # until a request's headers are there, from the first byte or the last answer
    body_patience: float = 30
    send_patience: float = 30  # for a client that takes nothing
    grace: float = 3  # for answers under way when the server is stopped

    def for_writers(self) -> Self:
        """The same for who may write."""
        return replace(self, body=self.written)
