"""Edges in, a place for every node out: the same on every machine, tidy when small and quick when large.

Each connected part is laid out by itself: a small one by springs from places drawn by lot, a large one by way of a
coarser drawing of it, which gives its nodes their first places (Walshaw 2003). Then the parts are set side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from kg.view.communities import communities_of
from kg.view.layout import springs
from kg.view.layout.coarsening import stars
from kg.view.layout.packing import levelled, packed, parts
from kg.view.ties import Floats, Numbers, Ties

if TYPE_CHECKING:
    import networkx as nx

SMALL = 100  # nodes of a part that all push one another
TOGETHER = 30.0  # how many times as strong a tie within a community is in large parts, at most
ROOM = 0.35  # between a node and its nearest neighbour, at the median; an edge is 1 long or more
RADIUS = 0.2  # of the node with most neighbours
UNCROWDING = 10  # steps that move what stands upon something else

Place = tuple[float, float]


def places(graph: nx.MultiDiGraph[str]) -> dict[str, Place]:
    """The place of every node of a network, as (x, y) with y upwards."""
    nodes = sorted(graph)
    number = {node: i for i, node in enumerate(nodes)}
    edges = [(number[source], number[target]) for source, target in graph.edges()]
    return dict(zip(nodes, map(tuple, positions(len(nodes), edges).tolist()), strict=True))


def positions(
    count: int, edges: ArrayLike, weights: ArrayLike | None = None, community: Numbers | None = None
) -> Floats:
    """The place of each of `count` nodes, as rows of x and y with y upwards, rounded to thousandths.

    `edges` are pairs of node numbers in any order. Nodes of a `community` stand together; if none is given, they
    are found, which is all that `weights` are for. An edge is about 1 long, and longer where nodes would lack room.
    """
    ties = Ties.of(count, edges, weights)
    group = communities_of(ties) if community is None else community
    part, masses = parts(ties), np.sqrt(1.0 + ties.degrees())
    if not len(ties.heads):
        return packed(np.zeros((count, 2)), part)
    found = _Layout.of(count).all(_balanced(ties, group, part), masses, group, part)
    found = found * _scale(found, ties)
    radii = RADIUS * np.sqrt(ties.degrees() / ties.degrees().max())
    found = springs.parted(packed(levelled(found, part), part), radii, steps=UNCROWDING)
    return np.round(found, 3) + 0.0  # or else -0.0 would be among them


def _balanced(ties: Ties, group: Numbers, part: Numbers) -> Ties:
    """Ties of which a node that has many is held by each the less, and those within communities hold the more.

    How often a tie is told of says nothing of where its ends belong: a few ties of hundreds would tear all others.
    """
    degrees, sizes = ties.degrees(), np.bincount(part)[part[ties.heads]]
    inside = group[ties.heads] == group[ties.tails]
    together = np.where(inside, np.minimum(1 + np.sqrt(sizes) / 2, TOGETHER), 1.0)
    strength = together / np.minimum(degrees[ties.heads], degrees[ties.tails])
    return Ties(ties.count, ties.heads, ties.tails, strength)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How much work is done for each node, and the numbers that are drawn for it."""

    steps: int
    draw: np.random.Generator

    @classmethod
    def of(cls, count: int) -> _Layout:
        return cls(max(10, min(40, 300_000 // count)), np.random.Generator(np.random.PCG64(1)))

    def all(self, ties: Ties, masses: Floats, group: Numbers, part: Numbers) -> Floats:
        """The places of parts, each around a middle of its own."""
        sizes = np.bincount(part)
        found = np.zeros((ties.count, 2))
        large = int(np.count_nonzero(sizes > SMALL))  # parts are numbered by size
        for one in range(large):
            its = part == one
            found[its] = self.large(ties.among(its), masses[its], group[its])
        small = part >= large
        found[small] = self.small(ties.among(small), masses[small], part[small] - large)
        return found

    def large(self, ties: Ties, masses: Floats, group: Numbers) -> Floats:
        """The places of one part, whose stars are laid out first."""
        if ties.count <= SMALL:
            return self.small(ties, masses, np.zeros(ties.count, dtype=np.int64))
        star = stars(ties, group, self.draw.random(ties.count))
        count = int(star.max()) + 1
        of_star = np.zeros(count, dtype=np.int64)
        of_star[star] = group
        heavy: Floats = np.bincount(star, masses).astype(np.float64)
        coarse = self.large(ties.merged(star, count), heavy, of_star)
        first = coarse[star] + self.scattered(ties.count) * springs.spacing(coarse)
        return springs.refined(ties, masses, first, steps=self.steps, reach=2.0)

    def small(self, ties: Ties, masses: Floats, part: Numbers) -> Floats:
        """The places of parts of a few nodes, all of about one size at once."""
        sizes = np.bincount(part)[part]
        found, reach = self.scattered(ties.count) * 2 * np.sqrt(sizes)[:, None], np.sqrt(sizes) / 2
        width = 1 << np.frexp(sizes - 1)[1]  # the next power of two
        for most in np.unique(width):
            of = width == most
            rows = _rows(part[of], int(most))
            args = ties.among(of), masses[of], found[of], rows
            found[of] = springs.settled(*args, steps=5 * self.steps, reach=reach[of])
        return found

    def scattered(self, count: int) -> Floats:
        return self.draw.random((count, 2)) - 0.5


def _rows(part: Numbers, width: int) -> Numbers:
    """The nodes of each part, a row a part, filled with numbers of no node."""
    _, which, sizes = np.unique(part, return_inverse=True, return_counts=True)
    by_part = np.argsort(which, kind="stable")
    rows = np.full((len(sizes), width), len(part))
    rows[which[by_part], np.arange(len(part)) - np.repeat(np.cumsum(sizes) - sizes, sizes)] = by_part
    return rows


def _scale(places: Floats, ties: Ties) -> float:
    """By what to multiply places so that an edge is 1 long at the mean, or more where nodes would lack room."""
    way = places[ties.heads] - places[ties.tails]
    length = np.sqrt(way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])
    return max(len(length) / float(np.add.reduce(length)), ROOM / max(springs.room(places), 1e-3))
