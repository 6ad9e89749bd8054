"""Rows of a SELECT in, tables of nodes and edges out, in a temporary file: there the rows of one edge become one."""

from __future__ import annotations

import marshal  # three times as fast as JSON, and nobody but this process reads what it writes
import sqlite3
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from kg.view import merging
from kg.view.elements import Shape, shape
from kg.view.markup import identifier
from kg.view.rows import Answer, Values, read, value

_KNOWN = 20_000  # sayings of nodes that are remembered: most rows repeat one
# A key is an identifier's hash, of 64 bits and keyed by the process: an index of them is small. Two nodes of one key
# would be an error, and not taken for one node; among a million, there is a chance of one in 40 million of that.
_TABLES = """PRAGMA page_size = 16384; PRAGMA cache_size = -8192; PRAGMA temp_store = FILE;
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE about (key INTEGER, id TEXT, attributes INTEGER, said BLOB);
CREATE TABLE told (source INTEGER, target INTEGER, predicate TEXT, attributes INTEGER, said BLOB);
CREATE TABLE node (node INTEGER PRIMARY KEY, key INTEGER, id TEXT);
CREATE TABLE of_node (node INTEGER PRIMARY KEY, shape INTEGER, said BLOB);
CREATE TABLE edge (
  edge INTEGER PRIMARY KEY, source INTEGER, target INTEGER, predicate INTEGER, shape INTEGER, said BLOB
);
BEGIN;"""
_NODES = """INSERT INTO node (key, id) SELECT DISTINCT key, id FROM about ORDER BY id;
CREATE UNIQUE INDEX by_key ON node (key);"""
_BY_NODE = """SELECT node.node, attributes, said FROM about CROSS JOIN node ON node.key = about.key ORDER BY 1"""
_BY_EDGE = """SELECT source.node, target.node, predicate, attributes, said FROM told
CROSS JOIN node AS source ON source.key = told.source CROSS JOIN node AS target ON target.key = told.target
ORDER BY 1, 2, 3"""
Said = Iterable[tuple[str, Mapping[str, Any]]]  # nodes and what is said of them
_Key = TypeVar("_Key", bound=Hashable)


class Numbered(dict[_Key, int]):
    """Things and their numbers, in the order in which they were first met."""

    def __missing__(self, key: _Key) -> int:
        self[key] = number = len(self)
        return number


@dataclass(slots=True)
class Gathered:
    """What is kept in memory: how many nodes there are, what elements share, and 24 bytes an edge."""

    node_shapes: Numbered[Shape] = field(default_factory=Numbered)
    edge_shapes: Numbered[Shape] = field(default_factory=Numbered)
    predicates: Numbered[str] = field(default_factory=Numbered)
    nodes: int = 0
    ends: array[int] = field(default_factory=lambda: array("i"))  # two nodes an edge, counted from 0
    weights: array[float] = field(default_factory=lambda: array("d"))
    spells: array[int] = field(default_factory=lambda: array("i"))  # a first and a last day an edge, see `days`


def gather(
    db: sqlite3.Connection,
    rows: Answer | Iterable[Mapping[str, Any]],
    nodes: Said,
    about: Callable[[Iterator[str]], Said] | None,
) -> Gathered:
    """Fill the tables node, of_node and edge of an empty database."""
    db.executescript(_TABLES)
    gathering = _Gathering(db)
    gathering.about(nodes)
    db.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?)", gathering.told(rows))
    gathering.flush()
    db.executescript(_NODES)
    if about is not None:
        gathering.about(about(id for (id,) in db.execute("SELECT id FROM node ORDER BY node")))
        gathering.flush()
    db.executemany("INSERT INTO of_node VALUES (?, ?, ?)", gathering.nodes())
    db.executemany("INSERT INTO edge VALUES (NULL, ?, ?, ?, ?, ?)", gathering.edges())
    return gathering.gathered


class _Gathering:
    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.gathered = Gathered()
        self._attributes: Numbered[tuple[str, ...]] = Numbered()
        self._known: set[tuple[int, str, int, bytes]] = set()

    def about(self, nodes: Said) -> None:
        for node, said in nodes:
            self._tell(node, tuple(said), tuple(map(value, said.values())))

    def told(self, rows: Answer | Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, int, str, int, bytes]]:
        for plan, row in read(rows):
            predicate = "" if plan.predicate is None or row[plan.predicate] is None else str(row[plan.predicate])
            source = self._tell(row[plan.source], plan.of_source.attributes, plan.of_source.values(row))
            target = self._tell(row[plan.target], plan.of_target.attributes, plan.of_target.values(row))
            said = marshal.dumps(plan.of_edge.values(row), 2)
            yield source, target, predicate and identifier(predicate), self._attributes[plan.of_edge.attributes], said

    def _tell(self, node: Any, attributes: tuple[str, ...], values: Values) -> int:
        id = identifier(str(node))
        key = hash(id)
        self._known.add((key, id, self._attributes[attributes], marshal.dumps(values, 2)))
        if len(self._known) == _KNOWN:
            self.flush()
        return key

    def flush(self) -> None:
        self.db.executemany("INSERT INTO about VALUES (?, ?, ?, ?)", self._known)
        self._known.clear()

    def nodes(self) -> Iterator[tuple[int, int, bytes]]:
        attributes, gathered = list(self._attributes), self.gathered
        for node, told in groupby(self.db.execute(_BY_NODE), itemgetter(0)):
            rows = [(attributes[number], marshal.loads(said)) for _, number, said in told if attributes[number]]
            of_node, values = rows[0] if len(rows) == 1 else merging.node(rows)
            gathered.nodes = node
            yield node, gathered.node_shapes[shape(of_node, values)], marshal.dumps(values, 2)

    def edges(self) -> Iterator[tuple[int, int, int, int, bytes]]:
        attributes, gathered = list(self._attributes), self.gathered
        for (source, target, predicate), told in groupby(self.db.execute(_BY_EDGE), itemgetter(0, 1, 2)):
            rows = [(attributes[number], marshal.loads(said)) for *_, number, said in told]
            of_edge, values = rows[0] if len(rows) == 1 else merging.edge(rows)
            has = shape(of_edge, values)
            gathered.ends.extend((source - 1, target - 1))
            gathered.weights.append(has.weight_in(values))
            gathered.spells.extend(has.spell(values))
            yield source, target, gathered.predicates[predicate], gathered.edge_shapes[has], marshal.dumps(values, 2)
