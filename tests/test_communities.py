"""Communities: what they are, how they are numbered, and what does not change them."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.view.communities import communities


def clique(*nodes: int) -> list[tuple[int, int]]:
    return [(one, other) for one in nodes for other in nodes if one < other]


def test_nodes_that_are_closely_tied_are_a_community_and_the_largest_is_the_first() -> None:
    edges = [*clique(0, 1, 2, 3), *clique(4, 5, 6, 7, 8), (3, 4)]
    assert communities(9, edges).tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 0]


def test_of_equals_the_first_node_s_is_the_first() -> None:
    assert communities(6, [*clique(0, 2, 4), *clique(1, 3, 5)]).tolist() == [0, 1, 0, 1, 0, 1]


def test_who_has_no_neighbours_is_alone() -> None:
    assert communities(4, [(1, 3), (0, 0)]).tolist() == [1, 0, 2, 0]
    assert communities(0, []).tolist() == []
    assert communities(2, []).tolist() == [0, 1]


def test_weights_count_and_parallel_ones_add_up() -> None:
    ring = [(0, 1), (1, 2), (2, 3), (3, 0)]
    assert communities(4, ring, [9, 1, 9, 1]).tolist() == [0, 0, 1, 1]
    assert communities(4, [*ring, *[(1, 2)] * 9, *[(0, 3)] * 9]).tolist() == [0, 1, 1, 0]


def test_they_are_as_good_as_louvain_s() -> None:
    graph = nx.karate_club_graph()
    found = communities(len(graph), list(graph.edges()))
    ours = [{node for node in graph if found[node] == one} for one in range(found.max() + 1)]
    assert nx.community.modularity(graph, ours, weight=None) == pytest.approx(0.4198, abs=1e-3)  # the best there is
