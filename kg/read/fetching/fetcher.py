"""The address of a page in, the page out: politely, from the cache where it is fresh, and only from the public web."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from kg.errors import Reason, SourceError
from kg.read import limits, media
from kg.read.fetching.cache import Cache, Kept
from kg.read.fetching.robots import Robots
from kg.read.fetching.web import Answer, Web

_HOPS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_UNWANTED = frozenset({401, 402, 403, 407, 451})
_BUSY = frozenset({429, 503})
_PATIENCE = 60.0  # seconds that a server may ask to wait for
_ROBOTS = limits.MB // 2  # bytes of robots.txt (RFC 9309, section 2.5: at least 500 KiB)
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Page:
    """A page, the address it was found at in the end, its media type, and the encoding that its server said."""

    url: str
    type: str
    body: bytes
    charset: str | None = None


class Fetcher:
    """Asks for pages, one after another. What it keeps, it keeps in a folder."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        web: Web | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._web = web or Web()
        self._cache = Cache(folder, clock)
        self._robots = Robots(self._robots_txt, clock)
        self._sleep = sleep
        self._clock = clock
        self._next: dict[str, float] = {}  # host -> when it may be asked again

    def get(self, url: str) -> Page:
        """A page. Raises `SourceError` that begins with its address where it cannot or may not be had."""
        try:
            return self._followed(url)
        except SourceError as error:
            raise error.at(url) from error

    def _followed(self, url: str) -> Page:
        for _ in range(_HOPS + 1):
            url = self._web.rule.checked(url)
            kept = self._cache.get(url)
            if kept and self._cache.is_fresh(kept):
                return _page(kept)
            self._robots.check(url)
            answer = self._asked(url, kept)
            if answer.status in _REDIRECTS:
                url = _next(url, answer)
            elif answer.status == 304 and kept:
                return _page(self._cache.again(kept, answer.headers))
            elif answer.status == 200:
                return _page(self._cache.keep(url, answer.headers, answer.body))
            else:
                reason = Reason.REFUSED if answer.status in _UNWANTED else Reason.NO_ANSWER
                raise SourceError(f"HTTP {answer.status}", reason=reason)
        raise SourceError(f"led on more than {_HOPS} times", reason=Reason.NO_ANSWER)

    def _asked(self, url: str, kept: Kept | None) -> Answer:
        """The answer to one request; a server that is busy is waited for once, if it says how long."""
        headers = {"Accept": _ACCEPT, **(kept.conditions() if kept else {})}
        self._wait(url)
        answer = self._web.ask(url, headers)
        if answer.status not in _BUSY:
            return answer
        seconds = self._retry_after(answer)
        if seconds is None or seconds > _PATIENCE:
            wanted = "" if seconds is None else f", and asks to be left alone for {seconds:.0f} s"
            raise SourceError(f"HTTP {answer.status}{wanted}: try again later", reason=Reason.NO_ANSWER)
        self._sleep(seconds)
        return self._web.ask(url, headers)

    def _wait(self, url: str) -> None:
        host = urlsplit(url).netloc
        delay = self._robots.delay(url)
        left = min(self._next.get(host, 0.0) - self._clock(), delay)  # a clock may have been set back
        if left > 0:
            self._sleep(left)
        self._next[host] = self._clock() + delay

    def _retry_after(self, answer: Answer) -> float | None:
        """The seconds that a server asks to be waited for (RFC 9110, section 10.2.3)."""
        said = answer.headers.get("retry-after", "").strip()
        if said.isdecimal() and len(said) < 10:
            return float(said)
        try:
            return max(0.0, parsedate_to_datetime(said).timestamp() - self._clock())
        except (ValueError, TypeError, OverflowError):
            return None

    def _robots_txt(self, url: str) -> Answer:
        for _ in range(_HOPS + 1):
            answer = self._web.ask(self._web.rule.checked(url), {}, largest=_ROBOTS)
            if answer.status not in _REDIRECTS:
                return answer
            url = _next(url, answer)
        return replace(answer, status=404)  # section 2.3.1.2: led on too often, there is none


def _next(url: str, answer: Answer) -> str:
    try:
        return urljoin(url, answer.headers.get("location", ""))
    except ValueError as error:
        raise SourceError(f"led on to what is no address: {error}", reason=Reason.NO_ANSWER) from error


def _page(kept: Kept) -> Page:
    type, charset = media.parsed(kept.type)
    return Page(kept.url, type, kept.body, charset)
