"""A record and what a killed writer left of an index in, a whole index out; for the one who holds the store's lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import disk
from kg.graph.identities import Identities
from kg.graph.index import Change, Index
from kg.graph.journal import Journal
from kg.graph.names import SKOS, Namespaces
from kg.graph.record import Graph, Record

_CHUNK = 500  # articles that are held in memory at a time


def mend(record: Record, index: Index, journal: Journal, names: Namespaces, identities: Identities) -> list[str]:
    """Clean up after a killed writer and index what it had still to index; a line for each damaged file.

    Raises `OSError`.
    """
    index.sweep()
    ids = journal.read()
    record.sweep(ids or [])
    damaged: list[str] = []
    if ids is None or not index.is_sound():
        if ids is None or any(record):
            return rebuild(record, index, journal, identities)
    else:
        if ids:
            index.apply(_noted(record, ids, names, identities, damaged))
        damaged += show(record, index, names, identities)
        index.close()
    journal.clear()
    return damaged


def show(record: Record, index: Index, names: Namespaces, identities: Identities) -> list[str]:
    """Bring into the index who is whom by now, article by article; a line for each damaged file. Raises `OSError`."""
    damaged: list[str] = []
    if identities.is_shown():
        return damaged
    graphs = dict(identities.graphs())
    touched = iter(sorted(index.articles_of(identities.changed()) - graphs.keys()))
    while chunk := [names.article_id(iri) for iri in islice(touched, _CHUNK)]:
        index.apply(_noted(record, chunk, names, identities, damaged))
    index.apply(graphs.items())
    identities.mark_shown()
    return damaged


def rebuild(record: Record, index: Index, journal: Journal, identities: Identities) -> list[str]:
    """Make the index of the Turtle files alone; a line for each damaged one, which is left out. Raises `OSError`."""
    damaged: list[str] = []
    record.sweep_all()
    disk.make_folder(index.folder)
    index.rebuild(graphs(record, identities, damaged))
    index.close()
    identities.mark_shown()
    journal.clear()
    return damaged


def graphs(record: Record, identities: Identities, damaged: list[str]) -> Iterator[Change]:
    """All articles and their graphs, and who is whom; what is wrong with a damaged file is added to `damaged`."""
    yield from identities.graphs()
    yield from ((article, identities.rewrite(triples)) for article, triples in as_read(record, damaged))


def as_read(record: Record, damaged: list[str]) -> Iterator[Change]:
    """All articles and their graphs as the files have them; what is wrong with a damaged file is added to `damaged`."""
    for path in record:
        try:
            yield record.load(path)[:2]
        except StoreError as error:
            damaged.append(str(error))


def labels(
    entity: ox.NamedNode, record: Record, index: Index, names: Namespaces, identities: Identities
) -> set[ox.Literal]:
    """The preferred labels that articles' files have of an entity for which the index shows another."""
    shown = index.articles_of([identities.replaced.get(entity, entity)])
    found: set[ox.Literal] = set()
    for id in (names.article_id(iri) for iri in shown - dict(identities.graphs()).keys()):
        with suppress(StoreError):  # a damaged file says nothing, and is told of elsewhere
            told = record.load(record.path(id)).triples
            named = (t.object for t in told if (t.subject, t.predicate.value) == (entity, SKOS + "prefLabel"))
            found |= {label for label in named if isinstance(label, ox.Literal)}
    return found


def _noted(
    record: Record, ids: Iterable[str], names: Namespaces, identities: Identities, damaged: list[str]
) -> Iterator[Change]:
    for id in ids:
        path = record.path(id)
        try:
            graph = record.load(path) if path.exists() else Graph(names.article_iri(id), set(), b"")
            yield _change(graph, identities)
        except StoreError as error:
            damaged.append(str(error))


def _change(graph: Graph, identities: Identities) -> Change:
    return graph.article, identities.rewrite(graph.triples)
