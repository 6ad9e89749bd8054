"""Changes of graphs in, SPARQL 1.1 Update out; and each of them in two halves, for servers that find it too big."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

Graph = str | None  # the IRI of a named graph; None is the default graph


@dataclass(frozen=True, slots=True)
class Replace:
    """A named graph holds these N-Triples from now on; nothing: there is no such graph."""

    graph: str
    triples: bytes


@dataclass(frozen=True, slots=True)
class Add:
    """A graph holds these N-Triples too."""

    graph: Graph
    triples: bytes


@dataclass(frozen=True, slots=True)
class Forget:
    """A graph holds nothing of these subjects any more."""

    graph: Graph
    subjects: Sequence[str]


Change = Replace | Add | Forget


class Remote(Protocol):
    """Whatever brings about changes on a server, in their order. A change that was made may be made again."""

    url: str
    batch: int  # bytes of triples that one call should bring

    def apply(self, changes: Sequence[Change]) -> None:
        """Make the changes; raises `ServiceError` where the server does not."""


def update(changes: Iterable[Change]) -> bytes:
    """One request that makes all changes, one after the other."""
    return b" ;\n".join(operation for change in changes for operation in _operations(change))


def halves(changes: Sequence[Change]) -> tuple[Sequence[Change], Sequence[Change]] | None:
    """The same changes in two parts; None for one that has no parts."""
    if len(changes) > 1:
        middle = len(changes) // 2
        return changes[:middle], changes[middle:]
    return _halved(changes[0]) if changes else None


def _halved(change: Change) -> tuple[Sequence[Change], Sequence[Change]] | None:
    if isinstance(change, Forget):
        middle = len(change.subjects) // 2
        first, second = change.subjects[:middle], change.subjects[middle:]
        return ([Forget(change.graph, first)], [Forget(change.graph, second)]) if middle else None
    lines = change.triples.splitlines(keepends=True)
    middle = len(lines) // 2
    if not middle:
        return None
    begun = b"".join(lines[:middle])
    start = Replace(change.graph, begun) if isinstance(change, Replace) else Add(change.graph, begun)
    return [start], [Add(change.graph, b"".join(lines[middle:]))]


def _operations(change: Change) -> list[bytes]:
    if isinstance(change, Forget):
        subjects = " ".join(f"<{subject}>" for subject in change.subjects)
        old = _within(change.graph, b"?s ?p ?o")
        return [b"DELETE { %b } WHERE { VALUES ?s { %b } %b }" % (old, subjects.encode(), old)] if subjects else []
    added = [b"INSERT DATA { %b }" % _within(change.graph, change.triples)] if change.triples else []
    return [b"DROP SILENT GRAPH <%b>" % change.graph.encode(), *added] if isinstance(change, Replace) else added


def _within(graph: Graph, pattern: bytes) -> bytes:
    return pattern if graph is None else b"GRAPH <%b> { %b }" % (graph.encode(), pattern)
