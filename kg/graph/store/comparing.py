"""A store's files and its index in, whatever of them does not agree, a line each, out; in memory article by article."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.store import additions, homes, record
from kg.graph.store.homes import Change, belongs
from kg.graph.store.index import normal
from kg.graph.store.parts import Parts
from kg.model import KG

_DEFAULT = ox.DefaultGraph()
_SHA256 = ox.NamedNode(KG + "textSha256")


def differences(parts: Parts) -> Iterator[str]:
    """A line a difference, in the order of the files. Raises `OSError` where the index cannot be read."""
    graph, stated = parts.index.read_both()
    added = homes.additions(stated)
    for path in parts.record:
        yield from _article(parts, path, graph, stated)
    for path in parts.record.orphans():
        yield f"{path}: a text without its graph: ingest the article again, or remove the file"
    for change in parts.identities.graphs():
        yield from _compared(f"<{change[0]}>", change, graph, stated)
    for path in parts.additions:
        yield from _addition(path, graph, stated)
    yield from _unknown(parts, graph, stated, added)
    yield from _unstated(graph, stated, added)


def _article(parts: Parts, path: Path, graph: ox.Store, stated: ox.Store) -> Iterator[str]:
    try:
        found = parts.record.load(path)
    except StoreError as error:
        yield str(error)
        return
    id = parts.names.article_id(found.article)
    if parts.record.path(id) != path:
        yield f"{path}: it is about article {id!r}, which belongs in {parts.record.path(id)}"
        return
    yield from _files(found, path)
    change = found.article, parts.identities.rewrite(found.triples)
    yield from _compared(f"article {id!r}", change, graph, stated)


def _files(found: record.Graph, path: Path) -> Iterator[str]:
    if not record.is_whole(path.read_bytes()):
        yield f"{path}: not what was written, by its seal: ingest the article again"
    text = path.with_suffix(".txt")
    if not text.is_file():
        yield f"{text}: missing: ingest the article again"
    elif hashlib.sha256(text.read_bytes()).hexdigest() not in _digests(found):
        yield f"{text}: not the text that {path.name} was made from: ingest the article again"


def _digests(found: record.Graph) -> set[str]:
    return {t.object.value for t in found.triples if t.predicate == _SHA256 and isinstance(t.object, ox.Literal)}


def _compared(name: str, change: Change, graph: ox.Store, stated: ox.Store) -> Iterator[str]:
    """What an article, or who is whom, says, beside what the index has of it in either store."""
    iri = ox.NamedNode(change[0])
    triples = normal(change[1])
    own = {triple for triple in triples if belongs(triple, change[0])}
    shared = triples - own
    yield from _told(name, "in its graph", own, {quad.triple for quad in _of(graph, iri)})
    yield from _told(name, "noted as stated", shared, {quad.triple for quad in _of(stated, iri)})
    yield from _told(name, "in the default graph", shared, {t for t in shared if _quad(t, _DEFAULT) in graph})


def _told(name: str, where: str, wanted: set[ox.Triple], found: set[ox.Triple]) -> Iterator[str]:
    for what, triples in (("missing", wanted - found), ("too many", found - wanted)):
        if triples:
            yield f"{name}: {what} {where}: {len(triples)}, such as {min(map(str, triples))}"


def _addition(path: Path, graph: ox.Store, stated: ox.Store) -> Iterator[str]:
    """A graph beside the articles', which may be larger than memory."""
    try:
        iri = ox.NamedNode(additions.iri_of(path))
        count, missing = 0, 0
        for triple in additions.load(path):
            count += 1
            home = stated if _quad(triple, _DEFAULT) in graph else graph
            missing += _quad(triple, iri) not in home
    except StoreError as error:
        yield str(error)
        return
    if missing:
        yield f"{iri}: missing in the index: {missing} of {count}"
    indexed = sum(1 for store in (graph, stated) for _ in _of(store, iri))
    if (surplus := indexed - (count - missing)) > 0:
        yield f"{iri}: too many in the index: {surplus}"


def _unknown(parts: Parts, graph: ox.Store, stated: ox.Store, added: homes.Graphs) -> Iterator[str]:
    """Graphs that the index has, and no file."""
    known = {iri for iri, _ in parts.additions.all([])} | dict(parts.identities.graphs()).keys()
    names = {*graph.named_graphs(), *stated.named_graphs(), *added}
    for name in sorted(name.value for name in names if isinstance(name, ox.NamedNode)):
        if name not in known and not parts.record.path(parts.names.article_id(name)).exists():
            yield f"<{name}>: in the index, and no file has it"


def _unstated(graph: ox.Store, stated: ox.Store, added: homes.Graphs) -> Iterator[str]:
    for quad in graph.quads_for_pattern(None, None, None, _DEFAULT):
        if homes.graphs_of(stated, quad.triple) <= added:
            yield f"{quad.triple}: in the default graph, and no article states it"


def _of(store: ox.Store, name: ox.NamedNode) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, name)


def _quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
