"""Dateline: news articles in, a graph of who is who and what happened out, which rdflib and networkx read as their own.

>>> import kg
>>> with kg.open("news") as graph:
...     for stated in graph.statements(subject="Sean Parnell"):
...         print(stated)
...         print(stated.evidence[0].text)
Sean Parnell spokespersonOf Pentagone
Sean Parnell, porte-parole du Pentagone
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from kg.errors import KGError

if TYPE_CHECKING:  # nothing heavy on import: who wants rdflib or networkx pays for it when they ask
    import networkx
    import rdflib

    from kg.graph.answer import Answer
    from kg.graph.articles import Listed
    from kg.graph.remote import Endpoint
    from kg.graph.statements import Stated
    from kg.graph.store import Store

__all__ = ["Graph", "KGError", "networks", "open"]


def open(store: str | Path) -> Graph:
    """The graph in a store's folder, or behind the URL of a SPARQL endpoint, to read.

    Raises `StoreError` where there is no store, and `ServiceError` where the URL is none; both are `KGError`s.

    >>> graph = kg.open("news")
    >>> graph
    kg.open('news')
    """
    if isinstance(store, str) and "://" in store:
        from kg.graph.remote import Endpoint

        return Graph(Endpoint(store))
    from kg.graph.store import Store

    return Graph(Store.open(store))


def networks(store: str | Path, name: str = "relations", **parameters: Any) -> networkx.MultiDiGraph[str]:
    """A network of a store's folder, or of the URL of an endpoint, with all that its nodes and edges have.

    As `Graph.networkx`, which tells what `parameters` cut it.

    >>> network = kg.networks("news", "affiliations")
    >>> [(data["label"], data["weight"], data["sentences"]) for *_, data in network.edges(data=True)]
    [('spokesperson of', 1, ['Sean Parnell, porte-parole du Pentagone'])]
    """
    with open(store) as graph:
        return graph.networkx(name, **parameters)


class Graph:
    """What a store or an endpoint holds, as Python people like it. Use it in a `with` statement, or `close` it.

    In a notebook it shows how much it holds, who is in it, and what it states.
    """

    def __init__(self, source: Store | Endpoint) -> None:
        self.source = source
        self._name = str(getattr(source, "path", "") or getattr(source, "url", ""))

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"kg.open({self._name!r})"

    def _repr_html_(self) -> str:
        from kg.graph.overview import page

        return page(self.source, self._name)

    def close(self) -> None:
        """Let go of the store."""
        if hasattr(self.source, "close"):
            self.source.close()

    def query(self, question: str, **parameters: Any) -> Answer:
        """The answer to a packaged query by its name, to one in a file (`*.rq`), or to SPARQL.

        It is read as it comes: named tuples of Python values when it is iterated, `dicts()`, and RDF terms from
        `rows()` and `triples()`. A report gives its first 1000 rows, as its answer tells (`limit`); `limit=0` gives
        all. Raises `QueryError` for a name or a parameter that is unknown and for what is not SPARQL.

        >>> for row in graph.query("SELECT ?who ?name { ?who kg:spokespersonOf ent:pentagon ; skos:prefLabel ?name }"):
        ...     print(row.who, row.name)
        https://w3id.org/dateline/entity/sean-parnell Sean Parnell
        >>> [row.object for row in graph.query("about", name="Sean Parnell")]
        ['Pentagone']
        >>> list(graph.query("SELECT ?name { ?who a kg:Person ; skos:prefLabel ?name }").dicts())
        [{'name': 'Sean Parnell'}]
        >>> graph.query("ASK { ent:sean-parnell a kg:Person }").boolean
        True
        """
        from kg.graph.questions import ask

        return ask(self.source, question, parameters)

    def statements(
        self,
        *,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        factuality: str | Iterable[str] | None = None,
        former: bool | None = None,
        attributed_to: str | None = None,
        article: str | None = None,
        confidence: float = 0,
    ) -> Iterator[Stated]:
        """The statements, one after the other, with their evidence; those that are as is said, or all.

        Whom or what is meant is typed as in packaged queries: a name, however it is written, an identifier or an IRI.
        A relation has its name (`"spokespersonOf"`) or its IRI, a `factuality` is Asserted, Planned, Possible or
        Denied, or several of them, `article` an identifier, `confidence` the least, from 0 to 1. They come in no
        order. Raises `QueryError` for a relation or a factuality that there is not.

        >>> (stated,) = graph.statements(object="le pentagone", predicate="spokespersonOf", factuality="Asserted")
        >>> stated.subject.label, stated.subject.iri
        ('Sean Parnell', 'https://w3id.org/dateline/entity/sean-parnell')
        >>> words = stated.evidence[0]
        >>> graph.text(stated.article)[words.start : words.end]
        'Sean Parnell, porte-parole du Pentagone'
        """
        from kg.graph.statements import statements

        return statements(
            self.source,
            subject=subject,
            predicate=predicate,
            object=object,
            factuality=factuality,
            former=former,
            attributed_to=attributed_to,
            article=article,
            confidence=confidence,
        )

    def articles(self) -> Iterator[Listed]:
        """The articles, by day, with title, language, day and publisher as far as they are known.

        >>> [(article.id, article.title, article.issued.year) for article in graph.articles()]
        [('irak', 'Le retrait', 2025)]
        """
        from kg.graph.articles import articles

        return articles(self.source)

    def text(self, article: str) -> str:
        """The text of an article, unchanged. Raises `StoreError` where there is none; no endpoint has texts.

        >>> graph.text("irak")[:12]
        'Sean Parnell'
        """
        return self._store("texts").text(article)

    def export(self, file: IO[bytes] | str | Path, format: str = "nquads", *, article: str | None = None) -> None:
        """Write all articles, or one, as `nquads`, `trig` or `turtle`: the same store, the same bytes.

        `file` is a path, or open for writing bytes. Raises `StoreError` for an article that is not there, `QueryError`
        for another format.

        >>> import io
        >>> file = io.BytesIO()
        >>> graph.export(file, "turtle", article="irak")
        >>> b"kg:spokespersonOf" in file.getvalue()
        True
        """
        with Path(file).open("wb") if isinstance(file, str | Path) else nullcontext(file) as opened:
            self._store("files").export(opened, format, article)

    def rdflib(self) -> rdflib.Dataset:
        """The graph as an rdflib `Dataset`, read-only and without a copy; of an endpoint, one that asks it.

        >>> found = graph.rdflib().query("SELECT ?name { ?person a kg:Person ; skos:prefLabel ?name }")
        >>> [str(row.name) for row in found]
        ['Sean Parnell']
        """
        return self.source.rdflib()

    def networkx(
        self,
        name: str = "relations",
        *,
        since: str | None = None,
        until: str | None = None,
        entity: str | None = None,
        depth: int = 1,
        min_weight: float = 0,
        measures: bool = False,
        **parameters: Any,
    ) -> networkx.MultiDiGraph[str]:
        """A network of `queries/networks/`, or of a query of one's own with ?source and ?target, as a `MultiDiGraph`.

        It is cut to what is told between two days (`"2025-01-31"`), to what is within `depth` steps of an `entity` (a
        name, an identifier or an IRI), and to edges of some weight; its query's own `parameters` cut it further, as
        `within="irak"` does to an article. With `measures`, nodes have what a file for Gephi has of them: degree,
        community, betweenness, size, x and y. Raises `QueryError` as `query` does, and for an entity not in it.

        >>> network = graph.networkx(entity="Sean Parnell")
        >>> [network.nodes[node]["label"] for node in network]
        ['Pentagone', 'Sean Parnell']
        """
        from kg.view.cutting import Cut
        from kg.view.drawing import drawn
        from kg.view.network import drawn as as_graph

        cut = Cut(since=since, until=until, entity=entity, depth=depth, min_weight=min_weight)
        with drawn(self.source, name, parameters, cut) as spool:
            return as_graph(spool, measures=measures)

    def _store(self, what: str) -> Store:
        from kg.errors import StoreError
        from kg.graph.store import Store

        if not isinstance(self.source, Store):
            raise StoreError(f"{self._name}: an endpoint has no {what}, only a store has: open its folder")
        return self.source
