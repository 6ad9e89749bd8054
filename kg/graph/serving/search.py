"""What somebody types in, the entities that bear such a name out: any of their names, the best known first.

Case, accents and hyphens do not count, and a name in another script is found in Latin letters too. First come exact
names, then names that begin so, then names with words that do; among those, entities that more articles mention. The
names stand in the tables in that order, so that a search reads as many rows as it shows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from string import ascii_lowercase

import anyascii

from kg import gazetteer
from kg.graph.exploring.explored import Explored
from kg.graph.serving.tables import Kind
from kg.graph.serving.things import OTHERS, PREFERRED, thing

_TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, articles INTEGER NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL);
CREATE VIRTUAL TABLE word USING fts5(
  folded, content='', prefix='1 2 3', tokenize='unicode61 remove_diacritics 0'
);
"""
_NAMES = tuple(
    f"SELECT ?thing ?name {{ ?thing {'|'.join(map('<{}>'.format, some))} ?name }}" for some in (PREFERRED, OTHERS)
)
_COUNTS = (
    "SELECT ?thing (COUNT(DISTINCT ?in) AS ?n) { GRAPH ?in { ?mention kg:refersTo ?thing } } GROUP BY ?thing",
    # other RDF may have all articles in one graph
    """SELECT ?thing (COUNT(DISTINCT ?in) AS ?n) {
  ?mention kg:refersTo ?thing BIND(STRBEFORE(STR(?mention), "#") AS ?in)
} GROUP BY ?thing""",
)
_SHORTEST, _LONGEST = 4, 24  # letters of a word that may have one wrong
_MOST = 6  # words of a name that may have one wrong


def make(explored: Explored, tables: sqlite3.Connection) -> None:
    """Fill the tables with all names."""
    counts = _counts(explored)
    names = [[(iri, text) for iri, text in explored.table(query) if iri[:2] != "_:"] for query in _NAMES]
    first: dict[str, str] = {}
    for iri, text in (name for some in names for name in sorted(some)):
        first.setdefault(iri, text)
    things = sorted(first, key=lambda iri: (-counts.get(iri, 0), first[iri], iri))
    places = {iri: place for place, iri in enumerate(things)}
    tables.executescript(_TABLES)
    counted = ((place, iri, counts.get(iri, 0)) for iri, place in places.items())
    tables.executemany("INSERT INTO thing VALUES (?, ?, ?)", counted)
    told = sorted({(places[iri], rank, text) for rank, some in enumerate(names) for iri, text in some})
    rows = list(_rows((place, text) for place, _, text in told))
    tables.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", ((n, *row) for n, row in enumerate(rows)))
    tables.executemany("INSERT INTO word (rowid, folded) VALUES (?, ?)", ((n, row[2]) for n, row in enumerate(rows)))
    tables.execute("CREATE INDEX exact ON name (folded)")


NAMES = Kind("names", 1, make)


def search(explored: Explored, q: str, limit: int) -> dict[str, object]:
    """At most so many entities, `more` if there are; `near` says that they bear names which differ by a letter. Where
    nothing is typed, those that most articles mention.
    """
    tables = explored.tables.read(NAMES, explored)
    typed = list(dict.fromkeys(_spellings(q)))
    numbers = _found(tables, typed) if q.strip() else _numbers(tables, "SELECT id FROM name ORDER BY id")
    found = list(islice(_things(tables, numbers), limit + 1))
    near = not found
    if near:
        found = list(islice(_things(tables, _nearly(tables, typed)), limit + 1))
    results = [_result(explored, *row) for row in found[:limit]]
    return {"results": results, "more": len(found) > limit, "near": near and bool(found)}


def _counts(explored: Explored) -> dict[str, int]:
    """The number of articles that mention each entity."""
    for query in _COUNTS:
        if counts := {iri: int(number) for iri, number in explored.table(query)}:
            return counts
    return {}


def _rows(names: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """A row a spelling that no other name of the thing has."""
    seen: set[str] = set()
    last = -1
    for place, text in names:
        if place != last:
            seen, last = set(), place
        for spelling in _spellings(text):
            if spelling not in seen:
                seen.add(spelling)
                yield place, text, spelling


def _spellings(name: str) -> Iterator[str]:
    """How a name is written down: folded, and in Latin letters."""
    folded = gazetteer.fold(name)
    yield folded
    if not folded.isascii():
        yield gazetteer.fold(anyascii.anyascii(name))


def _found(tables: sqlite3.Connection, typed: Sequence[str]) -> Iterator[int]:
    """The numbers of names, the best first; some more than once."""
    for name in typed:
        yield from _numbers(tables, "SELECT id FROM name WHERE folded = ? ORDER BY id", name)
    for name in typed:
        if words := _words(name):
            yield from _matching(tables, f'^"{" ".join(words)}" *')
    for name in typed:
        if words := _words(name):
            yield from _matching(tables, " AND ".join(f'"{word}" *' for word in words))


def _nearly(tables: sqlite3.Connection, typed: Sequence[str]) -> Iterator[int]:
    """The numbers of names that one letter of one word keeps from being found."""
    for words in (words for words in map(_words, typed) if len(words) <= _MOST):
        others = [f'"{word}" *' for word in words]
        for place, word in enumerate(words):
            if _SHORTEST <= len(word) <= _LONGEST:
                either = " OR ".join(sorted(_near(word)))
                yield from _matching(tables, " AND ".join([*others[:place], f"({either})", *others[place + 1 :]]))


def _near(word: str) -> set[str]:
    """As SQLite is asked: a word with a letter left out, put in, changed, or in its neighbour's place (after P. Norvig,
    "How to Write a Spelling Corrector", 2007); and what begins so, unless that is just what begins a letter earlier.
    """
    found: set[str] = set()
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        edited = [before + after[1:], before + after[1:2] + after[:1] + after[2:]]
        edited += [before + letter + rest for letter in ascii_lowercase for rest in (after, after[1:])]
        found |= {f'"{near}"' + " *" * (len(after) > 1) for near in edited}
    return found


def _words(folded: str) -> list[str]:
    """Its words, without signs that stand alone; none has a sign in it that means something to SQLite."""
    return [word for word in folded.split() if any(letter.isalnum() for letter in word)]


def _matching(tables: sqlite3.Connection, wanted: str) -> Iterator[int]:
    return _numbers(tables, "SELECT rowid FROM word WHERE word MATCH ? ORDER BY rowid", wanted)


def _numbers(tables: sqlite3.Connection, query: str, *values: str) -> Iterator[int]:
    return (number for (number,) in tables.execute(query, values))


def _things(tables: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[tuple[str, str, int]]:
    """The IRI, the name and the articles of each thing once."""
    told: set[str] = set()
    query = "SELECT iri, text, articles FROM name JOIN thing ON thing.id = thing WHERE name.id = ?"
    for number in numbers:
        iri, text, articles = tables.execute(query, (number,)).fetchone()
        if iri not in told:
            told.add(iri)
            yield iri, text, articles


def _result(explored: Explored, iri: str, name: str, articles: int) -> dict[str, object]:
    return {**thing(explored, iri), "name": name, "articles": articles}
