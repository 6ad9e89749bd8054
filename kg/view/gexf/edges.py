"""Edges that wait in a spool in, the lines of a GEXF file that tell of them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import repeat

from kg.view import days
from kg.view.elements import Edge, Shape
from kg.view.gexf.columns import Column, columns, life, values
from kg.view.looks import by_row
from kg.view.markup import escaped, flat
from kg.view.rows import name
from kg.view.spool import Spool

_UNNAMED = "relation"  # the kind of edges without a predicate


def columns_of(shapes: Iterable[Shape]) -> dict[str, Column]:
    """The columns of edges: their predicate, and what else is said of them."""
    return columns("relation", shapes, {"predicate": str})


def lines(spool: Spool, columns: Mapping[str, Column], *, dynamic: bool, mixed: bool) -> Iterator[str]:
    """An edge after the other; with its days where the graph is `dynamic`, with its direction where that is `mixed`."""
    kinds = _kinds(spool.predicates())
    said = {name: column for name, column in columns.items() if name != "predicate"}
    rest = {shape: values(said, shape) for shape in spool.shapes()[1]}
    told = by_row(*spool.arrays().spells.T) if dynamic else repeat(days.ALWAYS)
    for edge, (first, last) in zip(spool.edges(), told, strict=False):
        kind, spells = kinds[edge.predicate], _spells(edge) if dynamic else ""
        yield (
            f'<edge id="{_id(edge)}" source="{escaped(edge.source)}" target="{escaped(edge.target)}"'
            f'{_direction(edge.shape) if mixed else ""} label="{_label(edge.label) or kind}"'
            f' weight="{float(edge.weight)!r}" kind="{kind}"{"" if spells else life(first, last)}>\n<attvalues>'
            f'<attvalue for="predicate" value="{escaped(edge.predicate)}"/>{rest[edge.shape](edge.values)}</attvalues>'
            f"{spells}</edge>\n"
        )


def _id(edge: Edge) -> str:
    # made from what the edge is, so that it is the same in tomorrow's export
    return blake2b("\0".join(edge[:3]).encode(), digest_size=8).hexdigest()


def _kinds(predicates: Iterable[str]) -> dict[str, str]:
    # the short name, or the whole IRI where two predicates have the same: Gephi would merge their edges
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    for predicate in predicates:
        by_name[flat(name(predicate)) or _UNNAMED].append(predicate)
    return {
        predicate: escaped(short if len(sharing) == 1 else predicate or _UNNAMED)
        for short, sharing in by_name.items()
        for predicate in sharing
    }


@lru_cache(maxsize=4096)
def _label(label: str) -> str:
    return escaped(flat(label))


def _direction(shape: Shape) -> str:
    return f' type="{"directed" if shape.directed else "undirected"}"'


def _spells(edge: Edge) -> str:
    spells = edge.shape.value("spells", edge.values)
    if not isinstance(spells, list):
        return ""
    return f"<spells>{''.join(f'<spell{life(*days.read(spell))}/>' for spell in spells)}</spells>"
