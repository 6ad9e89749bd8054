"""The graph of an article and its sources in, Turtle that names them out, as if they were known at once; and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import pyoxigraph as ox

from kg.graph import versions
from kg.graph.names import DCT, Namespaces
from kg.graph.store.record import Graph
from kg.graph.terms import link
from kg.graph.turtle import turtle
from kg.model import KG, Article

_SOURCE = ox.NamedNode(DCT + "source")


def cited(graph: Graph, sources: Iterable[str], names: Namespaces, id: str) -> bytes:
    """The article's Turtle with just these sources; the very bytes that it has, if it names them already."""
    article = ox.NamedNode(graph.article)
    named = {triple for triple in graph.triples if (triple.subject, triple.predicate) == (article, _SOURCE)}
    wanted = {ox.Triple(article, _SOURCE, node) for source in sources if (node := link(source))}
    return graph.turtle if named == wanted else turtle((graph.triples - named) | wanted, names, id)


def article_of(graph: Graph, text: str, id: str) -> Article:
    """An article as far as its graph tells of it; which of several addresses is its own, nobody knows any more."""
    about: dict[str, list[str]] = defaultdict(list)
    for triple in graph.triples:
        if triple.subject == ox.NamedNode(graph.article) and isinstance(triple.object, (ox.NamedNode, ox.Literal)):
            about[triple.predicate.value].append(triple.object.value)
    issued = next(iter(about[DCT + "issued"]), "") if KG + "issuedInferred" not in about else ""
    urls = sorted(about[DCT + "source"])
    return Article(
        id,
        text,
        language=next(iter(about[DCT + "language"]), None),
        title=next(iter(about[DCT + "title"]), None),
        issued=date.fromisoformat(issued) if issued else None,
        url=next(iter(urls), None),
        sources=tuple(urls[1:]),
        version=versions.of(about),
    )
