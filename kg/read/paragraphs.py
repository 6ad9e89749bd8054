"""The lines of printed pages in, paragraphs out: without what stands on every page, words at line ends made whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

_EDGE = 2  # lines at the top and at the foot of a page where a running title or a page number may stand
_SHORT = 0.75  # of the usual width of a line: the last one of a paragraph mostly is
_NUMBER = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?…:][\"'’”»)\s]*$")
_BROKEN = re.compile(r"(\w*[^\W\d_]{2})(-|\u00ad)$")  # the first part of a word that goes on in the next line
_REST = re.compile(r"[^\W\d_]+")
_LEAST = 3  # letters of a word's second part: typesetters leave no fewer, so « dit-|il » has its own hyphen


def paragraphs(pages: Sequence[str]) -> list[str]:
    """The paragraphs of pages in reading order.

    A paragraph ends at an empty line, and at a short line where a sentence ends or after which none can go on. What is
    the same at the edge of half of the pages and more, numbers aside, is no part of the text.
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
    seen = Counter(line for page in pages for line in {_shape(page[place]) for place in _edges(page)})
    often = {line for line, times in seen.items() if times >= 2 and times * 2 >= len(pages)}
    for page in pages:
        gone = {place for place in _edges(page) if _shape(page[place]) in often}
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
    if not last:
        return True
    short = len(last) + len(line.split(" ", 1)[0]) < width * _SHORT  # its first word had found room above
    return short and (bool(_ENDS.search(last)) or not line[0].islower())


def _joined(text: str, line: str, known: frozenset[str]) -> str:
    """A line after those before it: a word that was broken is whole again, a hyphen of its own stays.

    « porte-|parole » stays so where "porte-parole" stands elsewhere on the pages, and only there.
    """
    broken, rest = _BROKEN.search(text), _REST.match(line)
    if not broken or not rest or not line[0].islower():
        return f"{text}{line}" if broken and broken[2] == "-" else f"{text} {line}"
    first, second = broken[1], rest[0]
    own = f"{first}-{second}".lower() in known and f"{first}{second}".lower() not in known
    if broken[2] == "-" and (own or len(second) < _LEAST or text[: broken.start()].endswith("-")):
        return text + line
    return text[: broken.end(1)] + line
