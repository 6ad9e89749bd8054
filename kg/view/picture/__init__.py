"""A network in, a picture of it out that can go into an article as it is: names, a legend, no two of which overlap."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import IO, Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view import layout, palette
from kg.view.layout.packing import packed, parts
from kg.view.network import Network, name
from kg.view.picture import curves
from kg.view.picture.boxes import Box, Taken, apart
from kg.view.picture.curves import Curve, Point
from kg.view.picture.lettering import needs_matplotlib, short, width
from kg.view.ties import Floats, Ties

TOP = 60  # nodes that names can be read of
NAME, SAID = 9.0, 7.0  # points: names of nodes, words on edges
REACH = {True: (105.0, 80.0), False: (90.0, 70.0)}  # points for an edge, across and along: with words on it, or not
CROWD = 1_000  # nodes whose names are moved apart; of more, some names are left out
MARGIN, BETWEEN = 18.0, 26.0  # points around all and between parts
ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)  # parts of an edge where its words may stand


@dataclass(frozen=True, slots=True)
class Dot:
    """A node as it is drawn, its name above or below it."""

    at: Point
    radius: float
    colour: str
    label: str
    above: bool

    def name_at(self) -> Point:
        """The middle of its name."""
        far = self.radius + NAME * 0.8
        return self.at[0], self.at[1] + (far if self.above else -far)

    def boxes(self) -> tuple[Box, Box]:
        """Itself and its name, if it has one."""
        side = 2 * self.radius + 2
        return Box.around(*self.at, side, side), Box.around(*self.name_at(), width(self.label, NAME) + 4, NAME * 1.3)


@dataclass(frozen=True, slots=True)
class Line:
    """An edge as it is drawn; its words are at `said_at`, if there is room for them."""

    curve: Curve
    thick: float
    open: bool
    directed: bool
    label: str
    said_at: Point | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn, in points, y upwards from 0."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    common: str  # what all edges say
    kinds: tuple[str, ...]
    left_out: str  # what is not shown, in a sentence
    size: Point


def write(
    graph: Network,
    file: IO[bytes],
    format: str,
    *,
    title: str = "",
    top: int = TOP,
    around: Collection[str] = (),
    pixels: int | None = None,
) -> None:
    """Write a picture of a network to a binary file, as `svg` or `png`: the same network gives the same bytes.

    Nodes are coloured by type and sized by neighbours; an edge that is not stated as fact is dashed. Of a large network
    the `top` most connected nodes are drawn (0: all), or those nearest to the nodes it is to be `around`, and the
    picture says how many were left out. It is `pixels` wide,
    or as wide as it needs to be for names of 12 pixels; a PNG twice that, for sharp screens. Raises `PluginError` where
    matplotlib is missing.
    """
    needs_matplotlib()
    from kg.view.picture import page

    page.write(picture(graph, top=top, around=around), file, format, title=title, pixels=pixels)


def picture(graph: Network, *, top: int = TOP, around: Collection[str] = ()) -> Picture:
    """What a picture of a network shows, and where."""
    needs_matplotlib()
    around = [node for node in around if node in graph]
    shown = _most_connected(graph, top, around)
    left_out, which = len(graph) - len(shown), "nearest and most connected" if around else "most connected"
    said = {str(data.get("label") or "") for *_, data in shown.edges(data=True)}
    common = said.pop() if len(said) == 1 and shown.number_of_edges() > 1 else ""
    dots = _dots(shown, not common)
    if len(dots) > CROWD:
        dots = _thinned(dots)
    lines = _with_words(list(_lines(shown, dots)), list(dots.values()), common)
    kinds = Counter(kind for _, data in shown.nodes(data=True) if (kind := palette.principal(data.get("type"))))
    return Picture(
        dots=tuple(dots.values()),
        lines=tuple(lines),
        common=common,
        kinds=tuple(sorted(kinds, key=lambda kind: (-kinds[kind], kind))),
        left_out=f"The {len(shown):,} {which}; {left_out:,} more are left out." if left_out else "",
        size=_size(dots, lines),
    )


def _most_connected(graph: Network, top: int, around: Collection[str]) -> Network:
    """The network of the nodes with most neighbours among all; who has none among those is not among them.

    Those that fewer steps lead to from the nodes that it is `around` come before.
    """
    if not top or len(graph) <= top:
        return graph
    steps: dict[str, float] = {}
    if around:
        steps = nx.multi_source_dijkstra_path_length(graph.to_undirected(as_view=True), set(around), weight=None)
    chosen: set[str] = set()
    shown: set[str] = set()  # of those the ones that are tied to another

    def place(node: str) -> tuple[float, int, int, str]:
        return steps.get(node, len(graph)), -len(_neighbours(graph, node)), -graph.degree[node], node

    for node in sorted(graph, key=place):
        tied = _neighbours(graph, node) & chosen
        more = shown | tied | ({node} if tied else set())
        if len(more) > top:
            break
        shown = more
        chosen.add(node)
    kept: Network = graph.subgraph(shown or chosen).copy()
    return kept


def _neighbours(graph: Network, node: str) -> set[str]:
    return {*graph.pred[node], *graph.succ[node]} - {node}


def _dots(graph: Network, wordy: bool) -> dict[str, Dot]:
    nodes = sorted(graph)
    if not nodes:
        return {}
    labels = [short(graph.nodes[node].get("label") or name(node)) for node in nodes]
    radii = [4 + 2.4 * math.sqrt(len(_neighbours(graph, node))) for node in nodes]
    sizes = np.array(
        [
            (max(width(label, NAME), 2 * radius) + 10, 2 * radius + NAME * 1.5 + 8)
            for label, radius in zip(labels, radii, strict=True)
        ]
    )
    middles, above = _spread(graph, nodes, sizes, REACH[wordy])
    dots = {}
    for i, node in enumerate(nodes):
        shift = -NAME * 0.75 if above[i] else NAME * 0.75  # the middle of a node with its name is not its own
        at = round(float(middles[i, 0]), 2), round(float(middles[i, 1]) + shift, 2)
        colour = palette.colour(palette.principal(graph.nodes[node].get("type")))
        dots[node] = Dot(at, round(radii[i], 2), colour, labels[i], bool(above[i]))
    return dots


def _spread(graph: Network, nodes: list[str], sizes: Floats, reach: Point) -> tuple[Floats, NDArray[np.bool_]]:
    """Where nodes with their names have their middles, and whose name goes above: more of their edges go down."""
    number = {node: i for i, node in enumerate(nodes)}
    ties = Ties.of(len(nodes), [(number[source], number[target]) for source, target in graph.edges()])
    placed, part = layout.places(graph), parts(ties)
    middles = np.array([placed[node] for node in nodes]) * reach
    middles = packed(apart(middles, sizes) if len(nodes) <= CROWD else middles, part, sizes, gap=BETWEEN)
    way = middles[ties.tails] - middles[ties.heads]
    up = way[:, 1] * np.abs(way[:, 1]) / (way[:, 0] * way[:, 0] + way[:, 1] * way[:, 1])
    above = np.bincount(ties.heads, up, minlength=len(nodes)) < -0.1
    return middles - (middles - sizes / 2).min(axis=0) + MARGIN, above


def _thinned(dots: Mapping[str, Dot]) -> dict[str, Dot]:
    """The dots, without the names that would cover another or a larger dot: the largest keep theirs first."""
    taken = Taken()
    found = dict(dots)
    for node in sorted(dots, key=lambda node: (-dots[node].radius, node)):
        dot, name = dots[node].boxes()
        if taken.is_free(name):
            taken.add(name)
        else:
            found[node] = replace(dots[node], label="")
        taken.add(dot)
    return found


def _lines(graph: Network, dots: Mapping[str, Dot]) -> Iterator[Line]:
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: tuple(map(str, edge[:3])))
    between = Counter(frozenset(edge[:2]) for edge in edges)
    drawn: Counter[frozenset[str]] = Counter()
    for source, target, _, data in edges:
        pair = frozenset((source, target))
        aside = drawn[pair] - (between[pair] - 1) / 2
        drawn[pair] += 1
        one, other = dots[source], dots[target]
        if source == target:
            curve = curves.loop(one.at, one.radius, drawn[pair] - 1)
        else:
            side = aside if source < target else -aside
            curve = curves.between(one.at, other.at, (one.radius, other.radius + 1.5), side)
        thick = min(0.8 + math.log2(max(float(data.get("weight") or 1), 1)) / 2, 4.0)
        label, directed = short(data.get("label") or ""), data.get("directed") is not False
        yield Line(curve, round(thick, 2), _is_open(data), directed, label)


def _with_words(lines: list[Line], dots: list[Dot], common: str) -> list[Line]:
    """The lines with their words where these cover nothing: the thickest first, for they tell most."""
    taken = Taken(box for dot in dots for box in dot.boxes())
    found = dict(enumerate(lines))
    for number in sorted(found, key=lambda number: (-lines[number].thick, number)):
        line = lines[number]
        if not line.label or line.label == common:
            continue
        for x, y in map(line.curve.at, ALONG):
            box = Box.around(x, y, width(line.label, SAID) + 3, SAID * 1.4)
            if taken.is_free(box):
                taken.add(box)
                found[number] = replace(line, said_at=(x, y))
                break
    return list(found.values())


def _size(dots: Mapping[str, Dot], lines: list[Line]) -> Point:
    boxes = [box for dot in dots.values() for box in dot.boxes()]
    points = [line.curve.at(t) for line in lines for t in (0.25, 0.5, 0.75)]
    right = max([*(box.right for box in boxes), *(x + 4 for x, _ in points)], default=0.0)
    top = max([*(box.top for box in boxes), *(y + 8 for _, y in points)], default=0.0)
    return right + MARGIN, top + MARGIN


def _is_open(data: Mapping[str, Any]) -> bool:
    # denied, planned, possible, former or only somebody's word: what the graph has no direct triple for
    stated = "Asserted" in (data.get("factuality") or "Asserted")
    return not stated or data.get("former") is True or bool(data.get("attributed_to"))
