"""The tree of a page in, what it states about itself out: title, day, publisher, address, language; nothing guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from kg.read import metadata
from kg.read.page import linked

# Names of the day of issue, the surer first. None of them is that of a change, a copyright or a page's making:
# Open Graph's, schema.org's, Dublin Core's, and those of the programs by which sites are measured.
_DAYS = (
    "article:published_time", "datepublished", "og:article:published_time", "og:published_time", "rnews:datepublished",
    "dcterms.issued", "dc.date.issued", "dc.issued", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "article.published", "originalpublicationdate", "bt:pubdate",
)  # fmt: skip
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_PUBLISHED = re.compile(r"(?:^|[\s_-])(?:published|pubdate|entry-date)(?:$|[\s_-])", re.IGNORECASE)
# browsers write where a page was that they save: "saved from url=(0031)https://…", SingleFile "url: https://…"
_SAVED = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)")
_COMMENT = 4096  # characters in which that stands
_SEPARATORS = re.compile(r"\s+[|–—·»•-]\s+")
_TITLE = 300  # characters
_NO_DAY = (1, 1970)  # years of stamps that were never set


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states about itself."""

    title: str | None
    issued: date | None
    publisher: str | None
    own: str | None  # the address that it was at
    canonical: str | None  # the address by which it wants to be known
    language: str | None  # as its markup says, which may be that of a template
    body: str | None  # the text of its article as its data for machines has it
    is_article: bool
    is_list: bool
    is_for_all: bool

    @property
    def is_home(self) -> bool:
        """Whether it is the first page of a site."""
        address = self.own or self.canonical
        return address is not None and not self.is_article and _is_root(address)


def read(tree: HtmlElement, text: str, address: str | None) -> Stated:
    """What a page states that was fetched from an address, or from one that is not known."""
    metas = _metas(tree)
    own = address or (saved[1] if (saved := _SAVED.search(text[:_COMMENT])) else None)
    canonical = _canonical(tree, metas, own)
    found = linked.objects(
        script.text or "" for script in tree.iter("script") if "ld+json" in script.get("type", "").lower()
    )
    article = linked.article(found, frozenset(filter(None, (own, canonical))))
    publisher = linked.publisher(article, found) or _first(metas, _PUBLISHERS)
    return Stated(
        title=_title(tree, metas, article, publisher),
        issued=_day(linked.text(article, "datePublished")) or _issued(tree, metas),
        publisher=publisher,
        own=own,
        canonical=canonical or linked.address(article),
        language=_language(tree),
        body=_body(article),
        is_article=article is not None or _is_said_to_be_article(metas),
        is_list=article is None and linked.is_list(found),
        is_for_all=linked.is_for_all(article),
    )


def _is_said_to_be_article(metas: dict[str, str]) -> bool:
    """Whether Open Graph's type says so, or a day of issue, which it has for articles alone (ogp.me, "Article")."""
    return metas.get("og:type", "").lower() in ("article", "news", "newsarticle") or _DAYS[0] in metas


def _language(tree: HtmlElement) -> str | None:
    said: str | None = (
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    )
    return said


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (content := " ".join(meta.get("content", "").split())):
            metas.setdefault(name.lower(), content)
    return metas


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas and not metas[name].startswith("http")), None)


def _canonical(tree: HtmlElement, metas: dict[str, str], own: str | None) -> str | None:
    """Where a page says that it stands: an address of the web that is not just its site's first page."""
    links = (link.get("href") for link in tree.iter("link") if "canonical" in link.get("rel", "").lower().split())
    for link in (next(links, None), metas.get("og:url")):
        found = metadata.address(link, own)
        if found and found.isprintable() and not (own and _is_root(found) and not _is_root(own)):
            return found.split("#")[0]
    return None


def _is_root(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.path.strip("/") in ("", "index.html", "index.php") and not parts.query


def _title(
    tree: HtmlElement, metas: dict[str, str], article: linked.Object | None, publisher: str | None
) -> str | None:
    heads = [" ".join(head.text_content().split()) for head in tree.iter("h1")]
    tag = " ".join(next((title.text_content() for title in tree.iter("title")), "").split())
    candidates = (
        linked.text(article, "headline"),
        _without(metas.get("og:title"), publisher),
        heads[0] if len(heads) == 1 else None,
        _without(tag, publisher),
    )
    title = next((candidate for candidate in candidates if candidate), None)
    return title if title and len(title) <= _TITLE else None


def _without(title: str | None, publisher: str | None) -> str | None:
    """A title without the name of the site at its end or its start."""
    parts = _SEPARATORS.split(title or "")
    names = {(publisher or "").casefold()}
    if len(parts) > 1 and parts[-1].casefold() in names:
        return (title or "")[: (title or "").rindex(parts[-1])].rstrip(" |–—·»•-")
    if len(parts) > 1 and parts[0].casefold() in names:
        return (title or "")[len(parts[0]) :].lstrip(" |–—·»•-")
    return title


def _issued(tree: HtmlElement, metas: dict[str, str]) -> date | None:
    for name in _DAYS:
        if day := _day(metas.get(name)):
            return day
    told = {_day(time.get("datetime")) for time in tree.iterfind(".//time[@datetime]") if _says_published(time)}
    told = told or {_day(time.get("datetime")) for time in _times_beside_title(tree)}
    return told.pop() if len(told) == 1 else None


def _says_published(time: HtmlElement) -> bool:
    if time.get("itemprop") == "datePublished" or "pubdate" in time.attrib:
        return True
    return bool(_PUBLISHED.search(time.get("class", "")))


def _times_beside_title(tree: HtmlElement) -> list[HtmlElement]:
    """The times in the header that holds the only headline."""
    heads = list(tree.iter("h1"))
    for home in heads[0].iterancestors("header", "article", "main") if len(heads) == 1 else ():
        if times := list(home.iterfind(".//time[@datetime]")):
            return times
    return []


def _day(stamp: str | None) -> date | None:
    """The day of a stamp, in the zone that it is written in; None for what is none, or was never set."""
    day = metadata.day(stamp)
    return day if day and day.year not in _NO_DAY else None


def _body(article: linked.Object | None) -> str | None:
    body = (article or {}).get("articleBody")
    return body if isinstance(body, str) else None
