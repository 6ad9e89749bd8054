"""A store or an endpoint in, what a notebook shows of it out: how much it holds, who is in it, what it states."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kg.errors import KGError
from kg.graph import html
from kg.graph.questions import ask
from kg.graph.remote import Endpoint
from kg.graph.statements import statements
from kg.graph.stats import COUNTED
from kg.graph.store import Store

_COUNTED = ("articles", "statements", "events", "quotations")
_ENTITIES = 8
_STATEMENTS = 5


def page(source: Store | Endpoint, name: str) -> str:
    """The overview in HTML; one that cannot be had says why, for a notebook has no other place for it."""
    try:
        told = ", ".join(f"{count:,} {what}" for what, count in _counts(source))
        return html.note(f"{name}: {told}") + _entities(source) + _statements(source)
    except KGError as error:
        return html.note(str(error))


def _counts(source: Store | Endpoint) -> Iterator[tuple[str, int]]:
    for what in _COUNTED:
        ((count, *_),) = source.query(f"SELECT (COUNT(?s) AS ?n) {{ {COUNTED[what]} }}")
        yield what, count


def _entities(source: Store | Endpoint) -> str:
    found = ask(source, "reports/entities", {"limit": _ENTITIES})
    rows = ((row.name, row.articles, row.mentions) for row in found)
    return html.table(("named most", "articles", "mentions"), rows, prefixes={})


def _statements(source: Store | Endpoint) -> str:
    some = islice(statements(source, factuality="Asserted", former=False), _STATEMENTS)
    rows = ((t.subject, t.predicate, t.object, t.evidence[0].text if t.evidence else "", t.article) for t in some)
    return html.table(("subject", "relation", "object", "evidence", "article"), rows, prefixes={})
