"""The packaged queries in, what a page offers of them out; and one with what was typed for its parameters as SPARQL."""

from __future__ import annotations

from collections.abc import Mapping

from kg.graph import queries, sparql
from kg.graph.exploring.explored import Explored


def listing(_: Explored) -> dict[str, object]:
    """All of them by folder and name, each with its text, its parameters, and what `Query.words` has of both.

    Raises `DataError` for a malformed one.
    """
    return {"queries": [_told(query) for query in queries.all_queries()]}


def asked(explored: Explored, query: str, values: Mapping[str, str]) -> dict[str, str]:
    """The SPARQL of a query of this name that asks with these values for its parameters, by anybody's engine.

    Raises `QueryError` for a name that no query has, and as `Query.bindings` and `Query.asked` do.
    """
    found = queries.find(query)
    return {"text": sparql.bind(found.asked(values), found.bindings(values, explored.names))}


def _told(query: queries.Query) -> dict[str, object]:
    parameters = [
        {"name": each.name, "meaning": each.meaning, "default": each.default, "named": each.named}
        for each in query.parameters
    ]
    text = {"title": query.title, "text": query.text, "words": query.words()}
    return {"name": query.name, "folder": query.folder, **text, "parameters": parameters}
