"""What a run on many machines takes: `python tests/benchmarks/machines.py [--articles N]`.

Prints the processor time that an article of the French corpus takes of a worker (to be read, and to be read and
written) and of the one process that hands articles out, for a store with its index here and for a record at an address;
and from that how many cores one such process feeds, and the core-hours of a million articles. What the wall's clock
says depends on the machine's other work and is left out. Bytes are put into memory, so what the network takes comes on
top: it is waited for and not worked on. Handing out is measured with Ray and a worker that does nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from kg.graph.names import Namespaces
from kg.graph.store import Store
from kg.graph.store.distant import Distant
from kg.model import Article
from kg.pipeline.engines.ray import Ray
from kg.pipeline.shard import Result, results

NEWS = Path(__file__).parents[3] / "shared/eval/data/dev/news-fr/articles.jsonl"
WARM, SHARD = 32, 16  # articles


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=300)
    asked = options.parse_args()
    with NEWS.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, WARM + asked.articles)]
    articles = [Article(row["id"], row["text"], language="fr") for row in rows]
    list(results(articles[:WARM], Namespaces()))  # loads the models
    del articles[:WARM]
    made: list[Result] = []
    read = taken(lambda: made.extend(r for r in shards(articles) if isinstance(r, Result)))
    with tempfile.TemporaryDirectory() as folder:
        here = taken(lambda: put_here(made, Path(folder, "store")))
    there = taken(lambda: put_there(made, Distant.open("memory://benchmark/store")))
    report(len(made), read, here, there, handed_out(articles))


def report(articles: int, read: float, here: float, there: float, handed: float) -> None:
    print(f"{articles:,} articles, milliseconds of a processor for each")
    print(f"{'read, Turtle and all':44}{1000 * read / articles:8.1f}   {articles / read:6.1f} articles/s a core")
    fed = f"one process feeds {read / here:.0f} cores"
    print(f"{'put into a store with its index':44}{1000 * here / articles:8.1f}   {fed}")
    print(f"{'put into a record elsewhere, by the worker':44}{1000 * there / articles:8.1f}")
    fed = f"one process feeds {(read + there) / articles / handed:.0f} cores, if its input comes as fast"
    print(f"{'handed out, and its results taken back':44}{1000 * handed:8.2f}   {fed}")
    hours = 1e6 / 3600 / articles
    print(f"a million articles: {read * hours:.0f} core-hours, {(read + there) * hours:.0f} where workers write")


def handed_out(articles: list[Article]) -> float:
    """The processor's seconds that an article takes of who hands it out, and not of who reads it."""

    def nothing(articles: Sequence[Article], *_: object) -> Iterator[Result]:
        for article in articles:
            yield Result(article, set(), Counter(), b"")

    many = (replace(article, id=f"{n}-{article.id}") for n in range(4000 // len(articles) + 1) for article in articles)
    start, count = 0.0, 0
    for _ in Ray(jobs=1, work=nothing).results(many, Namespaces(), None):
        count += 1
        start = start or (time.process_time() if count == 1000 else 0.0)
    return (time.process_time() - start) / (count - 1000)


def taken(work: Callable[[], object]) -> float:
    """The processor's seconds that work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def shards(articles: list[Article]) -> list[object]:
    rest = iter(sorted(articles, key=lambda article: -len(article.text)))
    found: list[object] = []
    while shard := list(islice(rest, SHARD)):
        found.extend(results(shard, Namespaces()))
    return found


def put_here(made: list[Result], folder: Path) -> None:
    with Store.open(folder, create=True, writable=True) as store:
        for result in made:
            store.put(result.article, result.turtle)


def put_there(made: list[Result], record: Distant) -> None:
    rest = iter(made)
    while shard := list(islice(rest, SHARD)):
        record.put((result.article, result.turtle) for result in shard)


if __name__ == "__main__":
    main()
