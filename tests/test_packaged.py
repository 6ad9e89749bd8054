"""The packaged queries as the query page gets them, and with what is typed into its form."""

import json
from collections.abc import Iterator
from functools import partial

import pytest
from httpx import Client
from serving import asked, served

from kg.graph import queries
from kg.graph.serving.dataset import Dataset

PREFIXES = "@prefix ent: <https://w3id.org/dateline/entity/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("data")
    (folder / "a.ttl").write_text(f'{PREFIXES} ent:iraq skos:prefLabel "Irak"@fr .')
    Dataset.make(folder / "index", [folder / "a.ttl"])
    with served(partial(Dataset, folder / "index", union=True)) as client:
        yield client


def text(client: Client, query: str, **values: str) -> str:
    response = client.get("/api/asked", params={"query": query, "values": json.dumps(values)})
    return response.json()["text"] if response.is_success else response.text


def test_all_are_listed_with_titles_and_parameters(client: Client) -> None:
    told = client.get("/api/queries").json()["queries"]
    assert [query["name"] for query in told] == [query.name for query in queries.all_queries()]
    about = next(query for query in told if query["name"] == "about")
    assert about["folder"] == "reports"
    assert about["title"].startswith("About") and about["words"]["fr"][""].startswith("À propos")
    assert about["parameters"][0].items() >= {"name": "name", "default": None, "named": True}.items()


@pytest.mark.parametrize("query", queries.all_queries(), ids=lambda query: f"{query.folder}-{query.name}")
def test_what_is_given_is_sparql_that_runs(client: Client, query: queries.Query) -> None:
    values = {
        it.name: "2025-01-31" if "day" in it.meaning else "ent:iraq" for it in query.parameters if it.default is None
    }
    written = text(client, f"{query.folder}/{query.name}", **values)
    assert client.post("/sparql", data={"query": written}).status_code == 200


def test_what_is_typed_is_a_term_and_never_sparql(client: Client) -> None:
    written = text(client, "about", name='x" } # drop', limit="5")
    assert r'"x\" } # drop"' in written
    assert "LIMIT 5" in written
    assert asked(client, written).startswith("subject,relation")


def test_what_cannot_be_asked_is_said_in_a_line(client: Client) -> None:
    assert "needs name=" in text(client, "about")
    assert "is no day" in text(client, "networks/relations", since="tomorrow")
    assert "did you mean" in text(client, "abuot")
    refused = client.get("/api/asked", params={"query": "about", "values": "[1]"})
    assert (refused.status_code, refused.text.count("\n")) == (400, 1)
