"""kg link: a real `kg serve` that hosts a small graph of Wikidata's shape, and links that are scored and removable."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from test_resolve import person, put, quads

from kg.errors import ServiceError, TryLater
from kg.graph.remote import Endpoint
from kg.graph.remote.courtesy import BATCH, Courtesy
from kg.graph.store import Store
from kg.graph.store.index import Index
from kg.link.linking import link
from kg.model import KG, Candidate, Entity, Profile

Command = Callable[..., tuple[int, str, str]]
ENT, WD = "https://w3id.org/dateline/entity/", "http://www.wikidata.org/entity/"

# invented items, but for the classes of ontology/wikidata.ttl
WIKIDATA = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
wd:Q900001 rdfs:label "Ada Lamy"@fr ; wdt:P31 wd:Q5 ; wdt:P27 wd:Q990001 .
wd:Q900001 wdt:P569 "1970-03-04T00:00:00Z"^^xsd:dateTime .
wd:Q900002 rdfs:label "Borel"@fr ; wdt:P31 wd:Q900100 . wd:Q900100 wdt:P279 wd:Q900101 . wd:Q900101 wdt:P279 wd:Q43229 .
wd:Q900003 rdfs:label "Ivo Tarn"@en ; wdt:P31 wd:Q43229 .
wd:Q900004 rdfs:label "Jean Martin"@fr ; wdt:P31 wd:Q5 ; wdt:P27 wd:Q990001 .
wd:Q900005 rdfs:label "Jean Martin"@fr ; wdt:P31 wd:Q5 ; wdt:P27 wd:Q990002 .
wd:Q900006 rdfs:label "Nora Belk"@fr ; wdt:P31 wd:Q5 . wd:Q900007 rdfs:label "Nora Belk"@en ; wdt:P31 wd:Q5 .
wd:Q900008 skos:altLabel "Ligue du Karst"@fr ; wdt:P31 wd:Q43229 .
"""
KARSIA = Entity("karsia", frozenset({KG + "Country"}), "Karsia", same_as=frozenset({WD + "Q990001"}))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a `kg serve` process whose store's index holds the graph above."""
    folder = tmp_path_factory.mktemp("wikidata") / "w"
    with Store.open(folder, create=True, writable=True):
        pass
    index = Index(folder / "index")
    index.folder.mkdir(exist_ok=True)
    index.apply([("urn:wikidata", {quad.triple for quad in ox.parse(WIKIDATA, format=ox.RdfFormat.TURTLE)})])
    index.close()
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().split()[2].rstrip(",")
        server.send_signal(signal.SIGINT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    body = frozenset({KG + "Organization"})
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        put(store, "a", person("ada-lamy", "Ada Lamy"), KARSIA, relation="citizenOf")
        put(
            store,
            "b",
            Entity("borel", frozenset({KG + "Company"}), "Borel"),
            Entity("ligue-du-karst", body, "Ligue du Karst"),
        )
        put(store, "c", person("ivo-tarn", "Ivo Tarn"), person("nora-belk", "Nora Belk"))
        put(store, "d", person("jean-martin", "Jean Martin"), KARSIA, relation="citizenOf")
    return tmp_path / "s"


def links(folder: Path) -> dict[str, tuple[str, float]]:
    question = (
        "SELECT ?e ?i ?c { ?l a kg:Link ; rdf:subject ?e ; rdf:object ?i ; kg:confidence ?c . ?e skos:closeMatch ?i }"
    )
    with Store.open(folder) as store:
        rows = [[str(getattr(term, "value", "")) for term in row] for row in store.query(question).rows()]
    return {entity.removeprefix(ENT): (item.removeprefix(WD), float(score)) for entity, item, score in rows}


def test_what_has_name_sort_and_country_is_linked(kg: Command, folder: Path, served: str) -> None:
    status, out, err = kg("link", "--store", folder, "--endpoint", served, "--pause", "0")
    assert (status, err) == (0, "kg: asked for 6 entities; links: 4\n")
    assert links(folder) == {
        "ada-lamy": ("Q900001", 1.0),
        "borel": ("Q900002", 0.8),
        "jean-martin": ("Q900004", 0.9),
        "ligue-du-karst": ("Q900008", 0.7),
    }
    assert "same country +0.20" in " ".join(out.split())
    assert kg("query", "ASK { ?e skos:exactMatch wd:Q900001 }", "--store", folder)[1].strip() == "false"


def test_links_are_forgotten_without_a_trace(kg: Command, folder: Path, served: str) -> None:
    before = quads(folder)
    kg("link", "--store", folder, "--endpoint", served, "--pause", "0")
    assert quads(folder) != before
    assert kg("link", "--forget", "--store", folder) == (0, "", "kg: all links are forgotten\n")
    assert quads(folder) == before


def test_links_are_exported_and_outlive_the_index(kg: Command, folder: Path, served: str) -> None:
    kg("link", "--store", folder, "--endpoint", served, "--pause", "0")
    before = quads(folder)
    kg("index", "--rebuild", "--store", folder)
    assert quads(folder) == before
    assert kg("export", "--nquads", "-", "--store", folder)[1].count("closeMatch> <http://www.wikidata.org/") == 4


def test_links_follow_a_merge(kg: Command, folder: Path, served: str) -> None:
    kg("link", "--store", folder, "--endpoint", served, "--pause", "0")
    kg("resolve", "merge", "ada-lamy", "nora-belk", "--store", folder)
    assert "nora-belk" in links(folder)
    kg("resolve", "undo", "ada-lamy", "nora-belk", "--store", folder)
    assert "ada-lamy" in links(folder)


def test_a_second_run_asks_nobody(kg: Command, folder: Path, served: str) -> None:
    kg("link", "--store", folder, "--endpoint", served, "--pause", "0", "--limit", "2")
    assert len(links(folder)) == 2
    kg("link", "--store", folder, "--endpoint", served, "--pause", "0")
    before = quads(folder)
    kg("link", "--forget", "--store", folder)
    (cache,) = (folder / "cache").iterdir()
    kept = cache.read_bytes()
    kg("link", "--store", folder, "--endpoint", served, "--pause", "0")
    assert (quads(folder), cache.read_bytes()) == (before, kept)


# ---- the endpoint


class Busy(BaseHTTPRequestHandler):
    """Answers what it was told to, one status after the other, and then empty tables."""

    statuses: list[int] = []  # noqa: RUF012 -- tests fill it
    agents: list[str] = []  # noqa: RUF012
    said = "7"
    content: bytes

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.agents.append(self.headers["User-Agent"])
        status = self.statuses.pop(0) if self.statuses else 200
        content = self.content
        self.send_response(status)
        self.send_header("Content-Type", "application/sparql-results+json")
        if status == 429:
            self.send_header("Retry-After", self.said)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@pytest.fixture
def busy() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Busy)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Busy.statuses, Busy.agents, Busy.said = [], [], "7"
    Busy.content = json.dumps({"head": {"vars": ["x", "y"]}, "results": {"bindings": []}}).encode()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


