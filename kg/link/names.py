"""Names in, what they have in common out: identifiers made of names, and which short names a full name may have."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NO_WORD = re.compile(r"[\W_]+")
_LONGEST = 80


def slug(name: str) -> str:
    """A name as the last part of an IRI: lower case, no accents, words bound by hyphens; other scripts stay.

    A name without a letter or a digit, or a very long one, carries a digest, so that two never fall together.
    """
    bare = _bare(_bare(name))  # twice: what one round unfolds may have capitals ("𝐀")
    words = _NO_WORD.sub("-", unicodedata.normalize("NFC", bare)).strip("-")
    if words and len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rstrip('-')}-{digest(name)}".lstrip("-")


def _bare(name: str) -> str:
    """A name in lower case, compatibility forms and accents undone (Unicode Standard, section 3.13, D145-D146)."""
    unfolded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(c for c in unfolded if not unicodedata.combining(c))


def digest(text: str) -> str:
    """Eight hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


@lru_cache(maxsize=1 << 14)  # every short name is held against every name of its article
def parts(name: str) -> tuple[str, ...]:
    """The words of a name, folded: "Mohammed al-Soudani" has three."""
    return tuple(word for word in slug(name).split("-") if word)


def shortens(short: str, full: str) -> bool:
    """Whether a name is the end of a longer one, as surnames are: "Parnell", "al-Soudani", "Soudani"."""
    few, many = parts(short), parts(full)
    return 0 < len(few) < len(many) and many[-len(few) :] == few


def full_name(short: str, names: Iterable[str]) -> str | None:
    """The one name that a short name can be the end of; None where there are none, or several."""
    fitting = {parts(name): name for name in sorted(names) if shortens(short, name)}
    longest = {p: n for p, n in fitting.items() if not any(shortens(n, other) for other in fitting.values())}
    return next(iter(longest.values())) if len(longest) == 1 else None
