"""A graph in, a place for every node out: the same on every run, tidy when small and quick when large.

Each connected part is laid out by itself, by springs up to `SPRINGS` nodes and as a radial tree above; the parts are
then set in rows, the largest first. An edge is about 1 long.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

import networkx as nx

SPRINGS = 300  # nodes; springs take quadratic time
GAP = 1.2  # between two parts

Place = tuple[float, float]


def positions(graph: nx.MultiDiGraph[str]) -> dict[str, Place]:
    """The place of every node, as (x, y) with y upwards, rounded to thousandths."""
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges() if edge[0] != edge[1]))
    parts = sorted((sorted(part) for part in nx.connected_components(plain)), key=lambda part: (-len(part), part))
    return _in_rows([_laid_out(plain, part) for part in parts])


def _laid_out(plain: nx.Graph[str], part: list[str]) -> dict[str, Place]:
    if len(part) <= 2:
        return {node: (float(i), 0.0) for i, node in enumerate(part)}
    if len(part) > SPRINGS:
        return _radial(plain, part)
    sub: nx.Graph[str] = nx.Graph()
    sub.add_nodes_from(part)  # a subgraph view would list its nodes in the order of a set
    sub.add_edges_from(sorted(plain.edges(part)))
    places = nx.spring_layout(sub, seed=1, iterations=200, method="force")
    length = sum(math.dist(places[one], places[other]) for one, other in sub.edges()) / sub.number_of_edges()
    return _level({node: (float(x / length), float(y / length)) for node, (x, y) in places.items()})


def _level(part: dict[str, Place]) -> dict[str, Place]:
    # turned so that the longest way lies flat: pages, screens and words are wide
    mx, my = (sum(axis) / len(part) for axis in zip(*part.values(), strict=True))
    around = [(x - mx, y - my) for x, y in part.values()]
    angle = -math.atan2(2 * sum(x * y for x, y in around), sum(x * x - y * y for x, y in around)) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return {node: (x * cos - y * sin, x * sin + y * cos) for node, (x, y) in part.items()}


def _radial(plain: nx.Graph[str], part: list[str]) -> dict[str, Place]:
    # each node has a sector as wide as its share of leaves, each generation a ring of its own
    root = min(part, key=lambda node: (-plain.degree[node], node))
    tree, order = _tree(plain, root)
    leaves: dict[str, int] = {}
    for node in reversed(order):
        leaves[node] = sum(leaves[child] for child in tree[node]) or 1
    step = max(1.0, leaves[root] / 40)  # so that the rings hold what stands on them
    sectors = {root: (0.0, math.tau, 0)}
    for node in order:
        start, end, depth = sectors[node]
        for child in tree[node]:
            stop = start + (end - sectors[node][0]) * leaves[child] / leaves[node]
            sectors[child] = (start, stop, depth + 1)
            start = stop
    return {node: _polar(step * depth, (start + end) / 2) for node, (start, end, depth) in sectors.items()}


def _tree(plain: nx.Graph[str], root: str) -> tuple[dict[str, list[str]], list[str]]:
    tree: dict[str, list[str]] = defaultdict(list)
    order = [root]
    for parent, child in nx.bfs_edges(plain, root, sort_neighbors=sorted):
        tree[parent].append(child)
        order.append(child)
    return tree, order


def _polar(radius: float, angle: float) -> Place:
    return radius * math.cos(angle), radius * math.sin(angle)


def _in_rows(parts: Iterable[dict[str, Place]]) -> dict[str, Place]:
    placed: dict[str, Place] = {}
    boxes = [(part, *_box(part)) for part in parts]
    area = sum((w + GAP) * (h + GAP) for *_, w, h in boxes)
    widest = max([math.sqrt(2 * area), *(w for *_, w, _ in boxes)])
    x = y = height = 0.0
    for part, left, top, w, h in boxes:
        if x and x + w > widest:
            x, y, height = 0.0, y - height - GAP, 0.0
        # + 0.0, or else -0.0 would be among them
        placed |= {n: (round(x + px - left, 3) + 0.0, round(y + py - top, 3) + 0.0) for n, (px, py) in part.items()}
        x, height = x + w + GAP, max(height, h)
    return placed


def _box(part: dict[str, Place]) -> tuple[float, float, float, float]:
    xs, ys = zip(*part.values(), strict=True)
    return min(xs), max(ys), max(xs) - min(xs), max(ys) - min(ys)
