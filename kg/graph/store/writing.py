"""Articles and graphs in, files of record and an index that is brought up to date behind them out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import RLock, Timer
from time import monotonic
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.store import citing, disk, record, recovery, trig
from kg.graph.store.index import Today
from kg.graph.store.lock import Lock
from kg.graph.store.parts import Parts
from kg.graph.store.record import Graph
from kg.model import Article


class Put(NamedTuple):
    """An article, its graph as Turtle, and what tells the reader that made it from others, if that is known."""

    article: Article
    turtle: bytes
    reader: Collection[str] = ()


class Writer:
    """The one who holds a store's lock; threads take turns.

    What is put is committed within the second, by a thread of its own, however long nothing more is put. Who puts on
    and on has a tenth of the time go into commits, no more: each costs what many articles cost to load, for Oxigraph
    writes files for each order of its quads, and merges those with what it has.

    What is about to change is noted in the journal, then the files are changed, then the index is: so whoever opens the
    store after a crash knows where the index may lag behind the files.
    """

    batch = 2000  # articles that are committed together, at most: after a kill they are indexed anew
    batch_bytes = 3_000_000  # of Turtle, likewise: Oxigraph takes thirty times as much memory to load it
    delay = 0.4  # seconds from a change to its commit, at least
    _share = 10.0  # seconds between two commits for each that the first took

    def __init__(self, parts: Parts, lock: Lock) -> None:
        self._parts = parts
        self._lock = lock
        self._turn = RLock()
        self._pending: dict[str, Today] = {}  # what articles, by IRI, hold from now on
        self._before: dict[str, bytes] = {}  # the files of some of them that the index was made of
        self._pending_bytes = 0
        self._timer: Timer | None = None
        self._rests_until = 0.0  # when the next commit may be, so that commits take no more than their share
        self._unsure: set[str] = set()  # whose files may have changed while the index has not: the journal keeps them

    def begin(self) -> None:
        """Take the lock and mend what a killed writer left. Raises `StoreError` or `OSError`."""
        self._lock.acquire("writing")
        try:
            recovery.report(recovery.mend(self._parts))
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """Give the lock back; what was not committed is left to the journal."""
        with self._turn:
            if self._timer:
                self._timer.cancel()
            self._clear()
            self._parts.account.close()
            self._parts.dispatches.close()
            self._parts.index.close()
            self._lock.release()

    def put(self, article: Article, turtle: bytes, reader: Collection[str] = ()) -> bool:
        """Store an article and its graph; says whether anything changed.

        Turtle as `kg.graph.turtle` writes it is not parsed where its `record.reader` is known.
        """
        return self.put_all([Put(article, turtle, reader)])[0]

    def put_all(self, puts: Sequence[Put]) -> list[bool]:
        """Store several articles, which takes the disk little longer than one; says of each whether it changed.

        Where one cannot be stored, others may not be either.
        """
        if len({put.article.id for put in puts}) < len(puts):
            return [self.put(*put) for put in puts]
        graphs, sealed = zip(*map(self._sealed, puts), strict=True)
        articles = [put.article for put in puts]
        with self._turn, disk.failing("write", self._parts.record.path(articles[0].id)):
            drafts = list(map(self._parts.record.draft, articles, sealed))
            new = [draft for draft in drafts if not draft.is_done]
            if new:
                unsure = set(self._unsure)
                with self._noted(*(draft.id for draft in new)):
                    self._parts.record.write(new)
                for draft, graph in zip(drafts, graphs, strict=True):
                    if not draft.is_done:
                        self._expect(draft, graph, is_sure=draft.id not in unsure)
                self._commit_soon()
        return [not draft.is_done for draft in drafts]

    def _sealed(self, put: Put) -> tuple[Graph | trig.Divided, bytes]:
        article, turtle, reader = put
        iri = self._parts.names.article_iri(article.id)
        divided = trig.of_turtle(turtle, iri) if article.id and reader else None
        graph = divided or self._parsed(turtle, article.id)
        return graph, record.seal(turtle, article, graph.reader if isinstance(graph, Graph) else reader)

    def _expect(self, draft: record.Draft, graph: Graph | trig.Divided, *, is_sure: bool) -> None:
        """Have the index take in what was written; what the file held before is told where the index `is_sure` to."""
        iri = self._parts.names.article_iri(draft.id)
        if is_sure and draft.former and iri not in self._pending and record.is_whole(draft.former):
            self._before[iri] = record.unseal(draft.former)
        self._pending[iri] = self._today(graph)
        self._pending_bytes += len(draft.turtle)

    def cite(self, id: str, sources: Iterable[str]) -> bool:
        """Have a stored article name just these sources; says whether anything changed. A damaged file stays as it is.

        What the graph was made from is the same: its sources are known from outside.
        """
        path = self._parts.record.path(id)
        with self._turn, disk.failing("write", path):
            if (before := self._parts.record.whole(path)) is None:
                return False
            graph = record.graph(before)
            cited = citing.cited(graph, sources, self._parts.names, id)
            if cited == before:
                return False
            text = self._parts.record.text_path(id).read_bytes().decode()
            with self._noted(id):
                resealed = record.resealed(path.read_bytes(), cited)
                self._parts.record.write([self._parts.record.draft(Article(id, text), resealed)])
            if graph.article not in self._pending:
                self._before[graph.article] = before
            self._pending[graph.article] = self._parts.identities.rewrite(record.graph(cited).triples)
            self._parts.account.renew(id)
            self._commit_soon()
        return True

    def remove(self, id: str) -> bool:
        """Take an article out; says whether it was there."""
        with self._turn, disk.failing("remove", self._parts.record.path(id)):
            if not self._parts.record.has_any(id):
                return False
            with self._noted(id):
                self._parts.record.remove(id)
            self._pending[self._parts.names.article_iri(id)] = set()
            self._commit_soon()
        return True

    def put_graph(self, iri: str, triples: Iterable[ox.Triple]) -> bool:
        """Store a graph beside the articles', or remove it where there are no triples; says whether it differs."""
        additions, index = self._parts.additions, self._parts.index
        additions.must_be_free(iri)
        with self._turn, disk.failing("write", additions.path(iri)):
            self.commit()
            certain = iri not in self._unsure and additions.is_whole(iri)  # that the index holds what the file does
            disk.make_folder(additions.folder)
            try:
                with self._whole(), additions.lines(iri, triples) as lines, self._noted(iri, graph=True):
                    changed = additions.write(iri, lines)
                    if certain and changed and additions.path(iri).exists():
                        index.amend(iri, *additions.difference(iri))
                    elif changed or not certain:
                        index.amend(iri, None, additions.read(iri))
            finally:
                additions.sweep()
            self._forget()
        return changed

    def commit(self) -> None:
        """Bring the index up to date with all that was put and let readers see it."""
        with self._turn, disk.failing("write the index", self._parts.index.folder):
            if self._pending:
                start = monotonic()
                self._apply()
                self._rests_until = monotonic() + self._share * (monotonic() - start)
                self._parts.account.commit()
                self._parts.dispatches.commit()

    def identify(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Say anew who is whom or who is who elsewhere, and bring the index up to date with it."""
        with self._turn, disk.failing("write", self._parts.identities.folder):
            self.commit()
            disk.make_folder(self._parts.index.folder)
            self._parts.identities.put(graph, triples)
            with self._whole():
                recovery.report(recovery.show(self._parts))

    def rebuild(self) -> list[str]:
        """Make the index anew from the files; gives a line for each that is damaged and left out."""
        with self._turn, disk.failing("rebuild the index", self._parts.index.folder):
            with self._whole():
                damaged = recovery.rebuild(self._parts)
            self._clear()
            self._unsure.clear()
        return damaged

    @contextmanager
    def _noted(self, *names: str, graph: bool = False) -> Iterator[None]:
        """Have it noted in the journal that files change, and until they are known to be as they should."""
        disk.make_folder(self._parts.index.folder)
        journal = self._parts.journal
        journal.add_graph(*names) if graph else journal.add(*names)
        self._unsure.update(names)
        yield
        self._unsure.difference_update(names)

    def _forget(self) -> None:
        if not self._unsure:
            self._parts.journal.clear()

    def _apply(self) -> None:
        try:
            with self._whole():
                self._parts.index.apply(self._pending.items(), self._indexed)
        except SyntaxError as error:
            raise StoreError(f"{self._parts.path}: what was put is not Turtle: {error}") from error
        self._clear()
        self._forget()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Let half of a change not be published with what comes next."""
        try:
            yield
        except BaseException:
            self._parts.index.close()
            raise

    def _indexed(self, article: str) -> set[ox.Triple] | None:
        """What the index holds of an article, by the file that it was made of; None where that does not tell."""
        with suppress(SyntaxError):
            graph = record.graph(self._before.get(article, b""))
            return self._parts.identities.rewrite(graph.triples) if graph.article == article else None
        return None

    def _clear(self) -> None:
        self._pending.clear()
        self._pending_bytes = 0
        self._before.clear()

    def _commit_soon(self) -> None:
        if len(self._pending) >= self.batch or self._pending_bytes >= self.batch_bytes:
            self.commit()
        elif self._timer is None:
            self._timer = Timer(max(self.delay, self._rests_until - monotonic()), self._commit_behind)
            self._timer.daemon = True
            self._timer.start()

    def _commit_behind(self) -> None:
        """Commit while the next articles are read; what fails stays pending, and fails when the writer commits."""
        with self._turn, suppress(StoreError):
            self._timer = None
            self.commit()

    def _today(self, graph: Graph | trig.Divided) -> Today:
        """A graph with the entities of today: as it is, where it is divided and mentions none that was merged."""
        identities = self._parts.identities
        if isinstance(graph, trig.Divided) and not identities.may_rewrite(graph.graph):
            return graph
        return identities.rewrite(graph.triples)

    def _parsed(self, turtle: bytes, id: str) -> Graph:
        iri = self._parts.names.article_iri(id)
        try:
            graph = record.graph(turtle, iri)
        except SyntaxError as error:
            raise StoreError(f"article {id!r}: not Turtle: {' '.join(str(error).split())[:200]}") from error
        if not id or graph.article != iri:
            raise StoreError(f"article {id!r}: its Turtle is about <{graph.article}>, not about <{iri}>")
        return graph
