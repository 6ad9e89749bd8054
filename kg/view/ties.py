"""Edges between numbered nodes in, who is tied to whom out: each tie once in both directions, in one order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties between `count` nodes: from `heads` to `tails`, sorted by both, each with its `strength`, and back again."""

    count: int
    heads: Numbers
    tails: Numbers
    strength: Floats

    @classmethod
    def of(cls, count: int, edges: ArrayLike, weights: ArrayLike | None = None) -> Ties:
        """The ties that edges, pairs of node numbers, make: parallel ones add up, from a node to itself is none."""
        ends = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
        given = np.ones(len(ends)) if weights is None else np.asarray(weights, dtype=np.float64)
        apart = ends[:, 0] != ends[:, 1]
        return cls._of(count, ends[apart, 0], ends[apart, 1], given[apart])

    @classmethod
    def _of(cls, count: int, one: Numbers, other: Numbers, given: Floats) -> Ties:
        pairs = np.minimum(one, other) * count + np.maximum(one, other)
        order = np.lexsort((given, pairs))  # so that sums are always made in one order
        ties, which = np.unique(pairs[order], return_inverse=True)
        strength = np.bincount(which, given[order], minlength=len(ties))
        low, high = ties // max(count, 1), ties % max(count, 1)
        heads, tails = np.concatenate([low, high]), np.concatenate([high, low])
        order = np.lexsort((tails, heads))
        return cls(count, heads[order], tails[order], np.concatenate([strength, strength])[order])

    def degrees(self) -> Numbers:
        """How many neighbours each node has."""
        return np.bincount(self.heads, minlength=self.count)

    def starts(self) -> Numbers:
        """Where the ties of each node begin, and at last where they end."""
        return np.concatenate([[0], np.cumsum(self.degrees())])

    def only(self, kept: NDArray[np.bool_]) -> Ties:
        """The ties that are kept."""
        return Ties(self.count, self.heads[kept], self.tails[kept], self.strength[kept])

    def among(self, chosen: NDArray[np.bool_]) -> Ties:
        """The ties between the nodes that are chosen, numbered anew in their order."""
        number = np.cumsum(chosen) - 1
        both = chosen[self.heads] & chosen[self.tails]
        heads, tails = number[self.heads[both]], number[self.tails[both]]
        return Ties(int(chosen.sum()), heads, tails, self.strength[both])

    def merged(self, group: Numbers, count: int) -> Ties:
        """The ties between `count` groups of nodes; `group` is each node's."""
        once = self.heads < self.tails
        ends = np.stack([group[self.heads[once]], group[self.tails[once]]], axis=1)
        return Ties.of(count, ends, self.strength[once])
