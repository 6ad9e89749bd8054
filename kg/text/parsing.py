"""Articles in, parsed Docs out: one Doc an article, whose tokens stand at the article's own offsets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

import numpy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc as Parsed

from kg.model import Article
from kg.text import languages
from kg.text.inversion import mend_inversions
from kg.text.languages import Language
from kg.text.morphology import mend
from kg.text.sentences import openings
from kg.text.splitting import splitter
from kg.text.tokens import Doc
from kg.text.wire import Layout, layout

_PIECE = 2000  # tokens that the models read at once; an article of news seldom has as many
_BATCH = 16  # pieces that they read together
_TOGETHER = 4000  # tokens in them, about: the parser takes some 20 KB for each
_NO_START = numpy.array(-1).astype(numpy.uint64)  # what spaCy reads it as


def parse(articles: Iterable[Article], code: str) -> Iterator[tuple[Article, Layout, Doc]]:
    """Articles of one language, parsed in a stream; `token.idx` counts code points of `Article.text`."""
    nlp = languages.model(code)
    spec = languages.language(code)
    ahead, behind = tee((article, layout(article.text)) for article in articles)
    pieces = (piece for _, plan in ahead for piece in _pieces(prepare(nlp, plan, spec)))
    docs = _wholes(doc for some in _batches(pieces) for doc in nlp.pipe(some, batch_size=_BATCH, as_tuples=True))
    for (article, plan), doc in zip(behind, docs, strict=True):
        yield article, plan, Doc(mend_inversions(mend(doc, spec), spec))


def _pieces(doc: Parsed) -> Iterator[tuple[Parsed, bool]]:
    """A doc in pieces of whole sentences, each with whether it is the last: the models' memory grows with a doc."""
    start = 0
    for sentence in doc.sents if len(doc) > _PIECE else ():
        if sentence.end - start > _PIECE:
            yield doc[start : sentence.start].as_doc(), False
            start = sentence.start
    yield doc[start:].as_doc() if start else doc, True


def _batches(pieces: Iterable[tuple[Parsed, bool]]) -> Iterator[list[tuple[Parsed, bool]]]:
    """Pieces that the models read together, which changes nothing but their time and memory."""
    some: list[tuple[Parsed, bool]] = []
    tokens = 0
    for piece in pieces:
        some.append(piece)
        tokens += len(piece[0])
        if len(some) == _BATCH or tokens >= _TOGETHER:
            yield some
            some, tokens = [], 0
    if some:
        yield some


def _wholes(pieces: Iterable[tuple[Parsed, bool]]) -> Iterator[Parsed]:
    some: list[Parsed] = []
    for piece, is_last in pieces:
        some.append(piece)
        if is_last:
            yield Parsed.from_docs(some, ensure_whitespace=False) or piece if len(some) > 1 else piece
            some = []


def prepare(nlp: Pipeline, plan: Layout, spec: Language) -> Parsed:
    """The tokens of an article with the sentences that its punctuation and its layout give, which the parser keeps."""
    doc, words = splitter(nlp, spec.code).doc(plan.text)
    if words.texts:
        sentences = numpy.full(len(doc), _NO_START)
        sentences[openings(words.texts, words.spaces, plan.starts)] = 1
        doc.from_array(["SENT_START"], sentences)  # type: ignore[arg-type]
    return doc
