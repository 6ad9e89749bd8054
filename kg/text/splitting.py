"""A text in, its words out: what stands between two spaces is given to spaCy's tokenizer once, and then remembered.

The tokenizer remembers too, but ten thousand chunks for ever, and none of those that follow a special case such as
"M." in a text. All that it does, and all that we do after it, ends at a space; only special cases are sought in all
words in a row, so that ": )", which is none, hides those that overlap with it. Such chunks are given to it together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy
from spacy.language import Language as Pipeline
from spacy.symbols import NORM, ORTH  # type: ignore[import-not-found]
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc

from kg import ontology
from kg.text import languages

_CHUNK = re.compile(r"\S+ ?|\s+")  # what the tokenizer parts by itself, and the space that belongs to its last word
_BREAK = "\n"  # a word by itself, and in no special case with others
_KEPT = 300_000  # code points: some 40,000 chunks, as many as a thousand articles have, in 20 MB
_COLUMNS: list[int | str] = ["ORTH", "SPACY", "NORM"]
_NOTHING: frozenset[str] = frozenset()
_TOGETHER = 200  # code points of chunks that are given together, at most


class Words(NamedTuple):
    """Words in a row, and of each: its number in the vocabulary, whether a space follows, its norm (0: its own)."""

    texts: Sequence[str]
    orths: Sequence[int]
    spaces: Sequence[bool]
    norms: Sequence[int]


class _Chunk(NamedTuple):
    words: Words
    last: str  # of the tokenizer's words
    after: frozenset[str]  # words that would make a special case with its first one, were there no space between them


class Splitter:
    """What parts the texts of one language, with what it remembers."""

    def __init__(self, nlp: Pipeline, code: str) -> None:
        self._make_doc, self._vocab, self._strings = nlp.make_doc, nlp.vocab, nlp.vocab.strings
        self._binds = languages.language(code).join_hyphens
        self._elided = ontology.load().words("ElidedWord", code)
        self._prefixes = tuple(word for word in ontology.load().words("FormerWord", code) if word.endswith("-"))
        self._known: dict[str, _Chunk] = {}
        self._held = 0  # code points of what is known
        tokenizer: Any = nlp.tokenizer
        self._ends_at_spaces = type(tokenizer) is Tokenizer
        self._after = _special_pairs(tokenizer) if self._ends_at_spaces else {}
        rules = tokenizer.rules.values() if self._ends_at_spaces else ()
        self._normed = {word[ORTH] for rule in rules for word in rule if NORM in word}

    def doc(self, text: str) -> tuple[Doc, Words]:
        """A text as spaCy's models take it, and its words."""
        if not (self._ends_at_spaces or self._binds):  # another tokenizer may say more of words than their bounds
            doc = self._make_doc(text)
            return doc, self._words(doc)
        words = self.split(text)
        doc = Doc(self._vocab, words=words.orths, spaces=words.spaces)  # type: ignore[arg-type]
        if any(words.norms):  # "n't" is "not"
            doc.from_array(["NORM"], numpy.array(words.norms, dtype=numpy.uint64))  # type: ignore[arg-type]
        return doc, words

    def split(self, text: str) -> Words:
        """The words of a text: those that a hyphen binds in one where the language asks for it, "ex-" by itself.

        Where a space follows an elided word, as where a link was taken out of a page ("l' Iran"), it is one word too.
        """
        chunks = self._chunks(text) if self._ends_at_spaces else None
        if chunks is None:
            return self.whole(text)
        texts: list[str] = []
        orths: list[int] = []
        spaces: list[bool] = []
        norms: list[int] = []
        for words in chunks:
            texts += words.texts
            orths += words.orths
            spaces += words.spaces
            norms += words.norms
        return Words(texts, orths, spaces, norms)

    def whole(self, text: str) -> Words:
        """The same, with nothing remembered."""
        return self._bound(self._made(text))

    def _chunks(self, text: str) -> list[Words] | None:
        """The words of each chunk; None where so many would have to be given together that all may be."""
        chunks: list[str] = _CHUNK.findall(text)
        known = self._learned(chunks)
        found: list[Words] = []
        given, before = "", ""
        for chunk in chunks:
            words, last, after = known[chunk]
            if before in after:
                given += chunk
                if len(given) > _TOGETHER:
                    return None
                if given not in known:
                    known[given] = self._chunk(self._made(given))
                    self._held += len(given)
                found[-1], before, _ = known[given]
            else:
                given, before = chunk, last
                found.append(words)
        return found

    def _learned(self, chunks: Iterable[str]) -> dict[str, _Chunk]:
        """What is known of chunks, once those that were not have been parted."""
        if self._held > _KEPT:
            self._known, self._held = {}, 0
        known = self._known
        new = sorted(set(chunks).difference(known))
        solid = [chunk for chunk in new if not chunk.isspace()]
        for chunk, made in zip(solid, self._together(solid), strict=True):
            known[chunk] = self._chunk(made)
        for chunk in set(new).difference(solid):
            known[chunk] = self._chunk(self._made(chunk))
        self._held += sum(map(len, new))
        return known

    def _chunk(self, made: Words) -> _Chunk:
        bound = Words(*map(tuple, self._bound(made)))  # type: ignore[arg-type]
        return _Chunk(bound, made.texts[-1], self._after.get(made.texts[0], _NOTHING))

    def _together(self, chunks: Sequence[str]) -> Iterator[Words]:
        """The words of each of some chunks, as the tokenizer makes them, all in one call."""
        words = self._made("".join(chunk.removesuffix(" ") + _BREAK for chunk in chunks))
        start = 0
        for chunk in chunks:
            end = words.texts.index(_BREAK, start)
            spaces = [*words.spaces[start : end - 1], chunk.endswith(" ")]
            yield Words(words.texts[start:end], words.orths[start:end], spaces, words.norms[start:end])
            start = end + 1

    def _made(self, text: str) -> Words:
        return self._words(self._make_doc(text))

    def _words(self, doc: Doc) -> Words:
        orths, spaces, norms = doc.to_array(_COLUMNS).T.tolist()
        texts = [self._strings[orth] for orth in orths]
        own = [norm if text in self._normed else 0 for text, norm in zip(texts, norms, strict=True)]
        return Words(texts, orths, list(map(bool, spaces)), own)

    def _bound(self, words: Words) -> Words:
        """The same with other bounds, where hyphens and apostrophes ask for it."""
        if not self._binds or not any("-" in text or text == "'" for text in words.texts):
            return words
        texts, spaces = _prefixes_apart(*_joined(words.texts, words.spaces, self._elided), self._prefixes)
        if texts == words.texts:
            return words
        return Words(texts, [self._strings.add(text) for text in texts], spaces, [0] * len(texts))


