"""Bytes in, whole files on disk out: what is written is there entirely and stays, whenever the power goes."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import StoreError

_TOLD = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EIO)


def write(path: Path, data: bytes) -> None:
    """Put a file in place at once, durably; the folder's own entry waits for `sync_folder`. Raises `OSError`."""
    temporary = temporary_of(path)
    stream(temporary, [data])
    try:
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def stream(path: Path, data: Iterable[bytes]) -> None:
    """Write a file, durably, that others do not look at yet; none is left if that fails. Raises `OSError`."""
    try:
        with path.open("wb") as file:
            file.writelines(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise


def stream_all(files: Sequence[tuple[str, bytes]]) -> None:
    """Write several files likewise, all of them before any is waited for: a disk takes them at one stroke.

    None is left if one fails. Raises `OSError`.
    """
    handles: list[int] = []
    try:
        for path, data in files:
            handles.append(handle := os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666))
            while data:
                data = data[os.write(handle, data) :]
            if hasattr(os, "posix_fadvise"):  # Linux begins to write at once what it is told not to keep
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        for handle in handles:
            os.fsync(handle)
    except OSError:
        for path, _ in files:
            with suppress(OSError):
                os.unlink(path)  # noqa: PTH108 - paths take thrice as long
        raise
    finally:
        for handle in handles:
            os.close(handle)


def temporary_of(path: Path) -> Path:
    """Where a file stands until it is whole. One writer at a time, so the name can be known to whoever cleans up."""
    return path.with_name(f".{path.name}.tmp")


def sync_folder(folder: Path | str) -> None:
    """Make the entries of a folder durable. Raises `OSError`."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and, durably, its entry in its parent, which must be there. Raises `OSError`."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def remove_if_empty(folder: Path) -> None:
    """Remove a folder, unless it holds something or cannot go: it does no harm."""
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def failing(what: str, path: Path) -> Iterator[None]:
    """Turn the system's complaint into a `StoreError` that says what could not be done, where and why."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # the latter is what Oxigraph raises when its files are corrupt
        raise StoreError(f"{path}: cannot {what}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if strerror := getattr(error, "strerror", None):
        return str(strerror)
    said = " ".join(str(error).split())  # Oxigraph wraps the system's own words in many of its own
    return next((words for words in map(os.strerror, _TOLD) if words in said), said[:200])
