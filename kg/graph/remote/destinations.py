"""The URL that a server is asked at in, a way to write to it out: SPARQL 1.1 Update or its Graph Store Protocol."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import ServiceError, TryLater
from kg.graph.remote.changes import Change, Forget, Graph, Remote, Replace, halves, update
from kg.graph.remote.web import Refused, Web

_NTRIPLES = "application/n-triples"
_TOO_BIG = (400, 413, 500)  # which servers say of a request that has more in it than they take, among other things
_NOT_HERE = (400, 403, 404, 405, 406, 411, 415, 500, 501)
_CHUNK = 1 << 16


class ByUpdate:
    """A server that takes SPARQL 1.1 Update; what is too big for one request is sent in two."""

    batch = 1_000_000

    def __init__(self, web: Web, url: str) -> None:
        self.url, self._web = url, web

    def apply(self, changes: Sequence[Change]) -> None:
        """Make the changes in one request, or in as few as the server takes. Raises `ServiceError`."""
        try:
            self._send(update(changes))
        except Refused as refused:
            parts = halves(changes) if refused.status in _TOO_BIG else None
            if parts is None:
                raise
            for part in parts:
                self.apply(part)
            self.batch = max(10_000, self.batch // 2)

    def _send(self, text: bytes) -> None:
        with closing(self._web.send("POST", self.url, text, headers={"Content-Type": "application/sparql-update"})):
            pass


class ByGraphStore:
    """A server that takes whole graphs (SPARQL 1.1 Graph Store HTTP Protocol): what it is to forget has to be fetched,
    so that the batches are large.
    """

    batch = 16_000_000

    def __init__(self, web: Web, url: str) -> None:
        self.url, self._web = url, web

    def apply(self, changes: Sequence[Change]) -> None:
        """Make the changes, a request or two each. Raises `ServiceError`."""
        for change in changes:
            if isinstance(change, Forget):
                self._forget(change)
            elif change.triples:
                self._send("PUT" if isinstance(change, Replace) else "POST", change.graph, change.triples)
            elif isinstance(change, Replace):
                self._remove(change.graph)

    def _forget(self, change: Forget) -> None:
        gone = {f"<{subject}>" for subject in change.subjects}
        with tempfile.NamedTemporaryFile() as kept:
            size = found = 0
            for triple in self._triples(change.graph):
                found += str(triple.subject) in gone
                if str(triple.subject) not in gone:
                    size += kept.write(f"{triple} .\n".encode())
            kept.flush()
            if found:
                self._send("PUT", change.graph, _Content(Path(kept.name)), size=size)

    def _triples(self, graph: Graph) -> Iterator[ox.Triple]:
        try:
            response = self._web.send("GET", self._url(graph), headers={"Accept": _NTRIPLES})
        except Refused as refused:
            if refused.status == 404:
                return
            raise
        with closing(response):
            format = ox.RdfFormat.from_media_type(response.headers.get_content_type()) or ox.RdfFormat.N_TRIPLES
            try:
                yield from (quad.triple for quad in ox.parse(response, format=format))
            except (SyntaxError, ValueError) as error:
                raise ServiceError(f"{self.url}: what it gives of {graph or 'its default graph'} is no RDF") from error

    def _remove(self, graph: str) -> None:
        try:
            with closing(self._web.send("DELETE", self._url(graph))):
                pass
        except Refused as refused:
            if refused.status != 404:
                raise

    def _send(self, method: str, graph: Graph, body: bytes | Iterable[bytes], *, size: int | None = None) -> None:
        length = {} if size is None else {"Content-Length": str(size)}
        with closing(self._web.send(method, self._url(graph), body, headers={"Content-Type": _NTRIPLES, **length})):
            pass

    def _url(self, graph: Graph) -> str:
        which = "default" if graph is None else f"graph={quote(graph, safe='')}"
        return f"{self.url}{'&' if '?' in self.url else '?'}{which}"


class _Content:
    """A file that can be sent more than once: a server may want a login first."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def find(web: Web, endpoint: str, trial: Change) -> Remote:
    """The first way to write that takes a change, where servers are known to have theirs. Raises `ServiceError`."""
    base = urlunsplit(urlsplit(endpoint)._replace(query="", fragment="")).rstrip("/")
    ways: list[Remote] = [ByUpdate(web, url) for url in update_urls(base)]
    ways += [ByGraphStore(web, url) for url in graph_store_urls(base)]
    locked: ServiceError | None = None
    busy: Remote | None = None
    for way in ways:
        try:
            with web.hasty():
                way.apply([trial])
            return way
        except TryLater:
            busy = busy or way
        except Refused as refused:
            if refused.status not in (*_NOT_HERE, 401):
                raise
            locked = refused if refused.status in (401, 403) else locked
    if locked:
        raise ServiceError(f"{locked}: give a login that may write: $KG_LOGIN or --login FILE") from locked
    if busy:
        busy.apply([trial])  # which waits as long as it takes
        return busy
    raise ServiceError(f"{endpoint}: no way to write was found there: give it by --update URL or --graph-store URL")


def update_urls(endpoint: str) -> list[str]:
    """Where a server may take updates: Virtuoso; Fuseki and Oxigraph; GraphDB and RDF4J; many where they are asked."""
    parent, _, last = endpoint.rpartition("/")
    found = [f"{endpoint}-auth"] if last == "sparql" else []
    found += [f"{parent}/update"] if last in ("sparql", "query") else [f"{endpoint}/update"]
    return [*([f"{endpoint}/statements"] if "/repositories/" in endpoint else []), *found, endpoint]


def graph_store_urls(endpoint: str) -> list[str]:
    """Where a server may have its graph store: Virtuoso, Fuseki, Oxigraph, our own, GraphDB and RDF4J, Neptune."""
    parent, _, last = endpoint.rpartition("/")
    home = parent if last in ("sparql", "query") else endpoint
    found = [f"{parent}/sparql-graph-crud-auth"] if last == "sparql" else []
    found += [f"{endpoint}/rdf-graphs/service"] if "/repositories/" in endpoint else []
    return [*found, f"{home}/data", f"{home}/store", f"{home}/graph-store", f"{endpoint}/gsp/"]
