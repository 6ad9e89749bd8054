"""Edges that wait in a spool in, the lines of a GEXF file that tell of them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from kg.view import days
from kg.view.gexf.columns import Column, columns, life, values
from kg.view.looks import by_row
from kg.view.markup import escaped, escaped_all, flat
from kg.view.spool import Spool
from kg.view.spool.elements import Edge, Shape
from kg.view.spool.rows import name, words

_UNNAMED = "relation"  # the kind of edges without a predicate


def columns_of(shapes: Iterable[Shape]) -> dict[str, Column]:
    """The columns of edges: their predicate, and what else is said of them."""
    return columns("relation", shapes, {"predicate": str})


def lines(spool: Spool, columns: Mapping[str, Column], *, dynamic: bool, mixed: bool) -> Iterator[str]:
    """An edge after the other; with its days where the graph is `dynamic`, with its direction where that is `mixed`."""
    kinds = _kinds(spool.predicates())
    said = {name: column for name, column in columns.items() if name != "predicate"}
    rest = {shape: (values(said, shape), shape.place("spells")) for shape in spool.shapes()[1]}
    arrays = spool.arrays()
    computed = by_row(arrays.weights, *arrays.spells.T)
    for edge, (weight, first, last) in zip(spool.edges(), computed, strict=True):
        source, target, predicate, shape, told = edge
        kind, iri, label = kinds[predicate]
        if shape.label is not None:
            label = _label(str(told[shape.label])) or kind
        write, place = rest[shape]
        spells = "" if place is None or not dynamic else _spells(told[place])
        when = life(first, last) if dynamic and not spells else ""
        source, target = escaped_all([source, target])
        yield (
            f'<edge id="{_id(edge)}" source="{source}" target="{target}"{_direction(shape) if mixed else ""}'
            f' label="{label}" weight="{weight!r}" kind="{kind}"{when}>\n'
            f'<attvalues><attvalue for="predicate" value="{iri}"/>{write(told)}</attvalues>{spells}</edge>\n'
        )


def _id(edge: Edge) -> str:
    # made from what the edge is, so that it is the same in tomorrow's export
    return blake2b("\0".join(edge[:3]).encode(), digest_size=8).hexdigest()


def _kinds(predicates: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Predicates as a kind, as they are, and as a label, escaped.

    The kind is the short name, or the whole predicate where two have the same: Gephi would merge their edges.
    """
    sharing = Counter(flat(name(predicate)) or _UNNAMED for predicate in predicates)
    found = {}
    for predicate in predicates:
        short = flat(name(predicate)) or _UNNAMED
        kind = escaped(short if sharing[short] == 1 else predicate or _UNNAMED)
        found[predicate] = kind, escaped(predicate), _label(words(name(predicate))) or kind
    return found


@lru_cache(maxsize=4096)
def _label(label: str) -> str:
    return escaped(flat(label))


def _direction(shape: Shape) -> str:
    return f' type="{"directed" if shape.directed else "undirected"}"'


def _spells(spells: Any) -> str:
    if not isinstance(spells, list):  # a user's own attribute of that name
        return ""
    return f"<spells>{''.join(f'<spell{life(*days.read(spell))}/>' for spell in spells)}</spells>"
