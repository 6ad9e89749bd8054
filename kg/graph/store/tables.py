"""A path and a schema in, a database of one writer out, for what can be made again: one that is damaged begins anew."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

# one writer, so no shared memory beside the file; and no waiting for the disk, for nothing in it is trusted blindly
_MANNER = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"


def opened(path: Path, schema: str) -> sqlite3.Connection:
    """The database, with tables as in `schema` (CREATE … IF NOT EXISTS). Raises `sqlite3.Error` if there is none."""
    try:
        return _opened(path, schema)
    except sqlite3.DatabaseError:
        remove(path)
        return _opened(path, schema)


def remove(path: Path) -> None:
    """Remove a database and what stands beside it, as far as that can be."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-journal"):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)


def _opened(path: Path, schema: str) -> sqlite3.Connection:
    tables = sqlite3.connect(path, check_same_thread=False)  # a writer's threads take turns
    try:
        tables.executescript(_MANNER + schema)
    except sqlite3.Error:
        tables.close()
        raise
    return tables