def names(count: int) -> list[ox.Literal]:
    return [ox.Literal(f"name {number:04}") for number in range(count)]


def asker(url: str, folder: Path, slept: list[float], **more: int) -> Courtesy:
    return Courtesy(Endpoint(url, agent="test/1"), folder, pause=1, sleep=slept.append, **more)


def test_a_busy_endpoint_is_asked_again_when_it_says(busy: str, tmp_path: Path) -> None:
    Busy.statuses = [429, 503, 200]
    slept: list[float] = []
    assert asker(busy, tmp_path, slept).rows("SELECT ?x ?y {}", "x", names(1)) == {names(1)[0]: []}
    assert slept == [7, 1, 4, 1]  # what it said; then twice as long each time; and a pause before each request
    assert Busy.agents == ["test/1"] * 3


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"head": {}, "boolean": true}', "its answer lacks the column 'x': does it speak SPARQL 1.1"),
        (b'{"head": {"vars": ["x"]}, "results": {"bindings": [{', "its answer broke off: "),
    ],
)
def test_an_answer_of_another_form_is_told_of(busy: str, tmp_path: Path, content: bytes, told: str) -> None:
    Busy.content = content
    with pytest.raises(ServiceError, match=re.escape(f"{busy}: {told}")):
        asker(busy, tmp_path, []).rows("SELECT ?x ?y {}", "x", names(1))
    assert not list(tmp_path.iterdir())


