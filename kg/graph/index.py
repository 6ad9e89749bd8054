"""Triples by article in, an Oxigraph store that answers queries out; all of it can be made again from the record.

`index/` holds numbered generations; the highest is what readers see, and nobody ever writes into it. A writer works on
a copy (hard links, made by Oxigraph's backup) and publishes it with one rename, so that a reader meets no half-written
store and a killed writer leaves nothing to mend but a folder to remove. A generation is a pair of stores:

`graph`   what queries see: entities and direct triples, which many articles state, in the default graph; all that
          belongs to one article in its named graph; added graphs as they are, but for what stands in the default
          graph. Every triple has one home (`homes.py`).
`stated`  which article states which triple of the default graph, so that replacing an article removes exactly those
          that nobody states any more.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.graph import disk, homes
from kg.graph.additions import Added
from kg.graph.names import SKOS

Change = tuple[str, set[ox.Triple]]  # an article's IRI, and all that its graph holds from now on
_PARTS = ("graph", "stated")
_DEFAULT = ox.DefaultGraph()
_CHUNK = 500  # articles that a rebuild holds in memory


class Index:
    """The generations under one folder. Methods raise `OSError` where the system or Oxigraph does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: tuple[int, ox.Store] | None = None
        self._work: tuple[ox.Store, ox.Store] | None = None

    def newest(self) -> int | None:
        """The number of the generation that readers see; None where there is none."""
        try:
            return max((int(path.name) for path in self.folder.iterdir() if path.name.isdecimal()), default=None)
        except FileNotFoundError:
            return None

    def read(self) -> ox.Store | None:
        """The newest generation, read-only; None where there is none."""
        while (number := self.newest()) is not None:
            if self._open and self._open[0] == number:
                return self._open[1]
            try:
                self._open = number, _read_only(self.folder / str(number) / "graph")
            except OSError:
                if self.newest() == number:  # or else it was superseded and removed meanwhile
                    raise
        return None

    def is_sound(self) -> bool:
        """Whether there is a generation and both its stores open."""
        number = self.newest()
        if number is None:
            return False
        try:
            for part in _PARTS:
                _read_only(self.folder / str(number) / part)
        except OSError:
            return False
        return True

    def apply(self, changes: Iterable[Change]) -> bool:
        """Bring articles up to date and publish, if anything differs; says whether it does."""
        graph, stated = self._work or self._begin()
        latest = dict(changes)
        known = {article for article in latest if any(_has(part, article) for part in (graph, stated))}
        fresh = [(article, triples) for article, triples in latest.items() if triples and article not in known]
        # what is new goes in first and in bulk, so that no triple is dropped that a new article states
        graph.bulk_extend(_homed(fresh))
        stated.bulk_extend(_shared(fresh))
        added = homes.additions(stated)
        homes.claim(graph, stated, (quad.triple for quad in _shared(fresh)), added)
        changed = bool(fresh)
        for article in sorted(known):
            changed |= self._replace(ox.NamedNode(article), _normal(latest[article]), added)
        if changed:
            self._publish()
        return changed

    def amend(self, graph: str, gone: Iterable[ox.Triple] | None, come: Iterable[ox.Triple]) -> None:
        """Bring an added graph up to date and publish; `gone` is None where nobody knows what it held."""
        homes.amend(*(self._work or self._begin()), ox.NamedNode(graph), gone, come)
        self._publish()

    def rebuild(self, articles: Iterable[Change], additions: Iterable[Added] = ()) -> None:
        """Make a generation of these articles and added graphs alone and publish it."""
        self.close()
        graph, stated = self._begin(afresh=True)
        rest = iter(articles)
        while chunk := list(islice(rest, _CHUNK)):
            graph.bulk_extend(_homed(chunk))
            stated.bulk_extend(_shared(chunk))
        for name, triples in additions:
            homes.amend(graph, stated, ox.NamedNode(name), (), triples)
        self._publish()

    def labels(self, subject: ox.NamedNode, *, unless: str) -> set[ox.Literal]:
        """The preferred labels of an entity: those that articles state, or else those of the graph `unless`."""
        quads = self._stated(subject, ox.NamedNode(SKOS + "prefLabel"))
        others = [quad for quad in quads if quad.graph_name != ox.NamedNode(unless)]
        return {quad.object for quad in others or quads if isinstance(quad.object, ox.Literal)}

    def articles_of(self, subjects: Iterable[ox.NamedNode]) -> set[str]:
        """The articles, and other graphs, that state something of any of these subjects in the default graph."""
        quads = (quad for iri in subjects for quad in self._stated(iri))
        graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
        return {graph.value for graph in graphs - (homes.additions(self._work[1]) if self._work else set())}

    def _stated(self, subject: ox.NamedNode, predicate: ox.NamedNode | None = None) -> list[ox.Quad]:
        if self._work is None and self.newest() is None:
            return []
        _, stated = self._work or self._begin()
        return list(stated.quads_for_pattern(subject, predicate, None))

    def close(self) -> None:
        """Let go of everything; what was not published is lost."""
        self._open = None
        if self._work:
            self._work = None
            self.sweep()

    def sweep(self) -> None:
        """Remove what a writer left unpublished; for the one who holds the store's lock."""
        shutil.rmtree(self.folder / "work", ignore_errors=True)
        shutil.rmtree(self.folder / "next", ignore_errors=True)

    def _replace(self, article: ox.NamedNode, new: set[ox.Triple], added: homes.Graphs) -> bool:
        graph, stated = self._work or self._begin()
        old_own = {quad.triple for quad in graph.quads_for_pattern(None, None, None, article)}
        old_shared = {quad.triple for quad in stated.quads_for_pattern(None, None, None, article)}
        own = {triple for triple in new if _belongs(triple, article.value)}
        shared = new - own
        for triple in old_own - own:
            graph.remove(_quad(triple, article))
        for triple in old_shared - shared:
            stated.remove(_quad(triple, article))
            homes.release(graph, stated, triple, added)
        stated.extend(_quads(shared - old_shared, article))
        graph.extend([*_quads(own - old_own, article), *_quads(shared - old_shared, _DEFAULT)])
        homes.claim(graph, stated, shared - old_shared, added)
        return own != old_own or shared != old_shared

    def _begin(self, *, afresh: bool = False) -> tuple[ox.Store, ox.Store]:
        work = self.folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        number = None if afresh else self.newest()
        if number is not None:
            for part in _PARTS:
                _read_only(self.folder / str(number) / part).backup(str(work / part))
        self._work = ox.Store(str(work / "graph")), ox.Store(str(work / "stated"))
        return self._work

    def _publish(self) -> None:
        following = self.folder / "next"
        shutil.rmtree(following, ignore_errors=True)
        following.mkdir()
        for part, store in zip(_PARTS, self._work or (), strict=True):
            store.flush()
            store.backup(str(following / part))
        disk.sync_folder(following)
        number = (self.newest() or 0) + 1
        following.rename(self.folder / str(number))
        disk.sync_folder(self.folder)
        self._forget(number - 1)

    def _forget(self, oldest: int) -> None:
        # the generation before the newest stays: a reader may be about to open it
        for path in self.folder.iterdir():
            if path.name.isdecimal() and int(path.name) < oldest:
                shutil.rmtree(path, ignore_errors=True)


