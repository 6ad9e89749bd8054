"""Betweenness: the same as networkx's up to 5,000 nodes, and near it above."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from kg.view import centrality
from kg.view.centrality import betweenness


@pytest.mark.parametrize("seed", range(5))
def test_it_is_networkx_s(seed: int) -> None:
    graph = nx.gnm_random_graph(60, 70 + 20 * seed, seed=seed)
    theirs = nx.betweenness_centrality(graph)
    assert betweenness(60, list(graph.edges())) == pytest.approx([theirs[node] for node in range(60)], abs=1e-8)


def test_direction_repetition_and_loops_count_for_nothing() -> None:
    assert betweenness(3, [(0, 1), (1, 0), (2, 1), (1, 1)]).tolist() == [0, 1, 0]


def test_where_nothing_is_between() -> None:
    assert betweenness(0, []).tolist() == []
    assert betweenness(2, [(0, 1)]).tolist() == [0, 0]
    assert betweenness(3, []).tolist() == [0, 0, 0]


def test_a_sample_of_sources_is_near_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = (np.random.default_rng(1).random((6000, 2)) ** 2 * 2000).astype(int)
    whole = betweenness(2000, edges)
    monkeypatch.setattr(centrality, "EXACT", 100)
    sample = betweenness(2000, edges)
    highest = np.argsort(whole)[-10:]
    assert sample[highest] == pytest.approx(whole[highest], rel=0.2)
    assert not np.array_equal(sample, whole)


def test_long_ways_end_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(centrality, "WORK", 1_000_000)
    chain = betweenness(1000, [(i, i + 1) for i in range(999)])
    assert chain[500] == pytest.approx(0.5, abs=0.1)
    assert chain[0] == chain[999] == 0
