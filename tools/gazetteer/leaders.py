"""`leaders.csv` in, heads of state and of government out, with the years in which they held their offices.

The table is Wikidata's as of October 2022 (`SOURCES.md`). It tells who somebody is, never that they hold an office
today: a tenure has its years, and what an article does not say is no fact of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tables import Row, slug, split, table
from writing import LEADERS, Entry, Properties, quote


def leaders(country: dict[str, str]) -> Iterator[Entry]:
    """People by their full names; `country` gives the entry of a country by its Wikidata identifier."""
    written = {row["name"]: row for row in table("leaders-names")}
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table("leaders", ","):
        if " " in row["officeholderLabel"]:
            held[row["officeholder"], row["officeholderLabel"]].append(row)
    for (item, name), rows in held.items():
        others = written.get(name, {"fr": "", "en": "", "shared": ""})
        if not others["shared"]:
            yield slug(name), _person(item, name, split(others["fr"]), split(others["en"]))
            yield from _tenures(slug(name), rows, country)


def _person(item: str, name: str, french: list[str], english: list[str]) -> Properties:
    labels = [quote(french[0], "fr"), quote(name, "en")] if french and french[0] != name else [quote(name)]
    others = [quote(other, "fr") for other in french[1:]] + [quote(other, "en") for other in english if other != name]
    return {
        "a": ["kg:Person"],
        "skos:prefLabel": labels,
        "skos:altLabel": others,
        "skos:exactMatch": [f"wd:{item}"],
        "dct:source": [LEADERS],
    }


def _tenures(holder: str, rows: list[Row], country: dict[str, str]) -> Iterator[Entry]:
    """What somebody held: years are all that the table knows, so the first and the last day of them."""
    for row in rows:
        if (where := country.get(row["countryid"])) and row["start_year"]:
            yield (
                f"{holder}-{slug(row['positionLabel'])}-{row['start_year']}",
                {
                    "a": ["kg:Tenure"],
                    "kg:holder": [f"ent:{holder}"],
                    "kg:office": [quote(row["positionLabel"], "en")],
                    "kg:officeOf": [f"ent:{where}"],
                    "kg:begin": [f'"{row["start_year"]}-01-01"^^xsd:date'],
                    "kg:end": [f'"{row["end_year"]}-12-31"^^xsd:date'] if row["end_year"] else [],
                },
            )
