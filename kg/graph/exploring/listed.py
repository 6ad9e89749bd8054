"""An entity and a filter in, a page of the statements, the events or the quotations that it has part in out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pyoxigraph as ox

from kg.graph.exploring.explored import Explored
from kg.graph.exploring.telling import Json, Telling
from kg.graph.names import RDF
from kg.model import KG

ROLES = {"speaker": "said-by", "about": "said-about"}
LEADING = {  # what each query follows to an entity
    "statements": (RDF + "subject", RDF + "object"),
    "events": (KG + "agent", KG + "patient", KG + "place"),
    "said-by": (KG + "speaker",),
    "said-about": (KG + "refersTo",),
}


def statements(explored: Explored, entity: str, offset: int, limit: int, **filter: Any) -> Json:
    """The statements on either side of which an entity stands, those of the newest articles first; `filter` as
    `narrowed` has it. Of an entity with ten thousand or more so many are looked at, and `limited` says so.
    """
    return _page(explored, "statements", entity, offset, limit, narrowed(**filter), Telling.statement)


def events(explored: Explored, entity: str, offset: int, limit: int, **filter: Any) -> Json:
    """The events in which an entity has part, the latest first, by their own day, or else by that of the article."""
    return _page(explored, "events", entity, offset, limit, narrowed(**filter), Telling.event)


def quotations(explored: Explored, entity: str, role: str, offset: int, limit: int, **filter: Any) -> Json:
    """What an entity said as a `speaker`, or what others said `about` it; those of the newest articles first. For words
    about it the two thousand newest of its mentions are looked at, and `limited` says so.
    """
    return _page(explored, ROLES[role], entity, offset, limit, narrowed(**filter), Telling.quotation)


def narrowed(
    relation: str | None = None, factuality: str | None = None, since: date | None = None, until: date | None = None
) -> dict[str, str]:
    """What a filter says, as the queries take it: a relation or a type of events by its IRI, `Asserted` or another
    factuality, the first and the last day.
    """
    said = {
        "relation": relation and f"<{relation}>",
        "factuality": factuality and f"<{KG}{factuality}>",
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
    }
    return {name: value for name, value in said.items() if value}


def _page(
    explored: Explored,
    query: str,
    entity: str,
    offset: int,
    limit: int,
    filter: Mapping[str, str],
    tell: Callable[[Telling, str], Json],
) -> Json:
    rows = explored.rows(query, {"name": ox.NamedNode(entity)}, filter)
    found = list(dict.fromkeys(row[0].value for row in rows if isinstance(row[0], ox.NamedNode)))
    shown = found[offset : offset + limit]
    telling = Telling.of(explored, shown)
    return {
        "items": [tell(telling, iri) for iri in shown],
        "total": len(found),
        "more": offset + limit < len(found),
        "limited": explored.is_cut(query, entity, *LEADING[query]),
    }
