"""Where `ontology/` and `queries/` are: under `$KG_DATA`, in the wheel, or in a checkout; and what they digest to."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import platformdirs

from kg.errors import DataError

_PACKAGE = Path(__file__).resolve().parent
_READS = ("text", "link", "gazetteer", "llm", "ontology", "model")
_WRITES = tuple(f"graph/{name}.py" for name in ("rdf", "terms", "names", "triples", "turtle", "versions"))


@cache
def root() -> Path:
    """The folder that holds `ontology/`, `queries/` and `samples/`.

    Raises `DataError` where there is none.
    """
    chosen = os.environ.get("KG_DATA")
    candidates = [Path(chosen)] if chosen else [_PACKAGE / "data", _PACKAGE.parent]
    for candidate in candidates:
        if (candidate / "ontology").is_dir() and (candidate / "queries").is_dir():
            return candidate
    places = " or ".join(str(candidate) for candidate in candidates)
    raise DataError(f"no ontology/ and queries/ in {places}: set KG_DATA to the folder that holds them")


def files(folder: str, suffix: str) -> list[Path]:
    """The files below `folder` of the data whose names end in `suffix`, in an order that no machine changes."""
    return sorted((root() / folder).rglob(f"*{suffix}"), key=lambda path: path.as_posix())


def names_home() -> Path:
    """The folder of the names that a user added: `$KG_NAMES`, else one that the system keeps for a user's data."""
    chosen = os.environ.get("KG_NAMES")
    return Path(chosen) if chosen else platformdirs.user_data_path("dateline", appauthor=False) / "names"


def own_names() -> list[Path]:
    """The Turtle files of the names that a user added."""
    return sorted(names_home().glob("*.ttl"))


def llm_key() -> str | None:
    """The key that a language model's server wants: `$KG_LLM_KEY`."""
    return os.environ.get("KG_LLM_KEY") or None


def login() -> str | None:
    """What a SPARQL server wants before it can be written to: `$KG_LOGIN`, `user:password` or a bearer token."""
    return os.environ.get("KG_LOGIN") or None


def token() -> str | None:
    """What a client must bring to write into what is served: `$KG_TOKEN`."""
    return os.environ.get("KG_TOKEN") or None


@cache
def fingerprint() -> str:
    """A digest of the reader's code, the ontology and a user's names: another may read another graph from a text."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _sources() -> Iterator[Path]:
    for folder in _READS:
        yield from sorted((_PACKAGE / folder).rglob("*.py"))
        yield from sorted((_PACKAGE / folder).rglob("*.txt"))
        yield from sorted((_PACKAGE / folder).rglob("*.toml"))
    yield from (_PACKAGE / name for name in _WRITES)
    yield from files("ontology", ".ttl")
    yield from own_names()
