"""`store.json` in, the IRI bases of a store out; and the making of a new store."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.names import Namespaces
from kg.graph.store import disk

FORMAT = 1
NAME = "store.json"


def create(path: Path, names: Namespaces) -> None:
    """Make an empty store, unless one is there already. Raises `StoreError` or `OSError`."""
    if (path / NAME).exists():
        return
    _must_be_bases(path, names)
    data = written(names)
    if path.is_dir():
        _must_be_empty(path)
        disk.write(path / NAME, data)
        disk.sync_folder(path)
    elif path.exists():
        raise StoreError(f"{path}: a file, where a store is a folder: name another place")
    else:
        _appear(path, data)


def read(path: Path) -> Namespaces:
    """The bases of the store at `path`. Raises `StoreError` where there is none that this version reads."""
    if not path.exists():
        raise StoreError(f"{path}: no store there: kg ingest makes one")
    if not (path / NAME).is_file():
        raise StoreError(f"{path}: not a store, for it has no {NAME}: name a folder that kg ingest made")
    names = parsed((path / NAME).read_bytes(), path)
    _must_be_bases(path, names)
    return names


def written(names: Namespaces) -> bytes:
    """What `store.json` says."""
    content = {"format": FORMAT, "entity_base": names.entity, "article_base": names.article}
    return (json.dumps(content, indent=2) + "\n").encode()


def parsed(data: bytes, path: Path | str) -> Namespaces:
    """The bases that a `store.json` names. Raises `StoreError` for one that this version does not read."""
    try:
        content = json.loads(data)
        format, names = content["format"], Namespaces(content["entity_base"], content["article_base"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}/{NAME}: damaged: it must hold format, entity_base and article_base") from error
    if format != FORMAT:
        raise StoreError(
            f"{path}: a store of format {format}, and this version of Dateline reads format {FORMAT}: "
            "upgrade Dateline, or ingest the articles into a new store"
        )
    return names


def _appear(path: Path, data: bytes) -> None:
    """Make the folder with its file in it at one stroke, so that nobody ever meets half a store."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    beside.mkdir()
    try:
        disk.write(beside / NAME, data)
        disk.sync_folder(beside)
        beside.rename(path)
        disk.sync_folder(path.parent)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        if not (path / NAME).exists():  # or else another process was faster, which is as well
            raise


def _sweep(path: Path) -> None:
    for left in path.parent.glob(f".{path.name}.*.new"):
        process = left.suffixes[-2].removeprefix(".") if len(left.suffixes) > 1 else ""
        if process.isdecimal() and not Path("/proc", process).exists() and Path("/proc/self").exists():
            shutil.rmtree(left, ignore_errors=True)


def _must_be_empty(path: Path) -> None:
    ours = disk.temporary_of(path / NAME).name
    if others := sorted(entry.name for entry in path.iterdir() if entry.name != ours):
        raise StoreError(f"{path}: not a store, and not empty ({others[0]}): name a new or an empty folder")


def _must_be_bases(path: Path, names: Namespaces) -> None:
    for base in (names.entity, names.article):
        try:
            ox.NamedNode(base)
        except (ValueError, TypeError) as error:
            raise StoreError(f"{path}: {base!r} is no IRI that others could begin with") from error
    if "#" in names.article or not names.article.endswith(("/", ":", "=")):
        raise StoreError(f"{path}: the article base {names.article!r} must end in / and hold no #")
