"""A SPARQL 1.1 Update in, the graphs that it would change out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.errors import NotWritable, QueryError
from kg.graph.serving import updates

_WIDE = {"DEFAULT", "NAMED", "ALL"}


def targets(text: str, *, base: str, prefixes: Mapping[str, str]) -> set[str]:
    """The IRIs of the graphs, as rdflib parses the update.

    Raises `NotWritable` where it would change the default graph or any graph that it does not name, `QueryError` for
    what rdflib does not take for an update.
    """
    found = set()
    for operation in _operations(text, base, prefixes):
        for graph in _changed(operation):
            if str(graph) in _WIDE or type(graph).__name__ != "URIRef":
                raise NotWritable(
                    "the update would change the default graph, or graphs that it does not name: in a store the "
                    "default graph comes from the articles; write into a graph of your own, with GRAPH <…> or WITH <…>"
                )
            found.add(str(graph))
    return found


def _operations(text: str, base: str, prefixes: Mapping[str, str]) -> list[Any]:
    from pyparsing import ParseException
    from rdflib.plugins.sparql.algebra import translateUpdate
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return list(translateUpdate(parseUpdate(text), base, dict(prefixes)).algebra)
    except ParseException as error:
        updates.run(ox.Store(), text, base=base, prefixes=prefixes)  # whose complaint tells more
        raise QueryError(f"the update, line {error.lineno}, column {error.column}: not SPARQL 1.1") from error
    except Exception as error:  # rdflib raises bare ones, for prefixes that nobody declares and much more
        raise QueryError(f"the update is not SPARQL 1.1: {' '.join(str(error).split())[:200]}") from error


def _changed(operation: Any) -> Iterator[Any]:
    """The graphs of an operation of rdflib's algebra: terms, or words such as DEFAULT."""
    name = operation.name
    if name in ("InsertData", "DeleteData", "DeleteWhere"):
        yield from _filled(operation, "DEFAULT")
    elif name == "Modify":
        for template in (operation.delete, operation.insert):
            if template:
                yield from _filled(template, operation.withClause or "DEFAULT")
    elif name in ("Clear", "Drop", "Create"):
        yield operation.graphiri
    else:
        source, target = operation.graph
        yield target
        if name == "Move":
            yield source


def _filled(template: Any, default: Any) -> Iterator[Any]:
    if template.triples:
        yield default
    yield from (graph for graph, triples in template.quads.items() if triples)
