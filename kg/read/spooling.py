"""A stream that is read forward in, a file that can be read from anywhere out."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

_IN_MEMORY = 32 << 20  # bytes; a larger file goes to the disk


@contextmanager
def spooled(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """A copy of what is left of a stream."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.seek(0)
        yield copy
