"""The query string of a GET in, the values of its parameters by name out, or else a `RefusedError` that says which."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request

from kg.errors import QueryError
from kg.graph.serving.graphs import name_of
from kg.service.limits import Limits
from kg.service.refused import RefusedError
from kg.service.request import pairs

MOST = 200  # things in one answer
_FURTHEST = 10**6


@dataclass(frozen=True, slots=True)
class Parameter:
    """How a parameter is read: `read` raises `ValueError` that says what would be right. It is needed unless there is
    a `default`, which is a value as `read` gives it.
    """

    read: Callable[[str], Any]
    default: Any = ...

    def __or__(self, default: Any) -> Parameter:
        """The same, with a default."""
        return Parameter(self.read, default)


def values(
    request: Request, wanted: Mapping[str, Parameter], limits: Limits, *, others: bool = False
) -> dict[str, Any]:
    """The value of each parameter that is wanted; `others` may be there too, where a page reads its own. Raises
    `RefusedError` for one that is missing, wrong, said twice, or unknown.
    """
    if len(request.scope["query_string"]) > limits.url:
        raise RefusedError(414, "the URL is too long")
    said = pairs(request.scope["query_string"])
    for name, times in Counter(name for name, _ in said).items():
        if name not in wanted and not others:
            raise RefusedError(400, f"no parameter {name[:50]!r} here; there is: {', '.join(wanted) or 'none'}")
        if times > 1 and name in wanted:
            raise RefusedError(400, f"{name}= is given {times} times: once is enough")
    typed = {name: value for name, value in said if value}
    return {name: _value(name, parameter, typed.get(name)) for name, parameter in wanted.items()}


def _value(name: str, parameter: Parameter, typed: str | None) -> Any:
    if typed is None:
        if parameter.default is ...:
            raise RefusedError(400, f"{name}= is needed")
        return parameter.default
    try:
        return parameter.read(typed)
    except ValueError as error:
        raise RefusedError(400, f"{name}={typed[:80]}: {error}") from None


def text(most: int = MOST) -> Parameter:
    """Words, so many characters at most."""

    def read(typed: str) -> str:
        if len(typed) > most:
            raise ValueError(f"{most} characters at most")
        return typed

    return Parameter(read)


def number(default: int, most: int = MOST, least: int = 0) -> Parameter:
    """A whole number; one that is larger than `most` is `most`, as nobody gets more."""

    def read(typed: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", typed) or int(typed) < least:
            raise ValueError(f"a number from {least} to {most} is needed")
        return min(int(typed), most)

    return Parameter(read, default)


def one_of(*choices: str) -> Parameter:
    """One of some words."""

    def read(typed: str) -> str:
        if typed not in choices:
            raise ValueError(f"one of {', '.join(choices)} is needed")
        return typed

    return Parameter(read)


def _iri(typed: str) -> str:
    try:
        name_of(typed)
    except QueryError:
        raise ValueError("not an absolute IRI, such as https://example.org/x") from None
    return typed


def _day(typed: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", typed, re.ASCII):
        raise ValueError("a day is written as 2025-01-31")
    return date.fromisoformat(typed)


def _words(typed: str) -> dict[str, str]:
    try:
        said = json.loads(typed)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise ValueError('a JSON object of words is needed, such as {"name": "Iraq"}')
    return said


IRI = Parameter(_iri)
DAY = Parameter(_day, None)  # None: any
OFFSET = number(0, _FURTHEST)
LIMIT = number(20, least=1)
WORDS = Parameter(_words, {})  # by name
