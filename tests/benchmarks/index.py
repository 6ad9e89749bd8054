"""A store of made-up news in, the speed of its index out: made anew, and brought up to date, as ratios in one run.

    python tests/benchmarks/newsgraph.py STORE --triples 5000000
    PYTHONPATH=. python tests/benchmarks/index.py STORE [--articles 300]

The store stays as it is: its files are read, and the index is made beside it. A rebuild is held against Oxigraph's bare
`bulk_load` of the same triples as N-Quads into an empty store on the same disk, after the files were read once; so are
articles that come in. Seconds of the processor are of all threads, and less disturbed by others on the machine.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
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
    """Seconds, and those of the processor."""
    start = time.process_time()
    return seconds(work), time.process_time() - start


def beside(path: Path, scratch: Path) -> Path:
    """A store of the same files, whose index is its own."""
    made = scratch / "store"
    made.mkdir()
    shutil.copy(path / "store.json", made)
    (made / "articles").symlink_to((path / "articles").resolve(), target_is_directory=True)
    return made


def rebuilding(path: Path, scratch: Path) -> None:
    """The rebuild beside the bulk load."""
    quads, bare = scratch / "all.nq", ox.Store(str(scratch / "bare"))
    with quads.open("wb") as file, Store.open(path, writable=True) as store:
        rebuilt, rebuild = busy(store.rebuild)
        store.export(file, "nquads")
    loaded, load = busy(lambda: bare.bulk_load(path=str(quads), format=ox.RdfFormat.N_QUADS))
    quads.unlink()
    count = len(bare)
    print(f"{count:,} triples; bare bulk_load {loaded:.1f} s, {count / loaded:,.0f}/s")
    print(f"rebuild {rebuilt:.1f} s, {count / rebuilt:,.0f}/s: {loaded / rebuilt:.2f} times the speed of the bulk load")
    print(f"processor: bulk_load {load:.1f} s, rebuild {rebuild:.1f} s, {load / rebuild:.2f} times", flush=True)


def added(graph: record.Graph, how: str) -> Change:
    """An article that was not there, with entities that were."""
    return record.graph(graph.turtle.replace(b"/article/made-", f"/article/{how}-".encode()))[:2]


def replaced(graph: record.Graph, chance: random.Random) -> Change:
    """The article read again: another title, ten triples fewer, an entity that nobody knew."""
    article, new = ox.NamedNode(graph.article), ox.NamedNode(f"https://w3id.org/dateline/entity/x{chance.random()}")
    kept = sorted(graph.triples, key=str)
    chance.shuffle(kept)
    told = {ox.Triple(article, ox.NamedNode(DCT + "title"), ox.Literal("new"))}
    return graph.article, {*kept[10:], *told, *(ox.Triple(new, t.predicate, t.object) for t in kept[:3])}


@contextmanager
def unpublished(index: Index) -> Iterator[None]:
    """Changes as a commit of many holds them before it publishes all at once, which is told too."""
    index.apply([])
    publish, index._generations.publish = index._generations.publish, lambda: None  # type: ignore[method-assign]
    yield
    index._generations.publish = publish  # type: ignore[method-assign]
    print(f"published all at once in {1000 * seconds(publish):.0f} ms", flush=True)


def quads(changes: list[Change]) -> list[ox.Quad]:
    return [ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(iri)) for iri, triples in changes for t in triples]


def together(index: Index, changes: list[Change], scratch: Path) -> None:
    """New articles in one commit, beside a bare bulk load of their triples."""
    content, bare = ox.serialize(quads(changes), format=ox.RdfFormat.N_QUADS), ox.Store(str(scratch / "few"))
    load = busy(lambda: bare.bulk_load(content, ox.RdfFormat.N_QUADS))
    commit = busy(lambda: index.apply(changes))
    each = [1000 * took / len(changes) for took in (*commit, *load)]
    print(f"{len(changes)} articles added in one commit: {each[0]:.2f} ms each, {each[1]:.2f} ms of the processor;")
    print(f"    bare bulk_load of their {len(bare):,} triples: {each[2]:.2f} ms, {each[3]:.2f} ms", flush=True)


def told(what: str, works: Iterable[Callable[[], object]]) -> None:
    """How long each of these takes."""
    for kind, took in zip(("", " of the processor"), zip(*map(busy, works), strict=True), strict=True):
        ninety_nine = statistics.quantiles(took, n=100)[98]
        print(
            f"{what}: {1000 * statistics.median(took):.2f} ms{kind} at the median, {1000 * ninety_nine:.2f} ms at p99"
        )


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in (folder / "work").rglob("*") if file.is_file())


def changing(path: Path, scratch: Path, chance: random.Random, count: int) -> None:
    """Articles that come in and that are replaced, one by one and many together."""
    parts = Parts.of(path, Store.open(path).names)
    index = parts.index
    graphs = [parts.record.load(file) for file in chance.sample(list(parts.record), count)]

    def replacing(graph: record.Graph) -> Callable[[], object]:
        change = replaced(graph, chance)
        return lambda: index.apply([change], lambda article: record.graph(graph.turtle).triples)

    with unpublished(index):
        told("adding an article", [partial(index.apply, [added(graph, "one")]) for graph in graphs])
    bare = ox.Store(str(scratch / "one"))
    told("    bare extend of its triples", [partial(bare.extend, quads([added(graph, "one")])) for graph in graphs])
    with unpublished(index):
        before = size(index.folder)
        told("replacing an article", map(replacing, graphs))
        print(f"disk: {(size(index.folder) - before) / len(graphs) / 1000:.1f} KB for each that was replaced")
    together(index, [added(graph, "many") for graph in graphs], scratch)
    told("replacing and publishing an article", map(replacing, graphs[:50]))
    index.close()
    told("opening what was published", [lambda: Index(index.folder).read()] * 20)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(dir=arguments.store.resolve().parent))
    try:
        store = beside(arguments.store, scratch)
        rebuilding(store, scratch)
        changing(store, scratch, random.Random(arguments.seed), arguments.articles)
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
