"""A name in, whether it may be something else than the place that bears it out: a word, a person, an abbreviation.

The rules, each with its reason, are the functions below. Such an entry is written with `kg:weak true`: the reader takes
its name for the place only where the statistical model reads a place there too.
"""

from __future__ import annotations

import re
from functools import cache

import simplemma
from rigour.names import NameTypeTag, analyze_names

from kg.gazetteer import fold

_SHORT = 4  # letters; "Ath", "Gap", "Bron" are initials, brands and words
_PLAIN = 3  # so many parts bound by hyphens are no accident: "Aix-les-Bains"
_LANGUAGES = "fr", "en"


def is_weak(name: str) -> bool:
    """Whether each word of a name is short, a word of the language or a person's: "Nice", "San Juan", "Les Lilas"."""
    if name.count("-") >= _PLAIN - 1:
        return False
    return all(len(word) <= _SHORT or is_word(word) or is_persons(word) for word in _words(name))


def is_common(name: str) -> bool:
    """Whether a name consists of words of the language alone, and names nothing by itself: "Northern Region"."""
    return all(is_word(word) or len(word) < _SHORT for word in _words(name))


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.lower())


@cache
def is_word(word: str) -> bool:
    """Whether a dictionary of French or English has a word or a form of it (simplemma's)."""
    return any(simplemma.is_known(form, lang=language) for form in {word, fold(word)} for language in _LANGUAGES)


@cache
def is_persons(word: str) -> bool:
    """Whether Wikidata knows somebody's given or family name of this spelling (rigour's list of names)."""
    return any(name.spans for name in analyze_names(NameTypeTag.PER, [word], {}))
