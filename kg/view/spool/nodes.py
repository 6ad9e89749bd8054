"""What rows say of nodes in, a table of nodes out, sorted: in a database that is a temporary file."""

from __future__ import annotations

import marshal
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import compress, groupby
from operator import itemgetter
from typing import Any

from kg.view.markup import identifier
from kg.view.spool import merging
from kg.view.spool.elements import Node, Numbered, Shape, shape
from kg.view.spool.rows import Values, value

_TOLD = 2000  # sayings that are written at once
_SLOTS = 2**20  # for hashes of sayings, so that most are written once: nearly every row repeats one
_TABLES = """PRAGMA page_size = 16384; PRAGMA cache_size = -4096; PRAGMA temp_store = FILE;
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE about (id TEXT, drawn INTEGER, attributes INTEGER, said BLOB);
CREATE TABLE node (node INTEGER PRIMARY KEY, id TEXT, shape INTEGER, said BLOB);
BEGIN;"""
_TELL = "INSERT INTO about VALUES (?, ?, ?, ?)"
_TOLD_OF = "SELECT id, drawn, attributes, said FROM about ORDER BY id"
_SETTLE = "INSERT INTO node (id, shape, said) VALUES (?, ?, ?)"
Said = Iterable[tuple[str, Mapping[str, Any]]]  # nodes and what is said of them


class Nodes:
    """Nodes: `tell` what is said of them, `settle` it; then iterate, by identifier. `close` it in the end."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # a temporary file that goes with the connection
        self._db.executescript(_TABLES)
        self._attributes: Numbered[tuple[str, ...]] = Numbered()
        self._shapes: Numbered[Shape] = Numbered()
        self._told: list[tuple[str, bool, int, bytes]] = []
        self._known = array("q", bytes(8 * _SLOTS))
        self.keys = array("q")  # hashes of identifiers, by number

    def close(self) -> None:
        """Let go of the temporary file."""
        self._db.close()

    def tell(self, id: str, attributes: tuple[str, ...], values: Values, *, drawn: bool = True) -> None:
        """Write down what is said of a node. One that is never `drawn` is passed over."""
        saying = id, drawn, self._attributes[attributes], marshal.dumps(values, 2)
        key = hash(saying)
        if self._known[key % _SLOTS] != key:
            self._known[key % _SLOTS] = key
            self._told.append(saying)
            if len(self._told) == _TOLD:
                self._flush()

    def tell_all(self, nodes: Said, *, drawn: bool = True) -> None:
        """Write down what is said of nodes."""
        for node, said in nodes:
            self.tell(identifier(str(node)), tuple(said), tuple(map(value, said.values())), drawn=drawn)

    def _flush(self) -> None:
        self._db.executemany(_TELL, self._told)
        self._told.clear()

    def ask(self, about: Callable[[Iterator[str]], Said]) -> None:
        """Write down what is told about the nodes that there are."""
        self._flush()
        ids = self._db.execute("SELECT DISTINCT id FROM about ORDER BY id")
        self.tell_all(about(id for (id,) in ids), drawn=False)

    def settle(self) -> None:
        """Make one of all that is said of a node."""
        self._flush()
        self._known = array("q")
        self._db.executemany(_SETTLE, self._settled())

    def _settled(self) -> Iterator[tuple[str, int, bytes]]:
        attributes = list(self._attributes)
        for id, told in groupby(self._db.execute(_TOLD_OF), itemgetter(0)):
            sayings = list(told)
            if any(drawn for _, drawn, *_ in sayings):
                rows = [(attributes[number], marshal.loads(said)) for *_, number, said in sayings if attributes[number]]
                of_node, values = rows[0] if len(rows) == 1 else merging.node(rows)
                self.keys.append(hash(id))
                yield id, self._shapes[shape(of_node, values)], marshal.dumps(values, 2)

    def __iter__(self) -> Iterator[Node]:
        shapes = list(self._shapes)
        for id, number, said in self._db.execute("SELECT id, shape, said FROM node ORDER BY node"):
            yield Node(id, shapes[number], marshal.loads(said))

    def shapes(self, kept: Iterable[bool]) -> list[Shape]:
        """The shapes of those nodes that are kept."""
        numbers = self._db.execute("SELECT shape FROM node ORDER BY node")
        shapes = list(self._shapes)
        return [shapes[number] for number in sorted({number for (number,) in compress(numbers, kept)})]
