"""What the gazetteer costs: its loading and matching as a share of the time of reading articles, and its memory.

    python tests/benchmarks/gazetteer.py [ARTICLES.jsonl] [COUNT]

Times are of this process on this machine; only the shares mean something elsewhere.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from kg import gazetteer, ontology, text
from kg.gazetteer.index import spell
from kg.model import Article
from kg.text.lexicon import lexicon
from kg.text.parsing import parse

ARTICLES = Path(__file__).parents[3] / "shared" / "eval" / "data" / "dev" / "news-fr" / "articles.jsonl"
COUNT = 200


def main(path: Path = ARTICLES, count: int = COUNT) -> None:
    """Print the shares for the first articles of a file."""
    articles = list(islice(_articles(path), count))
    lexicon("fr")
    ontology.load()
    before = _memory()
    loading = _seconds(gazetteer.load)
    memory = _memory() - before
    docs = [[token.text for token in doc] for _, _, doc in parse(articles, "fr")]
    reading = _seconds(lambda: list(text.read(articles)))
    spell.cache_clear()
    matching = _seconds(lambda: [_match(words) for words in docs])
    entries = gazetteer.load().entries.values()
    print(f"entries {len(entries)}, names {sum(len(entry.names) for entry in entries)}")
    print(f"articles {len(articles)}, tokens {sum(map(len, docs))}, reading {reading:.1f} s")
    print(f"loading {loading:.2f} s, matching {matching:.2f} s: {(loading + matching) / reading:.1%} of reading")
    print(f"memory {memory:.0f} MB")


def _match(words: list[str]) -> None:
    known = gazetteer.load()
    list(known.find(words, language="fr"))
    list(known.find_demonyms(words, language="fr"))


def _articles(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            about = json.loads(line)
            yield Article(about["id"], about["text"], "fr")


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _memory() -> float:
    """The most memory that this process has held so far, in MB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*(kind(argument) for kind, argument in zip((Path, int), sys.argv[1:], strict=False)))
