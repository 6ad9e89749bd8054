"""XML of anybody's making in, a tree of elements out; the one door for all: no network, no files, no growing entities.

What is refused is a `SourceError` of one line: entities that expand to much (billion laughs, quadratic blowup), nesting
deeper than libxml2's 256, and entities that stand for files. Neither DTDs nor XInclude nor style sheets are looked at.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import IO, Any, TypeAlias

from lxml import etree

from kg.errors import Reason, SourceError
from kg.read import encodings
from kg.read.files import opening

Element: TypeAlias = Any  # lxml has no types of its own

_TAGS = 2_000_000  # each takes some 200 bytes of memory, so that a tree stays under half a gigabyte

# The characters that XML documents of the wires call by the names of HTML and ISO: their DTDs, which are not loaded,
# declare these (NITF's HTMLlat1 and its like). Python has the table of the HTML standard, a superset.
_NAMED = {name[:-1]: char for name, char in html5.items() if name.endswith(";") and not set(char) & set("<>&\"'")}
_REFERENCE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&([A-Za-z][A-Za-z0-9]*);", re.DOTALL)
_EXTERNAL = re.compile(r"<!ENTITY\s+(?:%\s+)?\S+\s+(?:SYSTEM|PUBLIC)\b")

_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*>")
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_GROWING = {etree.ErrorTypes.ERR_ENTITY_LOOP, etree.ErrorTypes.ERR_RESOURCE_LIMIT}
_UNDECLARED = {etree.ErrorTypes.ERR_UNDECLARED_ENTITY, etree.ErrorTypes.WAR_UNDECLARED_ENTITY}


def read(file: IO[bytes]) -> Element:
    """The root of a document. Raises `SourceError` where it is no XML, too large or not to be trusted."""
    data = opening.whole(file)
    declared = _DECLARED.match(data[:1000])
    return parse(encodings.decode(data, declared[1].decode() if declared else None))


def parse(text: str) -> Element:
    """The root of a document that is text already. Raises `SourceError`."""
    check_size(text)
    text = _DECLARATION.sub("", text, count=1) if _DECLARATION.match(text) else text.lstrip()
    plain = _REFERENCE.sub(lambda found: _NAMED.get(found[1] or "", found[0]), text).encode()
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities="internal",  # those that a document declares itself, as far as libxml2 lets them grow
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(plain, parser)
    except etree.XMLSyntaxError as error:
        raise _problem(error, text) from error


def check_size(text: str) -> None:
    """Raises `SourceError` for markup with so many tags that its tree would fill the memory."""
    if text.count("<") > _TAGS:
        raise SourceError(f"more than {_TAGS:,} tags: cut it in parts", reason=Reason.BOMB)


def _problem(error: etree.XMLSyntaxError, text: str) -> SourceError:
    said = (error.msg or "no element").replace("\n", "")
    if error.code in _GROWING:
        return SourceError(f"XML made to grow: {said.split(', see')[0].split(', use')[0]}", reason=Reason.BOMB)
    if error.code in _UNDECLARED and _EXTERNAL.search(text):
        return SourceError(f"XML that asks for a file outside: {said}", reason=Reason.UNSAFE)
    return SourceError(f"not XML: {said}", reason=Reason.MALFORMED)


def name(element: Element) -> str:
    """The name of an element in small letters, without its namespace."""
    return str(element.tag).rpartition("}")[2].lower()


def words(element: Element | None) -> str:
    """All text in an element on one line; nothing where there is none."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def first(element: Element, *paths: str) -> Element | None:
    """What the first of some paths leads to that leads anywhere; `a/b` are names in whatever namespace."""
    for path in paths:
        found = element.find("/".join(step if step == "." else f"{{*}}{step}" for step in path.split("/")))
        if found is not None:
            return found
    return None


def language(element: Element | None) -> str | None:
    """The language that an element, or the nearest around it, says it is in (XML 1.0, section 2.12; HTML's `lang`)."""
    while element is not None:
        if tag := element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("lang"):
            return str(tag)
        element = element.getparent()
    return None
