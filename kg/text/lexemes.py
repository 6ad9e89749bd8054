"""A vocabulary of spaCy's in, its words and tags out as plain values, each worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.vocab import Vocab

_IOB = ("", "I", "O", "B")
_KEPT = 50_000  # words that a vocabulary keeps worked out: some 20 MB, and most words of news


class Word(NamedTuple):
    text: str
    lower_: str
    lemma_: str
    forms: tuple[str, ...]  # what it may stand for in a phrase: itself and its lemma, which comes last
    flags: tuple[bool, bool, bool, bool, bool]  # whether it is of letters, in lower case, in title case, a sign, spaces


class Tagged(NamedTuple):
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    ent_iob_: str
    morph: Mapping[str, Sequence[str]]


class Words(dict[tuple[int, int], Word]):
    """What a word and its lemma are, by their numbers in a vocabulary."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab

    def __missing__(self, key: tuple[int, int]) -> Word:
        word, lemma = self._vocab[key[0]], self._vocab.strings[key[1]]
        forms = tuple(dict.fromkeys((word.lower_, lemma.lower())))
        flags = word.is_alpha, word.is_lower, word.is_title, word.is_punct, word.is_space
        self[key] = found = Word(word.orth_, word.lower_, lemma, forms, flags)
        return found


class Tags(dict[tuple[int, ...], Tagged]):
    """What models say of a word, by the numbers of it."""

    def __init__(self, vocab: Vocab) -> None:
        self._strings = vocab.strings

    def __missing__(self, key: tuple[int, ...]) -> Tagged:
        pos, tag, dep, kind, iob, morph = key
        strings = self._strings
        found = Tagged(strings[pos], strings[tag], strings[dep], strings[kind], _IOB[iob], _features(strings[morph]))
        self[key] = found
        return found


@lru_cache(maxsize=8)  # a language has one, and so have tests
def _tables(vocab: Vocab) -> tuple[Words, Tags]:
    return Words(vocab), Tags(vocab)


def known(vocab: Vocab) -> tuple[Words, Tags]:
    """The tables of a vocabulary, emptied before they are too large."""
    tables = _tables(vocab)
    for table in tables:
        if len(table) > _KEPT:
            table.clear()
    return tables


@lru_cache(maxsize=4096)  # a language has some hundred combinations of features
def _features(morph: str) -> Mapping[str, Sequence[str]]:
    """The values of each feature: "Gender=Masc|Number=Plur"."""
    pairs = (pair.partition("=") for pair in morph.split("|") if "=" in pair)
    return {name: tuple(values.split(",")) for name, _, values in pairs}
