"""A graph in, how much it holds and its articles, the newest first, out."""

from __future__ import annotations

import sqlite3

from kg.graph.exploring.explored import Explored
from kg.graph.names import DCT
from kg.graph.serving.tables import Kind
from kg.graph.serving.things import text, thing

_COUNTED = {
    "articles": "?it a kg:Article",
    "entities": "?it skos:prefLabel ?name",
    "statements": "?it a kg:Statement",
    "events": "?it kg:eventType ?type",
    "quotations": "?it a kg:Quotation",
}
_ARTICLES = "SELECT DISTINCT ?article ?day { ?article a kg:Article OPTIONAL { ?article dct:issued ?day } }"


def make(explored: Explored, tables: sqlite3.Connection) -> None:
    """Put the articles into the order in which they are shown: by day, those without one last."""
    days = sorted(((row[1] or "", row[0]) for row in explored.table(_ARTICLES)), key=lambda row: row[1])
    days.sort(key=lambda row: row[0], reverse=True)
    tables.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, iri TEXT NOT NULL)")
    tables.executemany("INSERT INTO article VALUES (?, ?)", enumerate(dict.fromkeys(iri for _, iri in days)))


ARTICLES = Kind("articles", make)


def overview(explored: Explored) -> dict[str, int]:
    """How many articles, entities, statements, events and quotations there are."""
    counts = {}
    for what, pattern in _COUNTED.items():
        ((number,),) = explored.table(f"SELECT (COUNT(DISTINCT ?it) AS ?n) {{ {pattern} }}")
        counts[what] = int(number)
    return counts


def articles(explored: Explored, offset: int, limit: int) -> dict[str, object]:
    """So many articles from a place on, each with its title, its day and its publisher."""
    tables = explored.tables.read(ARTICLES, explored)
    rows = tables.execute("SELECT iri FROM article WHERE id >= ? ORDER BY id LIMIT ?", (offset, limit + 1)).fetchall()
    return {"items": [_article(explored, iri) for (iri,) in rows[:limit]], "more": len(rows) > limit}


def _article(explored: Explored, iri: str) -> dict[str, object]:
    publisher = text(explored, iri, DCT + "publisher")
    return {
        "iri": iri,
        "title": text(explored, iri, DCT + "title"),
        "issued": text(explored, iri, DCT + "issued"),
        "publisher": thing(explored, publisher) if publisher else None,
    }
