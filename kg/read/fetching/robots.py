"""What a site's robots.txt says in, whether a page may be asked for and how often out (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from kg.errors import Reason, SourceError
from kg.read.fetching.web import AGENT, Answer

_SLOWEST = 30.0  # seconds between two pages that a site may ask for
_DELAY = 1.0  # and what is left between them anyway
_DAY = 24 * 3600.0  # seconds that rules hold (section 2.4)
_FAILED = 300.0  # seconds until a site that did not tell them is asked again


class Robots:
    """The rules of each site, asked for once a day; `ask` follows redirects and gives the last answer."""

    def __init__(self, ask: Callable[[str], Answer], clock: Callable[[], float]) -> None:
        self._ask = ask
        self._clock = clock
        self._sites: dict[str, tuple[float, Protego | SourceError]] = {}  # until when, what

    def check(self, url: str) -> None:
        """Raises `SourceError` where a page is not to be read, or where a site does not say what may be."""
        rules = self._rules(url)
        if isinstance(rules, SourceError):
            raise rules
        if not rules.can_fetch(url, AGENT):
            raise SourceError("its robots.txt does not allow it", reason=Reason.REFUSED)

    def delay(self, url: str) -> float:
        """The seconds that a site wants between two requests."""
        rules = self._rules(url)
        asked = None if isinstance(rules, SourceError) else rules.crawl_delay(AGENT)
        return min(max(_DELAY, asked or 0.0), _SLOWEST)

    def _rules(self, url: str) -> Protego | SourceError:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        until, rules = self._sites.get(site, (0.0, None))
        if rules is None or self._clock() >= until:
            rules = self._asked(f"{site}/robots.txt")
            self._sites[site] = self._clock() + (_FAILED if isinstance(rules, SourceError) else _DAY), rules
        return rules

    def _asked(self, url: str) -> Protego | SourceError:
        try:
            answer = self._ask(url)
        except SourceError as error:
            return error
        if answer.status == 200:
            return Protego.parse(answer.body.decode("utf-8", "replace"))
        if 400 <= answer.status < 500:  # section 2.3.1.3: there is none
            return Protego.parse("")
        # section 2.3.1.4: where the rules cannot be had, all is forbidden
        return SourceError(
            f"robots.txt: HTTP {answer.status}: without its rules nothing is read", reason=Reason.REFUSED
        )
