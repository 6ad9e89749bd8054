"""A record and what a killed writer left of an index in, a whole index out; for the one who holds the store's lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.errors import StoreError
from kg.graph import disk
from kg.graph.index import Change, Index
from kg.graph.journal import Journal
from kg.graph.names import Namespaces
from kg.graph.record import Record


def mend(record: Record, index: Index, journal: Journal, names: Namespaces) -> list[str]:
    """Clean up after a killed writer and index what it had still to index; a line for each damaged file.

    Raises `OSError`.
    """
    index.sweep()
    ids = journal.read()
    record.sweep(ids or [])
    damaged: list[str] = []
    if ids is None or not index.is_sound():
        if ids is None or any(record):
            return rebuild(record, index, journal)
    elif ids:
        index.apply(_noted(record, ids, names, damaged))
        index.close()
    journal.clear()
    return damaged


def rebuild(record: Record, index: Index, journal: Journal) -> list[str]:
    """Make the index of the Turtle files alone; a line for each damaged one, which is left out. Raises `OSError`."""
    damaged: list[str] = []
    record.sweep_all()
    disk.make_folder(index.folder)
    index.rebuild(graphs(record, damaged))
    index.close()
    journal.clear()
    return damaged


def graphs(record: Record, damaged: list[str]) -> Iterator[Change]:
    """All articles and their graphs; what is wrong with a damaged file is added to `damaged`."""
    for path in record:
        try:
            yield record.load(path)[:2]
        except StoreError as error:
            damaged.append(str(error))


def _noted(record: Record, ids: Iterable[str], names: Namespaces, damaged: list[str]) -> Iterator[Change]:
    for id in ids:
        path = record.path(id)
        try:
            yield record.load(path)[:2] if path.exists() else (names.article_iri(id), set())
        except StoreError as error:
            damaged.append(str(error))
