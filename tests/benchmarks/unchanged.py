"""A corpus that was ingested before in, articles passed over a second out, of one core's time, and the account's size.

    PYTHONPATH=. python tests/benchmarks/unchanged.py ARTICLES.jsonl [--articles 10000]

The corpus is repeated with new ids up to so many articles, without their languages, so that those would have to be told
from the texts. Their graphs are made without a model: they are as long as those of real articles, which is what counts
here. What is measured is `kg ingest` from the file on, beside reading the file alone, and once without the account.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar
from unittest import mock

from kg.graph.store import Store
from kg.graph.store.writing import Writer
from kg.model import Article, Reading, Span, Time
from kg.pipeline import Report, ingest
from kg.read import read

T = TypeVar("T")
_WORDS = 6  # how many characters stand for one thing that was read, so that graphs are as long as real ones


def repeated(corpus: Path, count: int, into: Path) -> None:
    """The lines of a corpus again and again with new ids."""
    lines = [json.loads(line) for line in corpus.read_text().splitlines()]
    with into.open("w") as file:
        for number, line in enumerate(islice(cycle(lines), count)):
            line.pop("language", None)
            file.write(json.dumps(line | {"id": f"{number}-{line['id']}"}, ensure_ascii=False) + "\n")


def found(articles: Iterable[Article]) -> Iterator[Reading]:
    """Readings as full as a model's, without one: a time expression every few words."""
    for article in articles:
        spans = (Span(start, start + _WORDS) for start in range(0, len(article.text) - _WORDS, 10 * _WORDS))
        yield Reading(article, times=tuple(Time(span, article.issued, article.issued) for span in spans))


def busy(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of the processor, and what came of them."""
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


def passed_over(file: Path, folder: Path) -> Report:
    with Store.open(folder, writable=True) as store:
        return ingest(read([file]), store)


def measure(corpus: Path, count: int, scratch: Path) -> None:
    file, folder = scratch / "articles.jsonl", scratch / "store"
    repeated(corpus, count, file)
    with (
        mock.patch("kg.pipeline.shard.text.read", found),
        mock.patch.object(Writer, "batch", 5000),
        mock.patch("os.fsync"),
        mock.patch("kg.read.languages._detected", return_value="fr"),
        Store.open(folder, create=True, writable=True) as store,
    ):
        ingest(read([file]), store)
    size = sum(path.stat().st_size for path in folder.glob("index/account*"))
    graphs = sum(path.stat().st_size for path in folder.glob("articles/*/*.ttl"))
    alone, _ = busy(lambda: sum(1 for _ in read([file])))
    seconds, report = busy(lambda: passed_over(file, folder))
    assert report.unchanged == count, report
    print(
        f"{count:,} articles, {graphs / count:,.0f} bytes of Turtle each; the account has {size / count:.0f} bytes each"
    )
    print(f"reading the file alone: {count / alone:,.0f}/s; passing over the unchanged: {count / seconds:,.0f}/s")
    for path in folder.glob("index/account*"):
        path.unlink()
    without, _ = busy(lambda: passed_over(file, folder))
    print(f"without the account: {count / without:,.0f}/s; with it {without / seconds:.1f} times as fast")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=3000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measure(given.corpus, given.articles, Path(scratch))
