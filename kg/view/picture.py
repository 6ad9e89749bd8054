"""A network in, a picture of it as SVG out: for a page or a README, with nothing to install and no clock in it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

import networkx as nx

from kg.view import palette
from kg.view.layout import places as laid_out
from kg.view.markup import clean
from kg.view.network import name, words

WIDE, HIGH = 165, 110  # pixels for an edge of length 1: words need width
MARGIN = 90
LETTER = 7.5  # pixels for a letter of the legend
ROW = 26
BEND, ALONG = 0.45, 0.17  # parallel edges, and the words on them, keep out of one another's way
Point = tuple[float, float]

_STYLE = """text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; text-anchor: middle; fill: #222;
  paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round }
.edge { fill: none; stroke: #b4bac2 } .open { stroke-dasharray: 5 4 }
.said { font-size: 10.5px; fill: #667 } .key { text-anchor: start }
circle { stroke: #fff; stroke-width: 1.5 }"""
_ARROW = (
    '<marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto" '
    'markerUnits="userSpaceOnUse"><path d="M0 0.5 8 4 0 7.5z" fill="#9aa2ac"/></marker>'
)


def svg(graph: nx.MultiDiGraph[str]) -> str:
    """The network as one SVG text: nodes coloured by type, edges with their labels, a legend below.

    A label that all edges bear is said once, in the legend. An edge that is not stated as fact is dashed.
    """
    places = _placed(laid_out(graph))
    width = max([x for x, _ in places.values()], default=0) + MARGIN
    height = max([y for _, y in places.values()], default=0) + MARGIN
    said = {str(data.get("label") or "") for *_, data in graph.edges(data=True)}
    common = said.pop() if len(said) == 1 and graph.number_of_edges() > 1 else ""
    parts = [*_edges(graph, places, common), *_nodes(graph, places)]
    legend, height = _legend(_keys(graph, common), width, height)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img">'
    ground = f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>'
    return "\n".join([head, f"<style>{_STYLE}</style><defs>{_ARROW}</defs>", ground, *parts, *legend, "</svg>", ""])


def _placed(places: dict[str, Point]) -> dict[str, Point]:
    left = min([x for x, _ in places.values()], default=0)
    top = max([y for _, y in places.values()], default=0)  # SVG counts downwards
    return {node: (MARGIN + (x - left) * WIDE, 40 + (top - y) * HIGH) for node, (x, y) in places.items()}


def _nodes(graph: nx.MultiDiGraph[str], places: dict[str, Point]) -> Iterator[str]:
    for node, data in sorted(graph.nodes(data=True)):
        (x, y), radius = places[node], _radius(graph, node)
        fill = palette.colour(palette.principal(data.get("type")))
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"/>'
        yield _text(x, y + radius + 14, str(data.get("label") or name(node)))


def _edges(graph: nx.MultiDiGraph[str], places: dict[str, Point], common: str) -> Iterator[str]:
    edges = sorted(graph.edges(keys=True, data=True), key=lambda edge: tuple(map(str, edge[:3])))
    between = Counter(frozenset(edge[:2]) for edge in edges)
    drawn: Counter[frozenset[str]] = Counter()
    said = []
    for source, target, _, data in edges:
        pair = frozenset((source, target))
        apart = (drawn[pair] - (between[pair] - 1) / 2) * (1 if source < target else -1)
        drawn[pair] += 1
        path, (x, y) = _curve(places[source], places[target], _radius(graph, target) + 2, apart)
        arrow = "" if data.get("directed") is False else ' marker-end="url(#arrow)"'
        width = min(1 + math.log2(float(data.get("weight") or 1)) / 2, 6)
        yield f'<path class="edge{" open" if _is_open(data) else ""}" stroke-width="{width:.1f}" d="{path}"{arrow}/>'
        if (label := str(data.get("label") or "")) != common:
            said.append(_text(x, y + 4, label, "said"))
    yield from said  # above all lines


def _is_open(data: Mapping[str, Any]) -> bool:
    # denied, planned, possible, former or only somebody's word: what the graph has no direct triple for
    stated = "Asserted" in (data.get("factuality") or "Asserted")
    return not stated or data.get("former") is True or bool(data.get("attributed_to"))


def _curve(start: Point, end: Point, radius: float, apart: float) -> tuple[str, Point]:
    """A path from a node's centre to another's rim, and the place of its words.

    `apart` counts from the middle of the edges between the two: it bends the path and moves the words along it.
    """
    (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    if not (dx or dy):  # from a node to itself
        return f"M{x - 6:.1f} {y:.1f}c-44 -70 56 -70 12 0", (x, y - 52)
    cx, cy = x + dx / 2 - dy * BEND * apart, y + dy / 2 + dx * BEND * apart
    short = radius / math.hypot(end[0] - cx, end[1] - cy)
    ex, ey = end[0] - (end[0] - cx) * short, end[1] - (end[1] - cy) * short
    t = min(max(0.5 + ALONG * apart, 0.2), 0.8)
    here, there, control = (1 - t) ** 2, t**2, 2 * t * (1 - t)
    words_at = here * x + control * cx + there * end[0], here * y + control * cy + there * end[1]
    return f"M{x:.1f} {y:.1f}Q{cx:.1f} {cy:.1f} {ex:.1f} {ey:.1f}", words_at


def _keys(graph: nx.MultiDiGraph[str], common: str) -> Iterator[tuple[str, str]]:
    """What the legend explains, as a sign around (0, 0) and its meaning: types, the most frequent first, and lines."""
    types = Counter(kind for _, data in graph.nodes(data=True) if (kind := palette.principal(data.get("type"))))
    for kind in sorted(types, key=lambda kind: (-types[kind], kind)):
        yield f'<circle r="6" fill="{palette.colour(kind)}"/>', words(name(kind))
    if common:
        yield '<path class="edge" d="M-10 0H7" marker-end="url(#arrow)"/>', common
    if any(_is_open(data) for *_, data in graph.edges(data=True)):
        yield '<path class="edge open" d="M-10 0H8"/>', "not stated as fact"


def _legend(keys: Iterable[tuple[str, str]], width: float, top: float) -> tuple[list[str], float]:
    """The legend as lines no wider than the picture, from `top` on, and where it ends."""
    parts, x, y = [], 20.0, top
    for sign, meaning in keys:
        wide = 24 + LETTER * len(meaning) + 16
        if x > 20 and x + wide > width:
            x, y = 20.0, y + ROW
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{sign}{_text(14, 4, meaning, "key")}</g>')
        x += wide
    return parts, y + ROW


def _radius(graph: nx.MultiDiGraph[str], node: str) -> float:
    return 7 + 3 * math.sqrt(graph.degree[node])


def _text(x: float, y: float, text: str, kind: str = "of") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(clean(text))}</text>'
