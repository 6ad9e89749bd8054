"""A document of NITF in, its article out: headline, day of issue, publisher and the text of its body.

NITF is the IPTC's News Industry Text Format; elements and attributes are as its DTD 3.4 documents them
(https://www.iptc.org/std/NITF/3.4/documentation/nitf-documentation.html), with or without the namespace of 3.5 on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import ids, markup, metadata, versions, xml
from kg.read.sources import Source

_OTHER = "head/docdata", "management-doc-idref"  # the document that this one is an update to, or takes back


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The one article of a file, or the reason why there is none; and the document that it takes back, if it does."""
    try:
        root = xml.read(file)
        if other := _value(root, _OTHER):
            status = (_value(root, ("head/docdata", "management-idref-status")) or _status(root)).lower()
            if status in versions.WITHDRAWN:
                yield versions.withdrawn(status, other).at(source.where)
        yield _article(root, source)
    except SourceError as error:
        yield error.at(source.where)


def _article(root: xml.Element, source: Source) -> Article:
    if xml.name(root) != "nitf":
        raise SourceError(f"<{xml.name(root)}> where NITF begins with <nitf>", reason=Reason.FORMAT)
    id = ids.given(_value(root, ("head/docdata/doc-id", "id-string")) or source.id)
    version = _value(root, ("head/docdata/du-key", "generation"), ("head/docdata/du-key", "version"))
    made = _value(root, ("head/docdata/date.issue", "norm"))
    if (status := _status(root)) in versions.WITHDRAWN:
        raise versions.withdrawn(status, id, version, made)
    return Article(
        id=id,
        text=body(root),
        language=xml.language(xml.first(root, "body/body.content", "body")),
        title=title(root),
        issued=issued(root),
        publisher=_publisher(root),
        url=metadata.address(_value(root, ("head/pubdata", "ex-ref"))),
        where=source.where,
        version=versions.version(version, made),
    )


def body(root: xml.Element) -> str:
    """The text of a document, after its dateline, unless it begins with the place itself.

    Raises `SourceError` where there is none.
    """
    content = xml.first(root, "body/body.content")
    text = "" if content is None else markup.text(content)
    if not text:
        raise SourceError("empty: an article needs text in <body.content>", reason=Reason.EMPTY)
    dateline = xml.words(xml.first(root, "body/body.head/dateline"))
    place = (xml.words(xml.first(root, "body/body.head/dateline/location")) or dateline).split(",")[0]
    return text if text.casefold().startswith(place.casefold()) else f"{dateline}\n\n{text}"


def title(root: xml.Element) -> str | None:
    """The main headline, else the document's title."""
    return xml.words(xml.first(root, "body/body.head/hedline/hl1")) or xml.words(xml.first(root, "head/title")) or None


def issued(root: xml.Element) -> date | None:
    """The day that a document was issued, else that of its story, its publication or its release."""
    return metadata.day(
        _value(root, ("head/docdata/date.issue", "norm")),
        _value(root, ("body/body.head/dateline/story.date", "norm")),
        _value(root, ("head/pubdata", "date.publication")),
        _value(root, ("head/docdata/date.release", "norm")),
    )


def _publisher(root: xml.Element) -> str | None:
    named = _value(root, ("head/pubdata", "name")) or xml.words(xml.first(root, "body/body.head/distributor"))
    return named or _value(root, ("head/docdata/doc-id", "regsrc"), ("head/docdata/doc.copyright", "holder"))


def _status(root: xml.Element) -> str:
    return (_value(root, ("head/docdata", "management-status")) or "").lower()


def _value(root: xml.Element, *places: tuple[str, str]) -> str | None:
    """The first of some attributes, each at the end of a path, that is there and not empty."""
    for path, attribute in places:
        element = xml.first(root, path)
        if element is not None and (value := (element.get(attribute) or "").strip()):
            return value
    return None
