"""Docs in, the states of reading them sentence by sentence: stacks, what comes next, and the arcs between tokens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.text.pipes.columns import columns
from kg.text.pipes.transitions import Places

Which = NDArray[numpy.bool_]
Indices = NDArray[numpy.intp]
Labels = NDArray[numpy.uint64]


class States:
    """A state for each sentence that is not read yet; tokens count through all docs, and `none` is no token.

    What comes next is a chain: a token that goes back to it from the stack is put before the one that was next.
    """

    def __init__(self, docs: Sequence[Doc]) -> None:
        """Set a state at the start of each sentence."""
        (starts,) = columns(docs, "SENT_START")
        ends = numpy.cumsum([len(doc) for doc in docs if len(doc)])
        self._none = none = len(starts)
        self._next = numpy.concatenate([numpy.arange(1, none + 1), [none]])
        self._next[ends - 1] = none
        starts[numpy.append(0, ends[:-1])] = 1
        self._first: Indices = numpy.flatnonzero(starts == 1)
        self._after: Indices = numpy.append(self._first[1:], none)  # the token that follows the sentence in its doc
        self._after[numpy.isin(self._after, ends)] = none
        self._bottom: Indices = self._first + 3 * numpy.arange(1, len(self._first) + 1)  # three of no token below
        self._stack = numpy.full(none + 3 * len(self._first) + 1, none)
        self._top: Indices = self._bottom.copy()
        self._head, self._left, self._right, self._earlier = (numpy.full(none + 1, none) for _ in range(4))
        self._back = numpy.zeros(none + 1, dtype=bool)  # what went back, and may not be shifted once more
        self.at_end: Which  # which have nothing left to shift
        self.empty: Which  # which have an empty stack
        self.labels: Labels = numpy.zeros(none + 1, dtype=numpy.uint64)

    def open(self) -> bool:
        """Whether any sentence is not read to its end; the others are put away."""
        self.at_end, self.empty = self._first == self._after, self._top == self._bottom
        kept = ~(self.at_end & self.empty)
        if not kept.all():
            self.at_end, self.empty = self.at_end[kept], self.empty[kept]
            self._first, self._after, self._bottom, self._top = (
                some[kept] for some in (self._first, self._after, self._bottom, self._top)
            )
        return len(self._first) > 0

    def unshiftable(self) -> Which:
        """Which may not shift: what comes next went back before, or is the last of its doc."""
        which: Which = self._back[self._first] | (self._next[self._first] == self._none)
        return which

    def irreducible(self) -> Which:
        """Which may not reduce: a single token stands on the stack, and its sentence goes on."""
        which: Which = self._top == self._bottom + 1
        return which

    def places(self) -> Places:
        """The eight tokens of each state that the model looks at."""
        first, top = self._first, self._stack[self._top - 1]
        places = numpy.empty((len(first), 8), dtype=numpy.int32)
        places[:, 0], places[:, 1] = first, self._next[first]
        places[:, 2], places[:, 3], places[:, 4] = top, self._stack[self._top - 2], self._stack[self._top - 3]
        places[:, 5], places[:, 6], places[:, 7] = self._left[first], self._left[top], self._right[top]
        return places

    def shift(self, which: Indices) -> None:
        """Put what comes next on the stack."""
        first = self._first[which]
        self._stack[self._top[which]] = first
        self._top[which] += 1
        self._first[which] = self._next[first]

    def reduce(self, which: Indices) -> None:
        """Take the top off the stack; one without a head goes back to what comes next, unless it is alone."""
        tops = self._stack[self._top[which] - 1]
        goes_back = (self._head[tops] == self._none) & ~self.irreducible()[which]
        self._top[which] -= 1
        which, tops = which[goes_back], tops[goes_back]
        self._next[tops] = self._first[which]
        self._back[tops] = True
        self._first[which] = tops

    def left(self, which: Indices, labels: Labels) -> None:
        """Take the top off the stack and make what comes next its head, in place of one that it may have."""
        first, tops = self._first[which], self._stack[self._top[which] - 1]
        self._right[self._head[tops]] = self._earlier[tops]
        self._head[tops], self.labels[tops], self._left[first] = first, labels, tops
        self._back[first] = False
        self._top[which] -= 1

    def right(self, which: Indices, labels: Labels) -> None:
        """Make the top of the stack the head of what comes next, which is still to be shifted."""
        first, tops = self._first[which], self._stack[self._top[which] - 1]
        self._head[first], self.labels[first] = tops, labels
        self._earlier[first], self._right[tops] = self._right[tops], first

    def heads(self) -> Indices:
        """How far off the head of each token is; 0 for those that have none."""
        heads = self._head[:-1]
        own = numpy.arange(self._none)
        return numpy.where(heads == self._none, own, heads) - own
