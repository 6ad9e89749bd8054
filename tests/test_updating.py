"""SPARQL 1.1 Update over HTTP: who may, on what, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from httpx import Client
from serving import BEARER, SECRET, answering, asked, served
from waiting import PATIENCE

from kg.errors import ServiceError
from kg.graph.serving.dataset import Dataset
from kg.graph.serving.served import Served
from kg.graph.store import Store
from kg.model import Article
from kg.service.limits import Limits
from kg.service.pool import Pool
from kg.service.token import Token

INSERT = "INSERT DATA { GRAPH <urn:mine> { <urn:s> <urn:p> <relative> } }"
UPDATE = {"Content-Type": "application/sparql-update", **BEARER}
ALL = "SELECT ?o { GRAPH <urn:mine> { ?s ?p ?o } } ORDER BY ?o"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(partial(Dataset.open, Dataset.make(tmp_path, []).folder)) as client:
        yield client


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    path = tmp_path_factory.mktemp("store") / "store"
    with Store.open(path, create=True, writable=True) as store:
        iri = store.names.article_iri("one")
        store.put(
            Article("one", "Ada"),
            f"<{iri}> a <https://w3id.org/dateline/ns#Article> . <urn:s> <urn:p> <urn:shared> .".encode(),
        )
    with served(partial(Served.open, path)) as client:
        yield client


@pytest.mark.parametrize("kind", ["client", "store"])
def test_an_update_is_posted_and_seen(kind: str, request: pytest.FixtureRequest) -> None:
    client: Client = request.getfixturevalue(kind)
    direct = client.post("/sparql", content=INSERT, headers=UPDATE)
    assert (direct.status_code, asked(client, ALL)) == (204, "o http://testserver/relative")
    form = client.post("/sparql", data={"update": "CLEAR GRAPH <urn:mine>"}, headers=BEARER)
    assert (form.status_code, asked(client, ALL)) == (204, "o")


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", f"Basic {SECRET}", SECRET, f"Bearer {SECRET}x", f"Bearer {SECRET[:-1]}"]
)
def test_who_does_not_bring_the_token_is_challenged(client: Client, authorization: str | None) -> None:
    headers = {"Content-Type": UPDATE["Content-Type"]} | ({"Authorization": authorization} if authorization else {})
    response = client.post("/sparql", content=INSERT, headers=headers)
    assert (response.status_code, response.headers["www-authenticate"][:22]) == (401, 'Bearer realm="Dateline')
    assert asked(client, ALL) == "o"


@pytest.mark.parametrize(
    ("update", "status", "says"),
    [
        ("LOAD <file:///etc/passwd>", 400, "LOAD or SERVICE, which"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400, "LOAD or SERVICE, which"),
        ("INSERT DATA { broken", 400, "the update, line 1"),
        ("ASK {}", 400, "the update, line 1"),
        ("CLEAR GRAPH <urn:none>", 400, "was not made"),
        ("INSERT DATA { " + "[ <urn:p> " * 600 + "1" + " ]" * 600 + " }", 400, "nested"),
    ],
)
def test_what_is_wrong_gets_one_line(client: Client, update: str, status: int, says: str) -> None:
    response = client.post("/sparql", content=update, headers=UPDATE)
    assert (response.status_code, response.text.count("\n"), says in response.text) == (status, 1, True)


def test_an_update_is_alone_and_posted(client: Client) -> None:
    both = client.post("/sparql", data={"update": INSERT, "query": "ASK {}"}, headers=BEARER)
    twice = client.post("/sparql", data={"update": [INSERT, INSERT]}, headers=BEARER)
    assert (both.status_code, twice.status_code) == (400, 400)
    assert client.get("/sparql", params={"update": INSERT}, headers=BEARER).status_code == 400
    assert asked(client, ALL) == "o"


def test_an_update_that_takes_too_long_is_ended_and_leaves_nothing(tmp_path: Path) -> None:
    values = " ".join(f"VALUES ?{letter} {{ {' '.join(map(str, range(100)))} }}" for letter in "abcdef")
    slow = f"INSERT {{ GRAPH <urn:mine> {{ <urn:s> <urn:p> ?x }} }} WHERE {{ {values} BIND(?a + ?f AS ?x) }}"
    opening = partial(Dataset.open, Dataset.make(tmp_path, []).folder)
    with Pool(opening, Limits(workers=1, timeout=1)) as pool, answering(pool) as client:
        response = client.post("/sparql", content=slow, headers=UPDATE)
        assert (response.status_code, "Retry-After" in response.headers) == (503, True)
        pool.limits = replace(pool.limits, timeout=PATIENCE)
        assert client.post("/sparql", content=INSERT, headers=UPDATE).status_code == 204
        assert asked(client, ALL) == "o http://testserver/relative"


def test_the_request_may_name_the_graphs(client: Client) -> None:
    client.post("/sparql", content=INSERT, headers=UPDATE)
    copy = "INSERT { GRAPH <urn:copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    client.post("/sparql?using-graph-uri=urn:mine", content=copy, headers=UPDATE)
    assert asked(client, "ASK { GRAPH <urn:copy> { ?s ?p ?o } }") == "true"


@pytest.mark.parametrize(
    "update",
    [
        "CLEAR ALL",
        "DROP DEFAULT",
        "DROP NAMED",
        "INSERT DATA { <urn:s> <urn:p> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "INSERT { ?s <urn:q> ?o } WHERE { ?s ?p ?o }",
        "COPY GRAPH <urn:mine> TO DEFAULT",
        "MOVE DEFAULT TO GRAPH <urn:mine>",
        "CLEAR GRAPH <https://w3id.org/dateline/article/one>",
        "PREFIX a: <https://w3id.org/dateline/article/> WITH a:one DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "BASE <https://w3id.org/dateline/> INSERT DATA { GRAPH <article/one#x> { <urn:s> <urn:p> 1 } }",
    ],
)
def test_in_a_store_what_articles_state_is_not_changed(store: Client, update: str) -> None:
    before = asked(store, "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o")
    response = store.post("/sparql", content=update, headers=UPDATE)
    assert (response.status_code, response.text.count("\n")) == (403, 1)
    assert asked(store, "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o") == before


def test_an_update_that_is_none_is_told_where_it_ends(store: Client) -> None:
    response = store.post("/sparql", content="INSERT DATA {\n GRAPH <urn:g> { <urn:s> <urn:p> } }", headers=UPDATE)
    assert (response.status_code, "line 2, column 34" in response.text) == (400, True)


def test_in_a_store_a_graph_keeps_what_articles_state_too(store: Client) -> None:
    prefixed = "WITH <urn:own> INSERT { ?s ?p ?o ; skos:note 'n' } WHERE { GRAPH ?g { ?x ?y ?z } ?s ?p <urn:shared> }"
    for update in (
        "INSERT DATA { GRAPH <urn:own> { <urn:s> <urn:p> <urn:shared> , <urn:other> } }",
        "DELETE DATA { GRAPH <urn:own> { <urn:s> <urn:p> <urn:other> } } ; CREATE SILENT GRAPH <urn:empty>",
    ):
        assert store.post("/sparql", content=update, headers=UPDATE).status_code == 204
    got = store.get("/graph-store?graph=urn:own", headers={"Accept": "application/n-triples"}).text
    assert got == "<urn:s> <urn:p> <urn:shared> .\n"
    assert store.post("/sparql", content=prefixed, headers=UPDATE).status_code == 204


def test_a_token_is_of_a_file_or_of_the_environment(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc\n")
    Token.chosen(tmp_path / "token", None)
    for file, other, says in (
        (None, None, "KG_TOKEN"),
        (tmp_path / "none", "x", "cannot read"),
        (None, "a b", "without spaces"),
    ):
        with pytest.raises(ServiceError, match=says):
            Token.chosen(file, other)
