"""Identifiers of articles in, a file that outlives a crash out: what was written and is not yet in the index."""

from __future__ import annotations

import json
import os
from pathlib import Path

from kg.graph import disk


class Journal:
    """One JSON string a line, synced before the article's files are touched, removed when the index has them all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __bool__(self) -> bool:
        return self.path.exists()

    def add(self, id: str) -> None:
        """Note an article that is about to be written. Raises `OSError`, and then nothing is noted."""
        with self.path.open("ab") as file:
            size = file.tell()
            try:
                file.write(json.dumps(id).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
                if not size:
                    disk.sync_folder(self.path.parent)
            except OSError:
                os.truncate(self.path, size)
                raise

    def read(self) -> list[str] | None:
        """The articles noted, each once; None where the file cannot be understood.

        A last line without an end was never synced, so that no file was touched for it.
        """
        try:
            lines = self.path.read_bytes().split(b"\n")[:-1]
            ids = [json.loads(line) for line in lines]
        except FileNotFoundError:
            return []
        except ValueError:
            return None
        return list(dict.fromkeys(ids)) if all(isinstance(id, str) for id in ids) else None

    def clear(self) -> None:
        """Forget everything. Raises `OSError`."""
        self.path.unlink(missing_ok=True)
