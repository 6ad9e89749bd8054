"""A table of names in (CSV), Turtle out: a row a name, several rows of one identifier an entry in several languages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg import ontology
from kg.errors import DataError
from kg.gazetteer.entries import ENTITY
from kg.gazetteer.index import Gazetteer, fold
from kg.model import KG, WIKIDATA
from kg.ontology import SKOS

COLUMNS = "name", "type", "language", "alias", "wikidata", "country", "id"
_ADDRESS = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/")
_KINDS = tuple(KG + name for name in ("Person", "Organization", "Place", "Operation", "Document", "Event"))
_PREFIXES = f"""\
PREFIX ent:  <{ENTITY}>
PREFIX kg:   <{KG}>
PREFIX skos: <{SKOS}>
PREFIX wd:   <{WIKIDATA}>
"""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table, and where it stands."""

    place: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return " ".join((self.cells.get(column) or "").split())

    def error(self, problem: str) -> DataError:
        return DataError(f"{self.place}: {problem}")


def turtle(file: Path, gazetteer: Gazetteer) -> str:
    """A table as Turtle; `gazetteer` tells which country a cell means, and who is known by a name already.

    The columns are `COLUMNS`, of which only `name` and `type` must be there. Raises `DataError` with file and line.
    """
    said: dict[str, dict[str, None]] = {}  # identifier -> what is said of it, once, in its order
    for row in _rows(file):
        kind = _kind(row)
        identity = _identifier(row, kind, gazetteer)
        about = said.setdefault(identity, {f"a {kind}": None})
        if f"a {kind}" not in about:
            raise row.error(f"{identity!r} was something else above: another thing needs an id of its own")
        about.update(dict.fromkeys(_about(row, gazetteer)))
        if sum(told.startswith("skos:exactMatch") for told in about) > 1:
            raise row.error(f"{identity!r} was another Wikidata item above: another thing needs an id of its own")
    if not said:
        raise DataError(f"{file}: there is no name in it")
    return _PREFIXES + "".join(f"\nent:{identity} {' ; '.join(about)} .\n" for identity, about in said.items())


def _rows(file: Path) -> Iterator[_Row]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: not UTF-8 (byte {error.start}): save it as CSV in UTF-8") from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if unknown := [name for name in names if name not in COLUMNS]:
        raise DataError(f"{file}:1: {unknown[0]!r} is no column: the columns are {', '.join(COLUMNS)}")
    if twice := [name for name in names if names.count(name) > 1]:
        raise DataError(f"{file}:1: there are two columns {twice[0]!r}: other names stand in 'alias', with | between")
    if missing := [name for name in COLUMNS[:2] if name not in names]:
        raise DataError(f"{file}:1: a column {missing[0]!r} is needed: the columns are {', '.join(COLUMNS)}")
    reader.fieldnames = names
    for cells in reader:
        row = _Row(f"{file}:{reader.line_num}", cells)
        if None in cells:
            raise row.error(f"more cells than columns: a cell that holds {delimiter!r} needs quotation marks")
        yield row


def _identifier(row: _Row, kind: str, gazetteer: Gazetteer) -> str:
    """What a row says; else that of the known thing of this kind and name; else the name itself, if it is free."""
    if row["id"] and not re.fullmatch(r"[\w-]+", row["id"]):
        raise row.error(f"{row['id']!r} is no identifier: letters, digits and hyphens are, such as united-states")
    if not fold(row["name"]):
        raise row.error("the name is empty")
    same = gazetteer.entries.get(row["id"])
    if same and not any(_is_of(kind.replace("kg:", KG), known) for known in same.kinds):
        raise row.error(f"{row['id']!r} is something else, {min(same.kinds).removeprefix(KG)}: give an id of its own")
    known = gazetteer.named(row["name"], language=row["language"].lower() or None)
    slug = re.sub(r"[^\w]+", "-", fold(row["name"])).strip("-") or "name"
    if row["id"]:
        return row["id"]
    if known and kind.replace("kg:", KG) in known.kinds:
        return known.id
    return f"{slug}-{kind.removeprefix('kg:').lower()}" if slug in gazetteer.entries else slug


def _is_of(kind: str, known: str) -> bool:
    vocabulary = ontology.load()
    return vocabulary.is_a(kind, known) or vocabulary.is_a(known, kind)


def _about(row: _Row, gazetteer: Gazetteer) -> Iterator[str]:
    language = row["language"].lower()
    if language and not re.fullmatch(r"[a-z]{2,3}", language):
        raise row.error(f"{row['language']!r} is no language: fr, en, or nothing for a name of every language")
    yield f"skos:prefLabel {_literal(row['name'], language)}"
    aliases = list(filter(None, map(str.strip, row["alias"].split("|"))))
    for name in (row["name"], *aliases):
        if all(letter.lower() == letter and letter.upper() != letter for letter in name if letter.isalpha()):
            raise row.error(f"{name!r} has no capital letter: it would be found in common words and numbers")
    for alias in aliases:
        yield f"skos:altLabel {_literal(alias, language)}"
    if item := _ADDRESS.sub("", row["wikidata"]):
        if not re.fullmatch(r"Q[1-9]\d*", item):
            raise row.error(f"{item!r} is no Wikidata item: Q796 is one")
        yield f"skos:exactMatch wd:{item}"
    if row["country"]:
        yield f"kg:locatedIn ent:{_country(row, gazetteer)}"


def _kind(row: _Row) -> str:
    """The class that a cell names, as Turtle, by its name or by what it is called: Company, entreprise."""
    vocabulary = ontology.load()
    kinds = sorted(kind for kind, parents in vocabulary.parents.items() if not parents.isdisjoint(_KINDS))
    called = {fold(kind.removeprefix(KG)): kind for kind in kinds}
    called |= {fold(label): kind for kind in kinds for label in vocabulary.labels.get(kind, {}).values()}
    if kind := called.get(fold(row["type"].removeprefix("kg:"))):
        return kind.replace(KG, "kg:")
    raise row.error(f"{row['type']!r} is no type: one of {', '.join(kind.removeprefix(KG) for kind in kinds)} is")


def _country(row: _Row, gazetteer: Gazetteer) -> str:
    word = row["country"]
    by_code = (entry for entry in gazetteer.entries.values() if entry.code == word.upper())
    found = gazetteer.entries.get(word) or next(by_code, None) or gazetteer.named(word)
    if found is None:
        raise row.error(f"{word!r} is no place of the gazetteer: a name, an ISO code (FR) or an identifier (france) is")
    return found.id


def _literal(text: str, language: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' + (f"@{language}" if language else "")
