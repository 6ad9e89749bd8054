"""An entity and a filter in, those it has to do with, what between them all, as a network of bounded size out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.graph.exploring.entity import must_be_known
from kg.graph.exploring.explored import Explored
from kg.graph.exploring.listed import narrowed
from kg.graph.exploring.telling import Json
from kg.graph.names import RDF
from kg.graph.queries import is_day
from kg.graph.serving.things import thing
from kg.model import KG

_SIDES = RDF + "subject", RDF + "object", KG + "agent", KG + "patient"


def neighbours(explored: Explored, entity: str, limit: int, **filter: Any) -> Json:
    """An entity and whom it has relations or events with, `limit` in all, those of the most articles first; and the
    edges between any of them. An edge is all that has one predicate (a relation, or the type of an event), one
    factuality, is former or not, somebody's word or not; its weight is the number of articles.

    `total` is how many there are, the entity counted; of one with thousands of statements only so many are looked
    at, and `limited` says so. Raises `UnknownThing` for an entity that is not there.
    """
    must_be_known(explored, entity)
    said = narrowed(**filter)
    own = _edges(explored, "neighbours", [entity], said)
    nearest = _nearest(entity, own)
    shown = [entity, *nearest[: limit - 1]]
    near = set(shown)
    edges = [edge for edge in own if near.issuperset(_ends(edge))]
    edges += _edges(explored, "between", shown[1:], said)
    degrees = Counter(iri for edge in edges for iri in _ends(edge))
    return {
        "nodes": [{**thing(explored, iri), "degree": degrees[iri]} for iri in shown],
        "edges": edges,
        "total": len(nearest) + 1,
        "limited": len(nearest) >= limit or any(explored.is_cut("neighbours", entity, side) for side in _SIDES),
    }


def _edges(explored: Explored, query: str, entities: Iterable[str], filter: dict[str, str]) -> list[Json]:
    """The rows of a query of entities, the heaviest first."""
    terms = [ox.NamedNode(iri) for iri in entities]
    return [_edge(row) for row in explored.rows(query, {"name": terms}, filter)] if terms else []


def _edge(row: Any) -> Json:
    source, predicate, target, factuality, former, attributed, weight, *days = row
    first, last = (day.value if is_day(day.value) else None for day in days)
    return {
        "source": source.value,
        "target": target.value,
        "predicate": predicate.value,
        "factuality": factuality.value.removeprefix(KG) if factuality else None,
        "former": former.value == "true",
        "attributed": attributed.value == "true",
        "weight": int(weight.value),
        "firstSeen": first,
        "lastSeen": last,
    }


def _nearest(entity: str, edges: Iterable[Json]) -> list[str]:
    """The other ends, those of most articles first."""
    weights: Counter[str] = Counter()
    for edge in edges:
        weights[edge["target"] if edge["source"] == entity else edge["source"]] += edge["weight"]
    return sorted(weights, key=lambda iri: (-weights[iri], iri))


def _ends(edge: Json) -> tuple[str, str]:
    return edge["source"], edge["target"]
