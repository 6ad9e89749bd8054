"""Triples under an IRI of their own in, files under `graphs/` out: the named graphs beside the articles'.

Each is one file of sorted N-Quads, a line a triple, that ends in a comment, its seal: a digest of the lines above it.
Graphs of any size pass through in bounded memory.
"""

from __future__ import annotations

import hashlib
import heapq
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import groupby, islice
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import NotWritable, StoreError
from kg.graph.names import XSD, Namespaces
from kg.graph.store import disk
from kg.graph.store.identities import LINKS, MERGES
from kg.graph.store.record import file_name

Added = tuple[str, Iterable[ox.Triple]]  # a graph's IRI, and what it holds
OTHERS = MERGES, LINKS  # graphs that have files of their own
_CHUNK = 200_000  # triples that are held in memory at a time
_SEAL = b"# sealed %s\n"
_DIGEST = 64  # characters of a SHA-256
_TEXT = ox.NamedNode(XSD + "string")


class Additions:
    """The files of all added graphs. A blank node is the one that its label names, in whichever graphs that stands."""

    def __init__(self, folder: Path, names: Namespaces) -> None:
        self.folder = folder
        self.names = names

    def path(self, iri: str) -> Path:
        """Where a graph stands, or would stand."""
        digest = hashlib.sha256(iri.encode()).hexdigest()
        # the digest keeps apart what a disk that knows no capitals would not
        return self.folder / f"{file_name(iri, digest)[:100]}~{digest[:16]}.nq"

    def must_be_free(self, iri: str) -> None:
        """Raise `StoreError` for what is no IRI, `NotWritable` for that of a graph which comes from elsewhere."""
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise StoreError(f"{iri!r}: a graph beside the articles' needs an IRI, as urn:example:mine") from error
        if iri.startswith(self.names.article):
            raise NotWritable(f"<{iri}>: an article's graph comes from its article: kg ingest")
        if iri in OTHERS:
            raise NotWritable(f"<{iri}>: who is who comes from kg resolve and kg link")

    @contextmanager
    def lines(self, iri: str, triples: Iterable[ox.Triple]) -> Iterator[Iterator[str]]:
        """The lines of a graph, sorted, each once; all triples have been taken before the first. Raises `OSError`."""
        graph, rest, runs = ox.NamedNode(iri), iter(triples), list[Iterable[str]]()
        with ExitStack() as files:
            while chunk := list(islice(rest, _CHUNK)):
                run = sorted({f"{triple} {graph} .\n" for triple in _normal(chunk)})
                runs.append(run if len(chunk) < _CHUNK else files.enter_context(self._set_aside(run)))
            yield (line for line, _ in groupby(heapq.merge(*runs)))

    def write(self, iri: str, lines: Iterator[str]) -> bool:
        """Put the file of a graph in place, none for no lines; says whether it differs. Raises `OSError`.

        What was there stays beside it until `sweep`, for `difference`.
        """
        path, former = self.path(iri), self._former(iri)
        former.unlink(missing_ok=True)
        if (first := next(lines, None)) is None:
            if found := path.exists():
                path.replace(former)
                disk.sync_folder(self.folder)
            return found
        beside = disk.temporary_of(path)
        disk.stream(beside, _sealed(first, lines))
        if _seal(path) == _seal(beside) and _is_sealed(path):
            beside.unlink()
            return False
        _keep(path, former)
        beside.replace(path)
        disk.sync_folder(self.folder)
        return True

    def is_whole(self, iri: str) -> bool:
        """Whether the file of a graph, where there is one, is what was written."""
        path = self.path(iri)
        return not path.exists() or _is_sealed(path)

    def difference(self, iri: str) -> tuple[Iterator[ox.Triple], Iterator[ox.Triple]]:
        """What went from a graph and what came to it with the last `write`."""
        path, former = self.path(iri), self._former(iri)
        return _only(former, path), _only(path, former)

    def read(self, iri: str) -> Iterator[ox.Triple]:
        """The triples of a graph, none where it has no file. Raises `StoreError`, at once, for a damaged one."""
        path = self.path(iri)
        return load(path) if path.exists() else iter(())

    def __iter__(self) -> Iterator[Path]:
        """The files, in an order that no machine changes."""
        yield from (path for path in sorted(self.folder.glob("*.nq")) if not path.name.startswith("."))

    def all(self, damaged: list[str]) -> Iterator[Added]:
        """All graphs with their triples; what is wrong with a damaged file is added to `damaged`."""
        for path in self:
            try:
                yield iri_of(path), load(path)
            except StoreError as error:
                damaged.append(str(error))

    def sweep(self) -> None:
        """Remove what a killed run left half-written, and what was beside what stands there now. Raises `OSError`."""
        for path in self.folder.glob(".*.tmp"):
            path.unlink(missing_ok=True)
        disk.remove_if_empty(self.folder)

    def _former(self, iri: str) -> Path:
        return self.folder / f".{self.path(iri).stem}.old.tmp"

    def _set_aside(self, lines: list[str]) -> IO[str]:
        # a file without a name: nothing of it outlives a kill
        file = tempfile.TemporaryFile("w+", dir=self.folder, encoding="utf-8", newline="\n")  # noqa: SIM115
        file.writelines(lines)
        file.seek(0)
        return file


