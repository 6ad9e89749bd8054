"""IRIs in, what a graph says of each of them out, property by property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

import pyoxigraph as ox

from kg.graph.answer import Answer, Row
from kg.graph.sparql import Value
from kg.graph.values import value

_TRIPLES = "SELECT ?thing ?property ?value { ?thing ?property ?value }"


class Source(Protocol):
    """What can be asked: a store, an endpoint, an index."""

    def query(self, text: str, *, bindings: Mapping[str, Value]) -> Answer:
        """The answer to a query."""
        ...


class Told(defaultdict[str, list[Any]]):
    """The terms that one thing has, by the IRI of the property; of several, the smallest is the one."""

    def __init__(self) -> None:
        super().__init__(list)

    def term(self, property: str) -> Any:
        """The one term of a property; None where there is none."""
        found = self.get(property, ())
        return min(found, key=str) if len(found) > 1 else next(iter(found), None)

    def one(self, property: str) -> Any:
        """The Python value of the one term."""
        return value(self.term(property))

    def text(self, property: str) -> str | None:
        """The text of the one term."""
        return None if (term := self.term(property)) is None else str(term.value)

    def iri(self, property: str) -> str | None:
        """The smallest IRI."""
        return next(iter(self.iris(property)), None)

    def iris(self, property: str) -> list[str]:
        """All IRIs, sorted."""
        return sorted({term.value for term in self.get(property, ()) if isinstance(term, ox.NamedNode)})

    def day(self, property: str) -> str | None:
        """A day, as 2025-01-31."""
        found = self.one(property)
        return found.isoformat()[:10] if isinstance(found, date) else None

    def number(self, property: str) -> int | None:
        """A whole number."""
        found = self.one(property)
        return found if isinstance(found, int) and not isinstance(found, bool) else None


About = dict[str, Told]  # by IRI; of what a graph says nothing, nothing is told


def about(source: Source, things: Iterable[ox.NamedNode]) -> About:
    """All that a source says of things."""
    asked = sorted(set(things), key=str)
    return gathered(source.query(_TRIPLES, bindings={"thing": asked}).rows() if asked else ())


def gathered(rows: Iterable[Row]) -> About:
    """Rows of a thing, a property and a value."""
    found: About = defaultdict(Told)
    for thing, property, object in rows:
        if isinstance(thing, ox.NamedNode) and isinstance(property, ox.NamedNode):
            found[thing.value][property.value].append(object)
    return found
