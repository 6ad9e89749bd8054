"""An endpoint in, its graphs one after the other out, for a file of them."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import turtle
from kg.graph.remote.endpoint import Endpoint
from kg.graph.remote.pushed import ENTITIES, GRAPHS, NAMED_DEFAULT
from kg.graph.store.record import Graph

_PAGE = 5000  # graphs; Virtuoso gives no more than 10,000 rows and does not say that there are more
_NAMES = """SELECT DISTINCT ?graph {{ GRAPH ?graph {{ ?s ?p ?o }} FILTER(STR(?graph) > {}) }}
ORDER BY STR(?graph) LIMIT {}"""
_ONE = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{}> {{ ?s ?p ?o }} }}"
_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?graph { ?s ?p ?o } } }"


def graphs(endpoint: Endpoint, article: str | None = None) -> Iterator[Graph]:
    """What articles share, in the default graph, whose IRI is ""; then the named graphs, or an article's alone.

    A graph at a time is in memory. The account of what was pushed is left out. Raises `StoreError` for an article
    that is not there.
    """
    if article is not None:
        found = _graph(endpoint, _ONE, endpoint.names.article_iri(article))
        if not found.triples:
            raise StoreError(f"{endpoint.url}: no article {article!r}")
        yield found
        return
    shared = _graph(endpoint, _DEFAULT, "")
    if shared.triples:
        yield shared
    for iri in _names(endpoint):
        if iri not in (GRAPHS, ENTITIES):
            one = _graph(endpoint, _ONE, iri)
            yield one._replace(article="") if iri == NAMED_DEFAULT else one


def _graph(endpoint: Endpoint, query: str, iri: str) -> Graph:
    triples = set(endpoint.query(query.format(iri) if iri else query).triples())
    return Graph(iri, triples, turtle.plain(triples, endpoint.names.prefixes()))


def _names(endpoint: Endpoint) -> Iterator[str]:
    last = ""
    while True:
        rows = endpoint.query(_NAMES.format(ox.Literal(last), _PAGE)).rows()
        page = [row[0].value for row in rows if isinstance(row[0], ox.NamedNode)]
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1]
