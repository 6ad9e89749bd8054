"""`subdivisions.csv` in, provinces, states and departments of the world out, with what names them without a doubt.

The table was copied from iso3166-2-db (`SOURCES.md`): ISO 3166-2 codes, names as Wikipedia's articles have them in
French and English, and GeoNames identifiers. France's are in `regions.csv`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from doubt import is_common, is_weak
from rigour.text import levenshtein
from tables import Row, slug, table
from writing import Entry, Properties, geonames, quote

from kg.gazetteer import fold

_WORD = 4  # letters; shorter words of a name are articles and the like

Names = dict[str, str]  # by language, "" for any


def provinces(country: Callable[[str], str | None], is_taken: Callable[[str], bool]) -> Iterator[Entry]:
    """The entries of what is no city or region of ours, by names that nothing else bears."""
    rows = [row for row in table("subdivisions") if country(row["code"][:2]) and not _is_left_out(row)]
    bearers = Counter(key for row in rows for key in {fold(name) for name in (*_labels(row).values(), bare(row))})
    for row in rows:
        if is_taken(row["en"]) or (row["fr"] and is_taken(row["fr"])):
            continue
        labels = {
            language: name
            for language, name in _labels(row).items()
            if bearers[fold(name)] == 1 and not is_common(name) and not is_weak(name)
        }
        if labels:
            where = str(country(row["code"][:2]))
            alone = bearers[fold(bare(row))] == 1 and not is_taken(bare(row))
            yield slug(row["en"]), _about(row, labels, where, alone)


def _is_left_out(row: Row) -> bool:
    """France's stand in `regions.csv`; municipalities, which some countries have at this level, are towns."""
    return row["code"].startswith("FR-") or "municipality" in row["en"].lower()


def _about(row: Row, labels: Names, where: str, alone: bool) -> Properties:
    name = bare(row)
    known = {fold(label) for label in labels.values()}
    others = [quote(name)] if alone and fold(name) not in known and not is_weak(name) and not is_common(name) else []
    return {
        "a": ["kg:Region"],
        "skos:prefLabel": [quote(label, language) for language, label in labels.items()],
        "skos:altLabel": others,
        "kg:locatedIn": [f"ent:{where}"],
        "skos:exactMatch": [geonames(row["geonames"])],
    }


def french_names() -> dict[tuple[str, str], str]:
    """The French name of a province without its generic noun, by country and its folded English one."""
    agreeing = (row for row in table("subdivisions") if _agree(row["fr"], row["en"]))
    pairs = (((row["code"][:2], fold(bare(row))), _without_french(row["fr"])) for row in agreeing)
    return {key: name for key, name in pairs if name}


def bare(row: Row) -> str:
    """The name of a province without its generic noun: "Chernihiv" of "Chernihiv Oblast"."""
    words = row["en"].split(" ")
    generics = _generics("en")
    if len(words) > 1 and words[-1] in generics:
        return " ".join(words[:-1])
    return " ".join(words[2:]) if len(words) > 2 and words[0] in generics and words[1] == "of" else row["en"]


def _labels(row: Row) -> Names:
    """French and English names, one of no language where they agree; a generic noun is no part that is capital."""
    french = row["fr"].replace("’", "'") if _agree(row["fr"], row["en"]) else ""
    if french.split(" ")[0] in _generics("fr") and " " in french:
        french = french[0].lower() + french[1:]
    english = row["en"].replace("’", "'")
    return {"": english} if french == english else {"fr": french, "en": english} if french else {"en": english}


def _agree(french: str, english: str) -> bool:
    """Whether two names have a word that is nearly the same: some rows have another place's French name."""
    words = [[word for word in fold(name).split() if len(word) >= _WORD] for name in (french, english)]
    return any(levenshtein(one, other) <= max(1, len(other) // 3) for one in words[0] for other in words[1])


def _without_french(name: str) -> str | None:
    first, _, rest = name.replace("’", "'").partition(" ")
    return re.sub(r"^(?:de l'|de la |du |des |de |d')", "", rest) or None if first in _generics("fr") else None


@cache
def _generics(language: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("generics") if row["language"] == language)
