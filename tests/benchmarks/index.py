"""A store of made-up news in, the speed of its index out: made anew, and brought up to date, as ratios in one run.

    python tests/benchmarks/newsgraph.py STORE --triples 5000000
    PYTHONPATH=. python tests/benchmarks/index.py STORE [--articles 300]

The store's index is made anew; the rest of it stays as it is. A rebuild is held against Oxigraph's bare `bulk_load` of
the same triples as N-Quads, into an empty store on the same disk, after the files were read once.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.graph.names import DCT
from kg.graph.store import Store, record
from kg.graph.store.index import Index
from kg.graph.store.parts import Parts

Change = tuple[str, set[ox.Triple]]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def busy(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and those of the processor, which others on the machine disturb less."""
    start = time.process_time()
    return seconds(work), time.process_time() - start


def rebuilding(path: Path, scratch: Path) -> None:
    """The rebuild beside the bulk load."""
    quads, bare = scratch / "all.nq", ox.Store(str(scratch / "bare"))
    with quads.open("wb") as file:
        Store.open(path).export(file, "nquads")
    loaded, load = busy(lambda: bare.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS))
    count = len(bare)
    with Store.open(path, writable=True) as store:
        rebuilt, rebuild = busy(store.rebuild)
    print(f"{count:,} triples; bare bulk_load {loaded:.1f} s, {count / loaded:,.0f}/s")
    print(f"rebuild {rebuilt:.1f} s, {count / rebuilt:,.0f}/s: {loaded / rebuilt:.2f} times the speed of the bulk load")
    print(f"processor: bulk_load {load:.1f} s, rebuild {rebuild:.1f} s, {load / rebuild:.2f} times")


def added(graph: record.Graph) -> Change:
    """An article that was not there, with entities that were."""
    return record.graph(graph.turtle.replace(b"/article/made-", b"/article/new-"))[:2]


def replaced(graph: record.Graph, chance: random.Random) -> Change:
    """The article read again: another title, ten triples fewer, an entity that nobody knew."""
    article, new = ox.NamedNode(graph.article), ox.NamedNode(f"https://w3id.org/dateline/entity/x{chance.random()}")
    kept = sorted(graph.triples, key=str)
    chance.shuffle(kept)
    told = {ox.Triple(article, ox.NamedNode(DCT + "title"), ox.Literal("new"))}
    return graph.article, {*kept[10:], *told, *(ox.Triple(new, t.predicate, t.object) for t in kept[:3])}


def changing(index: Index, changes: list[Change], what: str) -> None:
    """One article after the other, as a batch holds them before it is published."""
    index.apply([])
    publish, index._generations.publish = index._generations.publish, lambda: None  # type: ignore[method-assign]
    took = [1000 * seconds(lambda change=change: index.apply([change])) for change in changes]  # type: ignore[misc]
    index._generations.publish = publish  # type: ignore[method-assign]
    print(f"{what}, unpublished: {told(took)}; published all at once in {1000 * seconds(publish):.0f} ms")


def singly(index: Index, changes: list[Change], what: str) -> None:
    """Each published by itself: what the disk takes to have it durable."""
    print(f"{what}, each published: {told([1000 * seconds(lambda c=c: index.apply([c])) for c in changes])}")  # type: ignore[misc]


def told(took: list[float]) -> str:
    ninety_nine = statistics.quantiles(took, n=100)[98]
    return f"{statistics.median(took):.2f} ms at the median, {ninety_nine:.2f} ms at p99"


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in (folder / "work").rglob("*") if file.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(dir=arguments.store))
    try:
        rebuilding(arguments.store, scratch)
        chance = random.Random(arguments.seed)
        parts = Parts.of(arguments.store, Store.open(arguments.store).names)
        shutil.copytree(arguments.store / "index", scratch / "index")
        index = Index(scratch / "index")
        paths = chance.sample(list(parts.record), arguments.articles)
        graphs = [parts.record.load(path) for path in paths]
        changing(index, [added(graph) for graph in graphs], "adding an article")
        before = size(index.folder)
        changing(index, [replaced(graph, chance) for graph in graphs], "replacing an article")
        print(f"disk: {(size(index.folder) - before) / len(graphs) / 1000:.1f} KB for each that was replaced")
        singly(index, [replaced(graph, chance) for graph in graphs[:50]], "replacing an article")
        index.close()
        opening = seconds(lambda: index.apply([]))
        print(f"a writer begins in {1000 * opening:.0f} ms")
        index.close()
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    sys.exit(main())
