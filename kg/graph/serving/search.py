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
from kg.graph.serving.things import OTHERS, PREFERRED, shortened, thing

_TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, articles INTEGER NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL);
CREATE VIRTUAL TABLE word USING fts5(
  folded, content='', prefix='1 2 3', tokenize='unicode61 remove_diacritics 0'
);
"""
# one query, for reading the IRIs of a hundred thousand things takes most of its time
_NAMED = """SELECT ?thing ?rank ?name ?articles {{
  {{ ?thing {preferred} ?name BIND(0 AS ?rank) }} UNION {{ ?thing {others} ?name BIND(1 AS ?rank) }}
  OPTIONAL {{ {{ SELECT ?thing (COUNT(DISTINCT ?in) AS ?articles) {{ {mentioned} }} GROUP BY ?thing }} }}
}}"""
_MENTIONED = (
    "GRAPH ?in { ?mention kg:refersTo ?thing }",
    # other RDF may have all articles in one graph
    '?mention kg:refersTo ?thing BIND(STRBEFORE(STR(?mention), "#") AS ?in)',
)
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ")
_SHORTEST, _LONGEST = 4, 24  # letters of a word that may have one wrong
_MOST = 6  # words of a name that may have one wrong


def make(explored: Explored, tables: sqlite3.Connection) -> None:
    """Fill the tables with all names."""
    named = sorted(_named(explored))
    counts = {iri: articles for iri, _, _, articles in named}
    first: dict[str, str] = {}
    for iri, _, text, _ in named:
        first.setdefault(iri, text)
    things = sorted(first, key=lambda iri: (-counts[iri], first[iri], iri))
    places = {iri: place for place, iri in enumerate(things)}
    tables.executescript(_TABLES)
    counted = ((place, iri, counts[iri]) for iri, place in places.items())
    tables.executemany("INSERT INTO thing VALUES (?, ?, ?)", counted)
    told = sorted({(places[iri], rank, text) for iri, rank, text, _ in named})
    rows = list(_rows((place, text) for place, _, text in told))
    tables.executemany("INSERT INTO name VALUES (?, ?, ?, ?)", ((n, *row) for n, row in enumerate(rows)))
    tables.executemany("INSERT INTO word (rowid, folded) VALUES (?, ?)", ((n, row[2]) for n, row in enumerate(rows)))
    tables.execute("CREATE INDEX exact ON name (folded)")


NAMES = Kind("names", 2, make)


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


def _named(explored: Explored) -> list[tuple[str, int, str, int]]:
    """Each name: of what, whether it is another than the preferred one, and the number of articles that mention it."""
    preferred, others = ("|".join(map("<{}>".format, some)) for some in (PREFERRED, OTHERS))
    found: list[tuple[str, int, str, int]] = []
    for mentioned in _MENTIONED:
        rows = explored.table(_NAMED.format(preferred=preferred, others=others, mentioned=mentioned))
        found = [(iri, int(rank), text, int(articles or 0)) for iri, rank, text, articles in rows if iri[:2] != "_:"]
        if any(articles for *_, articles in found):
            break
    return found


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
    """How a name is written down: folded, in Latin letters, and as who leaves the apostrophes out has it ("obrien")."""
    for written in dict.fromkeys((name, name.translate(_APOSTROPHES))):
        folded = gazetteer.fold(written)
        yield folded
        if not folded.isascii():
            yield gazetteer.fold(anyascii.anyascii(written))


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
    return {**thing(explored, iri), "name": shortened(name), "articles": articles}
