"""The version of an article in, what its graph says of that out; and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.graph.names import DCT, SCHEMA
from kg.graph.terms import moment_of, plain
from kg.model import Version

_NUMBER, _TIME = SCHEMA + "version", DCT + "modified"


def said(version: Version | None) -> Iterator[tuple[str, ox.Literal | None]]:
    """What is said of an article that is one of several versions of an item, by property."""
    if version:
        yield _NUMBER, plain(str(version.number or ""))
        yield _TIME, moment_of(version.time)


def of(about: Mapping[str, Sequence[str]]) -> Version | None:
    """The version that is said of an article by such properties; None where none is."""
    number, time = next(iter(about.get(_NUMBER, ())), ""), next(iter(about.get(_TIME, ())), "")
    return Version(int(number) if number.isdecimal() else 0, time) if number or time else None
