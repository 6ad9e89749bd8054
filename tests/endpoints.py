"""A small SPARQL server over an Oxigraph store, with Update and Graph Store Protocol, that can be made to fail."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

NT = ox.RdfFormat.N_TRIPLES


class Endpoint(ThreadingHTTPServer):
    """`/sparql`, `/update` and `/data`. `refusals` are what the next writes are told instead of being done: a status
    and how long to wait; a status of 0 hangs up. `most` is how many bytes a write may have.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store = ox.Store()
        self.union = True
        self.updates = True
        self.login = ""  # what the header Authorization must be, to write
        self.most = 1 << 30
        self.refusals: list[tuple[int, str]] = []
        self.written: list[tuple[str, int]] = []  # method and size of each write that was asked for

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_port}/sparql"


@contextmanager
def running() -> Iterator[Endpoint]:
    """A server as long as it is wanted."""
    server = Endpoint()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_GET(self) -> None:
        if urlsplit(self.path).path != "/data":
            return self._give(404)
        graph = self._graph()
        if isinstance(graph, ox.NamedNode) and not self.server.store.contains_named_graph(graph):
            return self._give(404)
        self._give(200, NT.media_type, self.server.store.dump(format=NT, from_graph=graph) or b"")

    def do_POST(self) -> None:
        if self.path == "/sparql":
            asked = parse_qs(self._body().decode()).get("query")
            return self._query(asked[0]) if asked else self._give(400)
        body = self._accepted("POST")
        if body is None:
            return
        if self.path != "/update":
            self.server.store.load(body, format=NT, to_graph=self._graph())
            return self._give(204)
        if not self.server.updates:
            return self._give(404)
        try:
            self.server.store.update(body.decode())
            self._give(204)
        except SyntaxError as error:
            self._give(400, "text/plain", str(error).encode())

    def do_PUT(self) -> None:
        if (body := self._accepted("PUT")) is not None:
            self.server.store.clear_graph(self._graph())
            self.server.store.load(body, format=NT, to_graph=self._graph())
            self._give(201)

    def do_DELETE(self) -> None:
        if self._accepted("DELETE") is not None:
            self.server.store.remove_graph(self._graph())
            self._give(204)

    def _accepted(self, method: str) -> bytes | None:
        """What is to be written; None where that was refused."""
        body = self._body()
        self.server.written.append((method, len(body)))
        if urlsplit(self.path).path not in ("/data", "/update"):
            self._give(404)
        elif self.server.login and self.headers["Authorization"] != self.server.login:
            self._give(401, **{"WWW-Authenticate": 'Basic realm="news"'})
        elif self.server.refusals:
            status, after = self.server.refusals.pop(0)
            if status:
                self._give(status, **({"Retry-After": after} if after else {}))
            self.close_connection = True
        elif len(body) > self.server.most:
            self._give(413)
        else:
            return body
        return None

    def _query(self, text: str) -> None:
        found = self.server.store.query(text, use_default_graph_as_union=self.server.union)
        if isinstance(found, ox.QueryTriples):
            return self._give(200, "application/n-triples", found.serialize(format=NT) or b"")
        json = found.serialize(format=ox.QueryResultsFormat.JSON) or b""  # type: ignore[union-attr]
        self._give(200, "application/sparql-results+json", json)

    def _graph(self) -> ox.NamedNode | ox.DefaultGraph:
        asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        return ox.NamedNode(asked["graph"][0]) if "graph" in asked else ox.DefaultGraph()

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _give(self, status: int, kind: str = "text/plain", content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *told: object) -> None:
        """Say nothing."""
