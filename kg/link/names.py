"""Names in, identifiers made of names out, and what is left of a body's name when it is said shortly."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from kg import ontology
from kg.link import spelling
from kg.model import KG

_NO_WORD = re.compile(r"[\W_]+")
_PARTING = re.compile(r"[^\w.]+|_+")  # "S.A." is one word
_ELIDED = re.compile(r"\b[^\W\d_]['’]")  # « L'Équipe »
_LONGEST = 80
_MINISTER = KG + "ministerOf"
ACRONYM = 5  # letters of a name in capitals that may be an acronym, which several bodies share


def slug(name: str) -> str:
    """A name as the last part of an IRI: lower case, no accents, words bound by hyphens; other scripts stay.

    A name without a letter or a digit, or a very long one, carries a digest, so that two never fall together.
    """
    bare = spelling.bare(spelling.bare(name))  # twice: what one round unfolds may have capitals ("𝐀")
    words = _NO_WORD.sub("-", unicodedata.normalize("NFC", bare)).strip("-")
    if words and len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rstrip('-')}-{digest(name)}".lstrip("-")


def digest(text: str) -> str:
    """Eight hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


@lru_cache(maxsize=1 << 15)
def core(name: str) -> tuple[str, ...]:
    """The words of a body's or a place's name that tell it from others: without fillers, and no legal form at the end.

    "The Washington Post", "Washington Post" have one core; so have "TotalEnergies SE" and "TotalEnergies". A capital by
    itself tells much: « Groupe A ».
    """
    words = [word for word in _PARTING.split(_ELIDED.sub(" ", name)) if spelling.letters(word)]
    kept = [word for word in words if spelling.letters(word) not in spelling.words("NameFiller") or _is_capital(word)]
    while len(kept) > 1 and spelling.letters(kept[-1]) in spelling.words("LegalForm"):
        kept.pop()
    return tuple(map(spelling.letters, kept or words)) or (name,)


def _is_capital(word: str) -> bool:
    return len(word) == 1 and word.isupper()


@lru_cache(maxsize=1 << 15)
def spoken(name: str) -> tuple[str, ...]:
    """What the core of a name sounds like; a short name in capitals is spelled and not spoken: "PKK", "PQ"."""
    words = core(name)
    is_acronym = name.isupper() and len(words) == 1 and len(words[0]) <= ACRONYM
    return words if is_acronym else tuple(map(spelling.sound, words))


def full_cores(names: Iterable[str]) -> dict[str, str]:
    """Each name of an article's bodies and places, and the longest of those whose core sounds the same."""
    fullest: dict[tuple[str, ...], str] = {}
    given = sorted(set(names), key=lambda name: (-len(name), sum(map(str.isupper, name)), name))
    return {name: fullest.setdefault(spoken(name), name) for name in given}


def is_name(name: str) -> bool:
    """Whether words can be a name: what is all in small letters is a description."""
    return any(letter.isupper() or letter.isdigit() for letter in name) or name.lower() == name.upper()


def is_common(name: str, language: str | None = None) -> bool:
    """Whether a name is a common noun and its adjectives, of a language or of any, and nothing says whose it is.

    So is the field of an office, which many countries have: "Défense", "Affaires étrangères".
    """
    nouns = ontology.load().head_nouns
    known = nouns.get(language, {}) if language else {noun for words in nouns.values() for noun in words}
    words = name.split()
    if all(word.lower() in _fields(language) for word in words):
        return True
    heads = (count for count in range(1, len(words) + 1) if " ".join(words[:count]).lower() in known)
    return any(not any(word.lstrip("(")[:1].isupper() for word in words[count:]) for count in heads)


@cache
def _fields(language: str | None) -> frozenset[str]:
    """The words for what ministers are in charge of, and those around them: "ministre des Affaires étrangères"."""
    ministers = [p for p in ontology.load().positions.values() if _MINISTER in p.implies]
    forms = (form for p in ministers for code, some in p.forms.items() if language in (code, None) for form in some)
    return frozenset(word for form in forms for word in _PARTING.sub(" ", form.lower()).replace("'", " ").split()[1:])


def compatible(kinds: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a thing can be of both sorts: a class of one is a class of the other, or one above or below it."""
    known = ontology.load()
    return any(known.is_a(a, b) or known.is_a(b, a) for a in kinds for b in others)
