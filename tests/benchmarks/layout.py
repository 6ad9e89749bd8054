"""Communities, layout and betweenness of networks with communities, timed against networkx where that ends in time.

    python -m tests.benchmarks.layout [--big]

Networks of 2,000 nodes and 8,000 edges and of 20,000 and 80,000, with `--big` also of 200,000 and a million. Times are
of the processor. On the smallest one stands beside them what networkx takes for the same (Louvain, ForceAtlas2 with its
default of 100 steps, betweenness), and how many times as long that is; and how good the communities are (modularity).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.centrality import betweenness
from kg.view.communities import communities
from kg.view.layout import positions

SIZES = [(2_000, 8_000), (20_000, 80_000)]
BIG = (200_000, 1_000_000)


def made(count: int, ties: int) -> NDArray[np.int64]:
    """A network with communities of unequal size, three edges of four within one, and with hubs."""
    draw = np.random.default_rng(1)
    house = np.sort((draw.random(count) ** 1.7 * max(2, count // 60)).astype(int))
    first, behind = np.searchsorted(house, house), np.searchsorted(house, house, "right")
    one = draw.integers(0, count, ties)
    near = first[one] + ((behind - first)[one] * draw.random(ties) ** 2).astype(int)
    other = np.where(draw.random(ties) < 0.75, near, (count * draw.random(ties) ** 3).astype(int))
    return np.stack([one, other], axis=1)


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """The processor's seconds that something takes, and what comes of it."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--big", action="store_true", help="200,000 nodes and a million edges too: some minutes")
    seconds(lambda: positions(100, made(100, 300)))  # what is loaded once
    for count, ties in [*SIZES, *([BIG] if parser.parse_args().big else [])]:
        edges = made(count, ties)
        grouping, group = seconds(lambda edges=edges, count=count: communities(count, edges))  # type: ignore[misc]
        placing, _ = seconds(lambda: positions(count, edges, community=group))  # noqa: B023
        between, _ = seconds(lambda: betweenness(count, edges))  # noqa: B023
        print(f"{count:,} nodes, {ties:,} edges")
        print(f"  communities  {grouping:8.2f} s   layout {placing:.2f} s   both {grouping + placing:.2f} s")
        print(f"  betweenness  {between:8.2f} s")
        if count == SIZES[0][0]:
            _beside(edges, {"communities": grouping, "layout": placing, "betweenness": between}, group)


def _beside(edges: NDArray[np.int64], ours: dict[str, float], group: NDArray[np.int64]) -> None:
    graph: nx.Graph[int] = nx.Graph(edges.tolist())
    theirs: dict[str, Callable[[], Any]] = {
        "communities": lambda: nx.community.louvain_communities(graph, seed=1),
        "layout": lambda: nx.forceatlas2_layout(graph, seed=1),
        "betweenness": lambda: nx.betweenness_centrality(graph),
    }
    for what, work in theirs.items():
        took, found = seconds(work)
        print(f"  networkx: {what:12}{took:8.2f} s, {took / max(ours[what], 1e-3):.0f} times as long")
        if what == "communities":
            sets = [set(np.flatnonzero(group == one).tolist()) & set(graph) for one in range(group.max() + 1)]
            good = nx.community.modularity(graph, [one for one in sets if one])
            print(f"            modularity {nx.community.modularity(graph, found):.3f}, here {good:.3f}")


if __name__ == "__main__":
    main()
