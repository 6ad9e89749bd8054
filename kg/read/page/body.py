"""The tree of a page in, the paragraphs of the article in it out, without what stands around it.

Trafilatura finds the article, by its fast way: its slower ones find no more on pages of newspapers, agencies and blogs,
and take up to six times as long (`tests/benchmarks/boilerplate.py`). What is named as furniture is taken out before,
the lead between headline and article put in after.
"""

from __future__ import annotations

import html as entities
import logging
import re
from functools import cache
from itertools import islice
from typing import Any

from lxml import etree, html

from kg.errors import SourceError
from kg.read import markup

SETTINGS: dict[str, Any] = {"fast": True, "favor_precision": True}
_BLOCKS = frozenset({"p", "head", "item", "quote", "cell", "code", "list", "table", "row", "div", "body", "graphic"})
# what stands within articles and is none of them, by the names that sites give it beside those that Trafilatura knows
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:dfp|ads?|advert\w*|inread|catcher|read-?(?:also|next|more)|lire-?(?:aussi|plus)|sign-?(?:off|up)"
    r"|trust-badge|email-?sub\w*|newsletter\w*|paywall\w*|abonnement\w*|subscri\w+|promo|recirc\w*|most-?read)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ASIDE = ("figure", "aside", "nav", "form", "footer", "li", "table", "blockquote", "button", "dialog")
_CAPTION = re.compile("caption|legend|credit|cookie|consent|comment", re.IGNORECASE)
_LEAD = 60  # characters of a paragraph between headline and article that is part of it, and not an author's name
_ENDS = (".", "!", "?", "…", "»", '"', "”", "’", ")")
_SHORT = 25  # characters of a line without a full stop that is no heading: "Advertisement"
_DROPPED = frozenset({"del", "graphic", "done"})  # struck out by its author; a picture; nothing
_LARGE = 100_000  # characters of a page
_PROSE = 120  # characters of a table's cell that is text, and no figure or menu
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\f\r]+")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
_CUT = ("…", "...", "[…]", "[...]")


def paragraphs(tree: html.HtmlElement) -> list[str]:
    """The paragraphs of the article in a page: headings, quotes and items of lists are some; captions are none.

    A caption tells of the picture, often of another day, and names who sold it. Tables are kept where their cells are
    prose, as in pages that are laid out by them.
    """
    from trafilatura import bare_extraction  # takes 0.4 s to load
    from trafilatura.meta import reset_caches

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)  # what it finds strange is not the user's
    _clear(tree)
    found = bare_extraction(tree, output_format="xml", include_comments=False, deduplicate=False, **SETTINGS)
    if len(tree.text_content()) > _LARGE:
        reset_caches()  # they hold a thousand texts, however long
    if found is None or found.body is None:  # type: ignore[union-attr]
        return []
    _weed(found.body)  # type: ignore[union-attr]
    text = _split(markup.joined(found.body, _kind))  # type: ignore[union-attr]
    return [*_lead(tree, text), *text]


def plain(text: str) -> list[str]:
    """The paragraphs of a text as pages hold it for machines, perhaps with markup; none where it is cut short."""
    text = entities.unescape(text)
    try:
        text = markup.html(text) if _MARKUP.search(text) else text
    except SourceError:  # made to exhaust what reads it
        return []
    found = _split("\n\n".join(text.splitlines()))
    return [] if not found or found[-1].endswith(_CUT) else found


def clean(text: str) -> str:
    """A line without what cannot be seen, its spaces single."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text).replace("\n", " ")).strip()


def _split(text: str) -> list[str]:
    return markup.paragraphs(_SPACES.sub(" ", _INVISIBLE.sub("", text)))


@cache
def _kind(tag: str) -> markup.Kind:
    """What an element of Trafilatura's does to the text around it."""
    mark = "\n\n" if tag in _BLOCKS else ""
    return markup.Kind("\n" if tag == "lb" else mark, mark, is_prose=tag not in _DROPPED)


def _clear(tree: html.HtmlElement) -> None:
    """Take out what is named as no part of the article, unless it holds a good part of the page; mark quotes."""
    etree.strip_elements(tree, "script", with_tail=False)
    for quote in tree.iter("q"):
        _quote(quote)
    etree.strip_tags(tree, "q")
    most = len(tree.text_content()) / 3
    for element in list(tree.iter("div", "section", "p", "ul", "aside", "span")):
        if _FURNITURE.search(_named(element)) and len(element.text_content()) < most:
            element.drop_tree()


def _weed(body: etree._Element) -> None:
    """Take out figures and menus in tables, and labels between paragraphs."""
    for cell in list(body.iter("cell")):
        if not _is_prose(cell):
            _drop(cell)
    for line in list(body.iter("p")):
        if _is_label(clean("".join(line.itertext()))):
            _drop(line)
    for head in body.iter("head"):
        if _is_label(clean(head.tail or "")):  # "Posted on", of which the day was taken out
            head.tail = None


def _lead(tree: html.HtmlElement, text: list[str]) -> list[str]:
    """The paragraphs between the headline and the text that was found: many sites have the first sentence there."""
    heads = list(tree.iter("h1"))
    if len(heads) != 1 or not text:
        return []
    found: list[str] = []
    for paragraph in heads[0].xpath("following::p"):
        content = clean(paragraph.text_content())
        if content in text:
            return found
        if len(content) >= _LEAD and content.endswith(_ENDS) and not _is_aside(paragraph):
            found.append(content)
    return []


def _is_aside(paragraph: html.HtmlElement) -> bool:
    near = (paragraph, *islice(paragraph.iterancestors(), 2))
    return next(paragraph.iterancestors(*_ASIDE), None) is not None or any(_CAPTION.search(_named(one)) for one in near)


def _named(element: html.HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _is_prose(cell: etree._Element) -> bool:
    return len(clean("".join(cell.itertext()))) >= _PROSE


def _is_label(text: str) -> bool:
    return len(text) <= _SHORT and not text.endswith((*_ENDS, ":", ",", ";"))


def _drop(element: etree._Element) -> None:
    """Take an element out and leave what follows it."""
    if (parent := element.getparent()) is None:
        return
    if element.tail and (before := element.getprevious()) is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _quote(element: html.HtmlElement) -> None:
    """Browsers put the marks around <q>; without it they would be lost."""
    element.text = f'"{element.text or ""}'
    if len(element):
        element[-1].tail = f'{element[-1].tail or ""}"'
    else:
        element.text += '"'
