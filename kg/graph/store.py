"""Articles and their Turtle in, a store that answers queries out: files are the record, the index is derived."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import asking, disk, export, manifest, profiles, record, recovery, sparql, stats
from kg.graph.answer import Answer
from kg.graph.contents import Contents
from kg.graph.identities import MERGES, Identities
from kg.graph.index import Change, Index, in_memory
from kg.graph.journal import Journal
from kg.graph.lock import REPAIRING, Lock
from kg.graph.names import RDF, Namespaces
from kg.graph.rdf import reader_iri
from kg.graph.record import Graph, Record
from kg.model import KG, Article, Profile, Provenance

if TYPE_CHECKING:
    import rdflib

_log = logging.getLogger(__name__)


class Store:
    """A folder of articles, their graphs and an index; `Store.open` gives one. Use it in a `with` statement.

    Readers need no lock and see what was last committed; one writer at a time commits every `batch` articles and when
    it closes. What a killed writer had put on disk is brought into the index by whoever opens the store next.
    """

    batch = 200

    def __init__(self, path: Path, names: Namespaces, *, writable: bool) -> None:
        self.path = path
        self.names = names
        self.writable = writable
        self._record = Record(path / "articles")
        self._index = Index(path / "index")
        self._journal = Journal(path / "index" / "journal")
        self.identities = Identities(path, names)
        self._lock = Lock(path / "lock")
        self._pending: list[Change] = []
        self._unsure = False
        self._memory: ox.Store | None = None

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
            if writable:
                store._begin_writing()
            else:
                store._prepare_reading()
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

    def put(self, article: Article, turtle: bytes) -> bool:
        """Store an article and its graph, durably; says whether anything changed.

        Raises `StoreError` for Turtle that does not describe the article and for what the disk does not take.
        """
        self._must_write()
        graph = self._parsed(turtle, article.id)
        sealed = record.seal(turtle, article, graph.reader)
        with disk.failing("write", self._record.path(article.id)):
            if self._record.holds(article, sealed):
                return False
            disk.make_folder(self.path / "index")
            self._journal.add(article.id)
            self._unsure = True  # until both files are known to be there, the journal must not forget the article
            self._record.write(article, sealed)
            self._unsure = False
        self._pending.append((graph.article, self.identities.rewrite(graph.triples)))
        if len(self._pending) >= self.batch:
            self.commit()
        return True

    def commit(self) -> None:
        """Bring the index up to date with all that was put and let readers see it. Raises `StoreError`."""
        if self._pending:
            with disk.failing("write the index", self.path / "index"):
                self._index.apply(self._pending)
                self._pending.clear()
                if not self._unsure:
                    self._journal.clear()

    def is_current(self, article: Article, provenance: Provenance) -> bool:
        """Whether the stored graph is whole and was made by this very reader from this very text and metadata."""
        with disk.failing("read", self._record.path(article.id)):
            return self._record.is_current(article, (reader_iri(provenance), *provenance.models))

    def __contains__(self, id: str) -> bool:
        return self._record.path(id).is_file()

    def articles(self) -> Iterator[str]:
        """The identifiers of all articles, sorted."""
        found = self._graph().quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(KG + "Article"))
        iris = (quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))
        yield from sorted(map(self.names.article_id, iris))

    def turtle(self, id: str) -> bytes:
        """The Turtle of an article as in the record, without the seal. Raises `StoreError` if there is none."""
        return record.unseal(self._content(self._record.path(id), id))

    def text(self, id: str) -> str:
        """The text of an article, unchanged. Raises `StoreError` if there is none."""
        return self._content(self._record.text_path(id), id).decode()

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, sparql.Value] | None = None,
        default_graph: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Ask in SPARQL; the contract's prefixes need no declaration.

        A query sees the union of all graphs, and each of them by GRAPH, unless it names graphs itself by FROM. The IRIs
        of `default_graph` and `named_graphs` stand for both: what they do not name is not seen.
        Raises `QueryError` for what is not a query, and for SERVICE; updates are not queries.
        """
        try:
            return asking.answer(
                self._graph(),
                text,
                prefixes=self.names.prefixes(),
                bindings=bindings or {},
                default_graph=default_graph,
                named_graphs=named_graphs,
            )
        except OSError as error:
            raise self._damaged(error) from error

    def rdflib(self) -> rdflib.Dataset:
        """The index as an rdflib Dataset, read-only and without a copy; its default graph is the union."""
        return asking.dataset(self._graph(), self.names.prefixes())

    def contents(self) -> Contents:
        """The index, graph by graph, as it is pushed."""
        return Contents(self._graph())

    def stats(self) -> stats.Stats:
        """What the store holds, counted."""
        return stats.count(self.query)

    def export(self, file: IO[bytes], format: str, article: str | None = None) -> None:
        """Write all articles, or one, as `nquads`, `trig` or `turtle`, from the record: the same files, the same bytes.

        Raises `StoreError` for an article that is not there or that is damaged, `QueryError` for another format.
        """
        paths = self._record if article is None else [self._record.path(article)]
        if article is not None and article not in self:
            raise self._unknown(article)
        graphs = export.today(map(self._record.load, paths), self.identities, whole=article is None)
        export.write(file, format, graphs, self.names)

    def profiles(self, *, merged: bool = False) -> list[Profile]:
        """What the articles say of each entity, as they were read or as it was merged; damaged ones say nothing."""
        read = (triples for _, triples in recovery.as_read(self._record, []))
        return profiles.profiles(map(self.identities.rewrite, read) if merged else read)

    def labels(self, iris: Iterable[str]) -> dict[str, set[ox.Literal]]:
        """What entities are called first: by the articles, or else by what was merged."""
        nodes = {iri: ox.NamedNode(iri) for iri in iris}
        told = self._record, self._index, self.names, self.identities
        return {i: self._index.labels(n, unless=MERGES) or recovery.labels(n, *told) for i, n in nodes.items()}

    def identify(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Say anew who is whom (`MERGES`) or who is who elsewhere (`LINKS`), and bring the index up to date with it."""
        self._must_write()
        self.commit()
        with disk.failing("write", self.identities.folder):
            disk.make_folder(self.path / "index")
            self.identities.put(graph, triples)
            _report(recovery.show(self._record, self._index, self.names, self.identities))

    def rebuild(self) -> list[str]:
        """Make the index anew from the Turtle files; gives a line for each file that is damaged and left out."""
        self._must_write()
        self._pending.clear()
        with disk.failing("rebuild the index", self.path / "index"):
            return recovery.rebuild(self._record, self._index, self._journal, self.identities)

    def _begin_writing(self) -> None:
        self._lock.acquire("writing")
        try:
            self._recover()
        except BaseException:
            self._let_go()
            raise

    def _prepare_reading(self) -> None:
        """Mend what a killed writer left, if nobody writes and the disk allows; or else read what there is."""
        if self._journal or not self._readable() or not self.identities.is_shown():
            with suppress(StoreError, OSError):
                self._lock.acquire(REPAIRING)
                self._recover()
            self._let_go()
        if not self._readable() and any(self._record):
            _log.warning("%s: the index cannot be made here, so all Turtle is read into memory", self.path)
            self._memory = in_memory(recovery.graphs(self._record, self.identities, []))

    def _readable(self) -> bool:
        try:
            return self._index.read() is not None
        except OSError:
            return False

    def _recover(self) -> None:
        _report(recovery.mend(self._record, self._index, self._journal, self.names, self.identities))

    def _parsed(self, turtle: bytes, id: str) -> Graph:
        iri = self.names.article_iri(id)
        try:
            graph = record.graph(turtle, iri)
        except SyntaxError as error:
            raise StoreError(f"article {id!r}: not Turtle: {' '.join(str(error).split())[:200]}") from error
        if not id or graph.article != iri:
            raise StoreError(f"article {id!r}: its Turtle is about <{graph.article}>, not about <{iri}>")
        return graph

    def _graph(self) -> ox.Store:
        self.commit()
        try:
            return self._index.read() or self._memory or ox.Store()
        except OSError as error:
            if self._memory is not None:
                return self._memory
            raise self._damaged(error) from error

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

    def _must_write(self) -> None:
        if not self.writable:
            raise StoreError(f"{self.path}: opened for reading: open it with writable=True")

    def _let_go(self) -> None:
        self._pending.clear()
        self._index.close()
        self._lock.release()


def _report(damaged: list[str]) -> None:
    for line in damaged:
        _log.warning("%s", line)
