"""The address of a page or of a feed in, its articles out; of a feed, those of the pages that it names."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import feeds, formats, ids, limits, media, xml
from kg.read.entries import Entry, entries
from kg.read.fetching.fetcher import Fetcher, Page
from kg.read.sources import Source

PAGES = 100  # of a feed at most, unless somebody says otherwise
_PASSING = frozenset({Reason.NO_ANSWER, Reason.TOO_SLOW})  # faults that are worth another try

_SUFFIXES = {
    **media.SUFFIXES,
    "application/x-ndjson": "jsonl",
    "application/pdf": "pdf",
    "text/plain": "txt",
}


def fetch(
    url: str, fetcher: Fetcher, *, limit: int = PAGES, known: dict[str, set[str]] | None = None
) -> Iterator[Article | SourceError]:
    """The articles at an address; what cannot be had is a `SourceError` that begins with it.

    Of a feed, the page of each of its first `limit` entries is read. Where that says less than the entry itself, or is
    not to be had, the entry is the article. What is `known` of an address from the time before is left out: digests of
    the page or of the entries, which are set to what they are now.
    """
    try:
        page = fetcher.get(url)
    except SourceError as error:
        yield error
        return
    source = _source(page, url)
    before = known.get(url, set()) if known is not None else set()
    done: set[str] = set()
    if formats.of(page.body[: limits.HEAD], source.suffix) == "feed":
        yield from _of_feed(page, url, fetcher, limit, before, done)
    elif (digest := hashlib.sha256(page.body).hexdigest()) in before:
        done.add(digest)
    else:
        yield from formats.read(io.BytesIO(page.body), source)
        done.add(digest)
    if known is not None:
        known[url] = done


def _of_feed(
    page: Page, url: str, fetcher: Fetcher, limit: int, before: set[str], done: set[str]
) -> Iterator[Article | SourceError]:
    """The articles of a feed's entries but those of the time `before`; what need not be tried again is `done`."""
    try:
        for entry in islice(entries(xml.read(io.BytesIO(page.body)), page.url), limit):
            if isinstance(entry, SourceError):
                yield SourceError(f"{url}:{entry}", reason=entry.reason, where=url)
                continue
            digest = hashlib.sha256(repr(replace(entry, line=0)).encode("utf-8", "surrogatepass")).hexdigest()
            found = [] if digest in before else list(_of_entry(entry, f"{url}:{entry.line}", fetcher))
            yield from found
            if not any(isinstance(each, SourceError) and each.reason in _PASSING for each in found):
                done.add(digest)
    except SourceError as error:
        yield error.at(url)


def _of_entry(entry: Entry, where: str, fetcher: Fetcher) -> Iterator[Article | SourceError]:
    found: Article | None = None
    if entry.address:
        try:
            page = fetcher.get(entry.address)
            read = list(islice(formats.read(io.BytesIO(page.body), _source(page, entry.address)), 2))
            found = next((each for each in read if isinstance(each, Article)), None)
            yield from (each for each in read if isinstance(each, SourceError))
        except SourceError as error:
            yield error
    if found and len(found.text) >= len(entry.text):
        yield _merged(found, entry)
    elif entry.text:
        try:
            yield feeds.article(entry, where)
        except SourceError as error:
            yield error.at(where)


def _merged(article: Article, entry: Entry) -> Article:
    """A page's article with what its feed says of it; the feed's day goes before one that was found in the page."""
    return replace(
        article,
        id=ids.of_url(entry.address) if entry.address else article.id,
        language=article.language or entry.language,
        title=article.title or entry.title,
        issued=entry.issued or article.issued,
        publisher=article.publisher or entry.publisher,
        url=entry.address or article.url,
    )


def _source(page: Page, url: str) -> Source:
    suffix = _SUFFIXES.get(page.type) or PurePosixPath(urlsplit(page.url).path).suffix.removeprefix(".").lower()
    return Source(where=url, suffix=suffix, id=ids.of_url(page.url), url=page.url, charset=page.charset)
