"""The lines of printed pages in, paragraphs out: without what stands on every page, words at line ends made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_EDGE = 2  # lines at the top and at the foot of a page where a running title or a page number may stand
_NEAR = 2  # pages: left and right ones may have running titles of their own
_SHORT = 0.75  # of the usual width of a line: the last one of a paragraph mostly is
_BULLETS = "•‣▪◦●■"
_NUMBER = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?…:][\"'’”»)\s]*$")
_SOFT = "\u00ad"  # a hyphen that is there only at a line's end
_HYPHEN = re.compile(rf"([\w-]*\w)[-{_SOFT}]$")
_REST = re.compile(r"[^\W\d_]+")
_LEAST = 3  # letters of the second part of a word: typesetters leave no fewer


def paragraphs(pages: Sequence[str]) -> list[str]:
    """The paragraphs of pages in reading order.

    A paragraph ends at an empty line, and at a short line where a sentence ends or after which none can go on. What is
    the same at the edges of two pages that are near each other, numbers aside, is no part of the text.
    """
    lines = [line for page in _without_edges([_lines(page) for page in pages]) for line in page]
    width = _width(lines)
    known = frozenset(word for line in lines for word in re.findall(r"[\w-]+", line.lower()))
    found: list[str] = []
    last = ""
    for line in lines:
        if found and line and not _is_end(last, line, width):
            found[-1] = _joined(found[-1], line, known)
        elif line:
            found.append(line)
        last = line
    return found


def _lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.strip().splitlines()]


def _without_edges(pages: list[list[str]]) -> Iterator[list[str]]:
    """Pages without running titles and page numbers. One page alone has none that can be told."""
    shapes = [{_shape(page[place]) for place in _edges(page)} for page in pages]
    for number, page in enumerate(pages):
        near = shapes[max(number - _NEAR, 0) : number] + shapes[number + 1 : number + 1 + _NEAR]
        gone = {place for place in _edges(page) if any(_shape(page[place]) in others for others in near)}
        yield [line for place, line in enumerate(page) if place not in gone]


def _edges(page: list[str]) -> set[int]:
    full = [place for place, line in enumerate(page) if line]
    return {*full[:_EDGE], *full[-_EDGE:]}


def _shape(line: str) -> str:
    return _NUMBER.sub("#", line.lower())


def _width(lines: Sequence[str]) -> int:
    """The width that lines of running text have: nine in ten are no wider."""
    widths = sorted(len(line) for line in lines if line)
    return widths[len(widths) * 9 // 10] if widths else 0


def _is_end(last: str, line: str, width: int) -> bool:
    if not last or line[0] in _BULLETS:
        return True
    short = len(last) + len(line.split(" ", 1)[0]) < width * _SHORT  # its first word had found room above
    return short and (bool(_ENDS.search(last)) or not line[0].islower())


def _joined(text: str, line: str, known: frozenset[str]) -> str:
    """A line after those before it: a word that was broken is whole again, a hyphen of its own stays."""
    hyphen = _HYPHEN.search(text)
    if not hyphen:
        return f"{text} {line}"
    soft = text.endswith(_SOFT)
    return (text[:-1] if soft or _is_broken(hyphen[1], line, known) else text) + line


def _is_broken(first: str, line: str, known: frozenset[str]) -> bool:
    """Whether a hyphen is no part of its word: « porte-|parole » keeps it if "porte-parole" stands elsewhere."""
    rest = _REST.match(line)
    if not rest or not line[0].islower() or len(rest[0]) < _LEAST or not first[-2:].isalpha():
        return False  # « Jean-|Claude », « 2014-|2015 », « dit-|il », « va-t-|elle »
    whole, parts = f"{first}{rest[0]}".lower(), f"{first}-{rest[0]}".lower()
    return whole in known or parts not in known
