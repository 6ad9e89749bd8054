"""The entries of a feed in, RSS of any version or Atom, what each says of an article out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from kg.errors import Reason, SourceError
from kg.read import markup, metadata, xml

_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of an article; `text` may be a teaser, `address` is the page that it stands on."""

    text: str
    line: int  # of the feed's file, from 1
    id: str | None = None
    title: str | None = None
    address: str | None = None
    issued: date | None = None
    language: str | None = None
    publisher: str | None = None


def entries(root: xml.Element, address: str | None = None) -> Iterator[Entry | SourceError]:
    """The entries of a feed in order; one that cannot be read is a `SourceError` that begins with its line.

    `address` is where the feed came from, which relative ones start from. Raises `SourceError` for what is no feed.
    """
    kind = xml.name(root)
    if kind not in ("rss", "rdf", "feed"):
        raise SourceError(f"<{kind}> where a feed has <rss>, <rdf:RDF> or <feed>", reason=Reason.FORMAT)
    tag, read = ("entry", _atom) if kind == "feed" else ("item", _rss)
    about = _about(root)
    for element in chain(root.iterfind(f"{{*}}channel/{{*}}{tag}"), root.iterfind(f"{{*}}{tag}")):  # none in another
        try:
            yield read(element, about, element.tag.removesuffix(tag), address)
        except SourceError as error:
            yield SourceError(f"{element.sourceline}: {error}", reason=error.reason)


@dataclass(frozen=True, slots=True)
class _About:
    """What a feed says of itself, and so of its entries: looked for once, since there may be many of them."""

    language: str | None
    publisher: str | None


def _about(root: xml.Element) -> _About:
    """What stands in the channel of RSS, or in the feed itself; `own` is the namespace of its vocabulary, if any."""
    atom = xml.name(root) == "feed"
    found = root if atom else xml.first(root, "channel")
    if found is None:
        return _About(None, None)
    own = found.tag.removesuffix("feed" if atom else "channel")
    return _About(_said(found, f"{own}language", f"{_DC}language"), _said(found, f"{_DC}publisher", f"{own}title"))


def _rss(item: xml.Element, about: _About, own: str, address: str | None) -> Entry:
    """An item; `own` is the namespace of RSS in the feed, where it has one: other vocabularies have titles, too."""
    guid = item.find(f"{own}guid")
    permanent = guid is not None and guid.get("isPermaLink", "true") == "true"
    return Entry(
        text=_html(item.find(_CONTENT)) or _html(item.find(f"{own}description")),
        line=item.sourceline,
        id=xml.words(guid) or item.get(_RDF_ABOUT),
        title=markup.line(item.findtext(f"{own}title") or "") or None,
        address=metadata.address(item.findtext(f"{own}link"), _base(item, address))
        or (metadata.address(xml.words(guid)) if permanent else None),
        issued=metadata.day(item.findtext(f"{own}pubDate"), item.findtext(f"{_DC}date")),
        language=_said(item, f"{_DC}language") or about.language or xml.language(item),
        publisher=_said(item, f"{_DC}publisher") or about.publisher,
    )


def _html(element: xml.Element | None) -> str:
    """The words of a description: its markup is escaped, as RSS wants it, or, as it is met as well, it has elements."""
    if element is None:
        return ""
    return markup.text(element) if len(element) else markup.html(element.text or "")


def _said(element: xml.Element | None, *names: str) -> str | None:
    found = () if element is None else (xml.words(element.find(name)) for name in names)
    return next((words for words in found if words), None)


def _atom(entry: xml.Element, about: _About, own: str, address: str | None) -> Entry:
    """An entry; one that was taken over from another feed names that as its source (RFC 4287, section 4.2.11)."""
    feed = entry.find(f"{own}source")
    links = [link for link in entry.iterfind(f"{own}link") if link.get("rel", "alternate") == "alternate"]
    stamps = "published", "issued", "updated", "modified"  # two are Atom 0.3's
    return Entry(
        text=_construct(entry.find(f"{own}content")) or _construct(entry.find(f"{own}summary")),
        line=entry.sourceline,
        id=_said(entry, f"{own}id"),
        title=" ".join(_construct(entry.find(f"{own}title")).split()) or None,
        address=next(
            (url for each in links if (url := metadata.address(each.get("href"), _base(each, address)))), None
        ),
        issued=metadata.day(*(entry.findtext(f"{own}{stamp}") for stamp in stamps)),
        language=xml.language(entry),
        publisher=_said(feed, f"{own}title") or about.publisher,
    )


def _construct(element: xml.Element | None) -> str:
    """A text construct or content (RFC 4287, sections 3.1 and 4.1.3): text, escaped HTML or XHTML."""
    if element is None:
        return ""
    match element.get("type", "text"):
        case "html" | "text/html":
            return markup.html(element.text or "")
        case "xhtml" | "application/xhtml+xml":
            return markup.text(element)
        case "text" | "text/plain":
            return markup.plain(element.text or "").strip()
        case _:
            return ""  # a picture, sound, XML of its own


def _base(element: xml.Element, address: str | None) -> str | None:
    """The address that relative ones start from: those around an element (XML Base), and where the feed came from."""
    for each in reversed((element, *element.iterancestors())):
        address = metadata.address(each.get(_BASE), address) or address
    return address
