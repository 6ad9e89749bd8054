"""Places and masses of nodes in, how hard others push each away out: exact among few, by blocks among many.

Two nodes push one another with the product of their masses over their distance. Only + - * / and sqrt are used, and
sums in a fixed order, so that every machine finds the same.
"""

from __future__ import annotations

import numpy as np

from kg.view.ties import Floats, Numbers

BLOCK = 32  # nodes that stand next to one another, at most
FAMILY = 16  # blocks that stand next to one another
NEAR_FAMILIES, NEAR = 8, 12  # families that a block sees as blocks; blocks that each of its nodes sees by itself
CACHED = 65_536  # numbers of a step that a processor keeps at hand
_SOFT = 1e-4  # a squared distance that keeps two nodes in one place from an endless push


def within(places: Floats, masses: Floats, rows: Numbers) -> Floats:
    """The push on every node of those in its row: places (node, 2), masses (node), rows of node numbers.

    A number that is no node's fills a row.
    """
    placed, heavy = _in_rows(places, masses, rows)
    return _from_rows(_push(placed, placed, heavy) * heavy[:, :, None], rows, len(places))


def everywhere(places: Floats, masses: Floats, rows: Numbers) -> Floats:
    """The push on every node of all others; `rows` are its `blocks`."""
    placed, heavy = _in_rows(places, masses, rows)
    push = _push(placed, placed, heavy) + _far(placed, heavy)
    return _from_rows(push * heavy[:, :, None], rows, len(places))


def overlaps(places: Floats, radii: Floats, rows: Numbers) -> Floats:
    """How far each node would have to go, so that no two of a row stand on one another."""
    placed, wide = _in_rows(places, radii, rows)
    each, others = placed[:, :, None], placed[:, None]
    distance = np.sqrt(_squares(each, others) + _SOFT)
    over = np.maximum(wide[:, :, None] + wide[:, None] - distance, 0.0)
    over[(wide[:, :, None] == 0) | (wide[:, None] == 0)] = 0.0
    return _from_rows(_sum(each, others, over / distance / 2), rows, len(places))


def nearest(places: Floats, rows: Numbers) -> Floats:
    """The square of the distance to the nearest other node of its row, a number a node."""
    placed, there = _in_rows(places, np.ones(len(places)), rows)
    squares = np.where(there[:, None] * there[:, :, None] > 0, _squares(placed[:, :, None], placed[:, None]), np.inf)
    squares[:, np.arange(rows.shape[1]), np.arange(rows.shape[1])] = np.inf
    least: Floats = squares.min(axis=2)[there > 0]
    return least


def blocks(places: Floats) -> Numbers:
    """The numbers of nodes that stand together, a row a block; a number that is no node's fills a row.

    The nodes are halved at the middle one, across and along by turns, as in a k-d tree (Bentley 1975): rows that follow
    one another stand together too.
    """
    count, depth = len(places), 0
    while BLOCK << depth < count:
        depth += 1
    rows = np.arange(-(-count >> depth) << depth).reshape(1, -1)
    filled = places[np.minimum(rows[0], count - 1)]
    for level in range(depth):
        by = np.argsort(filled[rows, level % 2], axis=1, kind="stable")
        rows = np.take_along_axis(rows, by, axis=1).reshape(2 * len(rows), -1)
    return rows


def _in_rows(places: Floats, masses: Floats, rows: Numbers) -> tuple[Floats, Floats]:
    known = np.minimum(rows, len(places) - 1)
    return places[known], np.where(rows < len(places), masses[known], 0.0)


def _from_rows(pushes: Floats, rows: Numbers, count: int) -> Floats:
    found = np.zeros((max(count, int(rows.max()) + 1), 2))
    found[rows.ravel()] = pushes.reshape(-1, 2)
    return found[:count]


def _far(places: Floats, masses: Floats) -> Floats:
    """The push of other blocks: of near ones on each node, of farther ones on the block, of the rest by families."""
    centre, weight = _centres(places, masses)
    size = min(FAMILY, len(centre))
    families, heavy = _centres(centre.reshape(-1, size, 2), weight.reshape(-1, size))
    apart = _squares(centre[:, None], families)
    close = _smallest(apart, NEAR_FAMILIES)
    push = heavy / (apart + _SOFT)
    np.put_along_axis(push, close, 0.0, axis=1)
    whole = _sum(centre[:, None], families, push)
    others = (close[:, :, None] * size + np.arange(size)).reshape(len(centre), -1)
    apart = _squares(centre[:, None], centre[others])
    apart[others == np.arange(len(centre))[:, None]] = np.inf
    nearest = _smallest(apart, NEAR)
    seen = np.take_along_axis(others, nearest, axis=1)
    seen_weight = np.where(seen == np.arange(len(centre))[:, None], 0.0, weight[seen])
    push = weight[others] / (apart + _SOFT)
    np.put_along_axis(push, nearest, 0.0, axis=1)
    whole += _sum(centre[:, None], centre[others], push)
    return whole[:, None, :] + _push(places, centre[seen], seen_weight)


def _push(places: Floats, others: Floats, masses: Floats) -> Floats:
    """The push on nodes, (row, node, 2), of the others in their row, (row, other, 2): many rows at once."""
    found = np.empty_like(places)
    some = max(1, CACHED // (places.shape[1] * others.shape[1]))
    for start in range(0, len(places), some):
        now = slice(start, start + some)
        across = places[now, :, None, 0] - others[now, None, :, 0]
        along = places[now, :, None, 1] - others[now, None, :, 1]
        push = masses[now, None] / (across * across + along * along + _SOFT)
        found[now, :, 0] = np.add.reduce(across * push, axis=2)
        found[now, :, 1] = np.add.reduce(along * push, axis=2)
    return found


def _sum(places: Floats, others: Floats, push: Floats) -> Floats:
    return np.stack([np.add.reduce((places[..., i] - others[..., i]) * push, axis=-1) for i in (0, 1)], axis=-1)


def _squares(places: Floats, others: Floats) -> Floats:
    across, along = places[..., 0] - others[..., 0], places[..., 1] - others[..., 1]
    squares: Floats = across * across + along * along
    return squares


def _centres(places: Floats, masses: Floats) -> tuple[Floats, Floats]:
    weight = np.add.reduce(masses, axis=1)
    heavy = np.maximum(weight, 1e-9)  # a block may be filled with no nodes
    return np.stack([np.add.reduce(masses * places[:, :, i], axis=1) / heavy for i in (0, 1)], axis=1), weight


def _smallest(values: Floats, count: int) -> Numbers:
    # sorted and not parted: which of equals is chosen must be the same everywhere
    return np.argsort(values, axis=1, kind="stable")[:, :count]
