"""The packaged queries in, what somebody needs who wants to ask one of them out."""

from __future__ import annotations

from kg.graph import queries
from kg.graph.exploring.explored import Explored
from kg.graph.exploring.telling import Json


def packaged(_: Explored) -> Json:
    """All queries, by folder and name, each as it is asked where nothing more is said, or, where something must be, as
    it stands. Raises `DataError` for a malformed one.
    """
    return {"queries": [_query(query) for query in queries.all_queries()]}


def _query(query: queries.Query) -> Json:
    is_ready = all(parameter.default is not None for parameter in query.parameters)
    return {
        "name": query.name,
        "folder": query.folder,
        "title": query.title,
        "text": query.asked({}) if is_ready else query.text,
        "parameters": [
            {"name": parameter.name, "meaning": parameter.meaning, "default": parameter.default}
            for parameter in query.parameters
        ],
    }
