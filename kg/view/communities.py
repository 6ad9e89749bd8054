"""Edges in, the community of every node out: nodes that are tied more closely to one another than to others."""

from __future__ import annotations

import graspologic_native
import numpy as np
from numpy.typing import ArrayLike

from kg.view.ties import Numbers, Ties


def communities(count: int, edges: ArrayLike, weights: ArrayLike | None = None) -> Numbers:
    """The community of each of `count` nodes, the largest first, of equals that of the first node.

    `edges` are pairs of node numbers, in any order and direction; of parallel ones the weights, which are above 0, add
    up. A node without neighbours is a community of its own. By Leiden's algorithm (Traag, Waltman and van Eck 2019) for
    modularity at resolution 1, with a fixed seed: the same edges give the same communities.
    """
    return communities_of(Ties.of(count, edges, weights))


def communities_of(ties: Ties) -> Numbers:
    """The communities of ties that are known already."""
    found = np.arange(ties.count)
    tied = ties.degrees() > 0
    if tied.any():  # Leiden's algorithm fails on nodes without any tie
        found[tied] = ties.count + _leiden(ties.among(tied))
    return _by_size(found)


def _leiden(ties: Ties) -> Numbers:
    tails = ties.tails.astype(np.int32)
    _, community = graspologic_native.leiden_csr(ties.starts(), tails, ties.strength, ties.count, seed=1)
    return np.array([community[node] for node in range(ties.count)])


def _by_size(found: Numbers) -> Numbers:
    _, first, which, sizes = np.unique(found, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty_like(sizes)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[which]
