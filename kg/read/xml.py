"""XML of anybody's making in, a tree of elements out; the one door for all: no network, no files, no growing entities.

What is refused is a `SourceError` of one line: entities that expand to much (billion laughs, quadratic blowup), nesting
deeper than libxml2's 256, and entities that stand for files. Neither DTDs nor XInclude nor style sheets are looked at.
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import IO, Any, TypeAlias

from lxml import etree

from kg.errors import Reason, SourceError

Element: TypeAlias = Any  # lxml has no types of its own

_LARGEST = 32 * 2**20  # bytes of a document
_TAGS = 2_000_000  # each takes some 200 bytes of memory, so that a tree stays under half a gigabyte

# The characters that XML documents of the wires call by the names of HTML and ISO: their DTDs, which are not loaded,
# declare these (NITF's HTMLlat1 and its like). Python has the table of the HTML standard, a superset.
_NAMED = {name[:-1]: char for name, char in html5.items() if name.endswith(";") and not set(char) & set("<>&\"'")}
_REFERENCE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&([A-Za-z][A-Za-z0-9]*);", re.DOTALL)
_EXTERNAL = re.compile(r"<!ENTITY\s+(?:%\s+)?\S+\s+(?:SYSTEM|PUBLIC)\b")

_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*>")
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_CHARACTERS = re.compile(
    r"utf-(8|16|32)|iso8859-|cp\d|ascii|mac-|koi8-|gb|big5|euc_|shift_jis"
)  # no rot13, no punycode
_MARKS = (  # XML 1.0, appendix F: the marks at a document's start, and the first character where there is none
    (codecs.BOM_UTF8, "utf-8", 3),
    (codecs.BOM_UTF32_LE, "utf-32-le", 4),
    (codecs.BOM_UTF32_BE, "utf-32-be", 4),
    (codecs.BOM_UTF16_LE, "utf-16-le", 2),
    (codecs.BOM_UTF16_BE, "utf-16-be", 2),
    (b"<\0", "utf-16-le", 0),
    (b"\0<", "utf-16-be", 0),
)
_GROWING = {etree.ErrorTypes.ERR_ENTITY_LOOP, etree.ErrorTypes.ERR_RESOURCE_LIMIT}


def read(file: IO[bytes]) -> Element:
    """The root of a document. Raises `SourceError` where it is no XML, too large or not to be trusted."""
    data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise SourceError(
            f"more than {_LARGEST >> 20} MB of XML in one piece: cut it in parts", reason=Reason.TOO_LARGE
        )
    return parse(decoded(data))


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


def decoded(data: bytes) -> str:
    """The text of a document by its byte order mark or declaration (XML 1.0, appendix F), else UTF-8 or Windows-1252.

    ISO-8859-1 is read as Windows-1252, as all browsers do (WHATWG, Encoding Standard). Raises `SourceError`.
    """
    for mark, encoding, length in _MARKS:
        if data.startswith(mark):
            return _as(data[length:], encoding)
    if declared := _DECLARED.match(data[:1000]):
        return _as(data, declared[1].decode())
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _as(data, "cp1252")


def _as(data: bytes, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = ""
    if not _CHARACTERS.match(name):
        raise SourceError(f"encoding {encoding!r} is not known: convert it to UTF-8", reason=Reason.ENCODING)
    try:
        return data.decode("cp1252" if name == "iso8859-1" else name)
    except UnicodeDecodeError as error:
        if name == "iso8859-1":
            return data.decode("iso8859-1")
        raise SourceError(
            f"not {encoding}, which it says or seems to be: {error.reason} at byte {error.start}",
            reason=Reason.ENCODING,
        ) from error


def _problem(error: etree.XMLSyntaxError, text: str) -> SourceError:
    said = (error.msg or "no element").replace("\n", "")
    if error.code in _GROWING:
        return SourceError(f"XML made to grow: {said.split(', see')[0].split(', use')[0]}", reason=Reason.BOMB)
    if error.code in _UNDECLARED and _EXTERNAL.search(text):
        return SourceError(f"XML that asks for a file outside: {said}", reason=Reason.UNSAFE)
    return SourceError(f"not XML: {said}", reason=Reason.MALFORMED)


_UNDECLARED = {etree.ErrorTypes.ERR_UNDECLARED_ENTITY, etree.ErrorTypes.WAR_UNDECLARED_ENTITY}


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
