"""From parsed articles to RDF against spaCy alone: `python tests/benchmarks/facts.py [ARTICLES.jsonl]`.

Prints how long the model as it comes takes for `nlp.pipe`, how long our model does, how long Dateline takes after it
(times, names, coreference, statements, events, quotations, entities, Turtle), and the ratios; all read the same
articles, which none has read before, in turns. Then what a text without a full stop costs, as it grows: the time of a
thousand words must not, and the peak of memory little.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

from mentions import LANGUAGE, NEWS, TURN, articles, seconds, warm

from kg.graph.names import Namespaces
from kg.model import Article
from kg.pipeline import shard
from kg.text import languages
from kg.text.parsing import parse
from kg.text.reader import read_doc
from kg.text.tokens import Doc
from kg.text.wire import Layout

LENGTHS = (1_000, 10_000, 100_000)  # words


def main(path: Path) -> None:
    some, names = articles(path), Namespaces()
    comes = import_module(languages.language(LANGUAGE).model).load()
    warm(comes, languages.model(LANGUAGE))
    facts(parsed(some[:1]), names)
    spent = {"spaCy as it comes": 0.0, "our models": 0.0, "the rest, to RDF": 0.0}
    for first in range(0, len(some), TURN):
        part = some[first : first + TURN]
        spent["spaCy as it comes"] += seconds(lambda part=part: list(comes.pipe(article.text for article in part)))
        docs: list[tuple[Article, Layout, Doc]] = []
        spent["our models"] += seconds(lambda part=part, docs=docs: docs.extend(parse(part, LANGUAGE)))
        spent["the rest, to RDF"] += seconds(lambda docs=docs: facts(docs, names))
    print(f"{len(some)} articles, {sum(len(article.text) for article in some):,} characters")
    for name, took in spent.items():
        print(f"{name:18}{took:7.2f} s   {took / spent['spaCy as it comes']:.2f} of spaCy as it comes")
    for text in endless(some):
        article = Article("endless", text, LANGUAGE, issued=date(2017, 1, 1))
        took, words = seconds(lambda article=article: facts(parsed([article]), names)), text.count(" ") + 1
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{words:7,} words without a full stop{took:7.2f} s{1000 * took / words:6.2f} s a thousand{peak:6.0f} MB")


def parsed(some: list[Article]) -> list[tuple[Article, Layout, Doc]]:
    return list(parse(some, LANGUAGE))


def facts(docs: list[tuple[Article, Layout, Doc]], names: Namespaces) -> None:
    """All that is done with parsed articles but the writing to disk."""
    for each in docs:
        shard.result(read_doc(*each), names)


def endless(some: list[Article]) -> Iterator[str]:
    """Texts of so many words, news without what ends a sentence or a line."""
    words = [word.rstrip(".!?…:") for article in some for word in article.text.split()]
    for length in LENGTHS:
        yield " ".join((words * (length // len(words) + 1))[:length])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else NEWS)