@lru_cache(maxsize=8)  # a language each, and those of tests
def splitter(nlp: Pipeline, code: str) -> Splitter:
    """The splitter of a pipeline, with what it remembers."""
    return Splitter(nlp, code)


def _special_pairs(tokenizer: Tokenizer) -> dict[str, frozenset[str]]:
    """Words that a special case may have second, with those that it then has first.

    Special cases are sought as the tokenizer without any would part them. What it has made of a chunk may begin or end
    with the words of one, in place of those that were sought.
    """
    affixes = tokenizer.prefix_search, tokenizer.suffix_search, tokenizer.infix_finditer
    bare = Tokenizer(tokenizer.vocab, None, *affixes, tokenizer.token_match, tokenizer.url_match)
    sought = {rule: [token.text for token in bare(rule)] for rule in tokenizer.rules}
    begin: defaultdict[str, set[str]] = defaultdict(set)
    end: defaultdict[str, set[str]] = defaultdict(set)
    for rule, words in sought.items():
        begin[words[0]].add(tokenizer.rules[rule][0][ORTH])
        end[words[-1]].add(tokenizer.rules[rule][-1][ORTH])
    pairs: defaultdict[str, set[str]] = defaultdict(set)
    for first, second in {pair for words in sought.values() for pair in pairwise(words)}:
        for word in {second, *begin[second]}:
            pairs[word] |= {first, *end[first]}
    return {word: frozenset(some) for word, some in pairs.items()}


def _joined(texts: Sequence[str], spaces: Sequence[bool], elided: frozenset[str]) -> tuple[list[str], list[bool]]:
    """Words that a hyphen binds in one, "al-Soudani", and elided ones before a space, "l' Iran"."""
    words: list[str] = []
    ends: list[bool] = []
    glue = False
    for place, (text, space) in enumerate(zip(texts, spaces, strict=True)):
        hyphen = text == "-" and 0 < place < len(texts) - 1 and _binds(texts, spaces, place)
        if glue or hyphen or (text == "'" and _elides(texts, spaces, place, elided)):
            words[-1] += text
            ends[-1] = space
        else:
            words.append(text)
            ends.append(space)
        glue = hyphen
    return words, ends


def _binds(texts: Sequence[str], spaces: Sequence[bool], hyphen: int) -> bool:
    apart = spaces[hyphen - 1] or spaces[hyphen]
    return not apart and texts[hyphen - 1][-1].isalpha() and texts[hyphen + 1][0].isalpha()


def _elides(texts: Sequence[str], spaces: Sequence[bool], apostrophe: int, elided: frozenset[str]) -> bool:
    """Whether an apostrophe that stands by itself ends an elided word."""
    if not apostrophe or not spaces[apostrophe] or spaces[apostrophe - 1]:
        return False
    return texts[apostrophe - 1].lower() + texts[apostrophe] in elided


def _prefixes_apart(texts: list[str], spaces: list[bool], prefixes: tuple[str, ...]) -> tuple[list[str], list[bool]]:
    """The words with a prefix that says "no longer" apart from its word: "ex-président"."""
    words: list[str] = []
    ends: list[bool] = []
    for text, space in zip(texts, spaces, strict=True):
        lower = text.lower()
        prefix = next((p for p in prefixes if lower.startswith(p) and lower != p), "") if "-" in text else ""
        if prefix:
            words.append(text[: len(prefix)])
            ends.append(False)
        words.append(text[len(prefix) :])
        ends.append(space)
    return words, ends
