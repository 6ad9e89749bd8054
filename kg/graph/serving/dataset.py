"""Any RDF files in, something that answers queries as they were written out: no prefix is given, no union unasked."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Self, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import asking
from kg.graph.answer import Answer
from kg.graph.exploring.explored import Explored
from kg.graph.serving import updates
from kg.graph.serving.graphs import Graphs, name_of
from kg.graph.serving.tables import Tables
from kg.graph.store.disk import failing
from kg.graph.store.generations import Generations

_FORMATS = {"owl": "rdf", "ntriples": "nt", "nquads": "nq", "turtle": "ttl"}  # suffixes that Oxigraph does not know

_PARTS = ("data",)


class Dataset:
    """RDF that is not a store of articles; `Dataset.make` reads it into a folder, `Dataset.open` asks it there."""

    def __init__(self, folder: Path, *, union: bool = False) -> None:
        self.folder = folder
        self._union = union
        self._generations = Generations(folder, *_PARTS)
        self._tables = Tables(folder / "tables")

    @classmethod
    def make(cls, folder: Path, files: Iterable[str | Path]) -> Self:
        """Read files of any RDF format, by their suffixes (`.gz` too), into an empty folder.

        Triples go to the default graph, quads to the graphs that they name. Raises `StoreError`, with file and line,
        for what cannot be read.
        """
        dataset = cls(folder)
        with dataset._changing() as store:
            for path in map(Path, files):
                load_file(store, path)
            store.optimize()
        return dataset

    @classmethod
    def open(cls, folder: Path, *, union: bool = False) -> Self:
        """What `make` left in a folder, as it is now and as others change it; with `union` queries see all graphs."""
        return cls(folder, union=union)

    def query(
        self,
        text: str,
        *,
        default_graph: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Answer:
        """Ask in SPARQL, of the default graph (or of all) unless the query or the arguments name others.

        Raises `QueryError` for what is not a query, and for SERVICE.
        """
        return asking.answer(
            self._newest(),
            text,
            prefixes={},
            bindings={},
            default_graph=default_graph,
            named_graphs=named_graphs,
            union=self._union,
            base=base,
        )

    def explored(self) -> Explored:
        """It as the explorer asks it: all its graphs as one."""
        graph = self._newest()  # first, for it tells the generation
        return Explored(graph, generation=self._generations.number, tables=self._tables)

    def update(self, text: str, *, base: str, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> None:
        """Change it by SPARQL 1.1 Update, all or nothing. Raises `QueryError` for what is not allowed or fails."""
        checked = updates.checked(text, base=base, using=using, using_named=using_named)
        with self._changing() as store:
            updates.run(store, checked, base=base)

    def read(self, graph: str | None) -> Iterator[ox.Triple]:
        """The triples of a graph, the default one where none is named. Raises `UnknownGraph`."""
        return Graphs(self._newest()).read(graph)

    def put(self, graph: str | None, triples: Iterable[ox.Triple], *, keep: bool) -> bool:
        """Replace a graph, or add to it with `keep`; says whether it is new."""
        name = name_of(graph)
        with self._changing() as store:
            is_new = not Graphs(store).holds(graph)
            if not keep:
                store.clear_graph(name)
            if isinstance(name, ox.NamedNode):
                store.add_graph(name)
            store.extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in triples)
        return is_new

    def remove(self, graph: str | None) -> None:
        """Take a graph out; the default one is emptied. Raises `UnknownGraph`."""
        Graphs(self._newest()).read(graph)
        with self._changing() as store:
            store.remove_graph(name_of(graph))

    def _newest(self) -> ox.Store:
        return self._generations.read() or ox.Store()

    @contextmanager
    def _changing(self) -> Iterator[ox.Store]:
        """A copy to change, published if nothing goes wrong; for one at a time, whichever process it is."""
        with failing("change the data", self.folder):
            generations = Generations(self.folder, *_PARTS)
            try:
                (store,) = generations.begin()
                yield store
                generations.publish()
            finally:
                generations.close()


def load_file(store: ox.Store, path: Path) -> None:
    """Read a file of RDF, by its name's suffix, zipped or not. Raises `StoreError` with the line that is wrong."""
    suffixes = [suffix.removeprefix(".").lower() for suffix in path.suffixes]
    zipped = suffixes[-1:] == ["gz"]
    suffix = next(iter(suffixes[-2:-1] if zipped else suffixes[-1:]), "")
    format = ox.RdfFormat.from_extension(_FORMATS.get(suffix, suffix))
    if format is None:
        raise StoreError(f"{path}: not a file of RDF by its name: .ttl, .nt, .nq, .trig, .rdf or .jsonld is needed")
    try:
        with failing("read", path):
            _take(store, path, format, zipped=zipped)
    except (EOFError, zlib.error) as error:
        raise StoreError(f"{path}: not a whole .gz file: {error}") from error
    except SyntaxError as error:
        place = f"{path}, line {error.lineno}" if error.lineno else str(path)
        raise StoreError(f"{place}: not {format.name}: {' '.join(str(error.msg).split())[:200]}") from error


def _take(store: ox.Store, path: Path, format: ox.RdfFormat, *, zipped: bool) -> None:
    base = path.absolute().as_uri()
    if zipped:
        with gzip.open(path) as file:
            store.bulk_load(cast(IO[bytes], file), format, base_iri=base)
    else:  # which is faster
        store.bulk_load(path=path, format=format, base_iri=base)
