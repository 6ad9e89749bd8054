"""What somebody asks in (the name of a packaged query, a file, or SPARQL), the answer of a store or an endpoint out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import QueryError
from kg.graph import called, queries
from kg.graph.answer import Answer
from kg.graph.remote import Endpoint
from kg.graph.sparql import Value
from kg.graph.store import Store


def is_own(question: str) -> bool:
    """Whether a question is SPARQL or a file of somebody's own, and not the name of a packaged query."""
    return "{" in question or question.endswith(".rq")


def find(question: str) -> queries.Query:
    """What somebody asks, with the parameters that it declares. Raises `QueryError` as `ask` does."""
    if "{" in question:
        return queries.parse(question, name="asked")
    return _in_file(Path(question)) if is_own(question) else queries.find(question)


def ask(source: Store | Endpoint, question: str, values: Mapping[str, object]) -> Answer:
    """The answer to a question; `values` are its parameters, or any of its variables where SPARQL itself is asked.

    Raises `QueryError` for a name, a file or a parameter that is not there, and for what is not SPARQL.
    """
    said = {name: str(value) for name, value in values.items()}
    if "{" in question:
        bindings = {name: queries.term(value, source.names) for name, value in said.items()}
        return source.query(question, bindings=bindings)
    query = find(question)
    bound: dict[str, Value] = dict(query.bindings(said, source.names))
    for parameter in query.parameters:
        if parameter.named and parameter.name in said and parameter.name in bound:
            bound[parameter.name] = called.things(source, said[parameter.name])
    answer = source.query(query.asked(said), bindings=bound)
    answer.limit = query.limit(said)
    return answer


def _in_file(path: Path) -> queries.Query:
    try:
        return queries.parse(path.read_text(encoding="utf-8"), name=path.stem)
    except OSError as error:
        raise QueryError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: not UTF-8 at byte {error.start}: a query is text in UTF-8") from error
