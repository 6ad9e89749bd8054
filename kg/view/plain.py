"""Nodes and edges in, what tables and JSON say of each out: names of columns that programs agree on, plain values."""

from __future__ import annotations

from typing import Any

from kg.view import palette
from kg.view.spool.elements import Edge, Node
from kg.view.spool.rows import name

BETWEEN = " | "  # the items of a list that stands in one cell


def of_node(node: Node) -> dict[str, Any]:
    """The label of a node and its attributes; of its types the most special, as `entity_type`: "Person"."""
    said = node.attributes
    kind = palette.principal(said.pop("type", None))
    return {"label": node.label, **({"entity_type": name(kind)} if kind else {}), **_said(said)}


def of_edge(edge: Edge) -> dict[str, Any]:
    """The label, the predicate, the weight and the attributes of an edge."""
    return {"label": edge.label, "predicate": edge.predicate, "weight": edge.weight, **_said(edge.attributes)}


def _said(attributes: dict[str, Any]) -> dict[str, Any]:
    return {attribute: value for attribute, value in attributes.items() if value is not None}


def text(value: Any) -> str:
    """A value in one cell: a list with | between its items, true and false, a number as it is."""
    if isinstance(value, list):
        return BETWEEN.join(map(text, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
