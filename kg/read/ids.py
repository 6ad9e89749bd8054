"""The address, the file name or the text of an article in, an identifier out: readable, safe, the same everywhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote, urldefrag, urlsplit

from kg.errors import Reason, SourceError
from kg.read import limits

_LONGEST = 120
_DIGEST = 8  # hex digits
_SIGNS = re.compile(r"[\W_]+")
_SUFFIX = re.compile(r"\.(?:html?|php|aspx?|jsp|xml)$", re.IGNORECASE)


def of_url(url: str) -> str:
    """The id of what is known by its address: host, words of the path, and a digest of the address without fragment.

    At most 120 characters, letters without accents, digits, dots and hyphens: never a separator of paths.
    """
    address = urldefrag(url).url
    digest = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    try:
        parts = urlsplit(address)
        host, path = parts.hostname or "", parts.path
    except ValueError:  # "http://[": no address, but known by it all the same
        host, path = "", address
    host = "-".join(filter(None, (_words(label) for label in host.removeprefix("www.").split(".")))).replace("-", ".")
    words = "-".join(filter(None, (host, _words(_SUFFIX.sub("", unquote(path).rstrip("/"))))))
    return f"{words[: _LONGEST - _DIGEST - 1].strip('-.') or 'page'}-{digest}"


def of_text(text: str, prefix: str = "text") -> str:
    """The id of a text about which nothing else is known: a digest, so that the same text has the same."""
    return f"{prefix}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def of_name(name: str) -> str:
    """The id that a path in a folder or in a container gives: its parts with hyphens, and nothing of where it leads.

    A name that is no UTF-8 is taken for Windows-1252, as old archives have it.
    """
    parts = (part for part in re.split(r"[/\\]+", _readable(name)) if part.strip(". "))
    return _printable("-".join(parts))[: limits.IDENTIFIER].strip()


def given(id: str) -> str:
    """An id as a file gives it, without control characters.

    Raises `SourceError` where nothing is left of it, and where it is too long to be one.
    """
    kept = _printable(id).strip()
    if not kept:
        raise SourceError(f"no id: {id!r:.40} has no character that can be seen", reason=Reason.METADATA)
    if len(kept) > limits.IDENTIFIER:
        raise SourceError(
            f"an id of {len(kept):,} characters: it has at most {limits.IDENTIFIER:,}", reason=Reason.METADATA
        )
    return kept


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _SIGNS.sub("-", plain).strip("-").lower()


def _readable(name: str) -> str:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return name


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs"))
