"""Packaged queries against pyoxigraph asked directly, and against rdflib in memory.

    python tests/benchmarks/queries.py STORE [--rdflib SMALL_STORE] [--cap 60] [--only WORDS]

Both stores are made by `newsgraph.py`: the first of 5 million triples, say, the second small enough for rdflib, whose
queries are ended after `--cap` seconds. For each query the table has the seconds that Dateline takes from the question
to the whole answer in CSV, what pyoxigraph takes for the same bound text on the same index and the ratio; and on the
small store Dateline's seconds, rdflib's, and how many times as long those are. Times are of the processor, which other
programs on the machine disturb least, and the best of five, in turns, each side warm; of what takes long, of two.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph import called, queries, questions, sparql
from kg.graph.store import Store
from kg.graph.store.index import Index

_BUSIEST = """SELECT (MIN(STR(?label)) AS ?name) {
  { SELECT ?entity { ?statement rdf:subject ?entity } GROUP BY ?entity ORDER BY DESC(COUNT(?statement)) LIMIT 1 }
  ?entity skos:prefLabel ?label
} GROUP BY ?entity"""
_FIRST = "SELECT ?statement { ?statement a kg:Statement } LIMIT 1"


def values(store: Store, query: queries.Query) -> dict[str, str]:
    """What to ask for where a query must be told: the busiest entity, or any statement."""
    wanted = {parameter.name for parameter in query.parameters if parameter.default is None}
    known = {"name": _BUSIEST, "statement": _FIRST}
    return {name: str(getattr(next(store.query(known[name]).rows())[0], "value", "")) for name in sorted(wanted)}


def bound(store: Store, query: queries.Query, told: dict[str, str]) -> str:
    """The text that is asked in the end, for others to be asked the same."""
    bindings: dict[str, sparql.Value] = dict(query.bindings(told, store.names))
    named = {parameter.name for parameter in query.parameters if parameter.named}
    bindings |= {name: called.things(store, told[name]) for name in told if name in named}
    return sparql.bind(query.asked(told), bindings)


def graph_of(path: Path) -> ox.Store:
    """The index of a store, in which every triple has one home."""
    return Index(path / "index").read() or ox.Store()


def ours(store: Store, name: str, told: dict[str, str]) -> int:
    file = io.BytesIO()
    questions.ask(store, name, told).write(file, "csv")
    return file.tell()


def directly(graph: ox.Store, text: str, prefixes: dict[str, str]) -> int:
    found = graph.query(text, prefixes=prefixes, use_default_graph_as_union=True)
    return len(found.serialize(format=ox.QueryResultsFormat.CSV) or b"")  # type: ignore[union-attr]


def best(works: list[Callable[[], object]], turns: int = 5) -> list[float]:
    """The best seconds of each of some works, in turns; of two where a turn takes ten seconds."""
    took = [[_seconds(work) for work in works]]
    took += [[_seconds(work) for work in works] for _ in range(turns - 1 if sum(took[0]) < 10 else 1)]
    return [min(column) for column in zip(*took, strict=True)]


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


class Rdflib:
    """An rdflib Dataset in memory, in a process that can be ended."""

    def __init__(self, path: Path, prefixes: dict[str, str], cap: float) -> None:
        import rdflib

        self._cap = cap
        self._prefixes = prefixes
        self._dataset = rdflib.Dataset(default_union=True)
        file = io.BytesIO()
        graph_of(path).dump(file, ox.RdfFormat.N_QUADS)
        self._dataset.parse(data=file.getvalue(), format="nquads")

    def seconds(self, text: str) -> float | str | None:
        """How long a query takes, its answer in CSV included; None for longer than the cap, words where it fails."""
        mine, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=self._ask, args=(text, theirs))
        process.start()
        took: float | str | None = mine.recv() if mine.poll(self._cap) else None
        process.kill()
        process.join()
        return took

    def _ask(self, text: str, answer: Any) -> None:
        asked = sparql.declare(text, self._prefixes)
        try:
            answer.send(_seconds(lambda: self._dataset.query(asked).serialize(format="csv")))
        except Exception as error:  # rdflib's own, such as MIN of nothing
            answer.send(f"fails: {type(error).__name__}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--rdflib", type=Path)
    parser.add_argument("--cap", type=float, default=60)
    parser.add_argument("--only", default="")
    told = parser.parse_args()
    store, small = Store.open(told.store), Store.open(told.rdflib) if told.rdflib else None
    graph, prefixes = graph_of(told.store), store.names.prefixes()
    others = Rdflib(told.rdflib, prefixes, told.cap) if small else None
    print(f"{len(graph):,} triples; rdflib: {len(graph_of(told.rdflib)) if small else 0:,}")
    print(f"{'':38}{'ours':>9}{'directly':>10}{'ratio':>7}   {'small':>8}{'rdflib':>9}{'times':>8}")
    for query in queries.all_queries():
        name = f"{query.folder}/{query.name}"
        if query.folder in ("reports", "networks", "checks") and told.only in name:
            said = values(store, query)
            text = bound(store, query, said)
            we, they = best(
                [lambda n=name, s=said: ours(store, n, s), lambda t=text: directly(graph, t, prefixes)]  # type: ignore[misc]
            )
            print(f"{name:38}{we:8.3f}s{they:9.3f}s{we / they:7.2f}", end="   ", flush=True)
            print(_against(others, small, query) if others and small else "", flush=True)


def _against(others: Rdflib, store: Store, query: queries.Query) -> str:
    said = values(store, query)
    (we,) = best([lambda: ours(store, f"{query.folder}/{query.name}", said)])
    took = others.seconds(bound(store, query, said))
    if took is None:
        return f"{we:7.3f}s{'>':>4}{others._cap:4.0f}s{'>':>3}{others._cap / we:5.0f}"
    if isinstance(took, str):
        return f"{we:7.3f}s   {took}"
    return f"{we:7.3f}s{took:8.3f}s{took / we:8.1f}"


if __name__ == "__main__":
    main()
