"""A pool in, the routes that the explorer's pages ask out, each with its parameters and their limits."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.routing import BaseRoute, Route

from kg.graph.serving import listing, search
from kg.service import told
from kg.service.parameters import LIMIT, OFFSET, number, text
from kg.service.pool import Pool
from kg.service.told import Address
from kg.service.vocabulary import Vocabulary

_ADDRESSES = {
    "/api/search": Address(search.search, {"q": text() | "", "limit": number(10, least=1)}),
    "/api/overview": Address(listing.overview),
    "/api/articles": Address(listing.articles, {"offset": OFFSET, "limit": LIMIT}),
}


def routes(pool: Pool) -> Iterator[BaseRoute]:
    """All that the explorer asks."""
    yield from told.routes(pool, _ADDRESSES)
    yield Route("/api/vocabulary", Vocabulary(pool).answer, methods=["GET"])
