"""A store's files and what a killed writer left of its index in, a whole index out; for whoever holds the lock."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.names import SKOS
from kg.graph.store import disk, trig
from kg.graph.store.homes import Change
from kg.graph.store.index import in_memory
from kg.graph.store.lock import REPAIRING, Lock
from kg.graph.store.parts import Parts
from kg.graph.store.record import Graph, Record

_log = logging.getLogger(__name__)
_CHUNK = 500  # articles that are held in memory at a time


def prepare(parts: Parts, lock: Lock) -> ox.Store | None:
    """Mend, for a reader, what a killed writer left, if nobody writes and the disk allows.

    Gives the index in memory where there can be none on disk; None where there is one, or nothing to read.
    """
    left = parts.journal or parts.index.is_in_work()
    if left or not _is_readable(parts) or not parts.identities.is_shown():
        with suppress(StoreError, OSError):
            lock.acquire(REPAIRING)
            report(mend(parts))
        parts.index.close()
        lock.release()
    if _is_readable(parts) or parts.is_empty():
        return None
    _log.warning("%s: the index cannot be made here, so all Turtle is read into memory", parts.path)
    return in_memory(graphs(parts, []), parts.additions.all([]))


def mend(parts: Parts) -> list[str]:
    """Clean up after a killed writer and index what it had still to index; a line for each damaged file.

    Raises `OSError`.
    """
    parts.index.sweep()
    noted = parts.journal.read()
    parts.record.sweep(noted.articles if noted else ())
    parts.additions.sweep()
    damaged: list[str] = []
    if noted is None or not parts.index.is_sound():
        if noted is None or not parts.is_empty():
            return rebuild(parts)
    else:
        if noted.articles:
            parts.index.apply(_noted(parts, noted.articles, damaged))
        for iri in noted.graphs:
            damaged += _add(parts, iri)
        damaged += show(parts)
        parts.index.close()
    parts.journal.clear()
    return damaged


def show(parts: Parts) -> list[str]:
    """Bring into the index who is whom by now, article by article; a line for each damaged file. Raises `OSError`."""
    index, identities, damaged = parts.index, parts.identities, list[str]()
    if identities.is_shown():
        return damaged
    graphs = dict(identities.graphs())
    touched = iter(sorted(index.articles_of(identities.changed()) - graphs.keys()))
    while chunk := [parts.names.article_id(iri) for iri in islice(touched, _CHUNK)]:
        index.apply(_noted(parts, chunk, damaged))
    index.apply(graphs.items())
    identities.mark_shown()
    return damaged


def rebuild(parts: Parts) -> list[str]:
    """Make the index of the files alone; a line for each damaged one, which is left out. Raises `OSError`."""
    damaged: list[str] = []
    parts.record.sweep_all()
    parts.additions.sweep()
    disk.make_folder(parts.index.folder)
    try:
        parts.index.rebuild(_divided(parts, damaged), parts.additions.all(damaged))
    except SyntaxError:  # sealed, and yet not what this version of Oxigraph takes: each file by itself
        damaged.clear()
        parts.index.rebuild(map(trig.of_triples, graphs(parts, damaged)), parts.additions.all(damaged))
    parts.index.close()
    parts.identities.mark_shown()
    parts.journal.clear()
    return damaged


def graphs(parts: Parts, damaged: list[str]) -> Iterator[Change]:
    """All articles and their graphs, and who is whom; what is wrong with a damaged file is added to `damaged`."""
    yield from parts.identities.graphs()
    yield from ((article, parts.identities.rewrite(triples)) for article, triples in as_read(parts.record, damaged))


def _divided(parts: Parts, damaged: list[str]) -> Iterator[trig.Divided]:
    yield from map(trig.of_triples, parts.identities.graphs())
    replaced = trig.tails(parts.identities.replaced)
    for path in parts.record:
        turtle = parts.record.whole(path)
        divided = trig.of_turtle(turtle) if turtle and not trig.may_mention(turtle, replaced) else None
        try:
            yield divided or trig.of_triples(_today(parts, parts.record.load(path)))
        except StoreError as error:
            damaged.append(str(error))


def _today(parts: Parts, graph: Graph) -> Change:
    return graph.article, parts.identities.rewrite(graph.triples)


def as_read(record: Record, damaged: list[str]) -> Iterator[Change]:
    """All articles and their graphs as the files have them; what is wrong with a damaged file is added to `damaged`."""
    for path in record:
        try:
            yield record.load(path)[:2]
        except StoreError as error:
            damaged.append(str(error))


def labels(parts: Parts, entity: ox.NamedNode) -> set[ox.Literal]:
    """The preferred labels that articles' files have of an entity for which the index shows another."""
    identities, names = parts.identities, parts.names
    shown = parts.index.articles_of([identities.replaced.get(entity, entity)])
    found: set[ox.Literal] = set()
    for id in (names.article_id(iri) for iri in shown - dict(identities.graphs()).keys()):
        with suppress(StoreError):  # a damaged file says nothing, and is told of elsewhere
            told = parts.record.load(parts.record.path(id)).triples
            named = (t.object for t in told if (t.subject, t.predicate.value) == (entity, SKOS + "prefLabel"))
            found |= {label for label in named if isinstance(label, ox.Literal)}
    return found


def report(damaged: Iterable[str]) -> None:
    """Warn of damaged files, a line each."""
    for line in damaged:
        _log.warning("%s", line)


def _noted(parts: Parts, ids: Iterable[str], damaged: list[str]) -> Iterator[Change]:
    for id in ids:
        path = parts.record.path(id)
        try:
            graph = parts.record.load(path) if path.exists() else Graph(parts.names.article_iri(id), set(), b"")
            yield _today(parts, graph)
        except StoreError as error:
            damaged.append(str(error))


def _add(parts: Parts, iri: str) -> list[str]:
    try:
        parts.index.amend(iri, None, parts.additions.read(iri))
    except StoreError as error:
        return [str(error)]
    return []


def _is_readable(parts: Parts) -> bool:
    try:
        return parts.index.read() is not None
    except OSError:
        return False
