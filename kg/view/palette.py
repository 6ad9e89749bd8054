"""The IRI of a class in, its colour out: `ontology/colours.ttl` says which."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from kg import ontology, resources
from kg.errors import DataError
from kg.model import KG

OTHER = "#9aa0a6"


def principal(types: str | Iterable[str] | None) -> str | None:
    """The most specific of the classes of a thing; None where it has none."""
    if types is None or isinstance(types, str):
        return types
    parents = ontology.parents()
    return min(types, key=lambda kind: (-len(parents.get(kind, ())), kind), default=None)


def colour(kind: str | None) -> str:
    """The colour of a class as "#rrggbb": its own, else its nearest ancestor's, else grey."""
    colours = _colours()
    if kind is None or kind in colours:
        return colours.get(kind or "", OTHER)
    coloured = ontology.parents().get(kind, frozenset()) & colours.keys()
    return colours.get(principal(coloured) or "", OTHER)


@cache
def _colours() -> dict[str, str]:
    path = resources.root() / "ontology" / "colours.ttl"
    found: dict[str, str] = {}
    for iri, about in ontology.read_turtle(path).items():
        for text, _ in ontology.literals(about, KG + "colour"):
            found[iri] = _checked(text, f"{path}: <{iri}>")
    return found


def _checked(text: str, where: str) -> str:
    if len(text) == 7 and text.startswith("#") and all(digit in "0123456789abcdef" for digit in text[1:]):
        return text
    raise DataError(f'{where}: the colour {text!r} should be six small hexadecimal digits, as in "#3b6fb6"')
