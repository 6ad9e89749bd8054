"""Nothing in, a folder among the system's temporary ones out: it goes when its process ends, or with the next one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError
from kg.graph.store.lock import Lock

_OURS, _UNLOCKED = "kg-data-", "kg-new-"
_LOCK = "lock"


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder, removed at the end. What a killed process left of its own is removed first.

    Raises `OSError` where the system has no room for temporary files.
    """
    _sweep()
    made = Path(tempfile.mkdtemp(prefix=_UNLOCKED))
    lock = Lock(made / _LOCK)
    lock.acquire("serving")
    # named so that others may sweep it only now that its lock is held
    made = made.rename(made.with_name(made.name.replace(_UNLOCKED, _OURS)))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        lock.release()


def _sweep() -> None:
    for left in Path(tempfile.gettempdir()).glob(f"{_OURS}*"):
        lock = Lock(left / _LOCK)
        try:
            # anybody may put a folder there, with a link to a file of ours for a lock
            if left.lstat().st_uid != os.getuid():
                continue
            lock.acquire("sweeping")
        except (OSError, StoreError):  # in use, or just gone
            continue
        shutil.rmtree(left, ignore_errors=True)
        lock.release()
