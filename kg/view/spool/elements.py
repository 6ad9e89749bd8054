"""What a network is made of, as files are written from it: nodes, edges, and the shapes that many of them share."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar

from kg.view.days import ALWAYS, NAMES, Spell, spell
from kg.view.spool.rows import Values, name, words

_ASIDE = frozenset({"label", "weight"})  # said of every element in a way of its own
_LARGE = 2**31
_Key = TypeVar("_Key", bound=Hashable)


class Numbered(dict[_Key, int]):
    """Things and their numbers, in the order in which they were first met."""

    def __missing__(self, key: _Key) -> int:
        self[key] = number = len(self)
        return number


class Large(int):
    """Stands for the type of integers of more than 32 bits."""


@dataclass(frozen=True, slots=True, eq=False)  # equal shapes are one: see _shape
class Shape:
    """Which attributes like elements have: by place, their names and the types of their values.

    What makes up labels, weights and spells stands at places of its own, if anything is said of it; `days` are those of
    `days.NAMES`. `names` are those of all places.
    """

    names: tuple[str, ...]
    attributes: tuple[str, ...]
    types: tuple[type, ...]
    places: tuple[int, ...]
    label: int | None
    weight: int | None
    days: tuple[int | None, ...] | None
    directed: bool

    def place(self, attribute: str) -> int | None:
        """Where the value of an attribute stands, if it has one."""
        return self.places[self.attributes.index(attribute)] if attribute in self.attributes else None

    def fields(self) -> Iterator[tuple[str, int, type]]:
        """The name, the place and the type of each attribute."""
        return zip(self.attributes, self.places, self.types, strict=True)

    def said(self, values: Values) -> dict[str, Any]:
        """The attributes of an element, by name: what is no label or weight."""
        return {attribute: values[place] for attribute, place, _ in self.fields()}

    def weight_in(self, values: Values) -> float:
        """The weight that an edge says, if that is a number above 0, else 1."""
        given = None if self.weight is None else values[self.weight]
        return given if isinstance(given, (int, float)) and given > 0 else 1

    def spell(self, values: Values) -> Spell:
        """The days on which articles tell of an element, from the first to the last; see `days.spell`."""
        return ALWAYS if self.days is None else spell(*[place and values[place - 1] for place in self.days])


def shape(attributes: tuple[str, ...], values: Values) -> Shape:
    """The shape of an element whose attributes have these values."""
    types = tuple(map(type, values))
    integers, directed = _telling(attributes, types)
    if large := [place for place in integers if not -_LARGE <= values[place] < _LARGE]:
        types = tuple(Large if place in large else type for place, type in enumerate(types))
    return _shape(attributes, types, directed is None or values[directed] is not False)


@cache
def _telling(attributes: tuple[str, ...], types: tuple[type, ...]) -> tuple[list[int], int | None]:
    """Where there are integers, which may be large, and where it stands whether there is a direction."""
    integers = [place for place, type in enumerate(types) if type is int]
    return integers, attributes.index("directed") if "directed" in attributes else None


@cache
def _shape(attributes: tuple[str, ...], types: tuple[type, ...], directed: bool) -> Shape:
    places = {name: place for place, name in enumerate(attributes) if types[place] is not type(None)}
    names = sorted(places.keys() - _ASIDE)
    days = tuple(places[day] + 1 if day in places and types[places[day]] is str else None for day in NAMES)
    return Shape(
        names=attributes,
        attributes=tuple(names),
        types=tuple(types[places[name]] for name in names),
        places=tuple(places[name] for name in names),
        label=places.get("label"),
        weight=places.get("weight"),
        days=days if any(days) else None,
        directed=directed,
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
        place = self.shape.label
        return words(name(self.predicate)) if place is None else str(self.values[place])

    @property
    def weight(self) -> float:
        """Its weight, a number above 0."""
        return self.shape.weight_in(self.values)

    @property
    def attributes(self) -> dict[str, Any]:
        """What else is said of it, by name."""
        return self.shape.said(self.values)
