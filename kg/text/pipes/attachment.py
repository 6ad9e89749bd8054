"""Docs in, the head of each token written into them: spaCy's parser, all sentences of many docs a move at a time.

A sentence whose start is known begins with an empty stack: nothing of the one before bears on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy
from spacy.pipeline.dep_parser import DependencyParser  # type: ignore[import-not-found]
from spacy.tokens import Doc

from kg.text.pipes.columns import columns, write
from kg.text.pipes.maxout import Floats
from kg.text.pipes.states import States
from kg.text.pipes.transitions import NEVER, Weights

_PLACES = 8  # next two tokens, top three of the stack, left child of the next, left and right child of the top
_SHIFT, _REDUCE, _LEFT, _RIGHT, _BREAK = map(ord, "SDLRB")


class Attachment:
    """The moves of spaCy's parser (`ArcEager`): shift, reduce, an arc to the left, one to the right."""

    def __init__(self, parser: DependencyParser) -> None:
        """Take the weights of a parser."""
        self._weights = Weights(parser)
        strings = parser.vocab.strings
        kinds, labels = zip(*(name.partition("-")[::2] for name in self._weights.names), strict=True)
        self._kinds = numpy.array([ord(kind) for kind in kinds])
        self._labels = numpy.array([strings[label] if label else 0 for label in labels], dtype=numpy.uint64)
        self._shift, self._reduce, breaks = (
            [number for number, name in enumerate(kinds) if ord(name) == kind] for kind in (_SHIFT, _REDUCE, _BREAK)
        )
        self._weights.forbid(breaks)
        self._root = strings["ROOT"]
        self._after = parser.postprocesses

    @staticmethod
    def fits(parser: Any) -> bool:
        """Whether a pipe is built as this class takes it to be."""
        if type(parser) is not DependencyParser or not Weights.built(parser, _PLACES):
            return False
        return not any("subtok" in move for move in parser.move_names)  # arcs that only neighbours may have

    def can_read(self, doc: Doc) -> bool:
        """Whether all starts of sentences are given, and no heads."""
        starts, labels = columns([doc], "SENT_START", "DEP")
        return bool(starts.all()) and not labels.any()

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Write heads and labels into docs, and do what the parser does with them afterwards."""
        states = States(docs)
        table = self._weights.table(docs)
        while states.open():
            self._move(states, self._weights.scores(self._weights.sums(table, states.places())))
        values = states.heads(), states.labels[:-1]
        values[1][values[0] == 0] = self._root
        write(docs, ("HEAD", "DEP"), numpy.stack([values[0].astype(numpy.uint64), values[1]]))
        for doc in docs:
            for hook in self._after:
                hook(doc)

    def _move(self, states: States, scores: Floats) -> None:
        for columns_, forbidden in ((self._shift, states.unshiftable()), (self._reduce, states.irreducible())):
            for column in columns_:
                scores[forbidden, column] = NEVER
        moves = scores.argmax(axis=1)
        kinds, labels = self._kinds[moves], self._labels[moves]
        kinds[states.at_end] = _REDUCE
        kinds[states.empty] = _SHIFT
        states.reduce((kinds == _REDUCE).nonzero()[0])
        for arc, kind in ((states.left, _LEFT), (states.right, _RIGHT)):
            which = (kinds == kind).nonzero()[0]
            arc(which, labels[which])
        states.shift(((kinds == _SHIFT) | (kinds == _RIGHT)).nonzero()[0])
