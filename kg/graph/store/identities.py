"""A store's `identity/` folder in, articles' triples with one IRI an entity out.

`decisions.ttl` is a person's: `owl:sameAs` and `owl:differentFrom`, a line a decision, to be edited by hand too.
`merges.ttl` is made of them and of all articles by `kg resolve`, `links.ttl` by `kg link`: both can be made again. What
they say is in the index, each in a graph of its own. The articles' own files stay as they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import turtle
from kg.graph.names import DCT, OWL, RDF, SKOS, Namespaces
from kg.graph.store import disk, trig
from kg.model import Decisions

MERGES, LINKS = "https://w3id.org/dateline/merges", "https://w3id.org/dateline/links"
_GRAPHS = {MERGES: "merges.ttl", LINKS: "links.ttl"}
_DECISIONS = "decisions.ttl"
_NOTE = b"""# Who is who, by a person's word: owl:sameAs makes two entities one, owl:differentFrom keeps them apart.
# kg resolve merge, apart and undo write here; after an edit by hand, kg resolve brings it into the graph.
"""
_SAME, _DIFFERENT = ox.NamedNode(OWL + "sameAs"), ox.NamedNode(OWL + "differentFrom")
_REPLACED = ox.NamedNode(DCT + "isReplacedBy")
_PREF, _ALT = ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode(SKOS + "altLabel")
_SUBJECT, _OBJECT = ox.NamedNode(RDF + "subject"), ox.NamedNode(RDF + "object")

Change = tuple[str, set[ox.Triple]]
Replaced = Mapping[ox.NamedNode, ox.NamedNode]


class Identities:
    """The files of `identity/` in a store's folder, and which state of them its index shows."""

    def __init__(self, path: Path, names: Namespaces) -> None:
        self.folder = path / "identity"
        self.names = names
        self._shown = path / "index" / "identity"
        self._replaced: tuple[bytes, Replaced] = b"", {}
        self._ends: tuple[Replaced, set[bytes]] = {}, set()  # how their IRIs end

    @property
    def replaced(self) -> Replaced:
        """Each entity that another stands for, and that other. Raises `StoreError` for a damaged file."""
        content = _read(self.folder / _GRAPHS[MERGES])
        if content != self._replaced[0]:
            self._replaced = content, _replacements(self._parsed(self.folder / _GRAPHS[MERGES], content))
        return self._replaced[1]

    def decisions(self) -> Decisions:
        """What a person has decided. Raises `StoreError` for a damaged file."""
        path = self.folder / _DECISIONS
        triples = self._parsed(path, _read(path))
        merged, apart = (frozenset(_pairs(triples, said)) for said in (_SAME, _DIFFERENT))
        if both := sorted(merged & apart):
            raise StoreError(f"{path}: {both[0][0]} and {both[0][1]} are said to be one and to be two: leave one out")
        return Decisions(merged, apart)

    def decide(self, decisions: Decisions) -> None:
        """Write what a person has decided. Raises `OSError`."""
        told = {_SAME: decisions.merged, _DIFFERENT: decisions.apart}
        triples = (
            ox.Triple(ox.NamedNode(one), said, ox.NamedNode(other)) for said in told for one, other in told[said]
        )
        self._write(self.folder / _DECISIONS, _NOTE + turtle.plain(triples, self.names.prefixes()))

    def put(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Write what one of the graphs holds from now on; nothing removes its file. Raises `OSError`."""
        path, content = self.folder / _GRAPHS[graph], turtle.plain(triples, self.names.prefixes())
        if content:
            self._write(path, content)
        else:
            path.unlink(missing_ok=True)

    def graph(self, graph: str) -> set[ox.Triple]:
        """What one of the graphs holds. Raises `StoreError` for a damaged file."""
        path = self.folder / _GRAPHS[graph]
        return self._parsed(path, _read(path))

    def graphs(self) -> Iterator[Change]:
        """The graphs as the index has them. Raises `StoreError` for a damaged file."""
        for graph in _GRAPHS:
            triples = self.graph(graph)
            yield graph, triples if graph == MERGES else rewritten(triples, self.replaced)

    def rewrite(self, triples: set[ox.Triple]) -> set[ox.Triple]:
        """An article's triples with the entities of today. Raises `StoreError` for a damaged file."""
        return rewritten(triples, self.replaced)

    def may_rewrite(self, turtle: bytes) -> bool:
        """Whether an article's triples may be others today; they are not if this says no."""
        if self._ends[0] is not (replaced := self.replaced):
            self._ends = replaced, trig.tails(replaced)
        return trig.may_mention(turtle, self._ends[1])

    def today(self, iri: str) -> str:
        """The IRI of what stands for an entity by now: its own, where it was not merged into another."""
        return self.replaced.get(node := ox.NamedNode(iri), node).value

    def is_shown(self) -> bool:
        """Whether the index was made with the files as they are."""
        return all(_read(self._shown / name) == _read(self.folder / name) for name in _GRAPHS.values())

    def changed(self) -> set[ox.NamedNode]:
        """The entities that the index shows under another IRI than the files say."""
        path = self._shown / _GRAPHS[MERGES]
        old, new = _replacements(self._parsed(path, _read(path))), self.replaced
        return {iri for iri in old.keys() | new.keys() if old.get(iri) != new.get(iri)}

    def mark_shown(self) -> None:
        """Note that the index was made with the files as they are. Raises `OSError`."""
        for name in _GRAPHS.values():
            content = _read(self.folder / name)
            if content != _read(self._shown / name):
                self._write(self._shown / name, content)

    def _parsed(self, path: Path, content: bytes) -> set[ox.Triple]:
        try:
            return turtle.parse(content)
        except SyntaxError as error:
            raise StoreError(f"{path}:{error.lineno}: not Turtle: {error.msg}: mend or remove it") from error

    def _write(self, path: Path, content: bytes) -> None:
        disk.make_folder(path.parent)
        disk.write(path, content)
        disk.sync_folder(path.parent)


def rewritten(triples: set[ox.Triple], replaced: Replaced) -> set[ox.Triple]:
    """Triples in which the entities that others stand for are those others; what they were called, another name.

    What becomes a relation of something to itself is left out. A replaced entity keeps one triple: what replaces it.
    """
    terms = (term for triple in triples for term in (triple.subject, triple.object)) if replaced else ()
    old = {term for term in terms if isinstance(term, ox.NamedNode) and term in replaced}
    if not old:
        return triples
    found = {_triple(triple, replaced) for triple in triples}
    mirrors = _mirrors(found)
    names = {(t.subject, t.object) for t in found if t.predicate == _PREF}
    kept = {triple for triple in found if not _is_idle(triple, mirrors, names)}
    return kept | {ox.Triple(iri, _REPLACED, replaced[iri]) for iri in old}


def _triple(triple: ox.Triple, replaced: Replaced) -> ox.Triple:
    subject, predicate, object = triple.subject, triple.predicate, triple.object
    if isinstance(subject, ox.NamedNode) and subject in replaced:
        subject = replaced[subject]
        predicate = _ALT if predicate == _PREF else predicate
    if isinstance(object, ox.NamedNode):
        object = replaced.get(object, object)
    return ox.Triple(subject, predicate, object)


def _mirrors(triples: set[ox.Triple]) -> set[object]:
    """The statements of a relation of something to itself."""
    subjects = {t.subject: t.object for t in triples if t.predicate == _SUBJECT}
    return {t.subject for t in triples if t.predicate == _OBJECT and subjects.get(t.subject) == t.object}


def _is_idle(triple: ox.Triple, mirrors: Set[object], names: Set[tuple[object, object]]) -> bool:
    if triple.subject in mirrors or triple.object in mirrors or triple.subject == triple.object:
        return True
    return triple.predicate == _ALT and (triple.subject, triple.object) in names


def _replacements(triples: set[ox.Triple]) -> dict[ox.NamedNode, ox.NamedNode]:
    return {
        t.subject: t.object
        for t in triples
        if t.predicate == _REPLACED and isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode)
    }


def _pairs(triples: set[ox.Triple], said: ox.NamedNode) -> Iterator[tuple[str, str]]:
    for triple in triples:
        if triple.predicate == said:
            one, other = sorted(getattr(term, "value", "") for term in (triple.subject, triple.object))
            yield one, other


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
