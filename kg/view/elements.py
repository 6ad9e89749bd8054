"""What a network is made of, as files are written from it: nodes, edges, and the shapes that many of them share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from kg.view.rows import Values, name, words

_ASIDE = frozenset({"label", "weight", "article"})  # said of every element in a way of its own
_LARGE = 2**31


class Large(int):
    """Stands for the type of integers of more than 32 bits."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Which attributes like elements have: their names, the types of their values and the places of those.

    What makes up an element's label and weight is left out: `label` and `weight` are the places of what is said of
    them.
    """

    attributes: tuple[str, ...]
    types: tuple[type, ...]
    places: tuple[int, ...]
    label: int | None
    weight: int | None


def shape(attributes: tuple[str, ...], values: Values) -> Shape:
    """The shape of an element whose attributes have these values."""
    types = tuple(map(type, values))
    if int in types:
        types = tuple(Large if v.__class__ is int and not -_LARGE <= v < _LARGE else type(v) for v in values)
    return _shape(attributes, types)


@lru_cache(maxsize=4096)
def _shape(attributes: tuple[str, ...], types: tuple[type, ...]) -> Shape:
    places = {name: place for place, name in enumerate(attributes) if types[place] is not type(None)}
    said = sorted((name, place) for name, place in places.items() if name not in _ASIDE)
    return Shape(
        attributes=tuple(name for name, _ in said),
        types=tuple(types[place] for _, place in said),
        places=tuple(place for _, place in said),
        label=places.get("label"),
        weight=places.get("weight"),
    )


class Node(NamedTuple):
    """A node: its identifier and what is said of it."""

    id: str
    shape: Shape
    values: Values

    @property
    def label(self) -> str:
        """Its label, else what its identifier ends in."""
        place = self.shape.label
        return name(self.id) if place is None else str(self.values[place])

    @property
    def attributes(self) -> dict[str, Any]:
        """What else is said of it, by name."""
        return _said(self.shape, self.values)


class Edge(NamedTuple):
    """An edge: the identifiers of its ends, its predicate and what is said of it."""

    source: str
    target: str
    predicate: str
    shape: Shape
    values: Values

    @property
    def label(self) -> str:
        """Its label, else the words of its predicate."""
        place = self.shape.label
        return words(name(self.predicate)) if place is None else str(self.values[place])

    @property
    def weight(self) -> float:
        """Its weight, a number above 0."""
        return weight(self.shape, self.values)

    @property
    def attributes(self) -> dict[str, Any]:
        """What else is said of it, by name."""
        return _said(self.shape, self.values)


def weight(shape: Shape, values: Values) -> float:
    """The weight that an edge of this shape says, if that is a number above 0, else 1."""
    given = None if shape.weight is None else values[shape.weight]
    return given if isinstance(given, (int, float)) and given > 0 else 1


def _said(shape: Shape, values: Values) -> dict[str, Any]:
    return {name: values[place] for name, place in zip(shape.attributes, shape.places, strict=True)}
