"""Articles and their Turtle in, files under `articles/` out: the record that everything else can be made of again.

Each file ends in a comment, its seal: a digest of the bytes above it and one of what they were made from, so that a
damaged file and an outdated one are told from a current one without parsing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.names import PROV, RDF
from kg.graph.rdf import reader_iri
from kg.graph.store import disk
from kg.graph.terms import text_bytes
from kg.graph.turtle import parse
from kg.model import KG, Article, Provenance

_UNSAFE = re.compile(rb"[^A-Za-z0-9._-]")
_LONGEST = 150
_SEAL = re.compile(rb"\n# sealed ([0-9a-f]{64}), made from ([0-9a-f]{64})\n\Z")


class Graph(NamedTuple):
    """The graph of one article: its IRI, its triples, and the Turtle that they stand in, without the seal."""

    article: str
    triples: set[ox.Triple]
    turtle: bytes

    @property
    def reader(self) -> tuple[str, ...]:
        """What tells the reader that made the graph from others: its IRI and its models."""
        made = ox.NamedNode(PROV + "wasGeneratedBy"), ox.NamedNode(KG + "model")
        readers = {t.object for t in self.triples if t.predicate == made[0]}
        models = {t.object for t in self.triples if t.predicate == made[1] and t.subject in readers}
        return tuple(term.value for term in readers | models if isinstance(term, (ox.NamedNode, ox.Literal)))


class Draft(NamedTuple):
    """What is to stand in the files of an article: its sealed Turtle, and its text, None where that is there already.

    `place` is where they stand, without a suffix, and `former` what the Turtle's holds so far.
    """

    id: str
    place: str
    turtle: bytes
    text: bytes | None
    former: bytes | None

    @property
    def is_done(self) -> bool:
        """Whether both files hold these very bytes."""
        return self.text is None and self.former == self.turtle

    @property
    def folder(self) -> str:
        """Where the files stand."""
        return self.place.rpartition(os.sep)[0]


class Record:
    """The files of all articles, two an article, in folders by the first byte of the identifier's SHA-256."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, id: str) -> Path:
        """Where the Turtle of an article stands, or would stand; the text is beside it, as `.txt`."""
        return Path(f"{self._place(id)}.ttl")

    def text_path(self, id: str) -> Path:
        """Where the text of an article stands, or would stand."""
        return self.path(id).with_suffix(".txt")

    def __iter__(self) -> Iterator[Path]:
        """The Turtle files, in an order that no machine changes."""
        yield from (path for path in sorted(self.folder.glob("??/*.ttl")) if not path.name.startswith("."))

    def orphans(self) -> Iterator[Path]:
        """Texts without Turtle, in the same order."""
        yield from (path for path in sorted(self.folder.glob("??/*.txt")) if not path.with_suffix(".ttl").exists())

    def draft(self, article: Article, sealed: bytes) -> Draft:
        """What is to be written for an article, beside what stands there. Raises `OSError`."""
        place, text = self._place(article.id), text_bytes(article.text)
        return Draft(article.id, place, sealed, None if _read(f"{place}.txt") == text else text, _read(f"{place}.ttl"))

    def write(self, drafts: Sequence[Draft]) -> None:
        """Put the files of several articles in place, texts first, once all are on the disk. Raises `OSError`."""
        folders = dict.fromkeys(draft.folder for draft in drafts)
        disk.make_folder(self.folder)
        for folder in folders:
            disk.make_folder(Path(folder))
        _stream(drafts)
        texts = [draft for draft in drafts if draft.text is not None]
        _replace(draft.place + ".txt" for draft in texts)
        # a new text goes with another Turtle than the former: that must not be on the disk before
        for folder in dict.fromkeys(draft.folder for draft in texts if draft.former is not None):
            disk.sync_folder(folder)
        _replace(draft.place + ".ttl" for draft in drafts)
        for folder in folders:
            disk.sync_folder(folder)

    def remove(self, id: str) -> None:
        """Take both files away, the Turtle first, and their folder, if it held no others. Raises `OSError`."""
        folder = self.path(id).parent
        for path in (self.path(id), self.text_path(id)):
            path.unlink(missing_ok=True)
            disk.sync_folder(folder)
        disk.remove_if_empty(folder)

    def has_any(self, id: str) -> bool:
        """Whether there is a file of the article, whole or not."""
        return self.path(id).exists() or self.text_path(id).exists()

    def is_current(self, article: Article, reader: Iterable[str] | None) -> bool:
        """Whether both files are whole and were made from this very article by this very reader; None: by any."""
        place = self._place(article.id)
        content = _read(f"{place}.ttl")
        if content is None or not (seal := _SEAL.search(content)):
            return False
        if reader is None:
            return is_whole(content) and self.is_current(article, graph(unseal(content)).reader)
        made_from = seal[2].decode() == inputs(article, reader)
        return made_from and is_whole(content) and _read(f"{place}.txt") == text_bytes(article.text)

    def looks(self, id: str) -> bytes | None:
        """A digest of how both files look to the system; it changes when one is written, replaced or moved.

        Besides size and time of change it has the inode and its own time, which nobody can set, after git's index
        (Documentation/technical/racy-git.txt): a copied store is read once before it is known again. None: one is gone.
        """
        place = self._place(id)
        try:
            found = [os.stat(f"{place}{suffix}") for suffix in (".ttl", ".txt")]  # noqa: PTH116 - paths take thrice as long
        except OSError:
            return None
        seen = [(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino) for stat in found]
        return hashlib.sha256(repr(seen).encode()).digest()[:16]

    def load(self, path: Path) -> Graph:
        """The graph in a Turtle file. Raises `StoreError` for a file that is missing or damaged."""
        try:
            turtle = unseal(path.read_bytes())
            return graph(turtle)
        except (OSError, SyntaxError) as error:
            reason = " ".join(str(error).split())[:120]
            raise StoreError(f"{path}: damaged ({reason}): ingest the article again") from error

    def whole(self, path: Path) -> bytes | None:
        """The Turtle in a file that is just as it was sealed, without the seal; None for any other."""
        with suppress(OSError):
            content = path.read_bytes()
            return unseal(content) if is_whole(content) else None
        return None

    def sweep(self, ids: Iterable[str]) -> None:
        """Remove what a killed run left of these articles half-written or half-removed, or end it. Raises `OSError`."""
        for path in map(self.path, ids):
            _sweep(path)
            disk.remove_if_empty(path.parent)

    def sweep_all(self) -> None:
        """Remove whatever killed runs left half-written. Raises `OSError`."""
        for path in self.folder.glob("??/.*.tmp"):
            _sweep(path.with_name(path.stem[1:]).with_suffix(".ttl"))

    def _place(self, id: str) -> str:
        digest = hashlib.sha256(_bytes(id)).hexdigest()
        return f"{self.folder}{os.sep}{digest[:2]}{os.sep}{file_name(id, digest)}"


