"""A document of NewsML in, its articles out: those of NewsML-G2, item by item, and those of NewsML 1.

NewsML-G2 is as the IPTC's guidelines have it (https://iptc.org/std/NewsML-G2/guidelines/): a `newsMessage` holds items,
an item its metadata (`itemMeta`, `contentMeta`) and, in `contentSet`, renditions of one content. A package lists items
and has no text of its own. Pictures, sound and film are passed over, as are items about concepts and plans.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import IO

from kg.errors import PassedOver, Reason, SourceError
from kg.model import Article, Version, is_outdated
from kg.read import ids, markup, metadata, newsml1, nitf, versions, xml
from kg.read.sources import Source

_TEXTS = {"text", "composite", "web"}  # of the item classes (IPTC NewsCodes, scheme ninat) those that hold words


def read(file: IO[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a file in order; an item that holds none that can be read is a `SourceError`."""
    try:
        root = xml.read(file)
        items = _items(root)
    except SourceError as error:
        yield error.at(source.where)
        return
    if not items:
        said = "no text in it, as in packages, pictures and concepts"
        yield PassedOver(said, reason=Reason.EMPTY).at(source.where)
    for item in items:
        where = f"{source.where}:{item.sourceline}"
        try:
            yield newsml1.article(item, source, where) if xml.name(root) == "newsml" else _article(item, source, where)
        except SourceError as error:
            yield error.at(where, item.get("guid") or "")


def _items(root: xml.Element) -> list[xml.Element]:
    match xml.name(root):
        case "newsml":
            return newsml1.items(root)
        case "newsmessage":
            return _newest([item for item in root.iterfind("{*}itemSet/{*}newsItem") if _is_text(item)])
        case "newsitem":
            return [root] if _is_text(root) else []
        case "packageitem" | "conceptitem" | "knowledgeitem" | "planningitem" | "catalogitem":
            return []
        case other:
            raise SourceError(f"<{other}> where NewsML has <newsMessage> or <newsItem>", reason=Reason.FORMAT)


def _newest(items: list[xml.Element]) -> list[xml.Element]:
    """Of several versions of one item the last, in the order in which the items came first."""
    newest: dict[str, xml.Element] = {}
    for item in items:
        guid = item.get("guid") or str(len(newest))
        if guid not in newest or not is_outdated(_standing(item), _standing(newest[guid])):
            newest[guid] = item
    return list(newest.values())


def _standing(item: xml.Element) -> Version | None:
    """The version of an item, that of all of them where it takes the item back without a number."""
    if (status := _status(item)) in versions.WITHDRAWN:
        return Version(*versions.withdrawn(status, "item", *_version(item)).version)
    return versions.version(*_version(item))


def _version(item: xml.Element) -> tuple[str | None, str]:
    """The number of a version, and when it was made, as the item says them."""
    return item.get("version"), xml.words(xml.first(item, "itemMeta/versionCreated"))


def _status(item: xml.Element) -> str:
    return _code(xml.first(item, "itemMeta/pubStatus"))


def _is_text(item: xml.Element) -> bool:
    kind = xml.first(item, "itemMeta/itemClass")
    return kind is None or _code(kind) in _TEXTS


def _article(item: xml.Element, source: Source, where: str) -> Article:
    id = ids.given(item.get("guid") or source.id)
    if (status := _status(item)) in versions.WITHDRAWN:
        raise versions.withdrawn(status, id, *_version(item))
    content, text = _content(item)
    inner = xml.first(content, "nitf")
    return Article(
        id=id,
        text=text,
        language=_language(item, content),
        title=_headline(item) or (nitf.title(inner) if inner is not None else None),
        issued=_issued(item) or (nitf.issued(inner) if inner is not None else None),
        publisher=_publisher(item),
        where=where,
        version=versions.version(*_version(item)),
    )


def _content(item: xml.Element) -> tuple[xml.Element, str]:
    """The first rendition that has words, and they; NITF and XHTML go before data in other clothes."""
    renditions = [*item.iterfind("{*}contentSet/{*}inlineXML"), *item.iterfind("{*}contentSet/{*}inlineData")]
    for rendition in renditions:
        if text := _text(rendition):
            return rendition, text
    if xml.first(item, "contentSet/remoteContent") is not None and not renditions:
        raise SourceError("its text stands elsewhere (remoteContent): give that file", reason=Reason.EMPTY)
    raise SourceError("empty: an article needs text in its contentSet", reason=Reason.EMPTY)


def _text(rendition: xml.Element) -> str:
    inner = xml.first(rendition, "nitf")
    if inner is not None:
        return nitf.body(inner)
    if xml.name(rendition) == "inlinexml":
        return markup.text(rendition)
    kind = (rendition.get("contenttype") or "text/plain").lower()
    data = "".join(rendition.itertext())
    return markup.html(data) if "html" in kind or "xml" in kind else markup.plain(data)


def _language(item: xml.Element, content: xml.Element) -> str | None:
    said = xml.first(item, "contentMeta/language")
    if said is not None and said.get("tag"):
        return str(said.get("tag"))
    inner = xml.first(content, "html", "nitf/body/body.content", "nitf")
    return xml.language(content if inner is None else inner)


def _headline(item: xml.Element) -> str | None:
    """The headline that is called main (IPTC NewsCodes, scheme hlrole), else one without a role, else the first."""
    found = [
        (each.get("role") or "", words)
        for each in item.iterfind("{*}contentMeta/{*}headline")
        if (words := xml.words(each))
    ]
    main = [words for role, words in found if role.endswith(":main")] or [words for role, words in found if not role]
    return next(iter(main or [words for _, words in found]), None)


def _issued(item: xml.Element) -> date | None:
    """When the content was made; what is said of the item may be of a later version of it."""
    paths = "contentMeta/contentCreated", "itemMeta/firstCreated", "itemMeta/versionCreated"
    return metadata.day(*(xml.words(xml.first(item, path)) for path in paths))


def _publisher(item: xml.Element) -> str | None:
    """The provider's name, else the code that it goes by ("nprov:AFP"), else whom the content is credited to."""
    provider = xml.first(item, "itemMeta/provider")
    named = xml.words(xml.first(item, "itemMeta/provider/name")) or (
        "" if provider is None else provider.get("literal")
    )
    code = _code(provider, lower=False)
    credit = xml.words(xml.first(item, "contentMeta/infoSource/name", "contentMeta/creditline"))
    return named or (code if any(char.isalpha() for char in code) else "") or credit or None


def _code(element: xml.Element | None, *, lower: bool = True) -> str:
    """The last part of a qualified code: "stat:canceled" is "canceled"; or of the IRI that says the same."""
    if element is None:
        return ""
    given = element.get("qcode") or element.get("uri") or ""
    code = str(given).rpartition("/" if "://" in given else ":")[2]
    return code.lower() if lower else code
