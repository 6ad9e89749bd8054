"""Something that answers queries in, what it holds in numbers out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.graph.answer import Answer


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a store holds. Keys are the last parts of IRIs (`Person`, `Asserted`, `RETREAT`) or language tags;
    an entity of two types counts under both and once in `entities`; `first` and `last` are ISO dates of articles.
    """

    articles: int
    entities: int
    entities_by_type: dict[str, int]
    statements: int
    statements_by_factuality: dict[str, int]
    events: int
    events_by_type: dict[str, int]
    quotations: int
    mentions: int
    languages: dict[str, int]
    first: str | None
    last: str | None


def count(query: Callable[[str], Answer]) -> Stats:
    """Count what is behind `query`, a store's or an endpoint's."""
    statements = _by(query, "?s a kg:Statement ; kg:factuality ?key")
    events = _by(query, "?s a kg:Event ; kg:eventType ?key")
    days = query("SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) { ?s a kg:Article ; dct:issued ?day }")
    first, last = next(days.rows())
    return Stats(
        articles=_number(query, "?s a kg:Article"),
        entities=_number(query, "?s skos:prefLabel ?label"),
        entities_by_type=_by(query, "?s skos:prefLabel ?label ; a ?key"),
        statements=sum(statements.values()),
        statements_by_factuality=statements,
        events=sum(events.values()),
        events_by_type=events,
        quotations=_number(query, "?s a kg:Quotation"),
        mentions=_number(query, "?s a kg:Mention"),
        languages=_by(query, "?s a kg:Article ; dct:language ?key"),
        first=_text(first),
        last=_text(last),
    )


def _number(query: Callable[[str], Answer], pattern: str) -> int:
    row = next(query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }}").rows())
    return int(_text(row[0]) or 0)


def _by(query: Callable[[str], Answer], pattern: str) -> dict[str, int]:
    rows = query(f"SELECT ?key (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }} GROUP BY ?key ORDER BY DESC(?n) ?key").rows()
    return {(_text(key) or "").replace("#", "/").rsplit("/", 1)[-1]: int(_text(n) or 0) for key, n in rows}


def _text(term: object) -> str | None:
    return getattr(term, "value", None)
