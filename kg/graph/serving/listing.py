"""A graph in, how much it holds and its articles, the newest first, out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from kg.graph.exploring.explored import Explored
from kg.graph.exploring.telling import Telling
from kg.graph.serving.tables import Kind
from kg.graph.stats import COUNTED

_ARTICLES = "SELECT DISTINCT ?article ?day { ?article a kg:Article OPTIONAL { ?article dct:issued ?day } }"


def make(explored: Explored, tables: sqlite3.Connection) -> None:
    """Count what there is, and put the articles into their order: by day, those without one last."""
    tables.execute("CREATE TABLE count (what TEXT NOT NULL, number INTEGER NOT NULL)")
    tables.executemany("INSERT INTO count VALUES (?, ?)", _counts(explored))
    days = sorted(((row[1] or "", row[0]) for row in explored.table(_ARTICLES)), key=lambda row: row[1])
    days.sort(key=lambda row: row[0], reverse=True)
    tables.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, iri TEXT NOT NULL)")
    tables.executemany("INSERT INTO article VALUES (?, ?)", enumerate(dict.fromkeys(iri for _, iri in days)))


LISTING = Kind("listing", 1, make)


def overview(explored: Explored) -> dict[str, int]:
    """How many articles, entities, statements, events and quotations there are."""
    return dict(explored.tables.read(LISTING, explored).execute("SELECT what, number FROM count"))


def articles(explored: Explored, offset: int, limit: int) -> dict[str, object]:
    """So many articles from a place on, each with its title, its day and its publisher."""
    tables = explored.tables.read(LISTING, explored)
    rows = tables.execute("SELECT iri FROM article WHERE id >= ? ORDER BY id LIMIT ?", (offset, limit + 1)).fetchall()
    iris = [iri for (iri,) in rows[:limit]]
    telling = Telling.of(explored, iris)
    return {"items": [telling.article(iri) for iri in iris], "more": len(rows) > limit}


def _counts(explored: Explored) -> Iterator[tuple[str, int]]:
    for what, pattern in COUNTED.items():
        ((number,),) = explored.table(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }}")
        yield what, int(number)
