"""What the explorer's pages ask, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import explored as dispatches
import pytest
from httpx import Client
from serving import served

from kg.graph.serving.served import Served
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


def test_what_nobody_knows_has_nothing_to_list(client: Client) -> None:
    for path in ("statements", "events", "quotations"):
        found = client.get(f"/api/{path}", params={"entity": "urn:nobody"}).json()
        assert found == {"items": [], "total": 0, "more": False}


def test_a_relation_of_an_event_is_its_type(client: Client) -> None:
    asked = {"entity": ENTITY + "vallee", "relation": EVENT + "ACQUIRE"}
    (edge,) = client.get("/api/neighbours", params=asked).json()["edges"]
    (event,) = client.get("/api/events", params=asked).json()["items"]
    assert edge["predicate"] == event["eventType"] == EVENT + "ACQUIRE"
