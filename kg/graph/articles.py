"""A store or an endpoint in, what its articles are, a line each, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.graph.questions import ask
from kg.graph.remote import Endpoint
from kg.graph.store import Store


@dataclass(frozen=True, slots=True)
class Listed:
    """An article without its text; `id` is what a store knows it by, `issued` its day, as far as it is known."""

    id: str
    iri: str
    title: str | None
    language: str | None
    issued: date | None
    publisher: str | None

    def __str__(self) -> str:
        return self.title or self.id


def articles(source: Store | Endpoint) -> Iterator[Listed]:
    """All articles, by day."""
    for row in ask(source, "reports/articles", {"limit": 0}).dicts():
        found: dict[str, Any] = row
        about = {name: found.get(name) for name in ("title", "language", "issued", "publisher")}
        yield Listed(source.names.article_id(found["article"]), found["article"], **about)
