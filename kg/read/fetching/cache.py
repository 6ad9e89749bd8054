"""Answers of the web in, files in a folder out, so that nothing is asked for twice that has not changed.

A file is named by the digest of its address and holds a line of JSON, what the server said of it, and then its bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kg.read import limits

_LONGEST = 24 * 3600.0  # seconds that a server's word holds at most
_OLDEST = 90 * 24 * 3600.0  # seconds since a page was asked for last, after which it goes
_MOST = 1000 * limits.MB  # bytes of all pages, those that were asked for last
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[\s,])no-store\b", re.IGNORECASE)
_ASKED_AGAIN = re.compile(r"(?:^|[\s,])no-cache\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as a server gave it: `etag` and `modified` to ask whether it still is, `until` when that is due."""

    url: str
    type: str
    etag: str
    modified: str
    until: float  # seconds since 1970
    body: bytes = b""

    def conditions(self) -> dict[str, str]:
        """The headers that ask only for what changed (RFC 9110, section 13)."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


class Cache:
    """A folder of pages; `clock` tells the seconds since 1970.

    Before the first page is kept, what was not asked for in 90 days goes, and of the rest what is over a gigabyte.
    """

    def __init__(self, folder: Path | None, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock
        self._is_swept = False

    def get(self, url: str) -> Kept | None:
        """What was kept of an address; None where it was not, or is no longer whole."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n") if self._folder else (b"", b"", b"")
            kept = Kept(**json.loads(head), body=body)
        except (OSError, ValueError, TypeError):
            return None
        return kept if kept.url == url else None

    def is_fresh(self, kept: Kept) -> bool:
        """Whether its server said that it need not be asked yet."""
        return self._clock() < kept.until

    def keep(self, url: str, headers: dict[str, str], body: bytes) -> Kept:
        """A page as it came, kept unless its server forbids it."""
        kept = Kept(
            url,
            headers.get("content-type", ""),
            headers.get("etag", ""),
            headers.get("last-modified", ""),
            self._until(headers),
            body,
        )
        if not _NOT_KEPT.search(headers.get("cache-control", "")):
            self._write(kept)
        return kept

    def again(self, kept: Kept, headers: dict[str, str]) -> Kept:
        """A page that has not changed, with what its server now says of how long that holds."""
        kept = replace(kept, until=self._until(headers))
        self._write(kept)
        return kept

    def _until(self, headers: dict[str, str]) -> float:
        control = headers.get("cache-control", "")
        age = _MAX_AGE.search(control)
        return self._clock() + min(float(age[1]), _LONGEST) if age and not _ASKED_AGAIN.search(control) else 0.0

    def _path(self, url: str) -> Path:
        digest = hashlib.sha256(url.encode()).hexdigest()
        return (self._folder or Path()) / digest[:2] / f"{digest}.page"

    def _write(self, kept: Kept) -> None:
        if self._folder is None:
            return
        self._sweep(self._folder)
        path = self._path(kept.url)
        head = {name: value for name, value in asdict(kept).items() if name != "body"}
        new = path.with_suffix(f".{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(json.dumps(head, sort_keys=True).encode() + b"\n" + kept.body)
            new.replace(path)  # whole, or not at all
        except OSError:  # a page that cannot be kept can be read all the same
            with suppress(OSError):
                new.unlink()

    def _sweep(self, folder: Path) -> None:
        """Remove old pages, and the oldest where there are too many."""
        if self._is_swept:
            return
        self._is_swept, size = True, 0
        for asked, bytes, path in sorted(_files(folder), reverse=True):
            size += bytes
            if asked < self._clock() - _OLDEST or size > _MOST:
                with suppress(OSError):
                    path.unlink()


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    for path in folder.glob("??/*"):
        with suppress(OSError):  # another run removes it
            found = path.stat()
            yield found.st_mtime, found.st_size, path
