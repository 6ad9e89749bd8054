"""What the explorer's pages ask, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import explored as dispatches
import pytest
from httpx import Client
from serving import BEARER, served

from kg.graph.serving.served import Served
from kg.graph.store import Store
from kg.model import EVENT, KG

ENTITY, ARTICLE = dispatches.NAMES.entity, dispatches.NAMES.article


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    store = dispatches.make(tmp_path_factory.mktemp("api") / "store")
    with served(partial(Served.open, Path(store))) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "asked", "keys"),
    [
        ("entity", {"iri": ENTITY + "iraq"}, {"iri", "label", "names", "types", "links", "counts"}),
        ("statements", {"entity": ENTITY + "iraq"}, {"items", "total", "more"}),
        ("events", {"entity": ENTITY + "iraq", "factuality": "Planned"}, {"items", "total", "more"}),
        ("quotations", {"entity": ENTITY + "iraq", "role": "about", "since": "2025-01-01"}, {"items", "total", "more"}),
        ("neighbours", {"entity": ENTITY + "iraq", "limit": "5"}, {"nodes", "edges", "total", "limited"}),
        ("article", {"iri": ARTICLE + "irak"}, {"text", "entities", "mentions", "statements"}),
        ("queries", {}, {"queries"}),
    ],
)
def test_each_page_is_json(client: Client, path: str, asked: dict[str, str], keys: set[str]) -> None:
    response = client.get(f"/api/{path}", params=asked)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert keys <= response.json().keys()


def test_a_page_is_as_long_as_was_asked_and_never_longer_than_200(client: Client) -> None:
    asked = {"entity": ENTITY + "grand-union", "relation": KG + "memberOf", "offset": "10"}
    few = client.get("/api/statements", params={**asked, "limit": "3"}).json()
    many = client.get("/api/statements", params={**asked, "limit": "100000"}).json()
    assert (len(few["items"]), len(many["items"]), many["more"]) == (3, 200, True)
    assert few["items"] == many["items"][:3]
    near = client.get("/api/neighbours", params={"entity": ENTITY + "grand-union", "limit": "100000"}).json()
    assert (len(near["nodes"]), near["limited"]) == (200, True)


def test_names_that_are_markup_come_as_they_are(client: Client) -> None:
    found = client.get("/api/entity", params={"iri": ENTITY + "img"}).json()
    assert found["label"] == {"en": dispatches.HOSTILE}
    found = client.get("/api/article", params={"iri": ARTICLE + "hostile"}).json()
    assert found["title"] == dispatches.SCRIPT
    assert found["quotations"][0]["text"] == dispatches.SCRIPT


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("entity?iri=https://w3id.org/dateline/entity/nobody", "no entity <https://w3id.org/dateline/entity/nobody>"),
        ("neighbours?entity=urn:nobody", "no entity <urn:nobody>"),
        ("article?iri=" + ENTITY + "iraq", "no article"),
    ],
)
def test_what_is_not_there_is_not_found(client: Client, path: str, said: str) -> None:
    response = client.get(f"/api/{path}")
    assert (response.status_code, said in response.text, response.text.count("\n")) == (404, True, 1)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("entity", "iri= is needed"),
        ("entity?iri=Iraq", "not an absolute IRI"),
        ("entity?iri=urn:x>%20<y", "not an absolute IRI"),
        ("statements?entity=urn:x&offset=-1", "offset=-1"),
        ("statements?entity=urn:x&limit=many", "limit=many"),
        ("statements?entity=urn:x&factuality=true", "Asserted"),
        ("statements?entity=urn:x&since=yesterday", "2025-01-31"),
        ("statements?entity=urn:x&since=2025-02-30", "since=2025-02-30"),
        ("statements?entity=urn:x&relation=memberOf", "not an absolute IRI"),
        ("quotations?entity=urn:x&role=listener", "speaker"),
        ("neighbours?entity=urn:x&depth=9", "no parameter 'depth'"),
        ("article?iri=urn:a&iri=urn:b", "2 times"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_in_a_line(client: Client, path: str, said: str) -> None:
    response = client.get(f"/api/{path}")
    assert (response.status_code, said in response.text, response.text.count("\n")) == (400, True, 1)


def test_a_plain_store_has_no_pages_and_says_so(tmp_path: Path) -> None:
    with served(partial(Store.open, dispatches.make(tmp_path / "store"))) as client:
        for path in ("/api/overview", "/api/vocabulary", "/entity/iraq"):
            answer = client.get(path)
            assert (answer.status_code, answer.text.count("\n")) == (404, 1)
            assert "open it as Served" in answer.text
        asked = {"query": "SELECT ?source ?target { ?source kg:memberOf ?target }"}
        assert client.get("/api/network", params=asked).status_code == 200


def test_what_nobody_knows_has_nothing_to_list(client: Client) -> None:
    for path in ("statements", "events", "quotations"):
        found = client.get(f"/api/{path}", params={"entity": "urn:nobody"}).json()
        assert found == {"items": [], "total": 0, "more": False, "limited": False}


def test_a_relation_of_an_event_is_its_type(client: Client) -> None:
    asked = {"entity": ENTITY + "vallee", "relation": EVENT + "ACQUIRE"}
    (edge,) = client.get("/api/neighbours", params=asked).json()["edges"]
    (event,) = client.get("/api/events", params=asked).json()["items"]
    assert edge["predicate"] == event["eventType"] == EVENT + "ACQUIRE"


OWNERS = "SELECT ?source ?predicate ?target { ?source ?predicate ?target FILTER(?predicate = kg:memberOf) }"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_network_is_a_file(client: Client, method: str) -> None:
    asked = {"query": OWNERS, "format": "gexf"}
    response = client.request(method, "/api/network", **{"params" if method == "GET" else "data": asked})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/gexf+xml"
    assert response.headers["content-disposition"] == 'attachment; filename="dateline.gexf"'
    tree = ElementTree.fromstring(response.content)
    assert len(tree.findall(".//{*}edge")) == dispatches.MEMBERS + 1


@pytest.mark.parametrize("format", ["graphml", "cytoscape", "node-link"])
def test_a_network_is_written_in_other_formats_and_its_nodes_have_names(client: Client, format: str) -> None:
    response = client.get("/api/network", params={"query": OWNERS, "format": format})
    assert response.status_code == 200 and "Person" in response.text
    assert response.text.count(ENTITY) >= 2 * (dispatches.MEMBERS + 1)


def test_a_network_of_nothing_is_a_file_too(client: Client) -> None:
    response = client.get("/api/network", params={"query": "SELECT ?source ?target { ?source kg:none ?target }"})
    assert ElementTree.fromstring(response.content).findall(".//{*}edge") == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "query= is needed"),
        ({"query": OWNERS, "format": "exe"}, "format=exe: a network is written as gexf"),
        ({"query": "SELECT ?s ?o { ?s ?p ?o }"}, "?source"),
        ({"query": "ASK { }"}, "?source"),
        ({"query": "SELECT nonsense"}, "line 1"),
        ({"query": "SELECT ?source ?target { SERVICE <http://localhost> { ?source ?p ?target } }"}, "SERVICE"),
        ({"query": f"SELECT ?source ?target {{ FILTER({'(' * 600}1{')' * 600}) }}"}, "nested"),
        ({"query": "INSERT DATA { <urn:a> <urn:b> <urn:c> }"}, "update"),
    ],
)
def test_what_is_no_network_is_refused(client: Client, asked: dict[str, str], said: str) -> None:
    response = client.post("/api/network", data=asked) if asked else client.get("/api/network")
    assert (response.status_code, said in response.text, response.text.count("\n")) == (400, True, 1)
    assert "content-disposition" not in response.headers


def test_an_update_is_for_nobody_there(client: Client) -> None:
    response = client.post("/api/network", data={"update": "CLEAR ALL"}, headers=BEARER)
    assert (response.status_code, "only reads" in response.text) == (403, True)


def test_a_network_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    store = dispatches.make(tmp_path / "store")
    with served(partial(Served.open, store), timeout=1) as client:
        every = "SELECT (?a AS ?source) (?c AS ?target) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }"
        response = client.post("/api/network", data={"query": every})
        assert response.status_code == 503
        assert response.text.count("\n") == 1
