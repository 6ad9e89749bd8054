"""Markup of HTML, XHTML or NITF in, its words out as plain text: paragraphs with a blank line between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from kg.errors import Reason, SourceError
from kg.read import xml

# Names of elements, after the HTML standard (WHATWG, section 15.3, display: block) and NITF's DTD 3.4.
_BLOCK = re.compile(
    r"address|article|block|blockquote|body|body\.content|bq|caption|center|dd|details|div|dl|dt|fieldset|footer|h[1-6]|"
    r"header|hl1|hl2|hr|hgroup|lead|li|main|ol|p|pre|section|summary|table|tbody|tfoot|thead|ul"
)
_LINE = re.compile(r"br|tr")
_CELL = re.compile(r"td|th")
# What is no prose of the article: pictures and their captions, forms, programs, notes of the desk
_LEFT_OUT = re.compile(
    r"aside|audio|button|canvas|datasource|figure|fn|form|head|iframe|media|nav|noscript|note|object|script|select|"
    r"style|svg|template|textarea|video"
)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_GAP = re.compile(r" ?\n[ \n]*")


@dataclass(frozen=True, slots=True)
class Kind:
    """What an element does to the text around it."""

    start: str = ""
    end: str = ""
    is_prose: bool = True
    keeps_lines: bool = False


@lru_cache(1024)  # tags are few, and met again and again
def _kind(tag: str) -> Kind:
    name = tag.rpartition("}")[2].lower()
    mark = "\n\n" if _BLOCK.fullmatch(name) else ""
    start = "\n" if _LINE.fullmatch(name) else mark
    end = " " if _CELL.fullmatch(name) else mark
    return Kind(start, end, not _LEFT_OUT.fullmatch(name), name == "pre")


def text(element: xml.Element) -> str:
    """The words in an element. Tags within a paragraph do not part words; `<br>` and rows of tables are lines."""
    return "\n\n".join(paragraphs(joined(element, _kind)))


def joined(element: xml.Element, kind_of: Callable[[str], Kind]) -> str:
    """The words in an element, with line ends where elements are of a kind that has some, by their tags."""
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        kind = kind_of(node.tag)
        if event == "end":
            pieces += kind.end, "" if node is element else _flat(node.tail, kind_of(node.getparent().tag))
            continue
        pieces.append(kind.start)
        if kind.is_prose:
            pieces.append(_flat(node.text, kind))
        else:
            walk.skip_subtree()
    return "".join(pieces)


def paragraphs(words: str) -> list[str]:
    """The paragraphs of a text whose gaps have two line ends or more, their spaces single."""
    # single spaces first, so that no long run of them is looked at twice
    parted = _GAP.sub(lambda gap: "\n\n" if gap[0].count("\n") > 1 else "\n", re.sub(" +", " ", words))
    return [paragraph for each in parted.split("\n\n") if (paragraph := each.strip())]


def html(markup: str) -> str:
    """The words in a piece of HTML, as feeds carry it. Raises `SourceError` where it is made to break its reader."""
    xml.check_size(markup)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(f"<div>{markup}</div>".encode(), parser)
    except UnicodeEncodeError as error:
        raise SourceError(f"half a character (a lone surrogate) at {error.start}", reason=Reason.ENCODING) from error
    except etree.XMLSyntaxError:
        return ""
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise SourceError("HTML nested deeper than 256", reason=Reason.BOMB)
    return "" if root is None else text(root)


def line(markup: str) -> str:
    """The words in a piece of HTML that is a headline: all on one line."""
    return " ".join(html(markup).split()) if "<" in markup or "&" in markup else " ".join(markup.split())


def plain(words: str) -> str:
    """Text without markup as it stands there, with line ends as everywhere and no spaces at the ends of lines."""
    lines = [each.rstrip() for each in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip("\n")


def _flat(words: str | None, within: Kind) -> str:
    if not words:
        return ""
    if within.keeps_lines:
        return "\n".join(_SPACE.sub(" ", each) for each in words.splitlines())
    return _SPACE.sub(" ", words)
