"""An index in, the N-Triples and the digest of each named graph, and of each subject of the default graph, out.

A digest is of a set of lines: the sum of their SHA-256, which no order changes (AdHash: Bellare and Micciancio, 1997).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import IO

import pyoxigraph as ox

_MODULUS = 1 << 256
_IN_MEMORY = 4_000_000  # bytes of a graph; a larger one goes through a file


class Contents:
    """What an index holds, as it is pushed; neither the index nor a graph of it is in memory as a whole."""

    def __init__(self, index: ox.Store) -> None:
        self._index = index
        self.sizes: dict[str, int] = {}  # triples, by named graph
        self.shared = 0  # triples of the default graph

    def graphs(self) -> dict[str, str]:
        """The digest of each named graph, by its IRI."""
        names = sorted(graph.value for graph in self._index.named_graphs() if isinstance(graph, ox.NamedNode))
        return {name: digest for name in names if (digest := self._digest(name))}

    def subjects(self) -> dict[str, str]:
        """The digest of what the default graph holds of each of its subjects, by its IRI."""
        sums: dict[bytes, int] = {}
        self.shared = 0
        with self._dumped(ox.DefaultGraph()) as file:
            for line in file:
                subject = line[1 : line.index(b">")]
                sums[subject] = sums.get(subject, 0) + _number(line)
                self.shared += 1
        return {subject.decode(): _hex(total) for subject, total in sums.items()}

    def chunks(self, graph: str, size: int) -> Iterator[bytes]:
        """The N-Triples of a named graph, about so many bytes at a time."""
        with self._dumped(ox.NamedNode(graph)) as file:
            while lines := file.readlines(size):
                yield b"".join(lines)

    def of(self, subject: str) -> bytes:
        """The N-Triples that the default graph holds of a subject."""
        quads = self._index.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph())
        return b"".join(sorted(f"{quad.triple} .\n".encode() for quad in quads))

    def _digest(self, graph: str) -> str:
        with self._dumped(ox.NamedNode(graph)) as file:
            total, self.sizes[graph] = _sum(file)
        return _hex(total) if self.sizes[graph] else ""

    def _dumped(self, graph: ox.NamedNode | ox.DefaultGraph) -> IO[bytes]:
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- whoever reads it closes it
        self._index.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=graph)
        file.seek(0)
        return file


def _sum(lines: Iterable[bytes]) -> tuple[int, int]:
    total = count = 0
    for count, line in enumerate(lines, start=1):  # noqa: B007 -- how many there were is wanted afterwards
        total += _number(line)
    return total, count


def _number(line: bytes) -> int:
    return int.from_bytes(sha256(line).digest())


def _hex(total: int) -> str:
    return f"{total % _MODULUS:064x}"
