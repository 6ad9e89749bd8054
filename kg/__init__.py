"""Dateline: news articles in, a graph of who is who and what happened out, which rdflib and networkx read as their own.

>>> import kg
>>> with kg.open("store") as graph:
...     for person, place in graph.query("SELECT ?who ?where { ?who kg:headOfStateOf ?where }").rows():
...         print(person, place)
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kg.errors import KGError

if TYPE_CHECKING:  # nothing heavy on import: who wants rdflib or networkx pays for it when they ask
    import networkx
    import rdflib

    from kg.graph.answer import Answer
    from kg.graph.store import Store

__all__ = ["Graph", "KGError", "open"]


def open(store: str | Path) -> Graph:
    """The graph in a store's folder, to read. Raises `StoreError` where there is none."""
    from kg.graph.store import Store

    return Graph(Store.open(store))


class Graph:
    """What a store holds, as Python people like it. Use it in a `with` statement, or `close` it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def query(self, question: str, **parameters: Any) -> Answer:
        """The answer to a packaged query by its name, to one in a file (`*.rq`), or to SPARQL.

        Raises `QueryError` for a name or a parameter that is unknown and for what is not SPARQL.
        """
        from kg.graph.questions import ask

        return ask(self.store, question, parameters)

    def rdflib(self) -> rdflib.Dataset:
        """The graph as an rdflib `Dataset`, read-only and without a copy."""
        return self.store.rdflib()

    def networkx(self, name: str = "relations", **parameters: Any) -> networkx.MultiDiGraph[str]:
        """A network of `queries/networks/`, or of a query of one's own with ?source and ?target, as a `MultiDiGraph`.

        Raises `QueryError` as `query` does.
        """
        from kg.graph.questions import is_own
        from kg.view.network import network

        answer = self.query(name if is_own(name) else f"networks/{name}", **parameters)
        return network(dict(zip(answer.variables, row, strict=True)) for row in answer.rows())
