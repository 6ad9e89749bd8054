"""From text to mentions against spaCy alone: `python tests/benchmarks/mentions.py [ARTICLES.jsonl]`.

Prints how long the model as it comes takes for `nlp.pipe` over the same articles, how long the tuned one does, how long
Dateline takes from text to mentions (parse, times, names, coreference), and the ratios: the least of some runs each,
all in one process. Then how long a first article takes from the command on, and the peak of memory on the way.
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
LANGUAGE, ARTICLES, RUNS = "fr", 200, 3


def articles(path: Path) -> list[Article]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:ARTICLES]]
    return [Article(row["id"], row["text"], LANGUAGE, issued=date(2017, 1, 1)) for row in rows]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def least(model: Pipeline, texts: list[str]) -> float:
    return min(seconds(lambda: list(model.pipe(texts))) for _ in range(RUNS))


def first_article(text: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "first.txt")
        path.write_text(text, encoding="utf-8")
        options = ["--language", LANGUAGE, "--date", "2017-01-01", "--store", f"{folder}/store"]
        command = [sys.executable, "-m", "kg", "ingest", str(path), *options]
        return seconds(lambda: subprocess.run(command, check=True, capture_output=True))


def main(path: Path) -> None:
    some = articles(path)
    texts = [article.text for article in some]
    plain = least(import_module(languages.language(LANGUAGE).model).load(), texts)
    tuned = languages.model(LANGUAGE)  # from here on the process keeps its BLAS to one thread
    lexicon(LANGUAGE)
    gazetteer.load()
    quick = least(tuned, texts)
    whole = min(seconds(lambda: [find_mentions(*each) for each in parse(some, LANGUAGE)]) for _ in range(RUNS))
    print(f"{len(some)} articles, {sum(map(len, texts)):,} characters, least of {RUNS} runs")
    print(f"spaCy as it comes     {plain:6.2f} s")
    print(f"spaCy tuned           {quick:6.2f} s   {quick / plain:.2f} of that")
    print(f"from text to mentions {whole:6.2f} s   {whole / plain:.2f} of that, {whole / quick:.2f} of the tuned")
    print(f"the first article     {first_article(texts[0]):6.2f} s after the command")
    print(f"its peak of memory    {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:6.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else NEWS)
