"""Articles in, parsed Docs out: one Doc an article, whose tokens stand at the article's own offsets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, tee

import numpy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc as Parsed
from spacy.tokens import Token

from kg import ontology
from kg.model import Article
from kg.text import languages
from kg.text.inversion import mend_inversions
from kg.text.languages import Language
from kg.text.morphology import mend
from kg.text.tokens import Doc
from kg.text.wire import Layout, layout

_LONGEST = 300  # tokens in a sentence: the parser's time and ours grow faster than a sentence does
_PIECE = 2000  # tokens that the models read at once; an article of news seldom has as many
_BATCH = 16  # pieces that they read together
_TOGETHER = 4000  # tokens in them, about: the parser takes some 20 KB for each
_PAUSES = frozenset(";,:–—)")
_TERMINAL = frozenset(".!?…") | {"...", ".."}
_CLOSING = frozenset("»”\"')]›’") | {"''"}
_OPENING = frozenset("«“\"'([‹-–—")
_NEVER_OPENING = (_CLOSING - _OPENING) | _TERMINAL


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
    """The tokens of an article with the sentences that its punctuation and its layout give."""
    doc = tokenize(nlp.make_doc, plan.text, spec)
    _set_sentences(doc, plan.starts)
    return doc


def tokenize(make_doc: Callable[[str], Parsed], text: str, spec: Language) -> Parsed:
    """The tokens of a text: words that a hyphen binds in one where the language asks for it, "ex-" by itself.

    Where a space follows an elided word, as where a link was taken out of a page ("l' Iran"), it is one token too.
    """
    doc = make_doc(text)
    if not spec.join_hyphens:
        return doc
    prefixes = tuple(w for w in ontology.load().words("FormerWord", spec.code) if w.endswith("-"))
    return _parted(_joined(doc, ontology.load().words("ElidedWord", spec.code)), prefixes)


def _parted(doc: Parsed, prefixes: tuple[str, ...]) -> Parsed:
    """The tokens with a prefix that says "no longer" apart from its word: "ex-président"."""
    words: list[str] = []
    spaces: list[bool] = []
    for token in doc:
        text, lower = token.text, token.lower_
        prefix = next((p for p in prefixes if lower.startswith(p) and text != p), "") if "-" in text else ""
        if prefix:
            words.append(text[: len(prefix)])
            spaces.append(False)
        words.append(text[len(prefix) :])
        spaces.append(bool(token.whitespace_))
    return Parsed(doc.vocab, words=words, spaces=spaces) if len(words) > len(doc) else doc


def _joined(doc: Parsed, elided: frozenset[str]) -> Parsed:
    """The tokens with words that a hyphen binds in one, "al-Soudani", and elided ones before a space, "l' Iran"."""
    words: list[str] = []
    spaces: list[bool] = []
    glue = False
    for token in doc:
        text, space = token.text, bool(token.whitespace_)
        hyphen = text == "-" and 0 < token.i < len(doc) - 1 and _binds(doc[token.i - 1], token, doc[token.i + 1])
        if glue or hyphen or (text == "'" and _elides(token, elided)):
            words[-1] += text
            spaces[-1] = space
        else:
            words.append(text)
            spaces.append(space)
        glue = hyphen
    return Parsed(doc.vocab, words=words, spaces=spaces) if len(words) < len(doc) else doc


def _binds(before: Token, hyphen: Token, after: Token) -> bool:
    return not (before.whitespace_ or hyphen.whitespace_) and before.text[-1].isalpha() and after.text[0].isalpha()


def _elides(apostrophe: Token, elided: frozenset[str]) -> bool:
    """Whether an apostrophe that stands by itself ends an elided word."""
    if apostrophe.i == 0 or not apostrophe.whitespace_:
        return False
    before = apostrophe.nbor(-1)
    return not before.whitespace_ and before.lower_ + apostrophe.text in elided


def _set_sentences(doc: Parsed, starts: frozenset[int]) -> None:
    """Fix where sentences begin; the parser keeps to it and breaks at nothing else."""
    opens = [1, *[-1] * (len(doc) - 1)]
    visible = [token for token in doc if not token.is_space]
    for before, token in pairwise(visible):
        if starts.intersection(range(before.idx + 1, token.idx + 1)) or _ends_before(token):
            opens[token.i] = 1
    _part_long(opens, [token.text for token in doc])
    if len(doc):  # all at once: setting one token's looks at all the others
        doc.from_array(["SENT_START"], numpy.array(opens).astype(numpy.uint64))  # type: ignore[arg-type]


def _part_long(opens: list[int], words: list[str]) -> None:
    """Part what is longer than any sentence, at a pause where there is one, so that time and memory stay bounded."""
    start = 0
    for place, sign in enumerate(opens):
        if sign == 1:
            start = place
        elif place - start >= _LONGEST:
            earlier = range(place, start + _LONGEST // 2, -1)
            start = next((index for index in earlier if words[index - 1] in _PAUSES), place)
            opens[start] = 1


def _ends_before(token: Token) -> bool:
    """Whether a sentence ends right before a token: a full stop, then maybe a closing mark, then a fresh beginning."""
    if not _may_begin(token.text) or token.text in _NEVER_OPENING or _closes(token):  # what few words do first
        return False
    index = token.i - 1
    while index >= 0 and (token.doc[index].is_space or _closes(token.doc[index])):
        index -= 1
    return index >= 0 and token.doc[index].text in _TERMINAL and (token.i - index > 1 or _spaced(token, index))


def _closes(mark: Token) -> bool:
    """Whether a mark closes: one that may open as well does when nothing parts it from what stands before."""
    parted = mark.text in _OPENING and mark.i > 0 and mark.nbor(-1).whitespace_
    return mark.text in _CLOSING and not parted


def _spaced(token: Token, index: int) -> bool:
    return bool(token.doc[index].whitespace_) or token.is_title or token.text in _OPENING


def _may_begin(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word in _OPENING
