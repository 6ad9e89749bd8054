"""From text to mentions against spaCy alone: `python tests/benchmarks/mentions.py [ARTICLES.jsonl]`.

Prints how long a first article takes from the command on and the peak of memory on the way; then how long the model as
it comes takes for `nlp.pipe`, how long the tuned one does, how long Dateline takes from text to mentions (parse, times,
names, coreference), and the ratios. All three read the same articles, which none of them has read before, in turns.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path

from spacy.language import Language as Pipeline

from kg import gazetteer
from kg.model import Article
from kg.text import languages
from kg.text.lexicon import lexicon
from kg.text.parsing import parse
from kg.text.reader import find_mentions

ROOT = Path(__file__).parents[2]
NEWS = ROOT.parent / "shared/eval/data/dev/news-fr/articles.jsonl"
LANGUAGE, ARTICLES, TURN = "fr", 400, 50


def articles(path: Path) -> list[Article]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:ARTICLES]]
    return [Article(row["id"], row["text"], LANGUAGE, issued=date(2017, 1, 1)) for row in rows]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def first_article(text: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "first.txt")
        path.write_text(text, encoding="utf-8")
        options = ["--language", LANGUAGE, "--date", "2017-01-01", "--store", f"{folder}/store"]
        command = [sys.executable, "-m", "kg", "ingest", str(path), *options]
        return seconds(lambda: subprocess.run(command, check=True, capture_output=True))


def main(path: Path) -> None:
    some = articles(path)
    print(f"the first article     {first_article(some[0].text):6.2f} s after the command")
    print(f"its peak of memory    {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:6.0f} MB")
    comes = import_module(languages.language(LANGUAGE).model).load()
    tuned, ours = languages.base_model(LANGUAGE), languages.model(LANGUAGE)
    warm(comes, tuned, ours)
    works = {
        "spaCy as it comes": lambda part: list(comes.pipe(article.text for article in part)),
        "spaCy tuned": lambda part: list(tuned.pipe(article.text for article in part)),
        "from text to mentions": lambda part: [find_mentions(*each) for each in parse(part, LANGUAGE)],
    }
    spent = dict.fromkeys(works, 0.0)
    for first in range(0, len(some), TURN):
        for name, work in works.items():
            spent[name] += seconds(partial(work, some[first : first + TURN]))
    print(f"{len(some)} articles, {sum(len(article.text) for article in some):,} characters")
    base, quick, _ = spent.values()
    for name, took in spent.items():
        print(f"{name:22}{took:6.2f} s   {took / base:.2f} of spaCy as it comes, {took / quick:.2f} of the tuned")


def warm(*models: Pipeline) -> None:
    """Load what is loaded on first use."""
    for model in models:
        model("Il pleut.")
    lexicon(LANGUAGE)
    gazetteer.load()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else NEWS)
