"""Faker's lists of first names in, `ontology/first_names.ttl` out: which names are women's and which are men's.

Run it after a release of the library; it is a tool for developers and no part of the package:

    pip install faker
    python tools/first_names/build.py ontology/first_names.ttl

A name that a language's own lists give to one sex is that sex's in the language; else all lists decide together, and a
name that a quarter of them give to the other sex is nobody's.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from faker.config import AVAILABLE_LOCALES

LANGUAGES = ("fr", "en")
WOMEN, MEN = "first_names_female", "first_names_male"
CLASSES = {
    WOMEN: ("FeminineFirstName", "prénom féminin", "feminine first name", "Une femme le porte.", "A woman bears it."),
    MEN: ("MasculineFirstName", "prénom masculin", "masculine first name", "Un homme le porte.", "A man bears it."),
}
_CLEAR = 8  # of the lists that hold a name, those of the other sex are fewer than one in so many

Counts = dict[str, Counter[str]]  # sex -> name -> lists that hold it


def main(path: Path) -> None:
    """Write the file."""
    lists = {locale: names for locale in sorted(AVAILABLE_LOCALES) if (names := _names(locale))}
    everywhere = _counted(list(lists.values()))
    found: dict[str, dict[str, set[str]]] = {sex: {} for sex in CLASSES}
    for language in LANGUAGES:
        own = _counted([names for locale, names in lists.items() if locale.split("_")[0] == language])
        for sex in CLASSES:
            found[sex][language] = {name for name in everywhere[sex] if _sex(name, own, everywhere) == sex}
    path.write_text("\n".join(_turtle(found)), encoding="utf-8")


def _names(locale: str) -> dict[str, set[str]]:
    """The names in Latin letters of one locale, by sex, in lower case."""
    try:
        provider = import_module(f"faker.providers.person.{locale}").Provider
    except ModuleNotFoundError:
        return {}
    some = {sex: {name.lower() for name in getattr(provider, sex, ()) if _is_latin(name)} for sex in CLASSES}
    return some if any(some.values()) else {}


def _is_latin(name: str) -> bool:
    return " " not in name and all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha()) and len(name) > 1


def _counted(lists: list[dict[str, set[str]]]) -> Counts:
    return {sex: Counter(name for names in lists for name in names[sex]) for sex in CLASSES}


def _sex(name: str, own: Counts, everywhere: Counts) -> str | None:
    for counts in (own, everywhere):
        women, men = counts[WOMEN][name], counts[MEN][name]
        if women + men and min(women, men) * _CLEAR < women + men:
            return WOMEN if women > men else MEN
        if women + men:
            return None
    return None


def _turtle(found: dict[str, dict[str, set[str]]]) -> Iterator[str]:
    yield f"# Made by tools/first_names/build.py from Faker {version('faker')} (MIT License, its contributors'):"
    yield "# https://github.com/joke2k/faker. A name without a language is the same sex's in all.\n"
    yield "@prefix dct: <http://purl.org/dc/terms/> ."
    yield "@prefix kg: <https://w3id.org/dateline/ns#> ."
    yield "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    for sex, (name, french, english, comment, meaning) in CLASSES.items():
        yield f'\nkg:{name} a kg:WordClass ;\n    rdfs:label "{french}"@fr, "{english}"@en ;'
        yield f'    rdfs:comment "{comment}"@fr, "{meaning}"@en ;\n    dct:source <https://github.com/joke2k/faker> ;'
        yield f"    kg:word {_wrapped(sorted(_literals(found[sex])))} ."
    yield ""


def _literals(by_language: dict[str, set[str]]) -> Iterator[str]:
    shared = set.intersection(*by_language.values())
    yield from (f'"{name}"' for name in shared)
    yield from (f'"{name}"@{language}' for language, names in by_language.items() for name in names - shared)


def _wrapped(literals: list[str]) -> str:
    lines, line = [], ""
    for literal in literals:
        if line and len(line) + len(literal) > 110:
            lines.append(line)
            line = ""
        line += ("" if not line else " ") + literal + ","
    return "\n        ".join([*lines, line]).rstrip(",")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
