"""What a network is made of, as files are written from it: nodes, edges, and the shapes that many of them share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from kg.view import days
from kg.view.rows import Values, name, words

_ASIDE = frozenset({"label", "weight", "article"})  # said of every element in a way of its own
_LARGE = 2**31


class Large(int):
    """Stands for the type of integers of more than 32 bits."""


@dataclass(frozen=True, slots=True, eq=False)  # equal shapes are one: see _shape
class Shape:
    """Which attributes like elements have: by place, their names and the types of their values.

    `places` are where the values stand: those of the attributes, and those that make up labels, weights and spells.
    """

    attributes: tuple[str, ...]
    types: tuple[type, ...]
    directed: bool
    places: dict[str, int]
    order: tuple[int, ...]

    def value(self, attribute: str, values: Values) -> Any:
        """What the values of an element say by an attribute; None where they have none."""
        place = self.places.get(attribute)
        return None if place is None else values[place]

    def fields(self) -> Iterator[tuple[str, int, type]]:
        """The name, the place and the type of each attribute."""
        return zip(self.attributes, self.order, self.types, strict=True)

    def said(self, values: Values) -> dict[str, Any]:
        """The attributes of an element, by name: what is no label, weight or article."""
        return {attribute: values[place] for attribute, place, _ in self.fields()}

    def weight(self, values: Values) -> float:
        """The weight that an edge says, if that is a number above 0, else 1."""
        given = self.value("weight", values)
        return given if isinstance(given, (int, float)) and given > 0 else 1

    def spell(self, values: Values) -> days.Spell:
        """The days on which articles tell of an element, from the first to the last; see `days.spell`."""
        return days.spell(*(self.value(day, values) for day in days.NAMES))


def shape(attributes: tuple[str, ...], values: Values) -> Shape:
    """The shape of an element whose attributes have these values."""
    types = tuple(map(type, values))
    if large := [place for place in _integers(types) if not -_LARGE <= values[place] < _LARGE]:
        types = tuple(Large if place in large else type for place, type in enumerate(types))
    undirected = "directed" in attributes and values[attributes.index("directed")] is False
    return _shape(attributes, types, not undirected)


@cache
def _integers(types: tuple[type, ...]) -> list[int]:
    return [place for place, type in enumerate(types) if type is int]


@cache
def _shape(attributes: tuple[str, ...], types: tuple[type, ...], directed: bool) -> Shape:
    places = {name: place for place, name in enumerate(attributes) if types[place] is not type(None)}
    names = sorted(places.keys() - _ASIDE)
    order = tuple(places[name] for name in names)
    return Shape(tuple(names), tuple(types[place] for place in order), directed, places, order)


class Node(NamedTuple):
    """A node: its identifier and what is said of it."""

    id: str
    shape: Shape
    values: Values

    @property
    def label(self) -> str:
        """Its label, else what its identifier ends in."""
        label = self.shape.value("label", self.values)
        return name(self.id) if label is None else str(label)

    @property
    def attributes(self) -> dict[str, Any]:
        """What else is said of it, by name."""
        return self.shape.said(self.values)


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
        label = self.shape.value("label", self.values)
        return words(name(self.predicate)) if label is None else str(label)

    @property
    def weight(self) -> float:
        """Its weight, a number above 0."""
        return self.shape.weight(self.values)

    @property
    def attributes(self) -> dict[str, Any]:
        """What else is said of it, by name."""
        return self.shape.said(self.values)
