"""The tree of a page and the language that its markup names in, the language of what it tells out.

Markup is often a template's: where there is enough text to tell, the text decides.
"""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

_ENOUGH = 200  # characters from which the language of a text is told without fault
_SAMPLE = 1500
_PARAGRAPHS = 200


def of(tree: HtmlElement, said: str | None) -> str | None:
    """The language of a page's paragraphs; what its markup says where they are few; None where nothing tells it."""
    sample, length = [], 0
    for paragraph in islice(tree.iter("p"), _PARAGRAPHS):
        text = " ".join(paragraph.text_content().split())
        if len(text) > 40:  # longer than what stands on buttons
            sample.append(text)
            length += len(text)
        if length > _SAMPLE:
            break
    return _told(" ".join(sample)) if length >= _ENOUGH else (said or "").strip() or None


def _told(text: str) -> str:
    import py3langid  # its model takes half a second

    language, _ = py3langid.classify(text[:_SAMPLE])
    return str(language)
