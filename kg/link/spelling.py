"""Words of names in, what all their spellings have in common out: scripts, accents, transliterations."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii

from kg import ontology

_DOUBLED = re.compile(r"(.)\1+")
_NO_LETTER = re.compile(r"[\W_]+")
_VOWELS = re.compile(r"[aeiou]+")
_EVERYWHERE = "mul"  # BCP 47 for words that belong to many languages


def bare(name: str) -> str:
    """A name in lower case, compatibility forms and accents undone (Unicode Standard, section 3.13, D145-D146)."""
    unfolded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(c for c in unfolded if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def letters(word: str) -> str:
    """The letters and digits of a word in the Latin alphabet, without case, accents and marks."""
    return _NO_LETTER.sub("", bare(anyascii(word)))


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """The letters of a word as any transliteration would leave them: "Loukachenko", "Lukashenko" give one.

    A word without letters stays what it is.
    """
    pattern, heard = _spellings()
    return _DOUBLED.sub(r"\1", pattern.sub(lambda match: heard[match.group()], letters(word))) or word


def skeleton(heard: str) -> str:
    """The consonants of a sound."""
    return _VOWELS.sub("", heard)


@cache
def words(name: str) -> frozenset[str]:
    """The words of a class of `ontology/names.ttl`, as `letters` gives them."""
    return frozenset(variants(name))


@cache
def variants(name: str) -> dict[str, str]:
    """Each spelling in a class of `ontology/names.ttl`, and the first of those that are one with it."""
    lines = sorted(ontology.load().words(name, _EVERYWHERE))
    return {letters(word): letters(line.split()[0]) for line in lines for word in line.split()}


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    heard = dict(line.split() for line in ontology.load().words("NameSpelling", _EVERYWHERE))
    return re.compile("|".join(sorted(heard, key=lambda run: (-len(run), run)))), heard
