"""A SPARQL endpoint over a real socket in, the same answers as from a store out."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from waiting import PATIENCE

from kg.errors import QueryError, ServiceError
from kg.graph.names import Namespaces
from kg.graph.questions import ask
from kg.graph.remote import Endpoint

DATA = """
ent:borel a kg:Company ; skos:prefLabel "Borel"@fr .
GRAPH <urn:a> { <urn:s> a kg:Statement ; rdf:subject ent:borel ; rdf:predicate kg:ownerOf ; rdf:object ent:ada ;
  kg:factuality kg:Asserted ; kg:former false ; kg:evidence <urn:e> .
<urn:e> oa:exact "l'été \\"x\\"" . }
"""


class Sparql(BaseHTTPRequestHandler):
    """As little of SPARQL 1.1 Protocol as tests need, and some ways to fail."""

    store = ox.Store()
    left = threading.Event()  # by who asked and has not been answered

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        match self.path:
            case "/slow":
                self.left.wait(PATIENCE)
            case "/html":
                self.give(200, "text/html", b"<html>hello</html>")
            case "/torn":
                self.give(200, "application/sparql-results+json", b'{"head":{"vars":["x"]},"results":')
            case "/sparql":
                self.answer(parse_qs(body)["query"][0])
            case "/graphs":
                asked = parse_qs(body)
                said = (" ".join(asked[name]) for name in ("default-graph-uri", "named-graph-uri"))
                self.give(200, "text/tab-separated-values", "".join(["?g\n", *(f'"{iri}"\n' for iri in said)]).encode())
            case path:
                self.give(int(path.strip("/")), "text/plain", b"plainly\nno")

    def answer(self, text: str) -> None:
        try:
            found = self.store.query(text, use_default_graph_as_union=True)
        except SyntaxError as error:
            return self.give(400, "text/plain", str(error).encode())
        if isinstance(found, ox.QueryTriples):
            return self.give(200, "text/turtle", found.serialize(format=ox.RdfFormat.TURTLE) or b"")
        json = found.serialize(format=ox.QueryResultsFormat.JSON) or b""  # type: ignore[union-attr]
        self.give(200, "application/sparql-results+json", json)

    def give(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    Sparql.store.update(f"INSERT DATA {{ {DATA} }}", prefixes=Namespaces().prefixes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sparql)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_rows_with_bindings_and_prefixes(base: str) -> None:
    answer = Endpoint(f"{base}/sparql").query(
        "SELECT ?n { ?e skos:prefLabel ?n }", bindings={"n": ox.Literal("Borel", language="fr")}
    )
    assert answer.variables == ("n",)
    assert list(answer.rows()) == [(ox.Literal("Borel", language="fr"),)]


def test_truth_and_triples(base: str) -> None:
    assert Endpoint(f"{base}/sparql").query("ASK { ?s a kg:Company }").boolean is True
    assert Endpoint(f"{base}/sparql").query("# SELECT\nASK { ?s a kg:Party }").boolean is False
    (triple,) = (
        Endpoint(f"{base}/sparql").query("CONSTRUCT { ?s a ?t } WHERE { ?s a ?t ; skos:prefLabel ?n }").triples()
    )
    assert triple.object == ox.NamedNode("https://w3id.org/dateline/ns#Company")


def test_packaged_queries_ask_anywhere(base: str) -> None:
    (row,) = ask(Endpoint(f"{base}/sparql"), "about", {"name": "borel"}).rows()
    assert ox.Literal('l\'été "x"') in row


def test_a_syntax_error_is_told_with_what_the_endpoint_said(base: str) -> None:
    with pytest.raises(QueryError, match=r"/sparql: error at 1:\d+") as raised:
        Endpoint(f"{base}/sparql").query("SELECT * { ?s")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("404", r"HTTP 404, nothing is there: is it http://.*/404/sparql\?$"),
        ("405", r"is it http://.*/405/sparql\?$"),
        ("500", "plainly no"),
        ("503", "HTTP 503"),
        ("html", "text/html that is no SPARQL result"),
        ("torn", "no SPARQL result"),
    ],
)
def test_what_is_no_answer_is_one_line_with_the_url(base: str, path: str, told: str) -> None:
    with pytest.raises(ServiceError, match=told) as raised:
        Endpoint(f"{base}/{path}").query("ASK {}")
    assert str(raised.value).startswith(f"{base}/{path}: ") and "\n" not in str(raised.value)


def test_an_endpoint_that_keeps_silent_is_left_after_the_timeout(base: str) -> None:
    with pytest.raises(ServiceError, match="timed out"):
        Endpoint(f"{base}/slow", timeout=1).query("ASK {}")
    Sparql.left.set()


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/sparql"
        with pytest.raises(ServiceError, match=r"no answer: .*refused"):
            Endpoint(url).query("ASK {}")
    with pytest.raises(ServiceError, match="begins with http"):
        Endpoint("file:///etc/passwd")


def test_updates_are_not_sent(base: str) -> None:
    with pytest.raises(QueryError, match="updates are not asked"):
        Endpoint(f"{base}/sparql").query("DELETE WHERE { ?s ?p ?o }")


def test_graphs_are_asked_for_as_the_protocol_says(base: str) -> None:
    endpoint = Endpoint(f"{base}/graphs")
    answer = endpoint.query("SELECT ?g {}", default_graph=["urn:a", "urn:b"], named_graphs=["urn:c"])
    assert [row[0].value for row in answer.rows() if row[0]] == ["urn:a urn:b", "urn:c"]  # type: ignore[union-attr]
