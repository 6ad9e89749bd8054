"""A Doc that spaCy has parsed in, the same as plain objects out, for the rules to read.

spaCy works an attribute of a token out whenever it is asked: a string from its hash, the children from pointers, the
features from their text. The rules ask each token some hundred times, so all of it is worked out once. What is named as
in spaCy means what it means there; a doc of ours no longer changes, and spaCy's, with its tensors, can go.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import count, pairwise, repeat
from typing import Any, overload

import numpy
from spacy.tokens import Doc as Parsed

from kg.model import Span
from kg.text.lexemes import Tagged, Word, known

# what is asked of spaCy's doc at once: a column of numbers each costs less than a question a token
_NUMBERS: list[int | str] = ["IDX", "SPACY", "HEAD", "SENT_START"]
_STRINGS: list[int | str] = ["ORTH", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "ENT_IOB", "MORPH"]


class Token:
    """A word or a sign of a doc, with what the models say of it."""

    __slots__ = (
        "_depth",
        "_span",
        "children",
        "classes",
        "dep_",
        "doc",
        "ent_iob_",
        "ent_type_",
        "forms",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_lower",
        "is_punct",
        "is_sent_start",
        "is_space",
        "is_title",
        "lemma_",
        "lower_",
        "morph",
        "pos_",
        "sent",
        "tag_",
        "text",
        "told",
        "whitespace_",
    )
    head: Token
    sent: Tokens

    def __init__(self, doc: Doc, i: int, idx: int, space: int, start: int, word: Word, tagged: Tagged) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.whitespace_, self.is_sent_start = " " if space else "", start == 1
        self.text, self.lower_, self.lemma_, self.forms, flags = word
        self.is_alpha, self.is_lower, self.is_title, self.is_punct, self.is_space = flags
        self.pos_, self.tag_, self.dep_, self.ent_type_, self.ent_iob_, self.morph = tagged
        self.children: Sequence[Token] = ()
        self.classes: frozenset[str] | None = None  # of words, as soon as a lexicon has told them
        self.told: dict[str, Any] | None = None  # by its construction, as soon as a language has told it
        self._span: Span | None = None
        self._depth = -1

    @property
    def span(self) -> Span:
        """Its code points."""
        if self._span is None:
            self._span = Span(self.idx, self.idx + len(self.text))
        return self._span

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def lefts(self) -> list[Token]:
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> Iterator[Token]:
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def left_edge(self) -> Token:
        """The first token of its subtree."""
        return min((self, *(child.left_edge for child in self.children)), key=_place)

    @property
    def right_edge(self) -> Token:
        """The last token of its subtree."""
        return max((self, *(child.right_edge for child in self.children)), key=_place)

    @property
    def depth(self) -> int:
        """How many ancestors it has."""
        if self._depth < 0:
            self._depth = sum(1 for _ in self.ancestors)
        return self._depth

    def is_ancestor(self, descendant: Token) -> bool:
        return any(token is self for token in descendant.ancestors)

    def nbor(self, by: int = 1) -> Token:
        """The token so many places further on. Raises `IndexError` where the doc has none."""
        if not 0 <= self.i + by < len(self.doc.tokens):
            raise IndexError(f"no token at {self.i + by} of {len(self.doc)}")
        return self.doc.tokens[self.i + by]

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text


class Tokens:
    """A run of tokens of a doc, which spaCy calls a span, from `start` to before `end`."""

    __slots__ = ("_root", "doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label
        self._root: Token | None = None

    @property
    def start_char(self) -> int:
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        last = self.doc.tokens[self.end - 1] if self.end > self.start else None
        return self.start_char if last is None else last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> Tokens:
        """The sentence in which the run begins."""
        tokens = self.doc.tokens
        return tokens[min(self.start, len(tokens) - 1)].sent

    @property
    def root(self) -> Token:
        """The highest token, the first of several; a sign or a space by itself only where nothing else is."""
        self._root = root = self._root or self._highest()
        return root

    def _highest(self) -> Token:
        first = self.doc.tokens[self.start]
        if self.end - self.start < 2:
            return first
        if top := next((token for token in self if token.head is token), None):
            return top
        loose = (token for token in self if not self.start <= token.head.i < self.end)
        return min(loose, key=_height, default=first)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.doc.tokens[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Tokens: ...
    def __getitem__(self, place: int | slice) -> Token | Tokens:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self))
            return Tokens(self.doc, self.start + start, self.start + max(start, end), "")
        if not -len(self) <= place < len(self):
            raise IndexError(f"no token at {place} of {len(self)}")
        return self.doc.tokens[(self.end if place < 0 else self.start) + place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tokens) or self.doc is not other.doc:
            return False
        return self.start == other.start and self.end == other.end

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return self.text


class Doc:
    """The tokens of an article, and its sentences."""

    def __init__(self, parsed: Parsed) -> None:
        words, tags = known(parsed.vocab)
        offsets, spaces, heads, starts = parsed.to_array(_NUMBERS).astype(numpy.int64).T.tolist()
        orths, lemmas, *said = parsed.to_array(_STRINGS).T.tolist()
        self._offsets: list[int] = offsets
        each_word = map(words.__getitem__, zip(orths, lemmas, strict=True))
        each_tagged = map(tags.__getitem__, zip(*said, strict=True))
        self.tokens = list(map(Token, repeat(self), count(), offsets, spaces, starts, each_word, each_tagged))
        self.text = "".join([token.text + token.whitespace_ for token in self.tokens])
        self._touched: dict[tuple[int, int], Tokens] = {}  # what was asked before, as each mention is by most rules
        self.ents = [Tokens(self, ent.start, ent.end, ent.label_) for ent in parsed.ents]
        self.sents = self._sentences()
        self._set_heads(heads)

    def _sentences(self) -> list[Tokens]:
        starts = [token.i for token in self.tokens if token.is_sent_start and token.i]
        bounds = dict.fromkeys((0, *starts, len(self.tokens)))
        sentences = [Tokens(self, start, end) for start, end in pairwise(bounds)]
        for sentence in sentences:
            for token in sentence:
                token.sent = sentence
        return sentences

    def _set_heads(self, heads: Sequence[int]) -> None:
        """Give each token its head, which is told as so many places further on, and its head this child."""
        tokens = self.tokens
        below: dict[int, list[Token]] = {}
        for token, further in zip(tokens, heads, strict=True):
            place = token.i + further
            token.head = tokens[place]
            if further:
                below.setdefault(place, []).append(token)
        for place, children in below.items():
            tokens[place].children = tuple(children)

    def touched(self, span: Span) -> Tokens | None:
        """The tokens that hold a code point of a span; None where the doc does not reach so far."""
        place = span.start, span.end
        if (found := self._touched.get(place)) is not None:
            return found
        if (start := self._at(span.start)) is None or (end := self._at(span.end - 1)) is None:
            return None
        # the space after a token is none of it
        self._touched[place] = found = self[start.i + (span.start == start.idx + len(start.text)) : end.i + 1]
        return found

    def _at(self, offset: int) -> Token | None:
        place = bisect_right(self._offsets, offset) - 1
        if place < 0:
            return None
        token = self.tokens[place]
        return token if offset < token.idx + len(token.text) + len(token.whitespace_) else None

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __len__(self) -> int:
        return len(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Tokens: ...
    def __getitem__(self, place: int | slice) -> Token | Tokens:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self.tokens))
            return Tokens(self, start, max(start, end))
        return self.tokens[place]


def _place(token: Token) -> int:
    return token.i


def _height(token: Token) -> tuple[bool, int]:
    return (token.is_punct or token.is_space) and not token.children, token.depth
