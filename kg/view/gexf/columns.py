"""Attributes of nodes or edges in, the typed columns of a GEXF file out, with their values as XML has them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.view import days
from kg.view.markup import escaped, flat, is_special
from kg.view.spool.elements import Large, Shape
from kg.view.spool.rows import Values

# What GEXF, Gephi and graphology call something else: a column of that name would hide it, or be hidden
_TAKEN = {"id", "label", "type", "weight", "kind", "source", "target", "timestamp", "timestamps"}
_TAKEN |= {"timeset", "interval", "intervals", "color", "size", "x", "y", "z", "shape", "thickness"}
_NOTHING: Mapping[str, type] = {}
_DRAWN = frozenset({"label", "weight", "directed", "spells"})  # said by XML of their own


@dataclass(frozen=True, slots=True)
class Column:
    """A column; its title is snake_case and also its id."""

    title: str
    type: str


def columns(prefix: str, shapes: Iterable[Shape], computed: Mapping[str, type] = _NOTHING) -> dict[str, Column]:
    """The column of each attribute that some element has, by the attribute's name; the `computed` ones come first.

    A column that GEXF, Gephi or graphology takes for its own gets a prefix: `type` of an "entity" is `entity_type`.
    """
    types: defaultdict[str, set[str]] = defaultdict(set)
    for shape in shapes:
        for attribute, type in zip(shape.attributes, shape.types, strict=True):
            if attribute not in _DRAWN:
                types[attribute].add(_TYPES[type])
    found = {attribute: Column(_title(attribute, prefix, set()), _TYPES[type]) for attribute, type in computed.items()}
    for attribute in sorted(types.keys() - found.keys()):
        title = _title(attribute, prefix, {column.title for column in found.values()})
        found[attribute] = Column(title, _common(types[attribute]))
    return found


def values(columns: Mapping[str, Column], shape: Shape) -> Callable[[Values], str]:
    """What writes the values that elements of a shape have in columns, one `attvalue` each."""
    cells = [(columns[name], place, type) for name, place, type in shape.fields() if name in columns]
    texts = [(column, place) for column, place, type in cells if type is str]
    others = [(column, place, type) for column, place, type in cells if type is not str]
    line = "".join([f'<attvalue for="{column.title}" value="{_FORMS[column.type]}"/>' for column, _ in texts])
    line += "".join([f'<attvalue for="{column.title}" value="%s"/>' for column, *_ in others])
    written = [(_listed if column.type == "liststring" else _TEXTS[type], place) for column, place, type in others]

    def write(values: Values) -> str:
        said = [values[place] for _, place in texts]
        joined = "".join(said)
        if is_special(joined) or "\\" in joined:  # one search in all of them: most have nothing to escape
            said = [(_quoted if column.type == "liststring" else escaped)(values[place]) for column, place in texts]
        return line % (*said, *[text(values[place]) for text, place in written])

    return write


@lru_cache(maxsize=65536)
def life(first: int, last: int) -> str:
    """The days from one to another as the attributes of a node, an edge or a spell; an open end is left out."""
    start, end = days.iso(first), days.iso(last)
    return (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")


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


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _listed(value: Any) -> str:
    items = value if isinstance(value, list) else (value,)
    return f"[{', '.join([f'&quot;{_quoted(str(item))}&quot;' for item in items])}]"


def _quoted(text: str) -> str:
    # as in a JSON string of one line, since Gephi reads its \n as an n, and escaped
    if "\\" in text or is_special(text):
        return escaped(flat(text).replace("\\", "\\\\").replace('"', '\\"'))
    return text


_FORMS = {"string": "%s", "liststring": "[&quot;%s&quot;]"}  # of a text
_TYPES: dict[type, str] = {str: "string", Large: "string", int: "integer", bool: "boolean", float: "double"}
_TYPES |= {list: "liststring"}
_TEXTS: dict[type, Callable[[Any], str]] = {str: escaped, Large: str, int: str, bool: _boolean, float: repr}
