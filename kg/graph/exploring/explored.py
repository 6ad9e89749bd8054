"""An index and the texts beside it in, the answers of the packaged queries in `queries/pages/` out.

Those queries ask `GRAPH ?own`, the article's own graph, which takes half the time that all graphs take. Where
articles have no graphs, as in RDF that others wrote, that is left out of them; and `# without graphs` ends the lines
that are for such data alone: there, an article is known by the names of what stands in it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO, TextIOWrapper
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import asking, queries
from kg.graph.answer import Answer, Row
from kg.graph.names import RDF, Namespaces
from kg.graph.serving.tables import Tables
from kg.graph.sparql import Value
from kg.model import KG

_OWN_GRAPH = "GRAPH ?own "
_WITHOUT_GRAPHS = re.compile(r".*# without graphs\n")


@dataclass(frozen=True, slots=True)
class Explored:
    """All graphs of an index as one, as they are at one moment; `read` gives the text of an article by its identifier,
    `record` its Turtle or None; None where no files are kept. `generation` is another number for another state;
    `tables` are made of a state once.
    """

    graph: ox.Store
    names: Namespaces = field(default_factory=Namespaces)
    read: Callable[[str], str] | None = None
    record: Callable[[str], bytes | None] | None = None
    generation: int | None = None
    tables: Tables = field(default_factory=Tables)

    def query(self, text: str, *, bindings: Mapping[str, Value] = MappingProxyType({}), union: bool = True) -> Answer:
        """As `Store.query`; without `union` of the default graph alone."""
        return asking.answer(self.graph, text, prefixes=self.names.prefixes(), bindings=bindings, union=union)

    def table(self, text: str) -> Iterator[list[str]]:
        """The rows of a query as text, which for a hundred thousand takes a third of the time that terms take."""
        file = BytesIO()
        self.query(text).write(file, "csv")
        file.seek(0)
        rows = csv.reader(TextIOWrapper(file, encoding="utf-8", newline=""))
        next(rows)
        return rows

    def rows(self, name: str, terms: Mapping[str, Value], values: Mapping[str, str] | None = None) -> Iterator[Row]:
        """The rows of a query in `queries/pages/`: some of its parameters as terms, others as they were typed.

        Raises `QueryError` for what is no day or no IRI.
        """
        query = queries.find(f"pages/{name}")
        said = {**(values or {}), **dict.fromkeys(terms, "")}  # which the terms stand in for
        bindings = {**query.bindings(said, self.names), **terms}
        return self.query(self._asked(query.asked(said)), bindings=bindings).rows()

    def _asked(self, text: str) -> str:
        """A query as it fits the data."""
        articles = ox.NamedNode(RDF + "type"), ox.NamedNode(KG + "Article")
        without = next(self.graph.quads_for_pattern(None, *articles, ox.DefaultGraph()), None)
        found = next(self.graph.quads_for_pattern(None, *articles, None), None)
        has_graphs = not without and found is not None and found.graph_name == found.subject
        return _WITHOUT_GRAPHS.sub("", text) if has_graphs else text.replace(_OWN_GRAPH, "")

    def is_cut(self, name: str, thing: str, *properties: str) -> bool:
        """Whether more leads to a thing by these properties, all in all, than a query in `queries/pages/` looks at."""
        most = queries.find(f"pages/{name}").limit({}) or 0
        path = "|".join(f"<{property}>" for property in properties)
        beyond = f"SELECT ?told {{ ?told {path} ?thing }} OFFSET {most} LIMIT 1"
        return any(True for _ in self.query(beyond, bindings={"thing": ox.NamedNode(thing)}).rows())

    def holds(self, subject: ox.NamedNode, predicate: ox.NamedNode, object: ox.NamedNode | ox.Literal) -> bool:
        """Whether a triple is in any of the graphs."""
        return any(True for _ in self.graph.quads_for_pattern(subject, predicate, object, None))

    def text(self, article: str) -> str | None:
        """The text of an article, by its IRI; None where there is none."""
        if self.read is None or not article.startswith(self.names.article):
            return None
        try:
            return self.read(self.names.article_id(article))
        except (StoreError, ValueError):  # of a damaged file, or a name that no file has
            return None
