"""One writer at a time: a lock that the kernel frees when its holder dies, and that names its holder."""

from __future__ import annotations

import fcntl
import os
import sys
import time
import weakref
from pathlib import Path

from kg.errors import StoreInUse

REPAIRING = "repairing the index"
_PATIENCE = 120.0  # seconds that others wait for a repair to end
_MOMENT = 0.2  # and a writer for whoever holds the lock: a reader that repairs may not have put its name there yet
_held: weakref.WeakSet[Lock] = weakref.WeakSet()


class Lock:
    """The right to write into a store; `path` is a file that stays."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self, purpose: str) -> None:
        """Take the lock; wait only for one who repairs. Raises `StoreInUse` with the holder's name, or `OSError`."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            self._wait(handle, 0 if purpose == REPAIRING else _MOMENT)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        _held.add(self)
        self._sign(purpose)

    def release(self) -> None:
        """Give the lock back, if it is held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _wait(self, handle: int, moment: float) -> None:
        begin = time.monotonic()
        while True:
            try:
                return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = os.pread(handle, 200, 0).decode(errors="replace").strip()
                if time.monotonic() - begin > (_PATIENCE if REPAIRING in holder else moment):
                    name = holder or "another process"
                    raise StoreInUse(f"{self.path.parent}: in use by {name}; try again when it has ended") from None
                time.sleep(0.05)

    def _sign(self, purpose: str) -> None:
        if self._handle is None:
            return
        try:
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, f"process {os.getpid()} ({_command()}), {purpose}\n".encode(), 0)
        except OSError:
            pass  # a full disk: the lock holds without a name


def _command() -> str:
    """What was typed: a program, and the word behind it, "kg ingest"."""
    program, *words = [*sys.argv, ""][:2]
    path = Path(program or "python")
    name = path.parent.name if path.name == "__main__.py" else path.name
    return " ".join([name, *(word for word in words if word.isalpha())])


def _let_go() -> None:
    # a forked worker that outlives a killed parent must not keep the store locked
    for lock in list(_held):
        lock.release()


os.register_at_fork(after_in_child=_let_go)
