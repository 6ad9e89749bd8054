"""Triples by article in, an Oxigraph store that answers queries out; all of it can be made again from the record.

`index/` holds numbered generations, each a pair of stores:

`graph`   what queries see: entities and direct triples, which many articles state, in the default graph; all that
          belongs to one article in its named graph; added graphs as they are, but for what stands in the default
          graph. Every triple has one home (`homes.py`).
`stated`  which article states which triple of the default graph, so that replacing an article removes exactly those
          that nobody states any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.graph.names import SKOS
from kg.graph.store import homes
from kg.graph.store.additions import Added
from kg.graph.store.generations import Generations
from kg.graph.store.homes import Change, belongs
from kg.graph.store.trig import Divided, Stream

Today = set[ox.Triple] | Divided  # all that an article's graph holds from now on
Before = Callable[[str], set[ox.Triple] | None]
_DEFAULT = ox.DefaultGraph()
_BULK = 10_000  # quads; below, the files of a bulk take longer to write than the quads
_QUAD = 60  # bytes of Turtle that a quad takes
_WAITING = 64_000_000  # bytes of what articles state of the world that a rebuild holds in memory


class Index:
    """The generations under one folder. Methods raise `OSError` where the system or Oxigraph does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._generations = Generations(folder, "graph", "stated")

    def read(self) -> ox.Store | None:
        """The newest generation, read-only; None where there is none."""
        return self._generations.read()

    @property
    def number(self) -> int | None:
        """The number of the generation that was read last."""
        return self._generations.number

    def newest(self) -> int | None:
        """The number of the newest generation; None where there is none."""
        return self._generations.newest()

    def read_both(self) -> tuple[ox.Store, ox.Store]:
        """Both stores of the newest generation, read-only; empty ones where there is none."""
        asked, stated = self._generations.read_all() or (ox.Store(), ox.Store())
        return asked, stated

    def is_sound(self) -> bool:
        """Whether there is a generation and both its stores open."""
        return self._generations.is_sound()

    def is_in_work(self) -> bool:
        """Whether a writer works on it, or one that was killed left something."""
        return self._generations.is_in_work()

    def close(self) -> None:
        """Let go of everything; what was not published is lost."""
        self._generations.close()

    def sweep(self) -> None:
        """Remove what a writer left unpublished; for the one who holds the store's lock."""
        self._generations.sweep()

    def apply(self, changes: Iterable[tuple[str, Today]], before: Before = lambda article: None) -> bool:
        """Bring articles up to date and publish, if anything differs; says whether it does.

        `before` gives the triples of an article that the index holds, to whoever knows them without reading it.
        Raises `SyntaxError` for what was divided and is not TriG.
        """
        graph, stated = self._generations.begin()
        latest = dict(changes)
        known = {article for article in latest if any(_has(part, article) for part in (graph, stated))}
        fresh = [(article, today) for article, today in latest.items() if today and article not in known]
        # what is new goes in first, so that no triple is dropped that a new article states
        loaded = [today for _, today in fresh if isinstance(today, Divided)]
        _load(graph, [divided.graph for divided in loaded])
        _load(stated, [divided.stated for divided in loaded])
        others = [(article, today) for article, today in fresh if not isinstance(today, Divided)]
        _add(graph, list(_homed(others)))
        _add(stated, list(_shared(others)))
        added = homes.additions(stated)
        homes.claim(graph, stated, (quad.triple for quad in _shared(others)), added)
        homes.claim(graph, stated, (triple for divided in loaded for triple in divided.shared), added)
        changed = bool(fresh)
        for article in sorted(known):
            changed |= self._replace(ox.NamedNode(article), _triples(latest[article]), before(article), added)
        if changed:
            self._generations.publish()
        return changed

    def amend(self, graph: str, gone: Iterable[ox.Triple] | None, come: Iterable[ox.Triple]) -> None:
        """Bring an added graph up to date and publish; `gone` is None where nobody knows what it held."""
        asked, stated = self._generations.begin()
        homes.amend(asked, stated, ox.NamedNode(graph), gone, come)
        self._generations.publish()

    def rebuild(self, articles: Iterable[Divided], additions: Iterable[Added] = ()) -> None:
        """Make a generation of these articles and added graphs alone and publish it.

        Raises `SyntaxError` for what is not TriG.
        """
        graph, stated = self._generations.begin(afresh=True)
        graph.bulk_load(cast(IO[bytes], Stream(_loading(articles, stated))), ox.RdfFormat.TRIG)
        for name, triples in additions:
            homes.amend(graph, stated, ox.NamedNode(name), (), triples)
        for part in (graph, stated):
            part.optimize()  # queries take half the time of those on what a bulk load leaves
        self._generations.publish()

    def labels(self, subject: ox.NamedNode, *, unless: str) -> set[ox.Literal]:
        """The preferred labels of an entity: those that articles state, or else those of the graph `unless`."""
        quads = self._stated(subject, ox.NamedNode(SKOS + "prefLabel"))
        others = [quad for quad in quads if quad.graph_name != ox.NamedNode(unless)]
        return {quad.object for quad in others or quads if isinstance(quad.object, ox.Literal)}

    def articles_of(self, subjects: Iterable[ox.NamedNode]) -> set[str]:
        """The articles, and other graphs, that state something of any of these subjects in the default graph."""
        quads = (quad for iri in subjects for quad in self._stated(iri))
        graphs = {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
        return {graph.value for graph in graphs - self._added()} if graphs else set()

    def _added(self) -> homes.Graphs:
        _, stated = self._generations.begin()
        return homes.additions(stated)

    def _stated(self, subject: ox.NamedNode, predicate: ox.NamedNode | None = None) -> list[ox.Quad]:
        if self._generations.newest() is None:
            return []
        _, stated = self._generations.begin()
        return list(stated.quads_for_pattern(subject, predicate, None))

    def _replace(
        self, article: ox.NamedNode, new: set[ox.Triple], before: set[ox.Triple] | None, added: homes.Graphs
    ) -> bool:
        graph, stated = self._generations.begin()
        gone, come = _difference(before, new) if before is not None else (set(), set())
        if before is None or any(map(_has_blank, gone | come)):  # which have other names whenever they are parsed
            gone, come = _difference(self._held(article), new)
        no_more, more = _shared_of(gone, article), _shared_of(come, article)
        for triple in gone - no_more:
            graph.remove(_quad(triple, article))
        for triple in no_more:
            stated.remove(_quad(triple, article))
            homes.release(graph, stated, triple, added)
        stated.extend(_quads(more, article))
        graph.extend([*_quads(come - more, article), *_quads(more, _DEFAULT)])
        homes.claim(graph, stated, more, added)
        if not new:
            homes.forget(graph, stated, article)
        return bool(gone or come)

    def _held(self, article: ox.NamedNode) -> set[ox.Triple]:
        parts = self._generations.begin()
        return {quad.triple for part in parts for quad in part.quads_for_pattern(None, None, None, article)}


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


def _difference(old: set[ox.Triple], new: set[ox.Triple]) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """What a graph is to lose and what it is to gain to hold just these triples, both as the index has them."""
    gone, come = normal(old - new), normal(new - old)
    touched = {(triple.subject, triple.predicate) for triple in gone}
    kept = normal({t for t in new & old if (t.subject, t.predicate) in touched}) if gone else set()  # 1.50 beside 1.5
    return gone - come - kept, come - gone


def _has_blank(triple: ox.Triple) -> bool:
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


def _shared_of(triples: set[ox.Triple], article: ox.NamedNode) -> set[ox.Triple]:
    return {triple for triple in triples if not belongs(triple, article.value)}


def normal(triples: set[ox.Triple]) -> set[ox.Triple]:
    """The triples as an Oxigraph store gives them back: it keeps the value 1.50 and not its writing."""
    if not triples:
        return triples
    passed = ox.Store()
    passed.extend(_quads(triples, _DEFAULT))
    return {quad.triple for quad in passed}


def _triples(today: Today) -> set[ox.Triple]:
    return today.triples if isinstance(today, Divided) else today


def _load(store: ox.Store, parts: Iterable[bytes]) -> None:
    trig = b"".join(parts)
    if len(trig) < _BULK * _QUAD:
        store.load(trig, ox.RdfFormat.TRIG)
    else:
        store.bulk_load(trig, ox.RdfFormat.TRIG)


def _add(store: ox.Store, quads: list[ox.Quad]) -> None:
    # a bulk writes files of its own, which is worth it for many
    if len(quads) < _BULK:
        store.extend(quads)
    else:
        store.bulk_extend(quads)


def _loading(articles: Iterable[Divided], stated: ox.Store) -> Iterator[bytes]:
    """What the graph is to hold, as it comes; what the articles state of the world is loaded on the way."""
    waiting: list[bytes] = []
    size = 0
    for article in articles:
        waiting.append(article.stated)
        size += len(article.stated)
        if size > _WAITING:
            stated.bulk_load(b"".join(waiting), ox.RdfFormat.TRIG)
            waiting, size = [], 0
        yield article.graph
    stated.bulk_load(b"".join(waiting), ox.RdfFormat.TRIG)


def _homed(changes: Iterable[Change]) -> Iterator[ox.Quad]:
    for article, triples in changes:
        for triple in triples:
            yield _quad(triple, ox.NamedNode(article) if belongs(triple, article) else _DEFAULT)


def _shared(changes: Iterable[Change]) -> Iterator[ox.Quad]:
    for article, triples in changes:
        yield from _quads((triple for triple in triples if not belongs(triple, article)), ox.NamedNode(article))


def _quads(triples: Iterable[ox.Triple], graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return (_quad(triple, graph) for triple in triples)


def _quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
