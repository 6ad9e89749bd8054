"""Words in, how they are set in a picture and how wide they are out: in DejaVu Sans, which matplotlib brings."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kg.errors import PluginError
from kg.view.markup import clean

LONGEST = 32  # letters of a name; what is longer ends in "…"


def needs_matplotlib() -> None:
    """Raise `PluginError`, which says what to install, where matplotlib is missing."""
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise PluginError("pictures need matplotlib: pip install 'dateline-kg[plot]'") from error


def short(text: Any) -> str:
    """A text on one line, without what cannot be written, and not too long."""
    said = " ".join(clean(str(text)).split())
    return said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"


def width(text: str, size: float) -> float:
    """How wide a text of some size is, in points. A letter of East Asia, which the font lacks, is as wide as high."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    square = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    known = "".join(letter for letter in text if unicodedata.east_asian_width(letter) not in "WF")
    font = FontProperties(family="DejaVu Sans", size=size)
    with any_script():
        return float(text_to_path.get_text_width_height_descent(known, font, False)[0]) + square * size


@contextmanager
def any_script() -> Iterator[None]:
    """Where a letter that the font lacks is drawn as a box, as browsers do it, and nobody is warned."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        yield
