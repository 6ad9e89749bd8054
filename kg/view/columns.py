"""Attributes of nodes or edges in, the typed columns of a GEXF file out, and texts that XML can hold."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What GEXF and Gephi call something else: a column of that name would hide it
_TAKEN = {"id", "label", "type", "weight", "kind", "source", "target", "start", "end", "timestamp", "timestamps"}
_TAKEN |= {"timeset", "interval", "intervals"}
_DRAWN = frozenset({"label", "weight", "directed"})  # said by XML attributes of their own
_LISTS = (list, tuple, set, frozenset)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its title is snake_case and also its id."""

    title: str
    type: str

    def text(self, value: Any) -> str:
        """A value as GEXF writes it; a list as JSON, which Gephi and graphology both read."""
        if self.type == "liststring":
            return json.dumps([clean(_text(item)) for item in _listed(value)], ensure_ascii=False)
        return clean(_text(value))


def columns(prefix: str, elements: Iterable[Mapping[str, Any]]) -> dict[str, Column]:
    """The column of each attribute that some element has, by the attribute's name.

    A column that GEXF or Gephi would take for its own gets a prefix: `type` of an "entity" is `entity_type`.
    """
    types: dict[str, set[str]] = defaultdict(set)
    for values in elements:
        for attribute, value in values.items():
            if attribute not in _DRAWN and is_said(value):
                types[attribute].add(_type(value))
    found: dict[str, Column] = {}
    for attribute in sorted(types):
        title = _title(attribute, prefix, {column.title for column in found.values()})
        found[attribute] = Column(title, _common(types[attribute]))
    return found


def _type(value: Any) -> str:
    if isinstance(value, _LISTS):
        return "liststring"
    if isinstance(value, (bool, float)):
        return "boolean" if isinstance(value, bool) else "double"
    return "integer" if isinstance(value, int) and abs(value) < 2**31 else "string"  # Gephi's integers have 32 bits


def _common(types: set[str]) -> str:
    if types <= {"integer", "double"}:
        return max(types, key=["integer", "double"].index)
    if "liststring" in types:
        return "liststring"
    return types.pop() if len(types) == 1 else "string"


def _title(attribute: str, prefix: str, others: set[str]) -> str:
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", attribute)
    title = "_".join(words).lower() or "attribute"
    title = f"{prefix}_{title}" if title in _TAKEN else title
    while title in others:
        title += "_2"
    return title


def is_said(value: Any) -> bool:
    """Whether a value says anything: not None, an empty list, or a number that is none."""
    if isinstance(value, _LISTS):
        return bool(value)
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))


def _listed(value: Any) -> list[Any]:
    return sorted(value, key=str) if isinstance(value, _LISTS) else [value]


def _text(value: Any) -> str:
    # dates and times as ISO 8601
    if isinstance(value, bool):
        return str(value).lower()
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def clean(text: str) -> str:
    """A text without the characters that XML does not allow: most control characters, lone surrogates."""
    return _NOT_XML.sub("", text)


def identifier(text: str) -> str:
    """A text as an id: what XML does not allow is percent-encoded, so that no id becomes another's."""
    return _NOT_XML.sub(lambda found: f"%{ord(found[0]):02X}", text)
