"""The URL of a SPARQL endpoint in, the same answers as from a store of one's own out."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import IO, TYPE_CHECKING, Any
from urllib.error import HTTPError

import pyoxigraph as ox
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed, SPARQLWrapperException

from kg.errors import QueryError, ServiceError, TryLater
from kg.graph import sparql, stats
from kg.graph.answer import Answer
from kg.graph.names import Namespaces
from kg.graph.remote.web import BUSY, Login, wait

if TYPE_CHECKING:
    import rdflib

_GRAPHS = ("CONSTRUCT", "DESCRIBE")


class Endpoint:
    """Any SPARQL 1.1 endpoint; `timeout` is in seconds, for connecting and for each wait for data.

    `agent` is how a program introduces itself that asks much. The `login` goes with every question.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 60,
        names: Namespaces | None = None,
        agent: str | None = None,
        login: Login | None = None,
    ) -> None:
        if not url.lower().startswith(("http://", "https://")):
            raise ServiceError(f"{url}: an endpoint's URL begins with http:// or https://")
        self.url = url
        self.timeout = timeout
        self.agent = agent
        self.login = login
        self.names = names or Namespaces()

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, sparql.Value] | None = None,
        default_graph: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Ask in SPARQL, of the graphs that are given or else of those that the endpoint chooses; the contract's
        prefixes need no declaration. Whether SERVICE is answered is for the endpoint to say.

        Raises `QueryError` for a query that the endpoint calls malformed and `ServiceError`, with the URL, for one
        that cannot be reached, fails, or answers in no format of SPARQL; `TryLater` for one that is too busy.
        """
        form = sparql.form(text)
        if not form:
            raise QueryError("the query is none of SELECT, ASK, CONSTRUCT and DESCRIBE; updates are not asked")
        bound = sparql.declare(sparql.bind(text, bindings or {}), self.names.prefixes())
        wrapper = self._wrapper(bound, form)
        for iri in default_graph:
            wrapper.addDefaultGraph(iri)
        for iri in named_graphs:
            wrapper.addNamedGraph(iri)
        content, kind = self._sent(wrapper)
        try:
            return _answer(content, kind, self.names.prefixes(), form)
        except (SyntaxError, ValueError) as error:
            raise self._failed(f"it answered {kind} that is no SPARQL result: is that an endpoint's URL?") from error

    def stats(self) -> stats.Stats:
        """What the endpoint holds, counted."""
        return stats.count(self.query)

    def export(self, file: IO[bytes], format: str, article: str | None = None) -> None:
        """Write all graphs, or an article's, as `nquads`, `trig` or `turtle`, as they stand there: what articles share
        is in the default graph, or in the graph that stands for it.

        Raises `StoreError` for an article that is not there, `QueryError` for another format.
        """
        from kg.graph.remote import graphs
        from kg.graph.store import export

        export.write(file, format, graphs.graphs(self, article), self.names)

    def rdflib(self) -> rdflib.Dataset:
        """The endpoint as an rdflib Dataset, read-only: rdflib asks it for all that it is asked."""
        import rdflib
        from rdflib.plugins.stores.sparqlstore import SPARQLStore

        found = rdflib.Dataset(store=SPARQLStore(self.url), default_union=True)
        for prefix, iri in self.names.prefixes().items():
            found.bind(prefix, iri)
        return found

    def _wrapper(self, text: str, form: str) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(self.url, returnFormat=TURTLE if form in _GRAPHS else JSON)
        wrapper.setMethod(POST)
        wrapper.agent = self.agent or wrapper.agent
        wrapper.setTimeout(max(1, round(self.timeout)))
        wrapper.setQuery(text)
        if self.login and self.login.user is not None:
            wrapper.setCredentials(self.login.user, self.login.secret)
        elif self.login:
            wrapper.addCustomHttpHeader("Authorization", f"Bearer {self.login.secret}")
        wrapper.queryType = form  # its own guess is a pattern that comments mislead
        return wrapper

    def _sent(self, wrapper: SPARQLWrapper) -> tuple[bytes, str]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                response: Any = wrapper.query().response
            with response:
                return response.read(), response.headers.get_content_type()
        except QueryBadFormed as error:
            raise QueryError(f"{self.url}: {_said(error)}") from error
        except HTTPError as error:
            error.close()
            told = self._failed(f"HTTP {error.code} {error.reason}{self._elsewhere(error.code)}")
            raise (TryLater(str(told), wait(error.headers)) if error.code in BUSY else told) from error
        except EndPointNotFound as error:
            raise self._failed(f"HTTP 404, nothing is there{self._elsewhere(404)}") from error
        except SPARQLWrapperException as error:
            raise self._failed(_said(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise self._failed(f"no answer: {str(reason) or type(error).__name__}") from error

    def _elsewhere(self, status: int) -> str:
        """Where the endpoint may be, if this is the URL of its server."""
        url = self.url.rstrip("/")
        return f": is it {url}/sparql?" if status in (404, 405) and not url.endswith("/sparql") else ""

    def _failed(self, reason: str) -> ServiceError:
        return ServiceError(f"{self.url}: {reason}")


def _answer(content: bytes, kind: str, prefixes: Mapping[str, str], form: str) -> Answer:
    if form in _GRAPHS:
        format = ox.RdfFormat.from_media_type(kind)
        if format is None:
            raise ValueError(kind)
        return Answer([quad.triple for quad in ox.parse(content, format=format)], prefixes=prefixes)
    table = ox.QueryResultsFormat.from_media_type("application/sparql-results+json" if "json" in kind else kind)
    if table is None:
        raise ValueError(kind)
    found = ox.parse_query_results(content, table)
    if form == "ASK" and isinstance(found, ox.QuerySolutions):  # Virtuoso 7's truth is a row with 1 or 0
        truth = json.dumps(
            {"head": {}, "boolean": "1" in [getattr(term, "value", "") for row in found for term in row]}
        )
        found = ox.parse_query_results(truth.encode(), ox.QueryResultsFormat.JSON)
    return Answer(found)


def _said(error: Exception) -> str:
    """What the endpoint itself wrote, or else what SPARQLWrapper says of it, in one line."""
    words, _, response = str(error).partition("Response:\n")
    if response:  # SPARQLWrapper puts the bytes in as Python writes them
        words = ast.literal_eval(response).decode("utf-8", "replace")
    return " ".join(words.split())[:240]