def graph(turtle: bytes, base: str | None = None) -> Graph:
    """The graph that Turtle holds. Raises `SyntaxError` for what is not Turtle or describes not just one article."""
    triples = parse(turtle, base)
    article = ox.NamedNode(KG + "Article")
    found = [t.subject for t in triples if t.object == article and t.predicate.value == RDF + "type"]
    if len(found) != 1 or not isinstance(found[0], ox.NamedNode):
        raise SyntaxError(f"{len(found)} kg:Article in it, not one")
    return Graph(found[0].value, triples, turtle)


def reader(provenance: Provenance) -> tuple[str, ...]:
    """What tells a reader from others, sorted: its IRI and its models."""
    return tuple(sorted((reader_iri(provenance), *provenance.models)))


def seal(turtle: bytes, article: Article, reader: Iterable[str]) -> bytes:
    """The Turtle with its seal; `reader` is whatever tells one reader from another."""
    body = turtle.rstrip(b"\n") + b"\n"
    return body + f"\n# sealed {_digest(body).decode()}, made from {inputs(article, reader)}\n".encode()


def resealed(content: bytes, turtle: bytes) -> bytes:
    """Other Turtle with the seal that a sealed file has, as far as that tells what it was made from."""
    body, made_from = turtle.rstrip(b"\n") + b"\n", _SEAL.search(content)
    if made_from is None:
        raise ValueError("not sealed")
    return body + b"\n# sealed " + _digest(body) + b", made from " + made_from[2] + b"\n"


