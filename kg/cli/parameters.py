"""What is typed after a question or a network in (`name=value`), names and values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.errors import QueryError


def pairs(parameters: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each parameter's name and value. Raises `QueryError` for what is none."""
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals or not name:
            raise QueryError(f"{parameter!r} is no parameter: write name=value")
        yield name, value
