"""Places: none twice, communities together, parts apart, and the same whatever the order of edges and the processor."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.view.communities import communities
from kg.view.layout import places, positions
from kg.view.layout.packing import parts
from kg.view.ties import Ties

Edges = list[tuple[int, int]]


def tree(size: int) -> Edges:
    return [(i // 3, i) for i in range(1, size)]


def village(houses: int, size: int) -> Edges:
    """Cliques in a ring, each tied to the next once."""
    inside = [(h * size + i, h * size + j) for h in range(houses) for i in range(size) for j in range(i)]
    return inside + [(h * size, (h + 1) % houses * size + 1) for h in range(houses)]


def distances(placed: NDArray[np.float64]) -> NDArray[np.float64]:
    way = placed[:, None] - placed
    far: NDArray[np.float64] = np.hypot(way[..., 0], way[..., 1])
    np.fill_diagonal(far, np.inf)
    return far


@pytest.mark.parametrize("size", [2, 3, 40, 2000])
def test_no_two_nodes_stand_on_one_another(size: int) -> None:
    placed = positions(size, tree(size))
    assert np.isfinite(placed).all()
    assert distances(placed).min() > 0.02


@pytest.mark.parametrize("hubs", [1, 3])
def test_hubs_of_thousands_are_laid_out_at_once(hubs: int) -> None:
    began = time.process_time()
    placed = positions(3000, [(hub, leaf) for hub in range(hubs) for leaf in range(hubs, 3000)])
    assert np.isfinite(placed).all() and time.process_time() - began < 10


def test_neighbours_of_a_hub_have_room() -> None:
    far = distances(positions(400, [(0, i) for i in range(1, 400)]))
    assert np.median(far.min(axis=1)) > 0.3
    assert far[0].min() > 0.25  # the hub is a large node


def test_what_hangs_on_few_ties_is_not_far_out() -> None:
    stars = [(hub * 31, hub * 31 + leaf) for hub in range(30) for leaf in range(1, 31)]
    placed = positions(930, [*stars, *((hub * 31 + 1, hub // 2 * 31 + 2) for hub in range(1, 30))])
    wide, high = placed.max(axis=0) - placed.min(axis=0)
    room = np.median(distances(placed).min(axis=1))
    assert wide * high / 930 < (10 * room) ** 2


@pytest.mark.parametrize(("houses", "size"), [(4, 6), (30, 20)])
def test_a_community_stands_together(houses: int, size: int) -> None:
    far = distances(positions(houses * size, village(houses, size)))
    house = np.arange(houses * size) // size
    nearest = np.argsort(far, axis=1)[:, : size // 3]
    assert (house[nearest] == house[:, None]).mean() > 0.97


def test_parts_do_not_overlap() -> None:
    edges = [(2 * i, 2 * i + 1) for i in range(50)] + [(100 + i, 101 + i) for i in range(30)] + [(132, 132)]
    placed, part = positions(134, edges), parts(Ties.of(134, edges))
    boxes = np.array([[*placed[part == one].min(axis=0), *placed[part == one].max(axis=0)] for one in range(53)])
    over = (boxes[:, None, :2] <= boxes[None, :, 2:]).all(axis=2) & (boxes[None, :, :2] <= boxes[:, None, 2:]).all(
        axis=2
    )
    assert over.sum() == 53  # each with itself


def test_nothing_has_no_places_and_nodes_without_ties_have() -> None:
    assert places(nx.MultiDiGraph()) == {} and positions(0, []).shape == (0, 2)
    assert distances(positions(5, [(1, 1)])).min() >= 1


@given(st.integers(1, 300), st.randoms(use_true_random=False), st.integers(0, 500))
@settings(max_examples=25, deadline=None)
def test_the_order_of_edges_and_their_direction_count_for_nothing(count: int, draw: object, ties: int) -> None:
    lot = np.random.default_rng(draw.getrandbits(32))  # type: ignore[attr-defined]
    edges = lot.integers(0, count, (ties, 2))
    mixed = np.where(lot.random((ties, 1)) < 0.5, edges, edges[:, ::-1])[lot.permutation(ties)]
    assert np.array_equal(positions(count, edges), positions(count, mixed))
    assert np.array_equal(communities(count, edges), communities(count, mixed))


def test_places_are_the_same_on_every_processor() -> None:
    code = (
        "import numpy as np; from kg.view.layout import positions; from kg.view.centrality import betweenness;"
        "e = (np.random.default_rng(1).random((3000, 2)) ** 2 * 1000).astype(int);"
        "print(positions(1000, e).tobytes().hex(), betweenness(1000, e).tobytes().hex())"
    )
    features = (
        "X86_V4 X86_V3 AVX512_SKX AVX512F AVX2 FMA3"  # of NumPy 2.4 and before; what is not there is only a warning
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **more, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            check=True,
        ).stdout
        for more in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "NPY_DISABLE_CPU_FEATURES": features})
    ]
    assert runs[0] == runs[1] != b""


def test_thousands_of_nodes_are_laid_out_in_seconds() -> None:
    began = time.process_time()
    positions(8000, [*tree(5000), *((5000 + i, 6500 + i) for i in range(1500))])
    assert time.process_time() - began < 10
