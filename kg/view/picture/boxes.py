"""Rectangles that are drawn on a page in, whether and how they come to stand clear of one another out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kg.view.ties import Floats

ROUNDS = 400  # of moving boxes apart; a crowd of some hundred takes about half of them
CELL = 40.0  # the side of the squares by which taken places are found again


def apart(middles: Floats, sizes: Floats) -> Floats:
    """The middles of boxes, moved as little as need be, so that none covers another: (box, 2) and (box, 2) in.

    Two that do are moved apart along the way on which they cover each other less.
    """
    middles, needed = middles.copy(), (sizes[:, None] + sizes[None]) / 2
    for _ in range(ROUNDS):
        way = middles[:, None] - middles[None]
        over = needed - np.abs(way)
        both = np.asarray((over > 1e-6).all(axis=2))
        np.fill_diagonal(both, False)
        if not both.any():
            break
        across = both & (over[..., 0] < over[..., 1])
        sign = np.where(way >= 0, 1.0, -1.0)
        sign[np.triu_indices(len(middles))] *= np.where(way[np.triu_indices(len(middles))] == 0, -1.0, 1.0)
        middles[:, 0] += np.add.reduce(np.where(across, over[..., 0] * sign[..., 0], 0.0), axis=1) * 0.3
        middles[:, 1] += np.add.reduce(np.where(both & ~across, over[..., 1] * sign[..., 1], 0.0), axis=1) * 0.3
    return middles


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its left, bottom, right and top, in points, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, x: float, y: float, wide: float, high: float) -> Box:
        """The box of some width and height around a middle."""
        return cls(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

    def covers(self, other: Box) -> bool:
        """Whether the two have a part of the page in common."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.top <= other.bottom or other.top <= self.bottom)


class Taken:
    """The boxes that are on a page so far."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Put a box on the page."""
        for cell in self._under(box):
            self._cells.setdefault(cell, []).append(box)

    def is_free(self, box: Box) -> bool:
        """Whether a box would cover none that is there."""
        return not any(box.covers(other) for cell in self._under(box) for other in self._cells.get(cell, ()))

    def _under(self, box: Box) -> list[tuple[int, int]]:
        across = range(int(box.left // CELL), int(box.right // CELL) + 1)
        return [(x, y) for x in across for y in range(int(box.bottom // CELL), int(box.top // CELL) + 1)]
