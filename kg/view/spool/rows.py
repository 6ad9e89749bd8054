"""Rows of a SELECT in, what each says of an edge and of its two nodes out, as plain values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, Protocol, cast
from urllib.parse import unquote

from kg.errors import QueryError

Value = str | int | float | bool
Values = tuple[Any, ...]  # of one element, by position; None where nothing is said

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: dict[str, Callable[[str], Value]] = {
    _XSD + name: number
    for number, names in {int: ("integer", "int", "long"), float: ("decimal", "double", "float")}.items()
    for name in names
}
_PLAIN = {str, int, bool, type(None)}
_ENDS = re.compile(r"(source|target)_(\w+)")
_SEVERAL = {"article": "articles", "publisher": "sources", "sentence": "sentences"}  # an edge has a list of these
_SHORT = 200  # characters of a sentence


class Answer(Protocol):
    """What a query gives, as a store or an endpoint hands it out."""

    variables: tuple[str, ...]

    def rows(self) -> Iterable[tuple[Any, ...]]:
        """A term or None a variable."""
        ...


@dataclass(frozen=True, slots=True)
class About:
    """The attributes of a node or an edge that rows tell of, and how to take their values out of a row."""

    attributes: tuple[str, ...]
    values: Callable[[Sequence[Any]], Values]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the variables of rows are about: the places of the ends and of the predicate, and the attributes of each."""

    source: int
    target: int
    predicate: int | None
    of_source: About
    of_target: About
    of_edge: About


def read(found: Answer | Iterable[Mapping[str, Any]]) -> Iterator[tuple[Plan, list[Any]]]:
    """The rows that have a source and a target, as values, each with its plan.

    `source` and `target` are nodes, `source_x` and `target_x` the attribute x of a node, any other variable is an
    attribute of the edge; an `article`, a `publisher` and a `sentence`, which is shortened, go into its lists of
    `articles`, `sources` and `sentences`. Raises `QueryError` for an answer that never has a source or a target.
    """
    known: tuple[str, ...] = ()
    plan = None
    for variables, row in _by_variables(found):
        if variables != known:
            known, plan = variables, planned(variables)
        if plan is not None:
            said = [term if term.__class__ in _PLAIN else value(term) for term in row]
            if said[plan.source] is not None and said[plan.target] is not None:
                yield plan, said


@cache
def planned(variables: tuple[str, ...]) -> Plan | None:
    """The plan of rows with these variables; None where they can say nothing of an edge."""
    if not {"source", "target"} <= set(variables):
        return None
    places = {variable: place for place, variable in enumerate(variables)}
    source, target, predicate = places.pop("source"), places.pop("target"), places.pop("predicate", None)
    ends: dict[str, dict[str, int]] = {"source": {}, "target": {}}
    for variable in list(places):
        if of_end := _ENDS.fullmatch(variable):
            ends[of_end[1]][of_end[2]] = places.pop(variable)
    return Plan(source, target, predicate, _about(ends["source"]), _about(ends["target"]), _of_edge(places))


def _about(places: Mapping[str, int]) -> About:
    numbers = tuple(places.values())
    several = itemgetter(*numbers) if len(numbers) > 1 else lambda row: tuple(row[place] for place in numbers)
    return About(tuple(places), several)


def _of_edge(places: Mapping[str, int]) -> About:
    about, listed = _about(places), [place for place, name in enumerate(places) if name in _SEVERAL]
    if not listed:
        return about

    def values(row: Sequence[Any]) -> Values:
        said = list(about.values(row))
        for place in listed:
            if said[place] is not None:
                said[place] = [shortened(said[place])]
        return tuple(said)

    return About(tuple(_SEVERAL.get(name, name) for name in places), values)


def shortened(said: Value) -> Value:
    """A text of one line, cut after a word where it is long; anything else as it is."""
    if not isinstance(said, str):
        return said
    line = " ".join(said.split())
    return line if len(line) <= _SHORT else line[:_SHORT].rsplit(" ", 1)[0] + "…"


def rows(found: Answer | Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """The rows of an answer, by variable. Raises `QueryError` for one that never has a source and a target."""
    if isinstance(found, Iterable) and not hasattr(found, "variables"):
        return found
    found = cast(Answer, found)
    return (dict(zip(found.variables, row, strict=True)) for row in _answered(found))


def _by_variables(found: Answer | Iterable[Mapping[str, Any]]) -> Iterator[tuple[tuple[str, ...], Iterable[Any]]]:
    if isinstance(found, Iterable) and not hasattr(found, "variables"):
        return ((tuple(row), row.values()) for row in found)
    found = cast(Answer, found)
    return ((found.variables, row) for row in _answered(found))


def _answered(found: Answer) -> Iterable[tuple[Any, ...]]:
    if missing := {"source", "target"}.difference(found.variables):
        raise QueryError(f"a network needs ?source and ?target in its SELECT, and there is no ?{min(missing)}")
    return found.rows()


def value(term: Any) -> Any:
    """A term or a Python value as a plain one: a number, a string, a list of strings; None where it says nothing.

    Oxigraph's terms hold a string, rdflib's are one; a day stays the string that it is in the graph.
    """
    if isinstance(term, (list, tuple, set, frozenset)):
        return sorted({item for each in term if (item := value(each)) is not None}, key=order) or None
    return _plain(term)


@lru_cache(maxsize=8192, typed=True)  # articles, days, words: most rows repeat them
def _plain(term: Any) -> Any:
    if isinstance(term, float):
        return float(term) if math.isfinite(term) else None
    if term is None or isinstance(term, int):
        return term
    if hasattr(term, "isoformat"):
        return str(term.isoformat())
    text = str(term) if isinstance(term, str) else str(getattr(term, "value", term))
    datatype = getattr(term, "datatype", None)
    return text if datatype is None else _typed(text, str(getattr(datatype, "value", datatype)))


def _typed(text: str, datatype: str) -> Value | None:
    if datatype == _XSD + "boolean":
        return text in ("true", "1")
    try:
        number = _NUMBERS.get(datatype, str)(text)
    except ValueError:
        return text  # "many"^^xsd:integer
    return None if isinstance(number, float) and not math.isfinite(number) else number


def order(value: Any) -> tuple[str, Any]:
    """What values of any type are sorted by."""
    return value.__class__.__name__, value


def name(iri: str) -> str:
    """What an IRI ends in, readable: "…/entity/sean-parnell" is "sean-parnell"."""
    return unquote(re.split(r"[/#]", iri.rstrip("/#"))[-1]) or iri


def words(camel: str) -> str:
    """A name as words: "spokespersonOf" is "spokesperson of"; "RETREAT" stays."""
    return camel if camel.isupper() else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", camel).lower()