def _keep(path: Path, former: Path) -> None:
    try:
        os.link(path, former)
    except FileNotFoundError:
        pass
    except OSError:  # a disk that knows no second names
        shutil.copyfile(path, former)


def iri_of(path: Path) -> str:
    """The IRI of the graph in a file. Raises `StoreError` for a damaged one."""
    try:
        with path.open("rb") as file:
            (quad,) = ox.parse(file.readline(), format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.graph_name, ox.NamedNode):
            return quad.graph_name.value
    except (OSError, SyntaxError, ValueError):
        pass
    raise _damaged(path)


def load(path: Path) -> Iterator[ox.Triple]:
    """The triples in a file. Raises `StoreError`, at once, for a damaged one."""
    if not _is_sealed(path):
        raise _damaged(path)
    return (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))


def _damaged(path: Path) -> StoreError:
    return StoreError(f"{path}: damaged: it is not what was written: put the graph there again, or remove the file")


def _normal(triples: list[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples as an index gives them back, which keeps the value 1.50 and not its writing: a value, a line."""
    values = ox.Store()
    for triple in triples:
        if isinstance(triple.object, (ox.NamedNode, ox.BlankNode)) or _is_text(triple.object):
            yield triple
        else:
            values.add(ox.Quad(triple.subject, triple.predicate, triple.object))
    yield from (quad.triple for quad in values)


def _is_text(term: object) -> bool:
    return isinstance(term, ox.Literal) and (term.language is not None or term.datatype == _TEXT)


def _sealed(first: str, rest: Iterator[str]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while first:
        data = "".join((first, *islice(rest, 1000))).encode()
        digest.update(data)
        yield data
        first = next(rest, "")
    yield _SEAL % digest.hexdigest().encode()


def _seal(path: Path) -> bytes:
    """The last line of a file; nothing where there is no file."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - len(_SEAL % bytes(_DIGEST))))
            return file.read()
    except FileNotFoundError:
        return b""


def _is_sealed(path: Path) -> bool:
    digest, seal = hashlib.sha256(), _seal(path)
    with path.open("rb") as file:
        rest = os.fstat(file.fileno()).st_size - len(seal)
        while rest > 0:
            data = file.read(min(rest, 1 << 20))
            digest.update(data)
            rest -= len(data) or rest
    return seal == _SEAL % digest.hexdigest().encode()


def _only(one: Path, other: Path) -> Iterator[ox.Triple]:
    """The triples that stand in one of two sorted files alone."""
    known = _triples(other)
    least = next(known, "")
    for line in _triples(one):
        while least and least < line:
            least = next(known, "")
        if line != least:
            yield from (quad.triple for quad in ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS))


def _triples(path: Path) -> Iterator[str]:
    with suppress(FileNotFoundError), path.open(encoding="utf-8", newline="\n") as file:
        yield from (line for line in file if not line.startswith("#"))
