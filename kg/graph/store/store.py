"""Articles and their Turtle in, a store that answers queries out: files are the record, the index is derived."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import StoreError, UnknownGraph
from kg.graph import asking, profiles, sparql, stats
from kg.graph.answer import Answer
from kg.graph.names import RDF, Namespaces
from kg.graph.store import additions, comparing, disk, export, manifest, record, recovery, scratch
from kg.graph.store.contents import Contents
from kg.graph.store.identities import MERGES, Identities
from kg.graph.store.lock import Lock
from kg.graph.store.parts import Parts
from kg.graph.store.writing import Put, Writer
from kg.model import KG, Article, Profile

if TYPE_CHECKING:
    import rdflib


class Store:
    """A folder of articles, their graphs and an index; `Store.open` gives one. Use it in a `with` statement.

    Readers need no lock and see what was last committed; one writer at a time commits every `batch` articles and when
    it closes. What a killed writer had put on disk is brought into the index by whoever opens the store next.
    """

    def __init__(self, path: Path, names: Namespaces, *, writable: bool) -> None:
        self.path = path
        self.names = names
        self.writable = writable
        self._parts = Parts.of(path, names)
        self._lock = Lock(path / "lock")
        self._writer = Writer(self._parts, self._lock) if writable else None
        self._memory: ox.Store | None = None

    @property
    def identities(self) -> Identities:
        """Who is whom in this store, by a person's word and by `kg resolve`."""
        return self._parts.identities

    @property
    def parts(self) -> Parts:
        """What the store is made of, for the one who writes."""
        return self._parts

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = False, writable: bool = False, names: Namespaces | None = None
    ) -> Self:
        """Open the store in folder `path`; `create` makes it where there is none, with the IRI bases of `names`.

        Raises `StoreError` where there is no store, one of a newer version, or, for writing, one that is in use.
        """
        path = Path(path)
        with disk.failing("open the store", path):
            if create:
                manifest.create(path, names or Namespaces())
            store = cls(path, manifest.read(path), writable=writable)
            if store._writer:
                store._writer.begin()
            else:
                store._memory = recovery.prepare(store._parts, store._lock)
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        # after an error the files stand and the journal remembers them: the next one to open the store goes on
        if kind is None:
            self.close()
        else:
            self._let_go()

    def close(self) -> None:
        """Commit what is pending and free the store. Raises `StoreError` if that cannot be written."""
        try:
            self.commit()
        finally:
            self._let_go()

    def put(self, article: Article, turtle: bytes, reader: Collection[str] = ()) -> bool:
        """Store one article as `put_all` does; says whether anything changed."""
        return self._writing().put(article, turtle, reader)

    def put_all(self, puts: Sequence[Put]) -> list[bool]:
        """Store articles and their graphs, durably, quicker than one by one; says of each whether anything changed.

        Raises `StoreError` for Turtle that is not of its article, and for what the disk does not take; some may be in.
        """
        return self._writing().put_all(puts)

    def remove(self, id: str) -> bool:
        """Take one article out, durably: its files, its graph, and what no other states; says whether it was there.

        Who is whom, who is who elsewhere and added graphs stay as they are. Raises `StoreError` likewise.
        """
        return self._writing().remove(id)

    def cite(self, id: str, sources: Iterable[str]) -> bool:
        """Have a stored article name just these sources, durably; says whether that changed it."""
        return self._writing().cite(id, sources)

    def put_graph(self, iri: str, triples: Iterable[ox.Triple]) -> bool:
        """Store a named graph beside the articles', durably, in place of what it held; says whether it differs.

        Queries see it under its IRI, and plain ones too; what articles state as well has its home with them. Without
        triples there is no graph. Blank nodes are shared with the graphs that use the same labels.
        Raises `NotWritable` for the IRI of an article's graph, or of who is who, `StoreError` for what the disk does
        not take.
        """
        return self._writing().put_graph(iri, triples)

    def remove_graph(self, iri: str) -> bool:
        """Remove a graph that `put_graph` stored; says whether there was one. Raises `StoreError` likewise."""
        return self.put_graph(iri, ())

    def commit(self) -> None:
        """Bring the index up to date with all that was put and let readers see it. Raises `StoreError`."""
        if self._writer:
            self._writer.commit()

    def is_current(self, article: Article, reader: Iterable[str] | None) -> bool:
        """Whether the stored graph is whole and was made of this very article by this `record.reader`, or by any."""
        with disk.failing("read", self._parts.record.path(article.id)):
            return self._parts.record.is_current(article, reader)

    def __contains__(self, id: str) -> bool:
        return self._parts.record.path(id).is_file()

    def articles(self) -> Iterator[str]:
        """The identifiers of all articles, sorted."""
        found = self.oxigraph().quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(KG + "Article"))
        graphs = (quad.graph_name for quad in found if quad.subject == quad.graph_name)
        iris = (graph.value for graph in graphs if isinstance(graph, ox.NamedNode))
        yield from sorted(map(self.names.article_id, iris))

    def graphs(self) -> Iterator[str]:
        """The IRIs of the graphs beside the articles', sorted. Raises `StoreError` for a damaged file."""
        yield from sorted(map(additions.iri_of, self._parts.additions))

    def graph(self, iri: str) -> Iterator[ox.Triple]:
        """The triples of a graph beside the articles', sorted as N-Triples, as in the record.

        Raises `UnknownGraph` if there is none, `StoreError` if it is damaged.
        """
        if not self._parts.additions.path(iri).is_file():
            raise UnknownGraph(f"{self.path}: no graph <{iri}> beside the articles'")
        return self._parts.additions.read(iri)

    def turtle(self, id: str) -> bytes:
        """The Turtle of an article as in the record, without the seal. Raises `StoreError` if there is none."""
        return record.unseal(self._content(self._parts.record.path(id), id))

    def text(self, id: str) -> str:
        """The text of an article, unchanged. Raises `StoreError` if there is none."""
        return self._content(self._parts.record.text_path(id), id).decode()

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, sparql.Value] | None = None,
        default_graph: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Answer:
        """Ask in SPARQL; the contract's prefixes need no declaration.

        A query sees the union of all graphs, and each of them by GRAPH, unless it names graphs itself by FROM. The IRIs
        of `default_graph` and `named_graphs` stand for both: what they do not name is not seen. Relative
        IRIs are relative to `base`.
        Raises `QueryError` for what is not a query, and for SERVICE; updates are not queries.
        """
        try:
            return asking.answer(
                self.oxigraph(),
                text,
                prefixes=self.names.prefixes(),
                bindings=bindings or {},
                default_graph=default_graph,
                named_graphs=named_graphs,
                base=base,
            )
        except OSError as error:
            raise self._damaged(error) from error

    def rdflib(self) -> rdflib.Dataset:
        """The index as an rdflib Dataset, read-only and without a copy; its default graph is the union."""
        return asking.dataset(self.oxigraph(), self.names.prefixes())

    def contents(self) -> Contents:
        """The index, graph by graph, as it is pushed."""
        return Contents(self.oxigraph())

    def stats(self) -> stats.Stats:
        """What the store holds, counted."""
        return stats.count(self.query)

    def export(self, file: IO[bytes], format: str, article: str | None = None) -> None:
        """Write all graphs, or an article's, as `nquads`, `trig` or `turtle`, from the record: same files, same bytes.

        Raises `StoreError` for an article that is not there or that is damaged, `QueryError` for another format.
        """
        paths = self._parts.record if article is None else [self._parts.record.path(article)]
        if article is not None and article not in self:
            raise self._unknown(article)
        graphs = export.today(map(self._parts.record.load, paths), self.identities, whole=article is None)
        export.write(file, format, graphs, self.names)
        if article is None:
            export.write_added(file, format, self._parts.additions)

    def profiles(self, *, merged: bool = False) -> list[Profile]:
        """What the articles say of each entity, as they were read or as it was merged; damaged ones say nothing."""
        read = (triples for _, triples in recovery.as_read(self._parts.record, []))
        return profiles.profiles(map(self.identities.rewrite, read) if merged else read)

    def labels(self, iris: Iterable[str]) -> dict[str, set[ox.Literal]]:
        """What entities are called first: by the articles, or else by what was merged."""
        nodes = {iri: ox.NamedNode(iri) for iri in iris}
        index = self._parts.index
        return {i: index.labels(n, unless=MERGES) or recovery.labels(self._parts, n) for i, n in nodes.items()}

    def identify(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Say anew who is whom (`MERGES`) or who is who elsewhere (`LINKS`), and bring the index up to date with it."""
        self._writing().identify(graph, triples)

    def differences(self) -> Iterator[str]:
        """Compare the index with the files, and the files with their seals: a line for whatever does not agree.

        Nobody writes meanwhile. Raises `StoreError` where somebody does.
        """
        try:
            if self._writer:
                self.commit()
            elif os.access(self.path, os.W_OK):
                self._lock.acquire("checking the index")
            with disk.failing("read the index", self.path / "index"):
                yield from comparing.differences(self._parts)
        finally:
            if not self._writer:
                self._lock.release()

    def rebuild(self) -> list[str]:
        """Make the index anew from the Turtle files; gives a line for each file that is damaged and left out."""
        return self._writing().rebuild()

    def copied(self) -> AbstractContextManager[ox.Store]:
        """A copy of the index to try things on, for the one who writes; it goes at the end. Raises `StoreError`."""
        return scratch.copied(self.oxigraph(), self.path / "index")

    def oxigraph(self) -> ox.Store:
        """The index as Oxigraph has it, read-only, with all that was put."""
        self.commit()
        try:
            return self._parts.index.read() or self._memory or ox.Store()
        except OSError as error:
            if self._memory is not None:
                return self._memory
            raise self._damaged(error) from error

    @property
    def generation(self) -> int | None:
        """The number of the state that was asked last, or that `oxigraph` gave; None for an index in memory."""
        return self._parts.index.number

    def _content(self, path: Path, id: str) -> bytes:
        try:
            with disk.failing("read", path):
                return path.read_bytes()
        except StoreError as error:
            raise (self._unknown(id) if id not in self else error) from error

    def _unknown(self, id: str) -> StoreError:
        return StoreError(f"{self.path}: no article {id!r}")

    def _damaged(self, error: Exception) -> StoreError:
        return StoreError(f"{self.path}: the index is damaged ({str(error)[:120]}): kg index --rebuild makes it anew")

    def _writing(self) -> Writer:
        if self._writer is None:
            why = "closed" if self.writable else "opened for reading"
            raise StoreError(f"{self.path}: {why}: open it with writable=True")
        return self._writer

    def _let_go(self) -> None:
        if self._writer:
            self._writer.end()
            self._writer = None
        self._parts.index.close()
