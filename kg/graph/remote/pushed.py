"""A server in, what was pushed there out; it keeps its own account in two graphs, so that a push goes on where it was.

`<…/pushed>`           the digest of each named graph, and the graph that stands for the store's default graph
`<…/pushed/entities>`  the digest of all that the default graph holds of each of its subjects
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.errors import KGError, ServiceError
from kg.graph.answer import Row
from kg.graph.names import RDF, SCHEMA
from kg.graph.remote.changes import Add, Change, Forget, Graph, Remote
from kg.graph.remote.endpoint import Endpoint
from kg.graph.remote.web import Refused, Web

GRAPHS = "https://w3id.org/dateline/pushed"
ENTITIES = "https://w3id.org/dateline/pushed/entities"
NAMED_DEFAULT = "https://w3id.org/dateline/default"  # stands for the default graph where plain queries see named ones
_UNNAMED = GRAPHS + "#unnamed"  # says that it is the server's own default graph
_SD = "http://www.w3.org/ns/sparql-service-description#"
_DIGEST = SCHEMA + "version"
_PAGE = 5000  # rows; Virtuoso gives no more than 10,000 and does not say that there are more
_TOGETHER = 400  # graphs that are counted at a time

BEGUN: Change = Add(GRAPHS, f"<{GRAPHS}> <{RDF}type> <{_SD}Dataset> .\n".encode())

_ENTRIES = f"""SELECT ?of ?digest {{ GRAPH <%s> {{ ?of <{_DIGEST}> ?digest }} FILTER(STR(?of) > %s) }}
ORDER BY STR(?of) LIMIT {_PAGE}"""
_WHERE = f"SELECT ?graph {{ GRAPH <{GRAPHS}> {{ <{GRAPHS}> <{_SD}defaultGraph> ?graph }} }}"
_SEEN = "SELECT ?graph ?o {{ {{ <{s}> <{p}> ?o }} UNION {{ GRAPH ?graph {{ <{s}> <{p}> ?o }} }} }}"
_COUNTS = "SELECT ?graph (COUNT(*) AS ?n) {{ VALUES ?graph {{ {} }} GRAPH ?graph {{ ?s ?p ?o }} }} GROUP BY ?graph"
_ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_ALL_NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } }"


class Pushed:
    """What stands on a server, as it is asked at `endpoint`; busy, it is asked again as `web` does."""

    def __init__(self, endpoint: Endpoint, web: Web) -> None:
        self.url, self._endpoint, self._web = endpoint.url, endpoint, web

    def digests(self, account: str) -> dict[str, str]:
        """The digest of each graph (`GRAPHS`) or subject (`ENTITIES`) that was pushed."""
        found: dict[str, str] = {}
        last = ""
        while True:
            rows = self._rows(_ENTRIES % (account, ox.Literal(last)))
            found |= {_value(of): _value(digest) for of, digest in rows}
            if len(rows) < _PAGE:
                return found
            last = max(_value(of) for of, _ in rows)

    def default_graph(self) -> Graph | bool:
        """Where the store's default graph was pushed: None for the server's own, False where nothing was pushed."""
        iris = [_value(graph) for (graph,) in self._rows(_WHERE)]
        return (None if iris[0] == _UNNAMED else iris[0]) if iris else False

    def choose(self, remote: Remote, wanted: str | None) -> Graph:
        """Decide where the default graph goes, by what a plain query sees there, and write it down.

        The server's own default graph is the place for it if plain queries see that; where they see the named graphs
        alone, or where there is none, a named graph is.
        """
        if not self._sees(GRAPHS, RDF + "type", named=True):
            raise ServiceError(
                f"{self.url}: what was written to {remote.url} does not show there: are they one dataset?"
            )
        chosen = wanted or (None if self._sees_its_own(remote) else NAMED_DEFAULT)
        remote.apply([Add(GRAPHS, f"<{GRAPHS}> <{_SD}defaultGraph> <{chosen or _UNNAMED}> .\n".encode())])
        return chosen

    def is_union(self) -> bool:
        """Whether plain queries see what is in named graphs."""
        return self._sees(GRAPHS, RDF + "type", named=False)

    def counts(self, graphs: Iterable[str]) -> Iterator[tuple[str, int]]:
        """How many triples each of these graphs has; those without any are left out."""
        names = [f"<{graph}>" for graph in graphs]
        for start in range(0, len(names), _TOGETHER):
            asked = _COUNTS.format(" ".join(names[start : start + _TOGETHER]))
            yield from ((_value(graph), int(_value(n))) for graph, n in self._rows(asked) if graph)

    def count(self, graph: Graph) -> int:
        """How many triples a graph has, the server's own default graph included."""
        if graph is not None:
            return dict(self.counts([graph])).get(graph, 0)
        [(plain,)], [(named,)] = self._rows(_ALL), self._rows(_ALL_NAMED)
        return int(_value(plain)) - (int(_value(named)) if self.is_union() else 0)

    def _sees_its_own(self, remote: Remote) -> bool:
        mark = GRAPHS + "#mark"
        try:
            remote.apply([Add(None, f"<{mark}> <{RDF}type> <{_SD}Graph> .\n".encode())])
        except Refused:
            return False
        seen = self._sees(mark, RDF + "type", named=False) and not self._sees(mark, RDF + "type", named=True)
        remote.apply([Forget(None, [mark])])
        return seen

    def _sees(self, subject: str, predicate: str, *, named: bool) -> bool:
        rows = self._rows(_SEEN.format(s=subject, p=predicate))
        return any((graph is not None) == named for graph, _ in rows)

    def _rows(self, text: str) -> list[Row]:
        return self._web.patiently(lambda: list(self._endpoint.query(text).rows()))


def entries(digests: Mapping[str, str]) -> bytes:
    """The account of what was just pushed, as N-Triples."""
    return "".join(f'<{of}> <{_DIGEST}> "{digest}" .\n' for of, digest in sorted(digests.items())).encode()


def _value(term: object) -> str:
    value = getattr(term, "value", None)
    if not isinstance(value, str):
        raise KGError(f"{term} is no term that was pushed")
    return value
