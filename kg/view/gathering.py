"""Rows of a SELECT in, tables of nodes and edges out, in a temporary file: there the rows of one edge become one."""

from __future__ import annotations

import marshal  # three times as fast as JSON, and nobody but this process reads what it writes
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.view import days, merging
from kg.view.columns import identifier
from kg.view.elements import Shape, shape, weight
from kg.view.rows import Answer, Values, read, value

_KNOWN = 20_000  # sayings of nodes that are remembered: most rows repeat one
_TABLES = """PRAGMA page_size = 32768; PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE about (id TEXT, attributes INTEGER, said BLOB);
CREATE TABLE told (source TEXT, target TEXT, predicate TEXT, attributes INTEGER, said BLOB);
CREATE TABLE name (node INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE node (node INTEGER PRIMARY KEY, shape INTEGER, said BLOB);
CREATE TABLE edge (edge INTEGER PRIMARY KEY, source INTEGER, target INTEGER, predicate TEXT, shape INTEGER, said BLOB);
BEGIN;"""
_NAMES = """INSERT INTO name (id)
SELECT source FROM told UNION SELECT target FROM told UNION SELECT id FROM about ORDER BY 1;
CREATE UNIQUE INDEX by_id ON name (id);"""
_BY_NODE = "SELECT node, attributes, said FROM name LEFT JOIN about USING (id) ORDER BY node"
_BY_EDGE = """SELECT source.node, target.node, predicate, attributes, said FROM told
CROSS JOIN name AS source ON source.id = told.source CROSS JOIN name AS target ON target.id = told.target
ORDER BY 1, 2, 3"""


@dataclass(slots=True)
class Gathered:
    """What is kept in memory of each element, in the order of the tables: some bytes a node and an edge."""

    shapes: list[Shape] = field(default_factory=list)
    nodes: array[int] = field(default_factory=lambda: array("i"))  # the shape of each
    edges: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("i"))  # two nodes an edge, counted from 0
    weights: array[float] = field(default_factory=lambda: array("d"))
    spells: array[int] = field(default_factory=lambda: array("i"))  # a first and a last day an edge, see `days`


def gather(
    db: sqlite3.Connection, rows: Answer | Iterable[Mapping[str, Any]], nodes: Iterable[tuple[str, Mapping[str, Any]]]
) -> Gathered:
    """Fill the tables name, node and edge of an empty database."""
    db.executescript(_TABLES)
    gathering = _Gathering(db)
    gathering.about(nodes)
    db.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?)", gathering.told(rows))
    gathering.flush()
    db.executescript(_NAMES)
    db.executemany("INSERT INTO node VALUES (?, ?, ?)", gathering.nodes())
    db.executemany("INSERT INTO edge VALUES (NULL, ?, ?, ?, ?, ?)", gathering.edges())
    return gathering.gathered


class _Gathering:
    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.gathered = Gathered()
        self._attributes: dict[tuple[str, ...], int] = {}
        self._shapes: dict[Shape, int] = {}
        self._known: set[tuple[str, bytes]] = set()
        self._about: list[tuple[str, int, bytes]] = []

    def about(self, nodes: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        for node, said in nodes:
            values = tuple(value(term) for term in said.values())
            self._tell(identifier(node), tuple(said), values)

    def told(self, rows: Answer | Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, int, bytes]]:
        for plan, row in read(rows):
            source, target = identifier(str(row[plan.source])), identifier(str(row[plan.target]))
            predicate = "" if plan.predicate is None or row[plan.predicate] is None else str(row[plan.predicate])
            self._tell(source, plan.of_source.attributes, plan.of_source.values(row))
            self._tell(target, plan.of_target.attributes, plan.of_target.values(row))
            said = marshal.dumps(plan.of_edge.values(row), 2)
            yield source, target, identifier(predicate), self._number(plan.of_edge.attributes), said

    def _tell(self, node: str, attributes: tuple[str, ...], values: Values) -> None:
        said = node, marshal.dumps(values, 2)
        if said not in self._known:
            self._known.add(said)
            self._about.append((node, self._number(attributes), said[1]))
            if len(self._known) == _KNOWN:
                self.flush()

    def flush(self) -> None:
        self.db.executemany("INSERT INTO about VALUES (?, ?, ?)", self._about)
        self._about.clear()
        self._known.clear()

    def _number(self, attributes: tuple[str, ...]) -> int:
        return self._attributes.setdefault(attributes, len(self._attributes))

    def nodes(self) -> Iterator[tuple[int, int, bytes]]:
        names = list(self._attributes)
        for node, told in groupby(self.db.execute(_BY_NODE), itemgetter(0)):
            rows = [(names[number], marshal.loads(said)) for _, number, said in told]
            attributes, values = rows[0] if len(rows) == 1 else merging.node(rows)
            self.gathered.nodes.append(self._shape(attributes, values))
            yield node, self.gathered.nodes[-1], marshal.dumps(values, 2)

    def edges(self) -> Iterator[tuple[int, int, str, int, bytes]]:
        names, gathered = list(self._attributes), self.gathered
        for (source, target, predicate), told in groupby(self.db.execute(_BY_EDGE), itemgetter(0, 1, 2)):
            rows = [(names[number], marshal.loads(said)) for *_, number, said in told]
            attributes, values = rows[0] if len(rows) == 1 else merging.edge(rows)
            number = self._shape(attributes, values)
            gathered.edges.append(number)
            gathered.ends.extend((source - 1, target - 1))
            gathered.weights.append(weight(gathered.shapes[number], values))
            gathered.spells.extend(days.hull(attributes, values))
            yield source, target, predicate, number, marshal.dumps(values, 2)

    def _shape(self, attributes: tuple[str, ...], values: Values) -> int:
        found = shape(attributes, values)
        if found not in self._shapes:
            self._shapes[found] = len(self.gathered.shapes)
            self.gathered.shapes.append(found)
        return self._shapes[found]
