"""Sources for tests of the service, of whose classes workers open one each."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.graph.answer import Answer


class Held:
    """Says by a file `asked` in a folder that it was asked, and answers once there is a file `go`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def query(self, text: str, **_: object) -> Answer:
        (self._folder / "asked").touch()
        while not (self._folder / "go").exists():
            time.sleep(0.01)
        return Answer(ox.Store().query(text))


class Failing:
    """Fails half-way."""

    def query(self, text: str, **_: object) -> Answer:
        def triples() -> Iterator[ox.Triple]:
            yield ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.NamedNode("a:o"))
            raise RuntimeError("too much")

        return Answer(triples())


class Long:
    """Answers 200,000 rows, whatever it is asked."""

    def query(self, text: str, **_: object) -> Answer:
        return Answer(ox.Store().query("SELECT ?x { VALUES ?x { " + " ".join(map(str, range(200_000))) + " } }"))


class Wrong:
    """Finds every query wrong."""

    def query(self, text: str, **_: object) -> Answer:
        raise QueryError(f"not\nSPARQL: {text}")


class Own:
    """Answers from an empty store, as Oxigraph would."""

    def query(self, text: str, **_: object) -> Answer:
        return Answer(ox.Store().query(text))


class Mortal(Own):
    """Dies when asked to, or fails."""

    def query(self, text: str, **_: object) -> Answer:
        if "die" in text:
            os.abort()
        if "bug" in text:
            raise KeyError(text)
        return super().query(text)


def broken() -> Own:
    """Fails with what nobody expected."""
    raise KeyError("a bug")


def nothing() -> Own:
    """Opens nothing."""
    raise StoreError("nothing here")
