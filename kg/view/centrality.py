"""Edges in, the betweenness of every node out: on how many of the shortest ways between others it stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from kg.view.ties import Floats, Numbers, Ties

EXACT = 5_000  # nodes; of more, not every one is a source
PIVOTS = 400
AT_ONCE = 100_000  # numbers a matrix holds: nodes by sources
WORK = 1_000_000_000  # numbers that are looked at in all, after which no other source is begun: about a minute


def betweenness(count: int, edges: ArrayLike) -> Floats:
    """The betweenness of each of `count` nodes, from 0 to 1 as Freeman normalised it, rounded to nine places.

    `edges` are pairs of node numbers whose direction and repetition count for nothing. Exact up to 5,000 nodes by the
    sums of Brandes (2001), above from 400 sources that are drawn by lot with a fixed seed (Brandes and Pich 2007), and
    from fewer where ways are so long that it would take minutes.
    """
    ties = Ties.of(count, edges)
    if count < 3 or not len(ties.heads):
        return np.zeros(count)
    matrix = csr_array((np.ones(len(ties.tails)), ties.tails, ties.starts()), shape=(count, count))
    drawn = np.argsort(np.random.Generator(np.random.PCG64(1)).random(count), kind="stable")
    sources = drawn if count <= EXACT else drawn[:PIVOTS]
    width = max(8, AT_ONCE // count)
    total, used, work = np.zeros(count), 0, 0
    while used < len(sources) and work < WORK:
        now = sources[used : used + width]
        dependent, depth = _dependent(matrix, now)
        total += dependent
        used, work = used + len(now), work + depth * count * len(now)
    scale = count / used / ((count - 1) * (count - 2))
    return np.round(total * scale, 9) + 0.0


def _dependent(matrix: csr_array, sources: Numbers) -> tuple[Floats, int]:
    """How much of the ways from some sources each node bears, all of them at once, level by level; and the levels."""
    columns = np.arange(len(sources))
    front = np.zeros((matrix.shape[0], len(sources)))
    front[sources, columns] = 1.0
    ways, distance, depth = front.copy(), np.where(front > 0, 0, -1).astype(np.int32), 0
    while True:
        front = matrix @ front
        front[distance >= 0] = 0.0
        if not front.any():
            break
        depth += 1
        distance[front > 0] = depth
        ways += front
    borne = np.zeros_like(ways)
    for level in range(depth, 0, -1):
        share = np.divide(1 + borne, ways, out=np.zeros_like(ways), where=distance == level)
        borne += (matrix @ share) * np.where(distance == level - 1, ways, 0.0)
    borne[sources, columns] = 0.0  # a way does not pass its ends
    return np.add.reduce(borne, axis=1), depth + 1
