"""A network as numbers in, what is computed of its nodes out: where they stand, how large they are, their measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.view import days
from kg.view.spool import Arrays

SPREAD = 100  # Gephi's units for an edge of length 1
SMALLEST, LARGEST = 10.0, 40.0  # sizes of nodes
# what is computed of nodes that is a column of theirs
MEASURES: dict[str, type] = {"degree": int, "community": int, "betweenness": float}
_BLOCK = 4096  # nodes of which there are Python's numbers at once


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """What is computed of each node, in their order: its place, its measures, its size."""

    places: NDArray[np.float64]  # n × 2
    sizes: NDArray[np.float64]
    measures: tuple[NDArray[Any], ...]  # one of each of MEASURES

    @classmethod
    def of(cls, arrays: Arrays) -> Looks:
        """The looks of a network: the same for the same, on any machine."""
        from kg.view.centrality import betweenness
        from kg.view.communities import communities
        from kg.view.layout import positions

        count, edges = arrays.count, arrays.edges
        degree = np.bincount(edges.ravel(), minlength=count)
        # area, not diameter, tells the degree
        sizes = SMALLEST + (LARGEST - SMALLEST) * np.sqrt(degree / max(int(degree.max(initial=0)), 1))
        community = communities(count, edges, arrays.weights)
        places = positions(count, edges, arrays.weights, community)
        return cls(places * SPREAD, sizes, (degree, community, betweenness(count, edges)))


def by_row(*columns: NDArray[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of columns as Python's numbers, a block of them at a time: these take more memory."""
    for start in range(0, len(columns[0]), _BLOCK):
        yield from zip(*(column[start : start + _BLOCK].tolist() for column in columns), strict=True)


def lives(arrays: Arrays) -> NDArray[np.int32]:
    """The first and the last day of each node (n × 2): from the first of its edges' days to the last.

    Gephi shows an edge only where both of its nodes are; so a node is always there that has an edge without days, and
    one without edges.
    """
    found = np.empty((arrays.count, 2), np.int32)
    found[:] = days.NEVER
    for end in (0, 1):
        np.minimum.at(found[:, 0], arrays.edges[:, end], arrays.spells[:, 0])
        np.maximum.at(found[:, 1], arrays.edges[:, end], arrays.spells[:, 1])
    return found
