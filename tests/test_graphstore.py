"""The SPARQL 1.1 Graph Store HTTP Protocol, on any RDF and on a store of articles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from httpx import Client
from serving import BEARER, WRITABLE, asked, served

from kg.graph.serving.dataset import Dataset
from kg.graph.serving.served import Served
from kg.graph.store import Store
from kg.model import Article
from kg.service.formats import TRIPLES
from kg.service.settings import Settings

TURTLE = {"Content-Type": "text/turtle; charset=utf-8", **BEARER}
BOUNDARY = "--x\r\nContent-Disposition: form-data; name=f; filename=f.ttl\r\nContent-Type: text/turtle\r\n\r\n"
NESTED = "--x\r\nContent-Type: multipart/mixed; boundary=x0\r\n\r\n" + "".join(
    f"--x{i}\r\nContent-Type: multipart/mixed; boundary=x{i + 1}\r\n\r\n" for i in range(2000)
)
FORM = {"Content-Type": "multipart/form-data; boundary=x", **BEARER}
MINE = "/graph-store?graph=urn:mine"
ARTICLE = "https://w3id.org/dateline/article/one"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    (folder / "data.trig").write_text("<urn:a> <urn:p> <urn:b> . <urn:g> { <urn:a> <urn:p> <urn:c> }")
    (folder / "made").mkdir()
    return Dataset.make(folder / "made", [folder / "data.trig"]).folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Client]:
    with served(partial(Dataset.open, folder), Settings(union=False, token=WRITABLE.token)) as client:
        yield client


@pytest.mark.parametrize("accept", [format.media_type for format in TRIPLES])
def test_a_graph_is_read_in_the_format_that_is_accepted(client: Client, accept: str) -> None:
    response = client.get("/graph-store?graph=urn:g", headers={"Accept": accept})
    assert response.headers["content-type"].startswith(accept)
    format = ox.RdfFormat.from_media_type(accept)
    assert [quad.object.value for quad in ox.parse(response.content, format)] == ["urn:c"]  # type: ignore[union-attr]


def test_head_tells_whether_there_is_a_graph(client: Client) -> None:
    there, missing = client.head("/graph-store?default"), client.head("/graph-store?graph=urn:none")
    assert (there.status_code, there.headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    assert (missing.status_code, there.content) == (404, b"")


@pytest.mark.parametrize("url", ["/graph-store?graph=http%3A%2F%2Fx.example%2Fa%2531", "/graph-store/people/1%20b"])
def test_a_graph_is_put_replaced_added_to_and_removed(client: Client, url: str) -> None:
    steps = [
        client.put(url, content="<> <urn:p> 1 .", headers=TURTLE).status_code,
        client.put(url, content="<> <urn:p> 2 .", headers=TURTLE).status_code,
        client.post(url, content="<> <urn:p> 3 .", headers=TURTLE).status_code,
        len(client.get(url, headers={"Accept": "application/n-triples"}).text.splitlines()),
        client.delete(url, headers=BEARER).status_code,
        client.get(url).status_code,
        client.delete(url, headers=BEARER).status_code,
    ]
    assert steps == [201, 204, 204, 2, 204, 404, 404]


def test_a_graph_at_its_own_url_has_that_url_for_a_name(client: Client) -> None:
    client.put("/graph-store/people/2", content="<> <urn:p> 1 .", headers=TURTLE)
    name = "http://testserver/graph-store/people/2"
    assert f"<{name}> <urn:p>" in client.get("/graph-store", params={"graph": name}).text
    client.delete("/graph-store/people/2", headers=BEARER)


def test_what_is_posted_to_no_graph_gets_one_the_same_for_the_same(client: Client) -> None:
    first = client.post("/graph-store", content="<urn:x> <urn:p> 1 .", headers=TURTLE)
    again = client.post("/graph-store", content="<urn:x> <urn:p> 1 .", headers=TURTLE)
    assert (first.status_code, again.status_code) == (201, 204)
    assert first.headers["location"] == again.headers["location"]
    path = first.headers["location"].removeprefix("http://testserver")
    assert "urn:x" in client.get(path).text
    client.delete(path, headers=BEARER)


def test_a_form_may_hold_files_with_prefixes_that_everybody_knows(client: Client) -> None:
    parts = ("<urn:x> foaf:givenName 'É' .", "<urn:x> foaf:familyName 'B' ; rdfs:label 'c' .")
    body = "".join(f"{BOUNDARY}{part}\r\n" for part in parts) + "--x--\r\n"
    assert client.post("/graph-store?graph=urn:form", content=body.encode(), headers=FORM).status_code == 201
    assert asked(client, "SELECT ?o { GRAPH <urn:form> { ?s ?p ?o } } ORDER BY ?o") == "o B c É"
    client.delete("/graph-store?graph=urn:form", headers=BEARER)


def test_blank_nodes_of_two_bodies_are_two(client: Client) -> None:
    for _ in range(2):
        client.post("/graph-store?graph=urn:blank", content="_:a <urn:p> 1 .", headers=TURTLE)
    assert asked(client, "SELECT (COUNT(*) AS ?n) { GRAPH <urn:blank> { ?s ?p ?o } }") == "n 2"
    client.delete("/graph-store?graph=urn:blank", headers=BEARER)


@pytest.mark.parametrize(
    ("method", "query", "body", "headers", "status", "says"),
    [
        ("PUT", "?graph=urn:g", "", {"Content-Type": "text/turtle"}, 401, "Authorization: Bearer"),
        ("PUT", "?graph=urn:g", "broken", TURTLE, 400, "line 1 of what was sent is not Turtle"),
        ("PUT", "?graph=urn:g", "<a:a> f:b 1 .", TURTLE, 400, "prefix f: has not been declared"),
        ("PUT", "?graph=urn:g", "<a:a> foaf:name 1 .", TURTLE, 400, "prefix foaf: has not been declared"),
        ("PUT", "?graph=urn:g", "", BEARER, 415, "text/turtle"),
        ("PUT", "?graph=urn:g", "", {"Content-Type": "application/n-quads", **BEARER}, 415, "n-quads"),
        ("PUT", "?graph=urn:g", "", {"Content-Type": "text/turtle; charset=latin-1", **BEARER}, 415, "UTF-8"),
        ("POST", "?graph=urn:g", "--y--", FORM, 400, "boundary"),
        ("POST", "?graph=urn:g", NESTED, FORM, 400, "forms that hold forms"),
        ("PUT", "?graph=urn:g", "", {"Content-Encoding": "gzip", **TURTLE}, 415, "Content-Encoding"),
        ("PUT", "?graph=urn:a%0D%0AX:b", "", TURTLE, 400, "absolute IRI"),
        ("PUT", "", "", TURTLE, 400, "which graph?"),
        ("GET", "", "", {}, 400, "which graph?"),
        ("GET", "?graph=urn:g&default", "", {}, 400, "one graph"),
        ("GET", "?graph=g", "", {}, 400, "absolute IRI"),
        ("GET", "?graph=urn:g", "", {"Accept": "image/png"}, 406, "text/turtle"),
        ("GET", "?graph=urn:none", "", {}, 404, "no graph <urn:none>"),
        ("PATCH", "?graph=urn:g", "", BEARER, 405, "Method Not Allowed"),
        (
            "PUT",
            "?graph=urn:g",
            '{"@graph": [{"@id": "urn:s", "urn:p": 1}], "@id": "urn:h"}',
            {"Content-Type": "application/ld+json", **BEARER},
            400,
            "triples of one graph",
        ),
    ],
)
def test_what_is_wrong_gets_its_status_and_one_line(
    client: Client, method: str, query: str, body: str, headers: dict[str, str], status: int, says: str
) -> None:
    response = client.request(method, "/graph-store" + query, content=body, headers=headers)
    assert (response.status_code, response.text.count("\n"), says in response.text) == (status, 1, True)
    assert asked(client, "SELECT ?o { GRAPH <urn:g> { ?s ?p ?o } }") == "o urn:c"


def test_without_a_token_nothing_is_written(folder: Path) -> None:
    with served(partial(Dataset.open, folder), Settings()) as client:
        for method in ("PUT", "POST", "DELETE"):
            response = client.request(method, "/graph-store?default", content="", headers=TURTLE)
            assert (response.status_code, set(response.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
        assert client.options("/graph-store").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    path = tmp_path_factory.mktemp("store") / "store"
    with Store.open(path, create=True, writable=True) as store:
        turtle = f"<{ARTICLE}> a <https://w3id.org/dateline/ns#Article> . <urn:Ada> <urn:knows> <urn:Bea> ."
        store.put(Article("one", "Ada"), turtle.encode())
    with served(partial(Served.open, path)) as client:
        client.path = path  # type: ignore[attr-defined]
        yield client


def test_in_a_store_articles_are_read_and_not_written(store: Client) -> None:
    assert "Article" in store.get("/graph-store", params={"graph": ARTICLE}).text
    assert "urn:Bea" in store.get("/graph-store?default").text
    derived = "https://w3id.org/dateline/derived/places"
    for url in ("/graph-store?default", f"/graph-store?graph={ARTICLE}", f"/graph-store?graph={derived}"):
        for method in ("PUT", "POST", "DELETE"):
            response = store.request(method, url, content="<urn:s> <urn:p> 1 .", headers=TURTLE)
            assert (response.status_code, "comes from" in response.text) == (403, True)


def test_in_a_store_a_graph_of_ones_own_is_whole_though_articles_state_part_of_it(store: Client) -> None:
    steps = [
        store.put(MINE, content="<urn:Ada> <urn:knows> <urn:Bea> .", headers=TURTLE).status_code,
        store.post(MINE, content="<urn:Ada> <urn:age> 9 .", headers=TURTLE).status_code,
        len(store.get(MINE, headers={"Accept": "application/n-triples"}).text.splitlines()),
        asked(store, "SELECT ?o { <urn:Ada> <urn:age>|<urn:knows> ?o } ORDER BY ?o"),
        store.delete(MINE, headers=BEARER).status_code,
        asked(store, "SELECT ?o { <urn:Ada> <urn:age>|<urn:knows> ?o }"),
        store.delete(MINE, headers=BEARER).status_code,
    ]
    assert steps == [201, 204, 2, "o urn:Bea 9", 204, "o urn:Bea", 404]


def test_while_somebody_ingests_one_is_told_who_and_to_come_back(store: Client) -> None:
    with Store.open(store.path, writable=True):  # type: ignore[attr-defined]
        response = store.put(MINE, content="", headers=TURTLE)
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert "in use by process" in response.text
