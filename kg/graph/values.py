"""An RDF term in, what Python has for it out: text, numbers, days, truths; an IRI is its text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox

from kg.graph.names import XSD

Value = str | int | float | bool | Decimal | date | datetime

_READ: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"), int),
    **dict.fromkeys(("double", "float"), float),
    "decimal": Decimal,
    "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}[text],
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}


def value(term: Any) -> Value | None:
    """The Python value of a term; of one without a value in Python (`"many"^^xsd:integer`, the year -44) its text."""
    if term is None:
        return None
    text = term.value if isinstance(term, (ox.NamedNode, ox.BlankNode, ox.Literal)) else str(term)
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(XSD):
        return text
    try:
        return _READ.get(term.datatype.value.removeprefix(XSD), str)(text)
    except (ValueError, KeyError, InvalidOperation):
        return text
