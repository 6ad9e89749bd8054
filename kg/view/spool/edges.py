"""Edges in any order in, the same sorted out, those of one source, target and predicate made one.

What is said of them is written to a temporary file, once, as it comes; what is sorted are numbers, which tell where it
stands. So memory hardly grows with what is said.
"""

from __future__ import annotations

import marshal  # three times as fast as JSON, and nobody but this process reads what it writes
import os
import tempfile
from array import array
from collections.abc import Iterator
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import QueryError
from kg.view.spool import merging
from kg.view.spool.elements import Edge, Numbered, Shape, shape

# A node's key is a hash of 64 bits. A kind is a predicate and a shape; `size` and `at` tell where the rest stands.
_SAID = [("kind", "=i4"), ("size", "=i4"), ("at", "=i8"), ("weight", "=f8"), ("spell", "=i4", 2)]
_ROW = np.dtype([("source", "=i8"), ("target", "=i8"), *_SAID])  # the keys of two nodes
_EDGE = np.dtype([("ends", "=i4", 2), *_SAID])  # their numbers
_BLOCK = 8192  # rows of which there are numbers at once
_BUFFER = 2**18


class Edges:
    """Edges: `add` what rows say of them, `sort` it; then `numbers` has a row an edge. `close` it in the end."""

    def __init__(self) -> None:
        self._said, self._rows = (tempfile.TemporaryFile(buffering=_BUFFER) for _ in range(2))  # noqa: SIM115 -- closed below
        self._pack = Struct("=qqiiqdii").pack
        self._kinds: Numbered[tuple[str, Shape]] = Numbered()
        self._at = 0
        self.numbers: NDArray[Any] = np.empty(0, _EDGE)

    def close(self) -> None:
        """Let go of the temporary files."""
        self._said.close()
        self._rows.close()

    def add(self, edge: Edge) -> None:
        """Write down what one row says of an edge."""
        kind, size, at, weight, spell = self._written(edge)
        self._rows.write(self._pack(hash(edge[0]), hash(edge[1]), kind, size, at, weight, *spell))

    def _written(self, edge: Edge) -> tuple[int, int, int, float, tuple[int, int]]:
        source, target, predicate, shape, values = edge
        at, said = self._at, marshal.dumps((source, target, values), 2)
        self._at += self._said.write(said)
        return self._kinds[predicate, shape], len(said), at, shape.weight_in(values), shape.spell(values)

    def sort(self, keys: array[int]) -> None:
        """Sort the edges by source, target and predicate, and make one of rows of one edge.

        `keys` are the hashes of the nodes' identifiers, in the order of the nodes.
        """
        self._rows.flush()
        ends, predicates = self._ends(np.asarray(keys))
        order = np.lexsort((predicates, ends))
        ends, predicates = ends[order], predicates[order]
        begins = np.ones(len(order), bool)
        begins[1:] = (ends[1:] != ends[:-1]) | (predicates[1:] != predicates[:-1])
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(len(order))
        del order, predicates
        self.numbers = np.empty(len(place), _EDGE)
        self.numbers["ends"][:, 0], self.numbers["ends"][:, 1] = ends >> 32, ends & 0xFFFFFFFF
        del ends
        for those, rows in self._blocks(len(place)):
            for name, *_ in _SAID:
                self.numbers[name][place[those]] = rows[name]
        del place
        if not begins.all():
            self._merge(np.flatnonzero(begins))
        self._rows.truncate(0)

    def _ends(self, keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The nodes of each row as one number, and the rank of its predicate."""
        node = np.argsort(keys)
        keys = keys[node]
        if (keys[1:] == keys[:-1]).any():
            raise QueryError("two nodes have one hash, by a chance of one in millions: try again")
        ranks = {name: rank for rank, name in enumerate(sorted({predicate for predicate, _ in self._kinds}))}
        rank = np.array([ranks[predicate] for predicate, _ in self._kinds], np.int32)
        count = os.fstat(self._rows.fileno()).st_size // _ROW.itemsize
        ends, predicates = np.empty(count, np.int64), np.empty(count, np.int32)
        for those, rows in self._blocks(count):
            source, target = (node[np.searchsorted(keys, rows[end])] for end in ("source", "target"))
            ends[those], predicates[those] = source << 32 | target, rank[rows["kind"]]
        return ends, predicates

    def _blocks(self, count: int) -> Iterator[tuple[slice, NDArray[Any]]]:
        for start in range(0, count, _BLOCK):
            read = os.pread(self._rows.fileno(), _BLOCK * _ROW.itemsize, start * _ROW.itemsize)
            yield slice(start, start + _BLOCK), np.frombuffer(read, _ROW)

    def _merge(self, begins: NDArray[np.intp]) -> None:
        self._said.flush()
        kinds, sizes = list(self._kinds), np.diff(begins, append=len(self.numbers))
        for begin, size in zip(begins[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
            rows = list(self._read(self.numbers[begin : begin + size], kinds))
            attributes, values = merging.edge([(row.shape.names, row.values) for row in rows])
            source, target, predicate, *_ = rows[0]
            merged = self._written(Edge(source, target, predicate, shape(attributes, values), values))
            self.numbers[begin] = self.numbers[begin]["ends"], *merged
        for start in range(0, len(begins), _BLOCK):  # in place: all at once would need as much memory again
            those = begins[start : start + _BLOCK]
            self.numbers[start : start + len(those)] = self.numbers[those]
        self.numbers = self.numbers[: len(begins)]

    def these(self, kept: NDArray[np.bool_]) -> Iterator[Edge]:
        """Those edges that are kept."""
        self._said.flush()
        kinds = list(self._kinds)
        for start in range(0, len(self.numbers), _BLOCK):
            block = self.numbers[start : start + _BLOCK][kept[start : start + _BLOCK]]
            yield from self._read(block, kinds)

    def _read(self, numbers: NDArray[Any], kinds: list[tuple[str, Shape]]) -> Iterator[Edge]:
        file, read, loads = self._said.fileno(), os.pread, marshal.loads
        columns = (numbers[name].tolist() for name in ("kind", "size", "at"))
        for kind, size, at in zip(*columns, strict=True):
            source, target, values = loads(read(file, size, at))
            predicate, shape = kinds[kind]
            yield Edge(source, target, predicate, shape, values)

    def kinds(self, kept: NDArray[np.bool_]) -> list[tuple[str, Shape]]:
        """The predicates and shapes of those edges that are kept."""
        kinds = list(self._kinds)
        return [kinds[kind] for kind in np.unique(self.numbers["kind"][kept])]
