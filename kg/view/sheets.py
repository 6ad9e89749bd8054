"""A network in, two tables out, one of its nodes and one of its edges, which spreadsheets and Gephi open."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.view import plain
from kg.view.spool import Spool
from kg.view.spool.elements import Shape
from kg.view.spool.rows import name

# OWASP, "CSV Injection": what a spreadsheet would take for a formula, in full width too
_FORMULA = re.compile("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")
_NODES = ("label", "entity_type")
_EDGES = ("label", "predicate", "weight")


def write(spool: Spool, nodes: Path, edges: Path) -> None:
    """Write the tables (RFC 4180, UTF-8), with the columns that Gephi's import looks for: Id, Source, Target, Type,
    Kind, by which it keeps two relations between the same two apart.

    A text that a spreadsheet would run as a formula gets an apostrophe before it; a number stays a number, also one
    below zero.
    """
    of_nodes, of_edges = spool.shapes()
    _table(nodes, ["Id"], _columns(_NODES, of_nodes, {"type"}), (([n.id], plain.of_node(n)) for n in spool.nodes()))
    _table(edges, ["Source", "Target", "Type", "Kind"], _columns(_EDGES, of_edges, {"directed"}), _edges(spool))


def _edges(spool: Spool) -> Iterator[tuple[list[str], dict[str, Any]]]:
    for edge in spool.edges():
        kind = "Directed" if edge.shape.directed else "Undirected", name(edge.predicate)
        yield [edge.source, edge.target, *kind], plain.of_edge(edge)


def _columns(first: tuple[str, ...], shapes: Iterable[Shape], said_otherwise: set[str]) -> list[str]:
    names = {attribute for shape in shapes for attribute in shape.attributes}
    return [*first, *sorted(names.difference(first, said_otherwise))]


def _table(path: Path, ends: list[str], columns: list[str], rows: Iterable[tuple[list[str], dict[str, Any]]]) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        table = csv.writer(file)
        table.writerow([*ends, *("Label" if column == "label" else column for column in map(_safe, columns))])
        for known, said in rows:
            table.writerow([*map(_safe, known), *(_cell(said.get(column)) for column in columns)])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else _safe(plain.text(value))


def _safe(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
