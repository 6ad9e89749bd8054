"""A pool in, the routes that the explorer's pages ask out, each with its parameters and their limits."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.routing import BaseRoute, Route

from kg.graph.exploring.article import article
from kg.graph.exploring.entity import entity
from kg.graph.exploring.listed import ROLES, events, quotations, statements
from kg.graph.exploring.neighbours import neighbours
from kg.graph.serving import listing, packaged, search
from kg.service import told
from kg.service.networks import Networks
from kg.service.parameters import DAY, IRI, LIMIT, MOST, OFFSET, WORDS, number, one_of, text
from kg.service.pool import Pool
from kg.service.told import Address
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


def routes(pool: Pool) -> Iterator[BaseRoute]:
    """All that the explorer asks."""
    yield from told.routes(pool, _ADDRESSES)
    yield Route("/api/vocabulary", Vocabulary(pool).answer, methods=["GET"])
    yield Route("/api/network", Networks(pool).answer, methods=["GET", "POST"])