def unseal(content: bytes) -> bytes:
    """The Turtle without its seal."""
    return _SEAL.sub(b"", content)


def is_whole(content: bytes) -> bool:
    """Whether a file has its seal and is what was sealed."""
    seal = _SEAL.search(content)
    return seal is not None and seal[1] == _digest(content[: seal.start()])


def inputs(article: Article, reader: Iterable[str]) -> str:
    """A digest of all that the graph of an article is made from: text, metadata, version and reader."""
    day = article.issued.isoformat() if article.issued else None
    told = [article.id, article.text, article.language, article.title, day, article.publisher, article.url]
    version = article.version[:2] if article.version else ()
    return hashlib.sha256(json.dumps([*told, *version, sorted(reader)]).encode()).hexdigest()


def file_name(id: str, digest: str) -> str:
    """A name that every disk takes, and no other identifier has; `digest` is of the identifier."""
    safe = _UNSAFE.sub(lambda match: b"%" + match.group().hex().upper().encode(), _bytes(id)).decode()
    if safe.startswith(".") or not safe:
        safe = "%2E" + safe[1:] if safe else "%"
    # "~" is in no safe name, so that a shortened one is never another's
    return safe if len(safe) <= _LONGEST else f"{safe[: _LONGEST - 17]}~{digest[:16]}"


def _stream(drafts: Sequence[Draft]) -> None:
    """Write what is to be put in place, beside it; nothing is left if that fails."""
    texts = [(_beside(draft.place + ".txt"), draft.text) for draft in drafts]
    try:
        for text_path, text in texts:
            if text is None:  # a killed run may have left another
                Path(text_path).unlink(missing_ok=True)
        # whoever mends goes by whole Turtle, so its text must be on the disk before
        disk.stream_all([(text_path, text) for text_path, text in texts if text is not None])
        disk.stream_all([(_beside(draft.place + ".ttl"), draft.turtle) for draft in drafts])
    except OSError:
        for text_path, _ in texts:
            Path(text_path).unlink(missing_ok=True)
        raise


def _replace(paths: Iterable[str]) -> None:
    for path in paths:
        os.replace(_beside(path), path)  # noqa: PTH105 - as in `looks`


def _beside(path: str) -> str:
    """`disk.temporary_of`, of a string."""
    folder, _, name = path.rpartition(os.sep)
    return f"{folder}{os.sep}.{name}.tmp"


def _finish(path: Path) -> None:
    """Put an article's new files in place: when the Turtle's is whole, the text's is whole too, or stands there."""
    text_path = path.with_suffix(".txt")
    if (new := disk.temporary_of(text_path)).exists():
        new.replace(text_path)
        if path.exists():  # and goes with another text: what follows must not be on the disk before
            disk.sync_folder(path.parent)
    disk.temporary_of(path).replace(path)


def _sweep(path: Path) -> None:
    new, text_path = disk.temporary_of(path), path.with_suffix(".txt")
    if is_whole(_read(new) or b""):
        _finish(path)
    for half in (new, disk.temporary_of(text_path), *([] if path.exists() else [text_path])):
        half.unlink(missing_ok=True)


def _bytes(id: str) -> bytes:
    return id.encode("utf-8", "surrogatepass")


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _read(path: Path | str) -> bytes | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as in `looks`
            return file.read()
    except FileNotFoundError:
        return None
