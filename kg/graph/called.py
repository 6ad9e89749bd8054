"""A name as somebody types it in, the things of a graph that bear it out: case, accents and hyphens do not count."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import gazetteer
from kg.graph import queries
from kg.graph.sparql import Term

if TYPE_CHECKING:
    from kg.graph.remote import Endpoint
    from kg.graph.store import Store

# Of speakers, only those that are stretches of an article have words of their own: looking for those of all took half
# of the time. All names are looked at: the very spelling alone is found sooner, but hides from who types "Élysée" what
# articles of another language have as "Elysee".
# the pattern is written into the query, where the engine compiles it once, and not bound, where it would for each name
_WHO = """SELECT DISTINCT ?thing {{
  {{ ?thing skos:prefLabel|skos:altLabel ?name }}
  UNION {{ {{ SELECT DISTINCT ?thing {{ ?quotation kg:speaker ?thing FILTER(CONTAINS(STR(?thing), "#")) }} }}
    ?thing oa:exact ?name }}
  FILTER(REGEX(STR(?name), {pattern}, "i"))
}} ORDER BY ?thing"""
_TODAY = "SELECT ?today { ?thing dct:isReplacedBy ?today }"
_KNOWN = "ASK { ?thing skos:prefLabel|dct:isReplacedBy ?told }"
_BETWEEN = r"[\s.'’‐-]*"  # words of a name, and the letters of an abbreviation
_LATIN = chain(range(0xC0, 0x250), range(0x1E00, 0x1F00))


def things(source: Store | Endpoint, typed: str) -> list[Term]:
    """The entities, and the unnamed speakers, of a name; the entity of an identifier or an IRI; `*` stays what it is.

    One that was merged into another is followed by that other. Where there are none, what was typed stands for itself.
    """
    term = queries.term(typed, source.names)
    words = gazetteer.fold(typed).split()
    if isinstance(term, ox.NamedNode):
        return [term, *_of_today(source, term)]
    if typed == "*" or not words:
        return [term]
    pattern = str(ox.Literal(f"^{_BETWEEN.join(map(_spellings, words))}$"))
    found = [row[0] for row in source.query(_WHO.format(pattern=pattern)).rows()]
    known = ox.NamedNode(source.names.entity_iri("-".join(word for word in words if word.isalnum())))
    things = [known, *_of_today(source, known), *(thing for thing in found if isinstance(thing, ox.NamedNode))]
    return list(dict.fromkeys(things))


def entities(source: Store | Endpoint, typed: str) -> list[str]:
    """The IRIs of the entities that are meant, as `things` gives them; those alone that have a name or had one."""
    found = [thing for thing in things(source, typed) if isinstance(thing, ox.NamedNode)]
    return [thing.value for thing in found if source.query(_KNOWN, bindings={"thing": thing}).boolean]


def _of_today(source: Store | Endpoint, thing: ox.NamedNode) -> list[Term]:
    """What stands for an entity that was merged into another."""
    rows = source.query(_TODAY, bindings={"thing": thing}).rows()
    return [row[0] for row in rows if isinstance(row[0], ox.NamedNode)]


def _spellings(word: str) -> str:
    """A pattern of all ways to write a folded word."""
    return re.sub(r"oe|ae|.", lambda match: _spelling(match.group()), word)


def _spelling(letters: str) -> str:
    others = "".join(_variants().get(letters, ""))
    if letters.isalnum():
        return rf"(?:{letters}{f'|[{others}]' if others else ''})\.?"
    return re.escape(letters)


@cache
def _variants() -> dict[str, list[str]]:
    """The letters with accents that fold to each letter or pair of letters."""
    found: dict[str, list[str]] = {}
    for letter in map(chr, _LATIN):
        if letter.isalpha() and (folded := gazetteer.fold(letter)) != letter:
            found.setdefault(folded, []).append(letter)
    return found
