"""The bytes of a page in, its tree out, bounded in depth, in elements and in time whatever the page holds."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree, html

from kg.errors import Reason, SourceError
from kg.read import encodings, limits

SIZE = 16 * limits.MB  # bytes of a page: a live blog of a day with all its scripts has six
_ELEMENTS = 60_000  # that are no scripts: extraction takes 60 µs for each, and the longest articles have some 5,000
_TEXT = 4 * limits.ARTICLE  # characters, with those around the article
_TAGS = 300_000  # all that may be an element: one takes 250 bytes and more once it is read
_ATTRIBUTES = 1_000  # of one element: libxml2 compares each with each
_SHORT = 1 << 16  # bytes of a page in which attributes cannot be too many
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
    if sum(1 for _ in tree.iter()) > _ELEMENTS or sum(map(len, tree.itertext())) > _TEXT:
        said = f"a page of more than {_ELEMENTS:,} elements or {_TEXT:,} characters of text: cut it in parts"
        raise SourceError(said, reason=Reason.TOO_LARGE)
    return tree


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
