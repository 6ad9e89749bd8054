"""An address with a protocol in (s3://bucket/2024), the files there out, and each as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kg import filesystems

_BLOCK = 4 << 20  # bytes that are asked for at a time


def files(address: str) -> Iterator[tuple[str, str | None]]:
    """The addresses of the files behind one, each with the folder that was given, where it is one.

    Folders are walked in order, files before folders; hidden ones are left out. Raises `OSError` for what is not there
    or cannot be looked into, `PluginError` for a protocol that is not installed.
    """
    system, path = filesystems.reached(address)
    with filesystems.failing():
        if system.info(path)["type"] != "directory":
            yield address, None
            return
    folder = address.rstrip("/")
    for name in _walked(system, path.rstrip("/")):
        yield folder + name.removeprefix(path.rstrip("/")), folder


@contextmanager
def opened(address: str) -> Iterator[_Told]:
    """The bytes of a file, block by block. Raises `OSError`, and `PluginError` likewise."""
    system, path = filesystems.reached(address)
    with filesystems.failing():
        file = system.open(path, "rb", block_size=_BLOCK)
    with file:
        yield _Told(file)


class _Told:
    """A file whose library's errors are the system's."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        with filesystems.failing():
            return bytes(self._file.read(size))


def _walked(system: Any, folder: str) -> Iterator[str]:
    waiting = [folder]  # the next one last; a stack of our own, as folders may lie deeper than Python calls
    while waiting:
        home = waiting.pop()
        with filesystems.failing():
            found = sorted((str(entry["name"]).rstrip("/"), entry["type"]) for entry in system.ls(home, detail=True))
        # some name the folder itself among what it holds
        seen = [(name, kind) for name, kind in found if name != home and not name.rpartition("/")[2].startswith(".")]
        yield from (name for name, kind in seen if kind != "directory")
        waiting += [name for name, kind in reversed(seen) if kind == "directory"]
