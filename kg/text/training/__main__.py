"""The command: read a corpus, teach the recogniser, and say how well it reads what it has not seen."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from kg import ontology, text
from kg.errors import KGError
from kg.model import Article, MentionType, Span
from kg.text import languages
from kg.text.parsing import prepare
from kg.text.pipes.tuning import RECOGNIZER, save
from kg.text.training import corpus, recognizer, score
from kg.text.training.corpus import Annotated
from kg.text.wire import layout


def main() -> None:
    """Teach a language's recogniser the names that people marked in a corpus of dated articles."""
    asked = _parser().parse_args()
    try:
        nlp = languages.base_model(asked.language)
        articles = list(corpus.read(asked.corpus))
    except (KGError, OSError) as error:
        sys.exit(f"error: {error}")
    limit = asked.test_from or date.max
    older, newer = ([a for a in articles if (a.issued < limit) == before] for before in (True, False))
    docs = _tokens(nlp, older, asked.language)
    for article, doc in zip(older, docs, strict=True):
        corpus.mark(doc, article.names)
    for line in recognizer.train(nlp, docs, epochs=asked.epochs):
        print(line)
    with TemporaryDirectory() as scratch:
        folder = asked.out or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        save(nlp, folder)
        if newer:
            print("the recogniser alone")
            print("\n".join(score.report(newer, _seen(nlp, newer, asked.language))))
            languages.read_with(asked.language, folder)
            print("the whole reader")
            print("\n".join(score.report(newer, _read(newer, asked.language))))


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m kg.text.training", description=main.__doc__)
    parser.add_argument("corpus", type=Path, help="a JSON object a line: date, text, spans of [start, end, label]")
    parser.add_argument("--language", default="fr", help="the code of the language whose model is taught (%(default)s)")
    parser.add_argument(
        "--test-from",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="learn from what is older than that day, and say how well the rest is read",
    )
    parser.add_argument(
        "--epochs", type=int, default=recognizer.EPOCHS, help="how often each article is read (%(default)s)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="the folder to write the recogniser to")
    return parser


def _tokens(nlp: Pipeline, articles: Sequence[Annotated], language: str) -> list[Doc]:
    spec = languages.language(language)
    return [prepare(nlp, layout(article.text), spec) for article in articles]


def _seen(nlp: Pipeline, articles: Sequence[Annotated], language: str) -> Iterator[dict[Span, str]]:
    """The names that the recogniser finds."""
    for doc in nlp.get_pipe(RECOGNIZER).pipe(_tokens(nlp, articles, language)):  # type: ignore[attr-defined]
        yield {Span(ent.start_char, ent.end_char): ent.label_ for ent in doc.ents}


def _read(articles: Sequence[Annotated], language: str) -> Iterator[dict[Span, str]]:
    """The names that the reader finds, with the model's label for their class."""
    labels = {kind: label for label, kind in languages.language(language).kinds.items()}
    classes = ontology.load()
    for reading in text.read(Article(str(n), a.text, language, issued=a.issued) for n, a in enumerate(articles)):
        yield {
            mention.span: next((label for kind, label in labels.items() if classes.is_a(mention.kind, kind)), "")
            for mention in reading.mentions
            if mention.type in (MentionType.NAME, MentionType.METONYM)
        }


if __name__ == "__main__":
    main()
