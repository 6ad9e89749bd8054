"""Nodes that wait in a spool and how they look in, the lines of a GEXF file that tell of them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import numpy as np

from kg.view import days, palette
from kg.view.gexf.columns import Column, columns, life, values
from kg.view.looks import MEASURES, Looks, by_row, lives
from kg.view.markup import escaped, flat
from kg.view.spool import Spool
from kg.view.spool.elements import Node, Shape
from kg.view.spool.rows import name


def columns_of(shapes: Iterable[Shape]) -> dict[str, Column]:
    """The columns of nodes: their type if any has one, what is computed of them, what else is said of them."""
    shapes = list(shapes)
    typed = {"type": str} if any("type" in shape.attributes for shape in shapes) else {}
    return columns("entity", shapes, typed | MEASURES)


def lines(spool: Spool, looks: Looks, columns: Mapping[str, Column], *, dynamic: bool) -> Iterator[str]:
    """A node after the other; with the days of their lives where the graph is `dynamic`."""
    said = {name: column for name, column in columns.items() if name != "type" and name not in MEASURES}
    rest = {shape: values(said, shape) for shape in spool.shapes()[0]}
    measures = "".join(f'<attvalue for="{columns[measure].title}" value="%s"/>' for measure in MEASURES)
    arrays = spool.arrays()
    told = lives(arrays) if dynamic else np.zeros((arrays.count, 2), np.int32)
    computed = by_row(*looks.places.T, looks.sizes, *told.T, *looks.measures)
    for node, (x, y, size, first, last, *measured) in zip(spool.nodes(), computed, strict=True):
        place = node.shape.place("type")
        types = None if place is None else node.values[place]
        kind, colour = _typed(tuple(types) if isinstance(types, list) else types)
        label = flat(node.label) or flat(name(node.id)) or node.id
        yield (
            f'<node id="{escaped(node.id)}" label="{escaped(label)}"{_life(node, first, last) if dynamic else ""}>\n'
            f"<attvalues>{kind}{measures % tuple(measured)}{rest[node.shape](node.values)}</attvalues>\n"
            f'<viz:size value="{size:.2f}"/><viz:position x="{x:.1f}" y="{y:.1f}"/>{colour}</node>\n'
        )


@lru_cache(maxsize=1024)
def _typed(types: str | tuple[str, ...] | None) -> tuple[str, str]:
    principal = palette.principal(types)
    rgb = palette.colour(principal)
    r, g, b = (int(rgb[place : place + 2], 16) for place in (1, 3, 5))
    kind = f'<attvalue for="entity_type" value="{escaped(name(principal))}"/>' if principal else ""
    return kind, f'<viz:color r="{r}" g="{g}" b="{b}"/>'


def _life(node: Node, first: int, last: int) -> str:
    # what is said of the node itself may widen what its edges tell
    since, until = node.shape.spell(node.values)
    return life(min(first, since or first), max(last, until if until != days.FOREVER else last))
