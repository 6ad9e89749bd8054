"""An item of NewsML 1 in, its article out.

Elements are as the IPTC's functional specification of NewsML 1.2 has them
(https://iptc.org/std/NewsML/1.2/specification/NewsML_1.2-spec-functionalspec_9.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import ids, markup, metadata, nitf, versions, xml
from kg.read.sources import Source

_IDENTIFIER = "Identification/NewsIdentifier"
_LOOKED_AT = 100  # contents of an item, around each of which something is looked for


def items(root: xml.Element) -> list[xml.Element]:
    """The items of a document that have text in them, and those that are taken back."""
    found = root.iterfind("{*}NewsItem")
    return [item for item in found if _status(item) in versions.WITHDRAWN or next(_texts(item), None) is not None]


def article(item: xml.Element, source: Source, where: str) -> Article:
    """The article of an item. Raises `SourceError` where it was taken back or has no words."""
    id = ids.given(_identifier(item) or source.id)
    version = _said(item, f"{_IDENTIFIER}/RevisionId"), _said(item, "NewsManagement/ThisRevisionCreated")
    if (status := _status(item)) in versions.WITHDRAWN:
        raise versions.withdrawn(status, id, *version)
    if xml.first(item, "Update") is not None:
        said = "it only changes parts of an earlier revision (Update): have the whole item sent"
        raise SourceError(said, reason=Reason.FORMAT)
    content = next(_texts(item))
    inner = xml.first(content, "nitf")
    text = markup.text(content) if inner is None else nitf.body(inner)
    if not text:
        raise SourceError("empty: an article needs text in its DataContent", reason=Reason.EMPTY)
    return Article(
        id=id,
        text=text,
        language=_nearest(content, "DescriptiveMetadata/Language", "FormalName") or xml.language(content),
        title=_nearest(content, "NewsLines/HeadLine") or (None if inner is None else nitf.title(inner)),
        issued=metadata.day(
            *(_said(item, f"NewsManagement/{stamp}") for stamp in ("FirstCreated", "ThisRevisionCreated")),
            _said(item, "Identification/NewsIdentifier/DateId"),
        ),
        publisher=_nearest(content, "AdministrativeMetadata/Provider/Party", "FormalName"),
        where=where,
        version=versions.version(*version),
    )


def _status(item: xml.Element) -> str:
    return _said(item, "NewsManagement/Status", "FormalName").lower()


def _texts(item: xml.Element) -> Iterator[xml.Element]:
    """The contents of an item that are words and no caption of a picture; the first is the main one."""
    for content in islice(item.iter("{*}DataContent"), _LOOKED_AT):
        kind = _said(content.getparent(), "MediaType", "FormalName").lower()
        role = _nearest(content, "Role", "FormalName") or ""
        if kind in ("", "text") and "caption" not in role.lower() and xml.words(content):
            yield content


def _identifier(item: xml.Element) -> str:
    """The public identifier without its last part, the number of the revision, so that a revision takes its place."""
    revision = _said(item, f"{_IDENTIFIER}/RevisionId") + (_said(item, f"{_IDENTIFIER}/RevisionId", "Update") or "N")
    public = _said(item, f"{_IDENTIFIER}/PublicIdentifier").removesuffix(f":{revision}")
    return public or _said(item, f"{_IDENTIFIER}/NewsItemId")


def _nearest(content: xml.Element, path: str, attribute: str | None = None) -> str | None:
    """What the components around a content say, the innermost that says it."""
    for component in content.iterancestors("{*}NewsComponent"):
        if value := _said(component, path, attribute):
            return value
    return None


def _said(element: xml.Element, path: str, attribute: str | None = None) -> str:
    found = xml.first(element, path)
    if found is None:
        return ""
    return (found.get(attribute) or "").strip() if attribute else xml.words(found)
