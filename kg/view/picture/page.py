"""A picture, dot by dot and line by line, in; SVG or PNG as matplotlib draws it, with a title and a legend, out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Polygon
from matplotlib.path import Path

from kg.view import palette
from kg.view.network import name, words
from kg.view.picture import NAME, SAID, Line, Picture
from kg.view.picture.curves import Curve, Point
from kg.view.picture.lettering import any_script, width

MARGIN, ROW, TITLE = 18.0, 17.0, 14.0  # points
NARROWEST = 240.0
PIXELS = 4 / 3  # of a screen in a point
GREY, INK, FAINT = "#a9b0b9", "#22262b", "#5d6670"
# Words stay words in an SVG: they can be searched, read aloud and set in another font, and are shown in whatever script
# they are. Nothing on the page comes from a clock or from chance.
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "dateline",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"],
    "text.parse_math": False,
    "path.simplify": False,
}
_METADATA = {"svg": {"Date": None, "Creator": "Dateline"}, "png": {"Software": "Dateline"}}


@dataclass(frozen=True, slots=True)
class Key:
    """A sign of the legend, a dot of a colour or else a line, and what it means."""

    meaning: str
    colour: str | None = None
    open: bool = False
    directed: bool = False


def write(picture: Picture, file: IO[bytes], format: str, *, title: str, pixels: int | None) -> None:
    """Write a picture as `svg` or `png`, `pixels` wide or as wide as it is."""
    wide = max(picture.size[0], NARROWEST, width(title, TITLE) * 1.1 + 2 * MARGIN)
    rows = list(_rows(_keys(picture), wide))
    below = MARGIN + ROW * (len(rows) + bool(picture.left_out))
    high = below + picture.size[1] + (TITLE * 2.5 if title else 0.0)
    with matplotlib.rc_context(_SETTINGS), any_script():
        figure = Figure(figsize=(wide / 72, high / 72), facecolor="white")
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, wide), ylim=(-below, high - below))
        axes.axis("off")
        _draw(axes, picture, (wide - picture.size[0]) / 2)
        _write_round(axes, picture, rows, title, high - below)
        _save(figure, file, format, pixels or wide * PIXELS * (2 if format == "png" else 1))


def _draw(axes: Axes, picture: Picture, right: float) -> None:
    for line in picture.lines:
        _line(axes, line, right)
    for line in picture.lines:
        if line.said_at:
            _text(axes, line.said_at[0] + right, line.said_at[1], line.label, SAID, color=FAINT, zorder=3)
    for dot in picture.dots:
        at = dot.at[0] + right, dot.at[1]
        axes.add_patch(Circle(at, dot.radius, facecolor=dot.colour, edgecolor="white", linewidth=0.8, zorder=4))
        x, y = dot.name_at()
        if dot.label:
            _text(axes, x + right, y, dot.label, NAME, zorder=5)


def _line(axes: Axes, line: Line, right: float) -> None:
    points = [(x + right, y) for x, y in line.curve.points]
    path = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    style: Any = (0, (3.2, 2.4)) if line.open else "solid"
    axes.add_patch(PathPatch(path, fill=False, edgecolor=GREY, linewidth=line.thick, linestyle=style, zorder=1))
    if line.directed:
        head = Curve((points[0], points[1], points[2], points[3])).head(5 + line.thick, 4 + line.thick)
        axes.add_patch(Polygon(head, closed=True, facecolor=GREY, edgecolor="none", zorder=2))


def _write_round(axes: Axes, picture: Picture, rows: list[list[tuple[float, Key]]], title: str, top: float) -> None:
    if title:
        _text(axes, MARGIN, top - TITLE * 1.4, title, TITLE, ha="left", weight="bold")
    for number, row in enumerate(rows):
        for x, key in row:
            _sign(axes, (x, -ROW * (number + 0.5)), key)
    if picture.left_out:
        _text(
            axes, MARGIN, -ROW * (len(rows) + 0.5), picture.left_out, SAID + 1, ha="left", color=FAINT, style="italic"
        )


def _sign(axes: Axes, at: Point, key: Key) -> None:
    x, y = at
    if key.colour:
        axes.add_patch(Circle((x + 5, y), 4.5, facecolor=key.colour, edgecolor="none"))
    else:
        end = (x + 18, y)
        _line(axes, Line(Curve(((x, y), (x + 6, y), (x + 12, y), end)), 1.0, key.open, key.directed, ""), 0.0)
    _text(axes, x + _sign_width(key), y, key.meaning, NAME, ha="left")


def _sign_width(key: Key) -> float:
    return 14.0 if key.colour else 24.0


def _keys(picture: Picture) -> Iterator[Key]:
    """What the legend explains: types, the most frequent first, and lines."""
    for kind in picture.kinds:
        yield Key(words(name(kind)), palette.colour(kind))
    if picture.common:
        yield Key(picture.common, directed=any(line.directed for line in picture.lines))
    if any(line.open for line in picture.lines):
        if not picture.common:
            yield Key("stated as fact")
        yield Key("not stated as fact", open=True)


def _rows(keys: Iterator[Key], wide: float) -> Iterator[list[tuple[float, Key]]]:
    """The legend in rows no wider than the page, each key with where it begins."""
    row: list[tuple[float, Key]] = []
    x = MARGIN
    for key in keys:
        needed = _sign_width(key) + width(key.meaning, NAME)
        if row and x + needed > wide - MARGIN:
            yield row
            row, x = [], MARGIN
        row.append((x, key))
        x += needed + 16
    if row:
        yield row


def _text(axes: Axes, x: float, y: float, text: str, size: float, **how: Any) -> None:
    behind = {"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none", "alpha": 0.75}
    how = {"ha": "center", "va": "center", "color": INK, "bbox": behind, **how}
    axes.text(x, y, text, fontsize=size, parse_math=False, **how)


def _save(figure: Figure, file: IO[bytes], format: str, pixels: float) -> None:
    wide, high = figure.get_size_inches()
    if format == "png":
        FigureCanvasAgg(figure).print_figure(file, format="png", dpi=pixels / wide, metadata=_METADATA["png"])
        return
    whole = io.BytesIO()
    FigureCanvasSVG(figure).print_figure(whole, format="svg", metadata=_METADATA["svg"])
    svg = whole.getvalue()
    for side, length in (("width", pixels), ("height", pixels * high / wide)):  # matplotlib says them in points
        svg = re.sub(rf'(<svg [^>]*?\b{side}=)"[^"]*"'.encode(), rf'\g<1>"{length:.0f}"'.encode(), svg, count=1)
    file.write(svg)
