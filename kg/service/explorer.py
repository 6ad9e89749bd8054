"""A pool in, the routes that the explorer's pages ask out, each with its parameters and their limits."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.routing import BaseRoute

from kg.graph.serving import search
from kg.service import told
from kg.service.parameters import number, text
from kg.service.pool import Pool
from kg.service.told import Address

_ADDRESSES = {
    "/api/search": Address(search.search, {"q": text(), "limit": number(10, least=1)}),
}


def routes(pool: Pool) -> Iterator[BaseRoute]:
    """All that the explorer asks."""
    yield from told.routes(pool, _ADDRESSES)
