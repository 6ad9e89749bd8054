"""What a server says of the kind of what it sends (RFC 9110, section 8.3) in, the suffix of a file of that kind out."""

from __future__ import annotations

import re

# what holds articles, and mostly nothing else
SUFFIXES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/json": "json",
    "application/ld+json": "json",
}
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def parsed(value: str) -> tuple[str, str | None]:
    """The media type in small letters and the encoding, where one is said: "text/html; charset=utf-8"."""
    charset = _CHARSET.search(value)
    return value.partition(";")[0].strip().lower(), charset[1] if charset else None
