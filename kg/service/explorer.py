"""A pool in, the routes that the explorer's pages ask out, each with its parameters and their limits."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.routing import BaseRoute, Route

from kg.graph.serving import listing, packaged, search
from kg.service import told
from kg.service.parameters import LIMIT, OFFSET, WORDS, number, text
from kg.service.pool import Pool
from kg.service.told import Address
from kg.service.vocabulary import Vocabulary

_ADDRESSES = {
    "/api/search": Address(search.search, {"q": text() | "", "limit": number(10, least=1)}),
    "/api/overview": Address(listing.overview),
    "/api/articles": Address(listing.articles, {"offset": OFFSET, "limit": LIMIT}),
    "/api/queries": Address(packaged.listing),
    "/api/asked": Address(packaged.asked, {"query": text(), "values": WORDS}),
}


def routes(pool: Pool) -> Iterator[BaseRoute]:
    """All that the explorer asks."""
    yield from told.routes(pool, _ADDRESSES)
    yield Route("/api/vocabulary", Vocabulary(pool).answer, methods=["GET"])