def test_a_time_to_come_back_is_understood(busy: str, tmp_path: Path) -> None:
    Busy.statuses, Busy.said = [429], "Fri, 01 Jan 2100 00:00:00 GMT"
    with pytest.raises(TryLater, match="HTTP 429") as raised:
        asker(busy, tmp_path, [], patience=0).rows("SELECT ?x ?y {}", "x", names(1))
    assert raised.value.after and raised.value.after > 1e6


def test_a_run_that_was_broken_off_goes_on(busy: str, tmp_path: Path) -> None:
    Busy.statuses = [200, 500]
    with pytest.raises(ServiceError):
        asker(busy, tmp_path, []).rows("SELECT ?x ?y {}", "x", names(3 * BATCH))
    assert len(Busy.agents) == 2
    asker(busy, tmp_path, []).rows("SELECT ?x ?y {}", "x", names(3 * BATCH))
    assert len(Busy.agents) == 4
    asker(busy, tmp_path, []).rows("SELECT ?x ?y {}", "x", names(3 * BATCH))
    assert len(Busy.agents) == 4


def test_a_cache_that_ends_in_a_torn_line_loses_that_line_alone(busy: str, tmp_path: Path) -> None:
    asker(busy, tmp_path, []).rows("SELECT ?x ?y {}", "x", names(1))
    (cache,) = tmp_path.iterdir()
    cache.write_text(cache.read_text()[:-5])
    asker(busy, tmp_path, []).rows("SELECT ?x ?y {}", "x", names(1))
    asker(busy, tmp_path, []).rows("SELECT ?x ?y {}", "x", names(2))
    asker(busy, tmp_path, []).rows("SELECT ?x ?y {}", "x", names(2))
    assert len(Busy.agents) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--endpoint", "http://127.0.0.1:9/sparql"], "http://127.0.0.1:9/sparql: no answer: "),
        (["--endpoint", "ftp://x"], "begins with http"),
        (["--endpoint", "http://127.0.0.1:9/sparql", "--language", "fr,en"], "is no code of a language"),
        ([], "say whom to ask"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(kg: Command, folder: Path, arguments: list[str], told: str) -> None:
    status, out, err = kg("link", *arguments, "--store", folder)
    assert (status, out) == (2, "") and told in err.splitlines()[-1]


def test_an_endpoint_that_speaks_no_sparql(kg: Command, folder: Path, served: str) -> None:
    status, _, err = kg("link", "--endpoint", served.removesuffix("sparql"), "--store", folder)
    assert status == 2 and err.count("\n") == 1 and served.removesuffix("sparql") in err


# ---- how sure


def profile(*relations: tuple[str, str]) -> Profile:
    told = frozenset((KG + name, value) for name, value in relations)
    return Profile(ENT + "x", frozenset({KG + "Person"}), frozenset({"Ada Lamy"}), relations=told)


def candidate(item: str, *, born: str = "", country: str = "", kind: str = "Person") -> Candidate:
    days = frozenset({(KG + "bornOn", born)} if born else ())
    return Candidate(WD + item, True, frozenset({KG + kind}), frozenset({WD + country} if country else ()), days)


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        ([candidate("Q1")], ("Q1", 0.8)),
        ([candidate("Q1", kind="City")], None),
        ([candidate("Q1"), candidate("Q2")], None),
        ([candidate("Q1", born="1970-03-04"), candidate("Q2")], ("Q1", 0.9)),
        ([candidate("Q1", born="1871-01-01"), candidate("Q2")], ("Q2", 0.8)),
        ([candidate("Q1", country="Q990001"), candidate("Q2", country="Q3")], ("Q1", 0.9)),
        ([candidate("Q1", country="Q3")], None),
        ([], None),
    ],
)
def test_the_best_is_chosen_if_it_leads_clearly(candidates: list[Candidate], chosen: tuple[str, float] | None) -> None:
    known = profile(("bornOn", "1970-03-04"), ("citizenOf", ENT + "karsia"))
    found = link(known, {"Ada Lamy": candidates}, {ENT + "karsia": WD + "Q990001"}, threshold=0.7)
    assert (found and (found.item.removeprefix(WD), found.confidence)) == chosen
