"""The name of a column, of a field of JSON or of a line at the head of a text in, what it holds out.

The names are those of `ontology/columns.ttl`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import fields
from functools import cache, lru_cache

from kg import ontology, resources
from kg.model import KG
from kg.read.sources import Columns

OTHER = "other"  # what heads articles besides, as their author: it is known, and not kept


@cache
def usual() -> dict[str, tuple[str, ...]]:
    """The usual names of each part of an article (`text`, `id` …), folded, those first that are likelier."""
    about = ontology.read_turtle(resources.root() / "ontology" / "columns.ttl")
    parts = [*(field.name for field in fields(Columns)), OTHER]
    return {part: tuple(_words(about[f"{KG}{part.title()}Column"])) for part in parts}


def part(name: str) -> str | None:
    """Which part of an article something of this name holds; None where nobody knows."""
    return _parts().get(folded(name))


@lru_cache(4096)
def folded(name: str) -> str:
    """What `Published At`, `publishedAt` and `published_at` have in common; « Publié le » and `publie-le`, too."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name).casefold()))


@cache
def _parts() -> dict[str, str]:
    return {word: part for part, words in reversed(usual().items()) for word in words}


def _words(about: ontology.Description) -> list[str]:
    return [folded(word) for word, _ in ontology.literals(about, KG + "word")]
