"""Something that answers queries in, or a graph, what it holds in numbers out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.graph.answer import Answer
from kg.graph.inference import rules
from kg.graph.names import RDF, SKOS
from kg.graph.triples import Triples
from kg.model import KG

COUNTED = {  # what everybody wants to know the number of, and the pattern that it fits
    "articles": "?s a kg:Article",
    "entities": "?s skos:prefLabel ?label",
    "statements": "?s a kg:Statement",
    "events": "?s kg:eventType ?type",
    "quotations": "?s a kg:Quotation",
}

_EVIDENCE, _TYPE, _LABEL = f"<{KG}evidence>", f"<{RDF}type>", f"<{SKOS}prefLabel>"


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a store holds. Keys are the last parts of IRIs (`Person`, `Asserted`, `RETREAT`) or language tags;
    an entity of two types counts under both and once in `entities`; `first` and `last` are ISO dates of articles.
    `derived` has the triples that rules have derived, by rule, and `stale` the rules that are to be applied again.
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
    derived: dict[str, int] = field(default_factory=dict)
    stale: tuple[str, ...] = ()


def count(query: Callable[[str], Answer]) -> Stats:
    """Count what is behind `query`, a store's or an endpoint's."""
    statements = _by(query, "?s a kg:Statement ; kg:factuality ?key")
    events = _by(query, "?s a kg:Event ; kg:eventType ?key")
    days = query("SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) { ?s a kg:Article ; dct:issued ?day }")
    first, last = next(days.rows())
    return Stats(
        articles=_number(query, COUNTED["articles"]),
        entities=_number(query, COUNTED["entities"]),
        entities_by_type=_by(query, "?s skos:prefLabel ?label ; a ?key"),
        statements=sum(statements.values()),
        statements_by_factuality=statements,
        events=sum(events.values()),
        events_by_type=events,
        quotations=_number(query, COUNTED["quotations"]),
        mentions=_number(query, "?s a kg:Mention"),
        languages=_by(query, "?s a kg:Article ; dct:language ?key"),
        first=_text(first),
        last=_text(last),
        derived={derived.rule.name: derived.triples for derived in rules.derived(query)},
        stale=tuple(rules.stale(query)),
    )


def proven(triples: Triples) -> Counter[str]:
    """How many things a graph gives evidence for, by the IRIs of their classes: statements, events and quotations."""
    proven = (about for about in triples.about.values() if _EVIDENCE in about)
    return Counter(kind[1:-1] for about in proven for kind in about.get(_TYPE, ()))


def entities(triples: Triples) -> set[str]:
    """The IRIs of what has a name in a graph, in brackets."""
    return {subject for subject, about in triples.about.items() if _LABEL in about}


def _number(query: Callable[[str], Answer], pattern: str) -> int:
    row = next(query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }}").rows())
    return int(_text(row[0]) or 0)


def _by(query: Callable[[str], Answer], pattern: str) -> dict[str, int]:
    rows = query(f"SELECT ?key (COUNT(DISTINCT ?s) AS ?n) {{ {pattern} }} GROUP BY ?key ORDER BY DESC(?n) ?key").rows()
    return {(_text(key) or "").replace("#", "/").rsplit("/", 1)[-1]: int(_text(n) or 0) for key, n in rows}


def _text(term: object) -> str | None:
    return getattr(term, "value", None)
