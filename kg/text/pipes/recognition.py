"""Docs in, their names marked: spaCy's recogniser, which opens and closes them from left to right, all at a time.

Where no name is open, the model looks at nothing but the next token; so what it would do at each token is worked out
for all of them at once, then where each name that would begin somewhere ends, and only then which are reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy
from numpy.typing import NDArray
from spacy.pipeline.ner import EntityRecognizer  # type: ignore[import-not-found]
from spacy.tokens import Doc

from kg.text.pipes.columns import columns, write
from kg.text.pipes.maxout import Floats
from kg.text.pipes.transitions import NEVER, Places, Weights

_PLACES = 3  # the next token, the first of the open name, its last so far
_BEGIN, _IN, _LAST, _UNIT, _OUT = map(ord, "BILUO")
_INSIDE, _OUTSIDE, _FIRST = 1, 2, 3  # what spaCy writes as IOB


class Recognition:
    """The moves of spaCy's recogniser (`BiluoPushDown`): a name begins, goes on, ends, is one word, or none is."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        """Take the weights of a recogniser."""
        self._weights = Weights(recognizer)
        kinds, labels = zip(*(name.partition("-")[::2] for name in self._weights.names), strict=True)
        self._kinds = numpy.array([ord(kind) for kind in kinds])
        self._labels = [recognizer.vocab.strings[label] if label else 0 for label in labels]
        moves = {name: number for number, name in enumerate(self._weights.names)}
        self._goes_on, self._ends = (
            numpy.array([moves.get(f"{kind}-{label}", 0) for label in labels]) for kind in "IL"
        )
        self._impossible = numpy.isin(self._kinds, [_IN, _LAST]) | (self._kinds == _UNIT) & (numpy.array(labels) == "")

    @staticmethod
    def fits(recognizer: Any) -> bool:
        """Whether a pipe is built as this class takes it to be."""
        if type(recognizer) is not EntityRecognizer or not Weights.built(recognizer, _PLACES):
            return False
        return all({f"I-{label}", f"L-{label}"} <= set(recognizer.move_names) for label in recognizer.labels)

    def can_read(self, doc: Doc) -> bool:
        """Whether no names are given."""
        return not doc.to_array("ENT_IOB").any()

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Mark the names in docs."""
        table = self._weights.table(docs)
        starts, spaces = columns(docs, "SENT_START", "IS_SPACE")
        is_last = numpy.append(starts[1:] == 1, True)
        is_last[numpy.cumsum([len(doc) for doc in docs]) - 1] = True
        moves = self._outside(table, is_last, spaces != 0)
        values = numpy.zeros((2, len(moves)), dtype=numpy.uint64)
        values[0] = _OUTSIDE
        for start, end, label in self._names(moves, self._closed(table, moves, is_last)):
            values[:, start:end] = [[_INSIDE], [label]]
            values[0, start] = _FIRST
        write(docs, ("ENT_IOB", "ENT_TYPE"), values)

    def _outside(self, table: Floats, is_last: NDArray[numpy.bool_], is_space: NDArray[numpy.bool_]) -> Places:
        """The best move at each token if no name is open."""
        places = numpy.full((len(is_last), _PLACES), len(is_last), dtype=numpy.int32)
        places[:, 0] = numpy.arange(len(is_last))
        scores = self._scores(table, places)
        scores[:, self._impossible] = NEVER
        scores[numpy.ix_(is_last | is_space, self._kinds == _BEGIN)] = NEVER
        scores[numpy.ix_(is_space, self._kinds == _UNIT)] = NEVER
        best: Places = scores.argmax(axis=1).astype(numpy.int32)
        return best

    def _closed(self, table: Floats, moves: Places, is_last: NDArray[numpy.bool_]) -> dict[int, int]:
        """Where each name ends that would begin somewhere, its last token included."""
        starts = numpy.flatnonzero(self._kinds[moves] == _BEGIN)
        goes_on, ends = self._goes_on[moves[starts]], self._ends[moves[starts]]
        at, found = starts + 1, dict[int, int]()
        while len(starts):
            scores = self._scores(table, numpy.stack([at, starts, at - 1], axis=1).astype(numpy.int32))
            every = numpy.arange(len(starts))
            open_ = ~is_last[at] & (scores[every, goes_on] >= scores[every, ends])
            found.update(zip(starts[~open_].tolist(), (at[~open_] + 1).tolist(), strict=True))
            starts, goes_on, ends, at = starts[open_], goes_on[open_], ends[open_], at[open_] + 1
        return found

    def _scores(self, table: Floats, places: Places) -> Floats:
        return self._weights.scores(self._weights.sums(table, places))

    def _names(self, moves: Places, closed: dict[int, int]) -> Iterator[tuple[int, int, int]]:
        """Start, end and label of the names that are reached from left to right."""
        free = 0
        for start in numpy.flatnonzero(self._kinds[moves] != _OUT).tolist():
            if start >= free:
                free = closed.get(start, start + 1)
                yield start, free, self._labels[moves[start]]
