"""A place in, a folder there for what does not last out: it goes with its process, or is swept when that is gone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.store import disk
from kg.graph.store.lock import Lock

_OURS, _UNLOCKED = "kg-data-", "kg-new-"
_LOCK = "lock"


@contextmanager
def folder(within: Path | None = None) -> Iterator[Path]:
    """A new folder, removed at the end, in another or among the system's temporary ones.

    What a killed process left there is removed first. Raises `OSError` where there is no room for it.
    """
    sweep(within)
    made = Path(tempfile.mkdtemp(prefix=_UNLOCKED, dir=within))
    lock = Lock(made / _LOCK)
    lock.acquire("at work")
    # named so that others may sweep it only now that its lock is held
    made = made.rename(made.with_name(made.name.replace(_UNLOCKED, _OURS)))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        lock.release()


@contextmanager
def copied(graph: ox.Store, within: Path) -> Iterator[ox.Store]:
    """A copy of an Oxigraph store to try things on: hard links, where `within` is on the same disk. It goes at the end.

    Raises `StoreError`.
    """
    with ExitStack() as stack:
        with disk.failing("copy the index", within):
            disk.make_folder(within)
            path = stack.enter_context(folder(within)) / "graph"
            if any(graph):
                graph.backup(str(path))
            copy = ox.Store(str(path))
        yield copy


def sweep(within: Path | None = None) -> None:
    """Remove what killed processes left there."""
    for left in (within or Path(tempfile.gettempdir())).glob(f"{_OURS}*"):
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