def _read_only(path: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(path))
    except (RuntimeError, ValueError) as error:  # what Oxigraph raises for files that are not its own
        raise OSError(f"{path}: {error}") from error


def in_memory(articles: Iterable[Change], additions: Iterable[Added] = ()) -> ox.Store:
    """The same index without a folder, for stores that cannot be written to."""
    graph, stated = ox.Store(), ox.Store()
    for change in articles:
        graph.extend(_homed([change]))
    for name, triples in additions:
        homes.amend(graph, stated, ox.NamedNode(name), (), triples)
    return graph


def _has(store: ox.Store, graph: str) -> bool:
    return any(store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))


def _normal(triples: set[ox.Triple]) -> set[ox.Triple]:
    """The triples as an Oxigraph store gives them back: it keeps the value 1.50 and not its writing."""
    passed = ox.Store()
    passed.extend(_quads(triples, _DEFAULT))
    return {quad.triple for quad in passed}


def _belongs(triple: ox.Triple, article: str) -> bool:
    """Whether a triple tells of the article, or of what is said in it, and not of the world."""
    subject = triple.subject
    return isinstance(subject, ox.NamedNode) and (subject.value == article or subject.value.startswith(article + "#"))


def _homed(changes: Iterable[Change]) -> Iterator[ox.Quad]:
    for article, triples in changes:
        for triple in triples:
            yield _quad(triple, ox.NamedNode(article) if _belongs(triple, article) else _DEFAULT)


def _shared(changes: Iterable[Change]) -> Iterator[ox.Quad]:
    for article, triples in changes:
        yield from _quads((triple for triple in triples if not _belongs(triple, article)), ox.NamedNode(article))


def _quads(triples: Iterable[ox.Triple], graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return (_quad(triple, graph) for triple in triples)


def _quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
