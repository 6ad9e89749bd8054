"""A graph as the explorer asks it: one state of it, all graphs as one, with the contract's prefixes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.graph import asking, sparql
from kg.graph.answer import Answer
from kg.graph.names import Namespaces


@dataclass(frozen=True, slots=True)
class Explored:
    """One state of a store or of other RDF; what is asked of one `Explored` is asked of that very state.

    `generation` is another number for another state; None where nothing tells. `text` gives the text of an article by
    its IRI, None where none is kept.
    """

    graph: ox.Store
    names: Namespaces = field(default_factory=Namespaces)
    generation: int | None = None
    text: Callable[[str], str | None] = lambda iri: None

    def query(self, text: str, **bindings: sparql.Value) -> Answer:
        """The answer of the union of all graphs, with variables bound by name. Raises `QueryError`."""
        return asking.answer(self.graph, text, prefixes=self.names.prefixes(), bindings=bindings)
