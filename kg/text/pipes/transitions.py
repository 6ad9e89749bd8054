"""States of reading docs in, how well each move suits them out: the layers of spaCy's transition models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice
from typing import Protocol

import numpy
from numpy.typing import NDArray
from spacy.pipeline.transition_parser import Parser  # type: ignore[import-not-found]
from spacy.tokens import Doc

from kg.text.pipes.maxout import BLOCK, Floats, blocks

Places = NDArray[numpy.int32]
_STATES = 64  # in a product: seldom more sentences are read at a time
NEVER = -numpy.inf  # the score of a move that cannot be made


class Moves(Protocol):
    """What reads docs as a parser of spaCy does, all states of many docs at a time."""

    def can_read(self, doc: Doc) -> bool:
        """Whether a doc is one that this can read: a parser of spaCy also takes parts of its answer as given."""

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Write into the docs what was read."""


class Component:
    """A pipe that lets moves read the docs that fit, and the pipe of spaCy that they were taken from the others.

    spaCy takes Python's lock once for each of the 64 features of each state: 7 million times for 54,170 tokens, which
    costs more than all that is worked out.
    """

    def __init__(self, plain: Parser, moves: Moves) -> None:
        """Keep the pipe of spaCy beside what reads in its place."""
        self.plain, self._moves = plain, moves

    def __call__(self, doc: Doc) -> Doc:
        """Read one doc."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Read a stream of docs, as many at a time."""
        docs = iter(docs)
        while batch := list(islice(docs, batch_size)):
            ours = [self._moves.can_read(doc) for doc in batch]
            if any(len(doc) for doc in compress(batch, ours)):
                self._moves(list(compress(batch, ours)))
            yield from (doc if is_ours else self.plain(doc) for doc, is_ours in zip(batch, ours, strict=True))


class Weights:
    """The layers of a transition model, a block for each piece of its maxout.

    Products have one size, as in `maxout`, so that no score depends on the states that are worked out with it.
    """

    def __init__(self, parser: Parser) -> None:
        """Copy the weights of a parser that is built as `built` tells."""
        tokens, lower, upper = (parser.model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        self.names = [parser.moves.get_class_name(number) for number in range(parser.moves.n_moves)]
        self._vectors, _, linear = tokens.layers
        self._linear = numpy.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        weights = lower.get_param("W").transpose(3, 0, 2, 1)
        self.places, self._pieces, self._width = weights.shape[1:]
        self._lower = numpy.ascontiguousarray(weights).reshape(weights.shape[0], -1)
        self._none = lower.get_param("pad")[0].transpose(0, 2, 1).ravel()
        self._bias = lower.get_param("b").T.ravel()
        self._upper = numpy.ascontiguousarray(upper.get_param("W").T), upper.get_param("b").copy()

    def forbid(self, moves: list[int]) -> None:
        """Let nobody ever make some moves."""
        self._upper[1][moves] = NEVER

    @staticmethod
    def built(parser: Parser, places: int) -> bool:
        """Whether a parser is greedy, has the usual layers, and states with so many places for tokens."""
        model = parser.model
        if parser.cfg["beam_width"] != 1 or not model.attrs["has_upper"] or model.attrs["unseen_classes"]:
            return False
        lower, layers = model.get_ref("lower"), model.get_ref("tok2vec").layers
        names = [layer.name for layer in layers[1:]] + [lower.name, model.get_ref("upper").name]
        usual = names == ["list2array", "linear", "precomputable_affine", "linear"]
        return usual and lower.get_dim("nF") == places and lower.get_dim("nP") > 1

    def table(self, docs: Sequence[Doc]) -> Floats:
        """What each token adds in each place of a state, in rows; those of no token come last."""
        rows = numpy.concatenate(self._vectors.predict(docs))
        table = numpy.empty((len(rows) + 1, self._lower.shape[1]), dtype=numpy.float32)
        for block in blocks(len(rows)):
            table[block] = (_in(_whole(rows[block]), *self._linear) @ self._lower)[: block.stop - block.start]
        table[-1] = self._none
        return table.reshape(-1, self._pieces * self._width)

    def sums(self, table: Floats, tokens: Places) -> Floats:
        """What the tokens of each state add up to, each in its place."""
        rows = tokens * self.places + numpy.arange(self.places)
        sums: Floats = table.take(rows, axis=0).sum(axis=1)
        return sums

    def scores(self, sums: Floats) -> Floats:
        """How well each move suits each state."""
        sums += self._bias
        pieces = sums.reshape(len(sums), self._pieces, self._width)
        hidden = pieces.max(axis=1) if self._pieces > 2 else numpy.maximum(pieces[:, 0], pieces[:, 1])
        scores = [_in(_whole(hidden[block], _STATES), *self._upper) for block in blocks(len(sums), _STATES)]
        return (scores[0] if len(scores) == 1 else numpy.concatenate(scores))[: len(sums)]


def _in(rows: Floats, weights: Floats, bias: Floats) -> Floats:
    products: Floats = rows @ weights
    products += bias
    return products


def _whole(rows: Floats, size: int = BLOCK) -> Floats:
    """Rows with as many empty ones as make a block of them."""
    if len(rows) == size:
        return rows
    block = numpy.zeros((size, rows.shape[1]), dtype=numpy.float32)
    block[: len(rows)] = rows
    return block
