"""A store of articles in, the same as it is read and changed from outside out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from kg.errors import NotWritable, UnknownGraph
from kg.graph.answer import Answer
from kg.graph.exploring.explored import Explored
from kg.graph.inference.rules import DERIVED
from kg.graph.serving import updates
from kg.graph.serving.graphs import Graphs, name_of
from kg.graph.serving.tables import Tables
from kg.graph.serving.targets import targets
from kg.graph.store import Store
from kg.graph.store.identities import LINKS, MERGES


class Served:
    """Everything in it is read. The graphs beside the articles' are changed, under the lock that all writers take; the
    others are not: articles' come from articles, the default graph from all of them.
    """

    def __init__(self, store: Store, *, tables: Path | None = None) -> None:
        self._store = store
        self._tables = Tables(tables)

    @classmethod
    def open(cls, path: str | Path, *, tables: Path | None = None) -> Self:
        """Open the store in a folder for reading. What searches need is kept beside its index, for the next server too;
        where that may not be written, in the folder `tables`, or else in memory. Raises `StoreError`.
        """
        beside = Path(path) / "index" / "tables"
        is_ours = os.access(beside if beside.exists() else beside.parent, os.W_OK)
        return cls(Store.open(path), tables=beside if is_ours else tables)

    def query(
        self,
        text: str,
        *,
        default_graph: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Answer:
        """As `Store.query`."""
        return self._store.query(text, default_graph=default_graph, named_graphs=named_graphs, base=base)

    def explored(self) -> Explored:
        """It as the explorer asks it. Raises `StoreError` where the index is damaged."""
        graph = self._store.oxigraph()  # first, for it tells the generation
        store = self._store
        return Explored(graph, store.names, store.text, self._record, store.generation, self._tables)

    def _record(self, article: str) -> bytes | None:
        if article not in self._store:
            return None
        file = BytesIO()
        self._store.export(file, "turtle", article)
        return file.getvalue()

    def read(self, graph: str | None) -> Iterator[ox.Triple]:
        """The triples of a graph: of one beside the articles' all, of others those that have their home there; for
        None those of the default graph. Raises `UnknownGraph`.
        """
        name_of(graph)
        try:
            return self._of_index(None) if graph is None else self._store.graph(graph)
        except UnknownGraph:
            return self._of_index(graph)

    def put(self, graph: str | None, triples: Iterable[ox.Triple], *, keep: bool) -> bool:
        """Replace a graph, or add to it with `keep`; says whether it is new. Without triples there is no graph.

        Raises `NotWritable`, `StoreInUse` while articles are ingested, and `StoreError`.
        """
        name = self._changeable(graph)
        with Store.open(self._store.path, writable=True) as store:
            former = list(_stored(store, name))
            store.put_graph(name, chain(former, triples) if keep else triples)
        return not former

    def remove(self, graph: str | None) -> None:
        """Take a graph out. Raises as `put` does, and `UnknownGraph`."""
        name = self._changeable(graph)
        with Store.open(self._store.path, writable=True) as store:
            if not store.remove_graph(name):
                raise UnknownGraph(f"there is no graph <{name}> here")

    def update(self, text: str, *, base: str, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> None:
        """Change graphs by SPARQL 1.1 Update, in a copy first, so that it is made whole or not at all; whose process is
        killed when graphs are put may leave some of them.

        Raises as `put` does, and `QueryError` for what is no update or fails.
        """
        prefixes = self._store.names.prefixes()
        checked = updates.checked(text, base=base, using=using, using_named=using_named, prefixes=prefixes)
        graphs = [self._changeable(graph) for graph in sorted(targets(checked, base=base, prefixes=prefixes))]
        with Store.open(self._store.path, writable=True) as store, store.copied() as copy:
            for graph in graphs:  # what articles state as well is not in the index once more
                copy.extend(_quads(_stored(store, graph), graph))
            updates.run(copy, checked, base=base, prefixes=prefixes)
            for graph in graphs:
                found = copy.quads_for_pattern(None, None, None, ox.NamedNode(graph))
                store.put_graph(graph, (quad.triple for quad in found))

    def _of_index(self, graph: str | None) -> Iterator[ox.Triple]:
        return Graphs(self._store.oxigraph()).read(graph)

    def _changeable(self, graph: str | None) -> str:
        if graph is None:
            raise NotWritable("the default graph comes from the articles: write into a graph of your own, ?graph=IRI")
        name_of(graph)
        if graph.startswith(self._store.names.article):
            raise NotWritable(f"<{graph}>: an article's graph comes from its article: kg ingest")
        if graph in (MERGES, LINKS):
            raise NotWritable(f"<{graph}>: who is who comes from kg resolve and kg link")
        if graph.startswith(DERIVED):
            raise NotWritable(f"<{graph}>: what follows comes from its rule: kg infer")
        return graph


def _stored(store: Store, graph: str) -> Iterator[ox.Triple]:
    try:
        return store.graph(graph)
    except UnknownGraph:
        return iter(())


def _quads(triples: Iterable[ox.Triple], graph: str) -> Iterator[ox.Quad]:
    return (ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(graph)) for t in triples)
