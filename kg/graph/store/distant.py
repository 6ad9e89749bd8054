"""Articles and their Turtle in, the same files as a store's folder has out, at any address that fsspec knows.

`store.json` and `articles/`, and no index: a copy in a folder is a store, whose index is made by whoever opens it.
An object appears at once or not at all, an article's text before its Turtle; so the seal of the Turtle tells whether
both are there. Nothing is locked: one run at a time, or several with articles of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Self

from kg import filesystems
from kg.errors import StoreError
from kg.graph.names import Namespaces
from kg.graph.store import manifest, record
from kg.graph.terms import text_bytes
from kg.model import Article, Provenance

_HERE = record.Record(Path("articles"))


@dataclass(frozen=True, slots=True)
class Distant:
    """The record behind an address; `Distant.open` gives one. It may be sent to other machines."""

    address: str
    names: Namespaces

    @classmethod
    def open(cls, address: str) -> Self:
        """The record at an address, which is made where there is none.

        Raises `StoreError` for what cannot be reached or is no store that this version reads.
        """
        distant = cls(address.rstrip("/"), Namespaces())
        try:
            found = distant._read([manifest.NAME])
            if not found:
                distant._write({manifest.NAME: manifest.written(Namespaces())})
                return distant
        except OSError as error:
            raise StoreError(f"{address}: cannot be reached: {error}") from error
        return cls(distant.address, manifest.parsed(found[manifest.NAME], address))

    def current(self, asked: Sequence[tuple[Article, Provenance | None]]) -> set[str]:
        """The identifiers of those articles whose graph there is whole, and made of this very article by this reader.

        None is any reader. Raises `StoreError` where that cannot be looked up.
        """
        try:
            found = self._read([_turtle(article.id) for article, _ in asked])
        except OSError as error:
            raise StoreError(f"{self.address}: cannot be read: {error}") from error
        return {article.id for article, by in asked if _is_made_from(found.get(_turtle(article.id), b""), article, by)}

    def put(self, made: Iterable[tuple[Article, bytes]]) -> None:
        """Write articles and their Turtle, all texts first. Raises `StoreError` where they are not taken."""
        made = list(made)
        texts = {_text(article.id): text_bytes(article.text) for article, _ in made}
        sealed = {
            _turtle(a.id): record.seal(turtle, a, record.graph(turtle, self.names.article_iri(a.id)).reader)
            for a, turtle in made
        }
        try:
            self._write(texts)
            self._write(sealed)
        except OSError as error:
            raise StoreError(f"{self.address}: cannot be written: {error}") from error

    def remove(self, id: str) -> None:
        """Take an article out, if it is there, its Turtle first. Raises `StoreError`."""
        system, root = filesystems.reached(self.address)
        paths = [f"{root}/{name}" for name in (_turtle(id), _text(id))]
        try:
            with filesystems.failing():
                for path in filter(system.exists, paths):
                    system.rm_file(path)
        except OSError as error:
            raise StoreError(f"{self.address}: cannot be written: {error}") from error

    def _read(self, names: Sequence[str]) -> dict[str, bytes]:
        """The files that are there, by name. Raises `OSError`."""
        system, root = filesystems.reached(self.address)
        paths = {f"{root}/{name}": name for name in names}
        with filesystems.failing():
            found: Mapping[str, Any] = system.cat(list(paths), on_error="return") if paths else {}
            for answer in found.values():
                if isinstance(answer, Exception) and not isinstance(answer, FileNotFoundError):
                    raise answer
        return {paths[path]: data for path, data in found.items() if isinstance(data, bytes)}

    def _write(self, files: Mapping[str, bytes]) -> None:
        """Put files there, many at a time where that is quicker. Raises `OSError`."""
        system, root = filesystems.reached(self.address)
        with filesystems.failing():
            if not system.async_impl:  # those are buckets, which have no folders to be made
                for folder in {str(PurePosixPath(root, name).parent) for name in files}:
                    system.makedirs(folder, exist_ok=True)
            if files:
                system.pipe({f"{root}/{name}": data for name, data in files.items()})


def _is_made_from(content: bytes, article: Article, by: Provenance | None) -> bool:
    if not record.is_whole(content):
        return False
    reader = record.reader(by) if by else record.graph(record.unseal(content)).reader
    return content.endswith(f"made from {record.inputs(article, reader)}\n".encode())


def _turtle(id: str) -> str:
    return _HERE.path(id).as_posix()


def _text(id: str) -> str:
    return _HERE.text_path(id).as_posix()
