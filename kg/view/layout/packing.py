"""Places of nodes and the part that each is of in, the same places with the parts turned and set side by side out."""

from __future__ import annotations

import numpy as np

from kg.view.ties import Floats, Numbers, Ties

GAP = 1.3  # between two parts, in the units of the places
WIDE = 1.6  # how many times as wide as high all parts are together: as pages and screens


def parts(ties: Ties) -> Numbers:
    """The part of each node: nodes that ways join; numbered from 0, the largest first, of equals the first node's.

    Every node takes the smallest name around it, then the name of the node of that name, until none changes (Shiloach
    and Vishkin 1982).
    """
    name, before = np.arange(ties.count), None
    while before is None or not np.array_equal(name, before):
        before = name.copy()
        np.minimum.at(name, ties.heads, name[ties.tails])
        name = name[name]
    first, which, sizes = np.unique(name, return_inverse=True, return_counts=True)
    rank = np.empty_like(first)
    rank[np.lexsort((first, -sizes))] = np.arange(len(first))
    return rank[which]


def levelled(places: Floats, part: Numbers) -> Floats:
    """The places turned, each part so that its longest way lies flat."""
    around = places - _means(places, part)[part]
    x, y = around[:, 0], around[:, 1]
    wide, slant = np.bincount(part, x * x - y * y), np.bincount(part, 2 * x * y)
    size = np.sqrt(wide * wide + slant * slant)
    # half of the angle whose cosine is wide / size
    cos = np.sqrt(np.maximum(0.5 + wide / np.maximum(2 * size, 1e-12), 0.0))
    sin = np.where(slant < 0, -1.0, 1.0) * np.sqrt(np.maximum(1.0 - cos * cos, 0.0))
    turned: Floats = np.stack([x * cos[part] + y * sin[part], y * cos[part] - x * sin[part]], axis=1)
    return turned


def packed(places: Floats, part: Numbers, sizes: Floats | None = None, gap: float = GAP) -> Floats:
    """The places moved, each part in a box of its own: the highest first, in rows of columns.

    Nodes of `sizes`, wide and high, have their middles there.
    """
    half = np.zeros_like(places) if sizes is None else sizes / 2
    count = int(part.max(initial=-1)) + 1
    low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(low, part, places - half)
    np.maximum.at(high, part, places + half)
    moved: Floats = places + (_corners(high - low + gap) - low)[part]
    return moved


def _corners(sizes: Floats) -> Floats:
    """The lower left corner of each box. A row is as high as its first box, and boxes stand upon one another in it."""
    widest = max(float(np.sqrt(WIDE * np.add.reduce(sizes[:, 0] * sizes[:, 1]))), float(sizes[:, 0].max(initial=0)))
    corners = np.zeros_like(sizes)
    left = right = top = bottom = y = 0.0  # of the column, then of the row; where the next box goes
    for box in np.lexsort((-sizes[:, 0], -sizes[:, 1])).tolist():
        wide, high = sizes[box].tolist()
        if y - high < bottom:
            left, y = right, top
        if left + wide > widest or bottom == top:
            left, right, y, top = 0.0, 0.0, bottom, bottom
            bottom = top - high
        corners[box] = left, y - high
        y, right = y - high, max(right, left + wide)
    return corners


def _means(places: Floats, part: Numbers) -> Floats:
    sizes = np.bincount(part)
    return np.stack([np.bincount(part, places[:, i]) / sizes for i in (0, 1)], axis=1)
