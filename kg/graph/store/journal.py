"""What is about to be written in, a file that outlives a crash out: what the index may have still to take in."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from kg.graph.store import disk


class Noted(NamedTuple):
    """The identifiers of articles, and the IRIs of graphs beside them, each once."""

    articles: list[str]
    graphs: list[str]


class Journal:
    """A line a note, synced before any file is touched, all removed when the index has everything.

    An article's line is its identifier, a JSON string, and an added graph's `{"graph": IRI}`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __bool__(self) -> bool:
        return self.path.exists()

    def add(self, *ids: str) -> None:
        """Note articles that are about to be written or removed. Raises `OSError`, and then nothing is noted."""
        self._append(*ids)

    def add_graph(self, *iris: str) -> None:
        """Note graphs beside the articles', likewise."""
        self._append(*({"graph": iri} for iri in iris))

    def _append(self, *notes: object) -> None:
        with self.path.open("ab") as file:
            size = file.tell()
            try:
                file.writelines(json.dumps(note).encode() + b"\n" for note in notes)
                file.flush()
                os.fsync(file.fileno())
                if not size:
                    disk.sync_folder(self.path.parent)
            except OSError:
                os.truncate(self.path, size)
                raise

    def read(self) -> Noted | None:
        """What is noted; None where the file cannot be understood.

        A last line without an end was never synced, so that no file was touched for it.
        """
        try:
            notes = [json.loads(line) for line in self.path.read_bytes().split(b"\n")[:-1]]
        except FileNotFoundError:
            return Noted([], [])
        except ValueError:
            return None
        articles = [note for note in notes if isinstance(note, str)]
        graphs = [note["graph"] for note in notes if isinstance(note, dict) and isinstance(note.get("graph"), str)]
        understood = len(articles) + len(graphs) == len(notes)
        return Noted(list(dict.fromkeys(articles)), list(dict.fromkeys(graphs))) if understood else None

    def clear(self) -> None:
        """Forget everything. Raises `OSError`."""
        self.path.unlink(missing_ok=True)
