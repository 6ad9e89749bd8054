"""Places of tied nodes in, better places out: ties pull, nodes push, and each step is shorter than the one before.

The forces are those of Fruchterman and Reingold (1991): a tie pulls with the square of its length, two nodes push with
their masses over their distance; two nodes of mass 1 come to rest 1 apart. The middle of a part draws all of it, so
that what hangs on few ties is not pushed far out, and fills the room around it as evenly as charges do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kg.view.layout import repulsion
from kg.view.ties import Floats, Numbers, Ties

DRAWN = 1.5  # how hard the middle draws a mass that is 1 away
BOLD = 0.5  # of the way to where a node's forces would be nought
REORDER = 3  # steps after which blocks are made anew


def settled(ties: Ties, masses: Floats, places: Floats, rows: Numbers, *, steps: int, reach: Floats) -> Floats:
    """Places of nodes that push only those of their row; `reach` is how far each may go in the first step."""
    part = np.empty(len(places) + 1, dtype=np.int64)
    part[np.minimum(rows, len(places))] = np.arange(len(rows))[:, None]
    draw = _Draw(DRAWN * masses, part[:-1])  # the last takes what fills rows
    return _moved(ties, places, lambda now, _: repulsion.within(now, masses, rows), steps, reach, draw)


def refined(ties: Ties, masses: Floats, places: Floats, *, steps: int, reach: float) -> Floats:
    """Places of many nodes that all push one another, brought to their size first; `reach` counts in mean spacings."""
    places = places * _size(ties, masses, places)
    rows = repulsion.blocks(places)

    def push(now: Floats, step: int) -> Floats:
        nonlocal rows
        rows = repulsion.blocks(now) if step % REORDER == 0 else rows
        return repulsion.everywhere(now, masses, rows)

    draw = _Draw(DRAWN * masses, np.zeros(len(places), dtype=np.int64))
    return _moved(ties, places, push, steps, np.full(len(places), reach * spacing(places)), draw)


def spacing(places: Floats) -> float:
    """How far apart nodes would be if they were spread evenly; 1 where all stand in one place."""
    wide, high = (places.max(axis=0) - places.min(axis=0)).tolist()
    return float((wide + high) / 2 / np.sqrt(len(places))) or 1.0


def room(places: Floats) -> float:
    """How far from its nearest neighbour a node stands, at the median."""
    return float(np.sqrt(np.median(repulsion.nearest(places, repulsion.blocks(places)))))


def parted(places: Floats, radii: Floats, *, steps: int) -> Floats:
    """Places of nodes that stand on one another no more, or less: those that are near are moved apart, step by step."""
    for step in range(steps):
        rows = repulsion.blocks(
            places[:, ::-1] if step % 2 else places
        )  # the borders of blocks lie elsewhere each time
        places = places + repulsion.overlaps(places, radii, rows)
    return places


@dataclass(frozen=True, slots=True)
class _Draw:
    """What draws nodes to the middle of their part, each with a strength."""

    strength: Floats
    part: Numbers

    def on(self, places: Floats) -> Floats:
        weight = np.bincount(self.part, self.strength)
        middle = np.stack([np.bincount(self.part, places[:, i] * self.strength) / weight for i in (0, 1)], axis=1)
        drawn: Floats = (middle[self.part] - places) * self.strength[:, None]
        return drawn


def _moved(
    ties: Ties,
    places: Floats,
    push: Callable[[Floats, int], Floats],
    steps: int,
    reach: Floats,
    draw: _Draw,
) -> Floats:
    for step in range(steps):
        pull, stiffness = _pull(ties, places)
        move = (push(places, step) + pull + draw.on(places)) / (stiffness + draw.strength)[:, None] * BOLD
        far = np.sqrt(move[:, 0] * move[:, 0] + move[:, 1] * move[:, 1])
        most = reach * (1 - step / steps)
        places = places + move * np.minimum(1.0, most / np.maximum(far, 1e-12))[:, None]
    return places


def _pull(ties: Ties, places: Floats) -> tuple[Floats, Floats]:
    way = places[ties.tails] - places[ties.heads]
    force = ties.strength * np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])
    pull = [np.bincount(ties.heads, force * way[:, i], minlength=ties.count) for i in (0, 1)]
    stiffness = np.bincount(ties.heads, force, minlength=ties.count) + 1e-3
    return np.stack(pull, axis=1).astype(np.float64), stiffness.astype(np.float64)


def _size(ties: Ties, masses: Floats, places: Floats) -> float:
    # where the energy of the whole, Σ strength·length³/3 − Σ mass·mass·log(length), is least: the cube root of a ratio
    way = places[ties.tails] - places[ties.heads]
    length = np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])
    pulled = np.add.reduce(ties.strength * length * length * length) / 2
    total = np.add.reduce(masses)
    ratio = (total * total - np.add.reduce(masses * masses)) / 2 / max(pulled, 1e-12)
    root = max(ratio, 1.0)
    for _ in range(200):  # Newton's way, for cbrt differs between machines
        root = (2 * root + ratio / (root * root)) / 3
    return float(root)
