"""Where an edge begins and ends in, the curve that it is drawn as out: parallel ones apart, loops above their node."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float]

BEND = 0.22  # how far a parallel edge is bent aside, of its length
LOOP = 26.0  # points that a loop is high


@dataclass(frozen=True, slots=True)
class Curve:
    """A Bézier curve of the third degree: where it starts, its two controls, where it ends."""

    points: tuple[Point, Point, Point, Point]

    def at(self, t: float) -> Point:
        """The point at a part of the way, from 0 to 1."""
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
        x, y = zip(*self.points, strict=True)
        return a * x[0] + b * x[1] + c * x[2] + d * x[3], a * y[0] + b * y[1] + c * y[2] + d * y[3]

    def head(self, length: float, wide: float) -> tuple[Point, Point, Point]:
        """The corners of an arrowhead at its end."""
        (x, y), (x2, y2) = self.points[3], self.points[2]
        far = math.dist((x, y), (x2, y2)) or 1.0
        dx, dy = (x - x2) / far, (y - y2) / far
        bx, by = x - dx * length, y - dy * length
        return (x, y), (bx - dy * wide / 2, by + dx * wide / 2), (bx + dy * wide / 2, by - dx * wide / 2)


def between(start: Point, end: Point, radii: tuple[float, float], aside: float) -> Curve:
    """The curve from the rim of a node to the rim of another; `aside` counts parallel edges from their middle."""
    (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    control = x + dx / 2 - dy * BEND * aside, y + dy / 2 + dx * BEND * aside
    one, other = _rim(start, control, radii[0]), _rim(end, control, radii[1])
    return Curve((one, _towards(one, control), _towards(other, control), other))


def loop(at: Point, radius: float, aside: float) -> Curve:
    """The curve from a node to itself, above it; several stand in one another."""
    x, y, high = at[0], at[1] + radius * 0.8, LOOP + radius + 14 * aside
    half = radius * 0.6
    return Curve(((x - half, y), (x - high * 0.7, y + high), (x + high * 0.7, y + high), (x + half, y)))


def _rim(middle: Point, towards: Point, radius: float) -> Point:
    far = math.dist(middle, towards) or 1.0
    return middle[0] + (towards[0] - middle[0]) * radius / far, middle[1] + (towards[1] - middle[1]) * radius / far


def _towards(end: Point, control: Point) -> Point:
    # a curve of the second degree as one of the third
    return end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3
