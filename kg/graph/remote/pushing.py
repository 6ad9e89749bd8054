"""A store's index and a SPARQL server in, the same graphs on the server out: what differs is sent, no more.

A graph is written, and then its digest; whoever comes after a push that was killed, on either side, goes on where the
digests end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import ServiceError
from kg.graph.remote.changes import Add, Change, Forget, Graph, Remote, Replace
from kg.graph.remote.pushed import ENTITIES, GRAPHS, Pushed, entries
from kg.graph.store.contents import Contents

_TOGETHER = 500  # of what is removed


@dataclass(frozen=True, slots=True)
class Plan:
    """What a server lacks and has too much: named graphs, and subjects of the default graph; with digests, sorted.

    `old_graphs` and `old_subjects` are those of them that stand there as they were; `place` is where the default graph
    stands, False for nowhere, which is a server that nothing was pushed to.
    """

    graphs: Mapping[str, str]
    subjects: Mapping[str, str]
    gone_graphs: Sequence[str]
    gone_subjects: Sequence[str]
    old_graphs: frozenset[str]
    old_subjects: frozenset[str]
    place: Graph | bool

    def __bool__(self) -> bool:
        return any((self.graphs, self.subjects, self.gone_graphs, self.gone_subjects))


@dataclass(frozen=True, slots=True)
class Difference:
    """A graph that has not as many triples on the server as in the store; None is the default graph."""

    graph: Graph
    here: int
    there: int


def plan(contents: Contents, pushed: Pushed, *, again: bool = False, instead: bool = False) -> Plan:
    """What is to be done; `again` sends everything, whatever the server's account says. Nothing is written.

    Raises `ServiceError` where what stands there is another store's, unless this one is wanted `instead`.
    """
    there = pushed.digests(GRAPHS), pushed.digests(ENTITIES)
    here = contents.graphs(), contents.subjects()
    if there[0] and not there[0].keys() & here[0].keys() and not instead:
        raise ServiceError(
            f"{pushed.url}: all {len(there[0])} graphs there are of another store: name another dataset, or say "
            "--instead to have this store in its place"
        )
    graphs, subjects = (_changed(now, {} if again else was) for now, was in zip(here, there, strict=True))
    return Plan(
        graphs=graphs,
        subjects=subjects,
        gone_graphs=sorted(there[0].keys() - here[0]),
        gone_subjects=sorted(there[1].keys() - here[1]),
        old_graphs=frozenset(there[0].keys() & graphs),
        old_subjects=frozenset(there[1].keys() & subjects),
        place=pushed.default_graph(),
    )


def push(
    contents: Contents,
    wanted: Plan,
    remote: Remote,
    place: Graph,
    *,
    tell: Callable[[int], None] = lambda triples: None,
) -> None:
    """Do what is planned, with the default graph at `place`; `tell` is called with how many triples arrived.

    What is needed by all articles goes first. Raises `ServiceError` where the server does not take it; what it took by
    then is not sent again by the next push.
    """
    for changes in _of_subjects(contents, wanted, remote, place):
        remote.apply(changes)
        tell(_triples(changes))
    for changes in _of_graphs(contents, wanted, remote):
        remote.apply(changes)
        tell(_triples(changes))
    for some in _batches(wanted.gone_graphs):
        remote.apply([*(Replace(graph, b"") for graph in some), Forget(GRAPHS, some)])
    for some in _batches(wanted.gone_subjects):
        remote.apply([Forget(place, some), Forget(ENTITIES, some)])


def differences(contents: Contents, pushed: Pushed, place: Graph) -> list[Difference]:
    """The graphs that have not as many triples there as here, which the plan's `contents` have counted."""
    there = dict(pushed.counts(contents.sizes))
    found = [Difference(graph, n, there.get(graph, 0)) for graph, n in contents.sizes.items()]
    found.append(Difference(place, contents.shared, pushed.count(place)))
    return [one for one in found if one.here != one.there]


def _changed(now: Mapping[str, str], was: Mapping[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in sorted(now.items()) if was.get(name) != digest}


def _of_subjects(contents: Contents, wanted: Plan, remote: Remote, place: Graph) -> Iterator[list[Change]]:
    """What the default graph holds of some subjects at a time: first their digests go, and last they come."""
    some: dict[str, bytes] = {}
    size = 0
    for subject in wanted.subjects:
        some[subject] = contents.of(subject)
        size += len(some[subject])
        if size >= remote.batch:
            yield _subjects(some, wanted, place)
            some, size = {}, 0
    if some:
        yield _subjects(some, wanted, place)


def _subjects(some: Mapping[str, bytes], wanted: Plan, place: Graph) -> list[Change]:
    noted = [subject for subject in some if subject in wanted.old_subjects]
    # a push that was killed may have left what nobody noted; where nothing was pushed, there is nothing to look for
    written = [] if wanted.place is False else list(some)
    digests = entries({subject: wanted.subjects[subject] for subject in some})
    forgotten = [Forget(ENTITIES, noted), Forget(place, written)]
    return [*forgotten, Add(place, b"".join(some.values())), Add(ENTITIES, digests)]


def _of_graphs(contents: Contents, wanted: Plan, remote: Remote) -> Iterator[list[Change]]:
    """Some graphs at a time, or a part of a large one; the digest of each goes before it and comes after it."""
    changes: list[Change] = []
    size = 0
    for graph, digest in wanted.graphs.items():
        if graph in wanted.old_graphs:
            changes.append(Forget(GRAPHS, [graph]))
        kind: type[Replace] | type[Add] = Replace
        for chunk in contents.chunks(graph, remote.batch):
            changes.append(kind(graph, chunk))
            kind, size = Add, size + len(chunk)
            if size >= remote.batch:
                yield changes
                changes, size = [], 0
        changes.append(Add(GRAPHS, entries({graph: digest})))
    if changes:
        yield changes


def _triples(changes: Sequence[Change]) -> int:
    accounts = (GRAPHS, ENTITIES)
    sent = (c for c in changes if not isinstance(c, Forget) and c.graph not in accounts)
    return sum(change.triples.count(b"\n") for change in sent)


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + _TOGETHER] for start in range(0, len(names), _TOGETHER))
