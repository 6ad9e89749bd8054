"""The bytes of a page in, its tree out, bounded in depth, in elements and in time whatever the page holds."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree, html

from kg.errors import Reason, SourceError
from kg.read import encodings, limits

SIZE = 16 * limits.MB  # bytes of a page: a live blog of a day with all its scripts has six
_ELEMENTS = 20_000  # that are no mere formatting: extraction takes 60 µs for each, and a live blog of a day has 10,000
_TEXT = 1_200_000  # characters: those of the longest article, and what stands around it
_TAGS = 300_000  # all that may be an element: one takes 250 bytes and more once it is read
_ATTRIBUTES = 1_000  # of one element: libxml2 compares each with each
_SHORT = 1 << 17  # bytes of a page whose attributes cannot be too many: half a second, if all are of one element
_DEEPEST = 120  # elements in one another: pages have 40
_PIECES = 50  # texts in an element, as formatting parts them
_CLASS = 200  # characters of a class or an id that are looked at
_HEAD = 4096  # bytes in which a page names its encoding: four times what HTML asks for
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
# a tag as HTML reads it: names, each with a value or without (WHATWG HTML, 13.2.5.8-13.2.5.40)
_ATTRIBUTE = rb"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?)?"""
_TAG = re.compile(rb"<[a-zA-Z][^\s/>]*+(?:[\s/]++" + _ATTRIBUTE + rb"|[\s/]++|" + _ATTRIBUTE + rb")*+")
_NAME = re.compile(_ATTRIBUTE)
_RAW = re.compile(rb"<(script|style)", re.IGNORECASE)
_RAW_END = {name: re.compile(rb"</" + name, re.IGNORECASE) for name in (b"script", b"style")}
_UNREAD = ("style", "svg", "noscript", "template", "iframe", "object", "canvas", "math", "select", "datalist")
# formatting within a line: without it there is less to look through, and nothing that is told is lost
_INLINE = (
    "b",
    "strong",
    "i",
    "em",
    "u",
    "font",
    "small",
    "big",
    "mark",
    "abbr",
    "acronym",
    "cite",
    "dfn",
    "ins",
    "tt",
    "wbr",
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of a page by the encoding that it is in, whatever it says; bytes that are none become U+FFFD.

    `declared` is what a server said, which holds before what the page says of itself.
    """
    if b"\0" in data and not data.startswith(_WIDE):
        data = data.replace(b"\0", b"") if data.count(b"\0") * 4 < len(data) else data
    said = _CHARSET.search(data[:_HEAD])
    try:
        return encodings.decode(data, declared or (said[1].decode() if said else None))
    except SourceError:
        return data.decode("utf-8", "replace")


def parsed(text: str) -> html.HtmlElement:
    """The tree of a page without what is never text. Raises `SourceError` for what is no page, or made to exhaust."""
    data = _CONTROLS.sub("", text).encode("utf-8", "replace")
    _check(data)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise SourceError("no page: nothing in it but comments", reason=Reason.EMPTY) from error
    _check_depth(parser)
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    etree.strip_tags(tree, *_INLINE)
    _join(tree)
    etree.strip_attributes(tree, "colspan", "rowspan", "style")
    _check_tree(tree)
    return tree


def _join(tree: html.HtmlElement) -> None:
    """Make one text of many pieces beside one another, which formatting leaves and which all have to be looked at."""
    for element in tree.xpath(f"//*[count(text()) > {_PIECES}]"):
        element.text = element.text
        for child in element:
            child.tail = child.tail


def _check_tree(tree: html.HtmlElement) -> None:
    if tree.xpath("/*" * _DEEPEST):
        raise SourceError(f"elements in one another more than {_DEEPEST} deep", reason=Reason.BOMB)
    scripts = sum(len(script.text or "") for script in tree.iter("script"))
    if tree.xpath("count(//*)") > _ELEMENTS or len(tree.text_content()) - scripts > _TEXT:
        said = f"a page of more than {_ELEMENTS:,} elements or {_TEXT:,} characters of text: cut it in parts"
        raise SourceError(said, reason=Reason.TOO_LARGE)
    for name in ("class", "id"):
        for element in tree.xpath(f"//*[string-length(@{name}) > {_CLASS}]"):
            element.set(name, element.get(name)[:_CLASS])


def _check(data: bytes) -> None:
    if len(data) > SIZE:
        raise SourceError(f"a page of more than {SIZE // limits.MB} MB: cut it in parts", reason=Reason.TOO_LARGE)
    if data.count(b"<") > _TAGS:
        raise SourceError(f"a page of more than {_TAGS:,} tags", reason=Reason.BOMB)
    if len(data) > _SHORT and _crowded(data) and _crowded(_without_scripts(data)):  # a script may look like a tag
        raise SourceError(f"an element of more than {_ATTRIBUTES:,} attributes", reason=Reason.BOMB)


def _check_depth(parser: html.HTMLParser) -> None:
    for said in parser.error_log:  # a few entries: the parser stops there
        if said.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT or said.type_name == "ERR_RESOURCE_LIMIT":
            raise SourceError("elements in one another more than 256 deep, or one too long", reason=Reason.BOMB)


def _crowded(data: bytes) -> bool:
    return any(
        found.end() - found.start() > 2 * _ATTRIBUTES
        and next(islice(_NAME.finditer(found[0]), _ATTRIBUTES, None), None) is not None
        for found in _TAG.finditer(data)
    )


def _without_scripts(data: bytes) -> bytes:
    kept, at = [], 0
    while start := _RAW.search(data, at):
        kept.append(data[at : start.start()])
        end = _RAW_END[start[1].lower()].search(data, start.end())
        if not end:
            return b"".join(kept)
        at = end.start()
    return b"".join((*kept, data[at:]))
