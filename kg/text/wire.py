"""The text of a wire article in, its layout out: dateline, paragraphs, rules, and the text as models read it.

Offsets never move: the text for the models differs from the article's only code point by code point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Span

_ALIKE = {"’": "'", "ʼ": "'", "‘": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
_SURROGATE = re.compile("[\ud800-\udfff]")  # spaCy takes none
_DASH = "–—-"  # the hyphen last, so that a character class makes no range of it
_PLACE = r"(?P<place>[^\W\d_][^\n,.:;()/\d]{1,40}?)"
_DAY = r"(?P<day>[^\n,()/]{0,20}?\d[^\n()/]{0,20}?)"
_AGENCY = r"(?:/\s?(?P<slashed>[^\n/]{2,20}?)\s?/|\((?P<bracketed>[^\n()]{2,30})\))"
_DATELINES = (
    # "WASHINGTON, 1er octobre. /TASS/." and "PARIS, 3 mai (AFP) -" and "LONDON (Reuters) —"
    re.compile(rf"\s*{_PLACE}(?:\s?,\s?{_DAY})?[.,]?\s*{_AGENCY}\s*[.:{_DASH}]+\s*"),
    # "PARIS, 3 mai 2024 —" and "PARIS, 3 mai 2024 - "
    re.compile(rf"\s*{_PLACE}\s?,\s?{_DAY}\s*[.:]?(?:\s?[–—]|\s-)\s+"),
    # "PARIS, 3 mai 2024. Le ministre": capitals, since prose may begin so
    re.compile(rf"\s*(?P<place>[^\W\d_a-zà-ÿ][^\n,.:;()/\da-zà-ÿ]{{1,40}}?)\s?,\s?{_DAY}(?<=\b[12]\d{{3}})\s?[.:]\s+"),
    # "17 mars 2017. –", alone or before the text
    re.compile(r"\s*(?P<day>[^\n,()/–—]{0,20}?\b[12]\d{3}\b[^\n()/–—]{0,12}?)\s*\.?\s*[–—]\s*"),
)
_LINE = re.compile(r"[^\n]+")
_RULE = re.compile(r"[\W_]*\Z")  # a line of signs: "=======", "* * *"
_STAR = re.compile(r"(?<=\w)\*+|^\s*\*+|\(\*+\)", re.MULTILINE)
_HARD_WRAP = range(50, 101)  # lines that a program broke, not an author


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where: `starts` are the offsets at which a paragraph, and so a sentence, begins."""

    text: str  # as long as the article's, for the models
    starts: frozenset[int]
    dateline: Span | None = None
    place: Span | None = None
    day: Span | None = None
    agency: Span | None = None


def layout(text: str) -> Layout:
    """The layout of an article's text."""
    clean = _alike(text)
    if "*" in clean:
        clean = _STAR.sub(_blank, clean)
    lines = [match for match in _LINE.finditer(clean) if match[0].strip()]
    prose = [match for match in lines if not _RULE.match(match[0])]
    if len(prose) < len(lines):
        clean = _LINE.sub(lambda line: _blank(line) if line[0].strip() and _RULE.match(line[0]) else line[0], clean)
    starts = set(_paragraphs(clean, prose))
    found = next((match for line in prose[:3] if (match := _dateline(clean, line.start()))), None)
    if not found:
        return Layout(clean, frozenset(starts))
    spans = {name: Span(*found.span(name)) for name, words in found.groupdict().items() if words}
    return Layout(
        text=clean,
        starts=frozenset(starts | {found.end()}),
        dateline=Span(*found.span()),
        place=spans.get("place"),
        day=spans.get("day"),
        agency=spans.get("slashed") or spans.get("bracketed"),
    )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _alike(text: str) -> str:
    """A text with one sign of each kind, each sought by itself: `str.translate` looks every code point up.

    Half of a code point ("\\ud83d" in a file of JSON) is U+FFFD, as it is in the graph.
    """
    for sign, plain in _ALIKE.items():
        text = text.replace(sign, plain)
    return _SURROGATE.sub("\ufffd", text)


def _dateline(text: str, start: int) -> re.Match[str] | None:
    """A dateline at an offset: a place in capitals or a day alone, so that a plain sentence is none."""
    for pattern in _DATELINES:
        found = pattern.match(text, start)
        if found and (found.re.groups < 2 or _is_name(found.groupdict().get("place"))):
            return found
    return None


def _is_name(place: str | None) -> bool:
    """Whether every word of a place that is longer than a particle begins with a capital."""
    return place is not None and len(place.split()) < 5 and all(w[0].isupper() for w in place.split() if len(w) > 3)


def _paragraphs(text: str, lines: list[re.Match[str]]) -> list[int]:
    """Where paragraphs begin: at every line, but for lines that a program broke at a fixed width."""
    wrapped = _is_wrapped(lines)
    starts = []
    previous = None
    for line in lines:
        blank_between = previous is not None and text.count("\n", previous.end(), line.start()) > 1
        if not wrapped or previous is None or blank_between:
            starts.append(line.start())
        previous = line
    return starts


def _is_wrapped(lines: list[re.Match[str]]) -> bool:
    widths = [len(line[0]) for line in lines]
    if len(widths) < 4 or max(widths) not in _HARD_WRAP:
        return False
    return sum(width > max(widths) * 0.75 for width in widths) > len(widths) * 0.6
