"""The IRI of an entity in, what its page begins with out: names, types, links, and how much there is to read of it."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from kg.errors import UnknownThing
from kg.graph.exploring.explored import Explored
from kg.graph.exploring.listed import LEADING
from kg.graph.exploring.telling import Json
from kg.graph.names import DCT, OA, OWL, RDF, SKOS
from kg.graph.queries import is_day
from kg.graph.serving.things import MOST, iris, objects, shortened, thing
from kg.model import KG

_NAMES = SKOS + "prefLabel", SKOS + "altLabel", OA + "exact"
_LINKS = SKOS + "exactMatch", OWL + "sameAs"
_PARTS = RDF + "subject", RDF + "object", *(KG + part for part in ("refersTo", "agent", "patient", "place", "speaker"))


def entity(explored: Explored, iri: str) -> Json:
    """An entity, or an unnamed speaker; `limited` says that there is more of something than was looked at.

    Raises `UnknownThing` for what is neither.
    """
    must_be_known(explored, iri)
    replaced = iris(explored, iri, DCT + "isReplacedBy")
    articles, first, last = _seen(explored, iri)
    relations, counts = _relations(explored, iri)
    return {
        **thing(explored, iri),
        "names": _names(explored, iri),
        "links": sorted({link for property in _LINKS for link in iris(explored, iri, property)}),
        "replacedBy": replaced[0] if replaced else None,
        "articles": articles,
        "firstSeen": first,
        "lastSeen": last,
        "relations": relations["Statement"][:MOST],
        "eventTypes": relations["Event"][:MOST],
        "counts": counts,
        "limited": any(explored.is_cut(query, iri, *leading) for query, leading in LEADING.items()),
    }


def must_be_known(explored: Explored, iri: str) -> None:
    """Raise `UnknownThing` for what has no name, has never had one, and has no part in anything."""
    known = (next(objects(explored, iri, property), None) for property in (*_NAMES, DCT + "isReplacedBy"))
    if not any(known) and not _has_part(explored, iri):
        raise UnknownThing(f"no entity <{iri}> is here: look for it by its name")


def _names(explored: Explored, iri: str) -> list[Json]:
    """All names, those first that it is called by first."""
    found: dict[tuple[str, str], None] = {}
    for property in _NAMES:
        literals = {term for term in objects(explored, iri, property) if isinstance(term, ox.Literal)}
        found.update(dict.fromkeys(sorted((term.value, term.language or "") for term in literals)))
    return [{"text": shortened(text), "language": language} for text, language in found]


def _has_part(explored: Explored, iri: str) -> bool:
    node = ox.NamedNode(iri)
    quads = (explored.graph.quads_for_pattern(None, ox.NamedNode(property), node, None) for property in _PARTS)
    return any(next(found, None) for found in quads)


def _seen(explored: Explored, iri: str) -> tuple[int, str | None, str | None]:
    ((articles, *days),) = _asked(explored, "seen", iri)
    first, last = (day.value if day and is_day(day.value) else None for day in days)
    return int(articles.value), first, last


def _relations(explored: Explored, iri: str) -> tuple[dict[str, list[str]], dict[str, int]]:
    """The relations, and the types of events, the most frequent first; and how much there is of everything."""
    found: dict[str, list[str]] = {"Statement": [], "Event": []}
    told = {"Statement": 0, "Event": 0}
    for relation, kind, times in _asked(explored, "relations", iri):
        name = kind.value.removeprefix(KG)
        found[name].append(relation.value)
        told[name] += int(times.value)
    said, about = (sum(1 for _ in _asked(explored, query, iri)) for query in ("said-by", "said-about"))
    return found, {"statements": told["Statement"], "quotations": said, "about": about, "events": told["Event"]}


def _asked(explored: Explored, query: str, iri: str) -> Any:
    return explored.rows(query, {"name": ox.NamedNode(iri)})
