"""A pool in, the routes that the explorer's pages ask out, each with its parameters and their limits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

from starlette.routing import BaseRoute, Route

from kg.errors import KGError
from kg.graph.exploring.article import article
from kg.graph.exploring.entity import entity
from kg.graph.exploring.listed import ROLES, events, quotations, statements
from kg.graph.exploring.neighbours import neighbours
from kg.graph.serving import listing, packaged, search
from kg.service import addresses, assets, preparing
from kg.service.addresses import Address
from kg.service.networks import Networks
from kg.service.parameters import DAY, IRI, LIMIT, MOST, OFFSET, WORDS, number, one_of, text
from kg.service.pool import Pool
from kg.service.refused import RefusedError
from kg.service.resolving import Resolving
from kg.service.vocabulary import Vocabulary

_SPAN = {"since": DAY, "until": DAY}
_FILTER = {"relation": IRI | None, "factuality": one_of("Asserted", "Planned", "Possible", "Denied") | None, **_SPAN}
_PAGE = {"entity": IRI, "offset": OFFSET, "limit": LIMIT}
_ADDRESSES = {
    "/api/search": Address(search.search, {"q": text() | "", "limit": number(10, least=1)}),
    "/api/overview": Address(listing.overview),
    "/api/articles": Address(listing.articles, {"offset": OFFSET, "limit": LIMIT}),
    "/api/entity": Address(entity, {"iri": IRI}),
    "/api/statements": Address(statements, {**_PAGE, **_FILTER}),
    "/api/events": Address(events, {**_PAGE, **_FILTER}),
    "/api/quotations": Address(quotations, {**_PAGE, "role": one_of(*ROLES) | "speaker", **_SPAN}),
    "/api/neighbours": Address(neighbours, {"entity": IRI, "limit": number(MOST, least=1), **_FILTER}),
    "/api/article": Address(article, {"iri": IRI}),
    "/api/queries": Address(packaged.listing),
    "/api/asked": Address(packaged.asked, {"query": text(), "values": WORDS}),
}
_PAGES = ("/", "/query")


class Explorer:
    """The pages, what they ask, and what an entity's or an article's address shows."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._vocabulary, self._resolving = Vocabulary(pool), Resolving(pool)

    def routes(self) -> Iterator[BaseRoute]:
        """Those that are there from the start."""
        yield Route("/static/{name:path}", assets.static)
        yield from (Route(path, assets.shell) for path in _PAGES)
        yield from addresses.routes(self._pool, _ADDRESSES)
        yield Route("/api/vocabulary", self._vocabulary.answer, methods=["GET"])
        yield Route("/api/network", Networks(self._pool).answer, methods=["GET", "POST"])
        yield from self._resolving.routes()

    @asynccontextmanager
    async def at_work(self, routes: list[BaseRoute]) -> AsyncIterator[None]:
        """Answer at the paths of the bases too, and have made what searches need, until the block is left."""
        tasks = []
        with suppress(RefusedError, KGError):  # which whoever asks is told
            routes += await self._resolving.routes_of_bases()
            tasks = [self._vocabulary.prepare(), preparing.prepare(self._pool)]
        async with preparing.at_work(*tasks):
            yield
