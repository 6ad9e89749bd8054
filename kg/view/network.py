"""Rows of a query with ?source and ?target in, a networkx MultiDiGraph out: one edge a source, target and predicate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeAlias, cast
from urllib.parse import unquote

import networkx as nx

from kg.errors import QueryError

Network: TypeAlias = "nx.MultiDiGraph[str]"
Value = str | int | float | bool
_Seen = dict[str, set[Value]]  # attribute -> all that the rows say of it

_ENDS = re.compile(r"(source|target)_(\w+)")
_EARLIEST = {"begin", "first_seen"}
_LATEST = {"end", "last_seen"}
_NUMBERS: dict[str, Callable[[str], Value]] = {"integer": int, "int": int, "decimal": float, "double": float}


class Answer(Protocol):
    """What a query gives, as a store or an endpoint hands it out."""

    variables: tuple[str, ...]

    def rows(self) -> Iterable[tuple[Any, ...]]:
        """A term or None a variable."""
        ...


def network(found: Answer | Iterable[Mapping[str, Any]]) -> nx.MultiDiGraph[str]:
    """The network that the answer to a SELECT draws, or rows that map variables to terms, plain values or None.

    `source` and `target` are nodes, `predicate` keeps parallel edges apart, `source_x` and `target_x` are the attribute
    x of a node, any other variable is an attribute of the edge. Every node has a `label`, every edge a `label`, its
    `predicate` and a `weight`: the row's own, else the number of its distinct `article`s, and never less than 1.
    Rows of one edge become one: the earliest begin, the latest end, and where they differ otherwise a sorted list.
    Rows without a source or a target are passed over. Raises `QueryError` for an answer that never has them.
    """
    nodes: dict[str, _Seen] = defaultdict(lambda: defaultdict(set))
    edges: dict[tuple[str, str, str], _Seen] = defaultdict(lambda: defaultdict(set))
    for row in rows(found):
        said = {name: value for name, term in row.items() if (value := _value(term)) is not None}
        if "source" in said and "target" in said:
            _read(said, nodes, edges)
    return _draw(nodes, edges)


def rows(found: Answer | Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """The rows of an answer, by variable. Raises `QueryError` for one that never has a source and a target."""
    variables = getattr(found, "variables", None)
    if variables is None:
        return cast("Iterable[Mapping[str, Any]]", found)
    found = cast(Answer, found)
    if missing := {"source", "target"}.difference(variables):
        raise QueryError(f"a network needs ?source and ?target in its SELECT, and there is no ?{min(missing)}")
    return (dict(zip(variables, row, strict=True)) for row in found.rows())


def name(iri: str) -> str:
    """What an IRI ends in, readable: "…/entity/sean-parnell" is "sean-parnell"."""
    return unquote(re.split(r"[/#]", iri.rstrip("/#"))[-1]) or iri


def words(camel: str) -> str:
    """A name as words: "spokespersonOf" is "spokesperson of"; "RETREAT" stays."""
    return camel if camel.isupper() else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", camel).lower()


def _read(said: dict[str, Value], nodes: dict[str, _Seen], edges: dict[tuple[str, str, str], _Seen]) -> None:
    ends = {"source": str(said.pop("source")), "target": str(said.pop("target"))}
    edge = edges[ends["source"], ends["target"], str(said.pop("predicate", ""))]
    for end in ends.values():
        nodes.setdefault(end, defaultdict(set))  # even where nothing is said of it
    for variable, value in said.items():
        if of_end := _ENDS.fullmatch(variable):
            nodes[ends[of_end[1]]][of_end[2]].add(value)
        else:
            edge[variable].add(value)


def _draw(nodes: dict[str, _Seen], edges: dict[tuple[str, str, str], _Seen]) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, seen in sorted(nodes.items()):
        label = min(map(str, seen.pop("label", {name(node)})))
        graph.add_node(node, label=label, **_settled(seen))
    for (source, target, predicate), seen in sorted(edges.items()):
        weight = _weight(seen)
        label = min(map(str, seen.pop("label", {words(name(predicate))})))
        graph.add_edge(source, target, predicate, predicate=predicate, label=label, weight=weight, **_settled(seen))
    return graph


def _weight(seen: _Seen) -> float:
    given = [weight for weight in seen.pop("weight", ()) if isinstance(weight, (int, float)) and weight > 0]
    articles = len(seen.pop("article", ()))
    return max(given, default=max(articles, 1))


def _settled(seen: _Seen) -> dict[str, Value | list[Value]]:
    return {attribute: _settle(attribute, values) for attribute, values in sorted(seen.items())}


def _settle(attribute: str, values: set[Value]) -> Value | list[Value]:
    ordered = sorted(values, key=lambda value: (str(type(value)), value))
    if len(ordered) == 1 or attribute in _EARLIEST:
        return ordered[0]
    return ordered[-1] if attribute in _LATEST else ordered


def _value(term: Any) -> Value | None:
    # Oxigraph's terms hold a string, rdflib's are one; a day stays the string that it is in the graph
    if term is None or isinstance(term, (bool, int, float)):
        return None if term is None else cast(Value, term)
    text = str(term) if isinstance(term, str) else str(getattr(term, "value", term))
    datatype = getattr(term, "datatype", None)
    return _typed(text, name(str(getattr(datatype, "value", datatype))))


def _typed(text: str, datatype: str) -> Value:
    if datatype == "boolean":
        return text in ("true", "1")
    try:
        return _NUMBERS.get(datatype, str)(text)
    except ValueError:
        return text  # "many"^^xsd:integer
