"""The tree of a page and the language that its markup names in, the language of what it tells out.

Markup is often a template's: where there is enough text to tell, the text decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

# Of 947 French dispatches of the development set, 200 characters of each are enough for py3langid
_ENOUGH = 200
_SAMPLE, _DOUBT = 600, 3000  # characters that are looked at: at first, and where markup says something else
_PARAGRAPHS = 200
_SHORTEST = 40  # characters of a paragraph; what stands on buttons is shorter


def of(tree: HtmlElement, said: str | None) -> str | None:
    """The language of a page's paragraphs; what its markup says where they are few; None where nothing tells it."""
    said = (said or "").strip() or None
    sample = " ".join(_sampled(tree))
    if len(sample) < _ENOUGH:
        return said
    told = _told(sample[:_SAMPLE])
    return told if said and said.lower().startswith(told) else _told(sample)


def _sampled(tree: HtmlElement) -> Iterator[str]:
    left = _DOUBT
    for paragraph in islice(tree.iter("p"), _PARAGRAPHS):
        text = " ".join(paragraph.text_content()[:_DOUBT].split())
        if len(text) >= _SHORTEST:
            yield text[:left]
            left -= len(text)
        if left <= 0:
            return


def _told(text: str) -> str:
    import py3langid  # its model takes half a second

    language, _ = py3langid.classify(text)
    return str(language)
