"""The service over a real socket, asked as its users ask: SPARQLWrapper, rdflib, pandas, curl and plain HTTP."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from time import sleep
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pandas
import pyoxigraph as ox
import pytest
import rdflib
import sources
import SPARQLWrapper
import uvicorn
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from waiting import PATIENCE, wait_for

from kg.errors import ServiceError, StoreError
from kg.graph.store import Store
from kg.model import Article
from kg.service import app, serve
from kg.service.connection import patient
from kg.service.formats import ROWS, TRIPLES, chosen
from kg.service.limits import MB, Limits
from kg.service.pool import Pool

NAMES = "SELECT ?name { ?person skos:prefLabel ?name } ORDER BY ?name"
CONSTRUCT = "CONSTRUCT { ?person <http://xmlns.com/foaf/0.1/name> ?name } WHERE { ?person skos:prefLabel ?name }"
ENDLESS = "SELECT * { " + " ".join(f"VALUES ?{v} {{ {'1 ' * 1000} }}" for v in "abcd") + " }"
COUNTLESS = ENDLESS.replace("*", "(COUNT(*) AS ?n)", 1)
ROOT = Path(__file__).parents[1]


def put(store: Store, id: str, name: str) -> None:
    iri = store.names.article_iri(id)
    turtle = f"""@prefix kg: <https://w3id.org/dateline/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <{iri}> a kg:Article .
        <https://w3id.org/dateline/entity/{quote(name)}> a kg:Person ; skos:prefLabel "{name}"@fr ."""
    store.put(Article(id, name), turtle.encode())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("service") / "store"
    with Store.open(path, create=True, writable=True) as store:
        put(store, "one", "Élise, « la » <b>")
    return path


def start(folder: Path, **limits: float) -> tuple[subprocess.Popen[str], str]:
    code = (
        "from functools import partial; from kg.graph.store import Store; from kg.service import serve;"
        f"from kg.service.limits import Limits; serve(partial(Store.open, {str(folder)!r}), limits=Limits(**{limits}),"
        "port=0, announce=lambda url: print(url, flush=True))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout
    return process, process.stdout.readline().strip()


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    process, url = start(folder)
    try:
        yield url
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


@contextmanager
def running(opening: Callable[[], object], **limits: float) -> Iterator[str]:
    """A source served from a thread, by one worker; its URL."""
    bounds = Limits(**{"workers": 1, "timeout": PATIENCE, **limits})
    with Pool(opening, bounds) as pool, socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app(pool), http=patient(bounds), log_level="critical"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join()


def ask(url: str, method: str = "GET", body: bytes | None = None, /, **headers: str) -> tuple[int, dict[str, str], str]:
    host, _, path = url.removeprefix("http://").partition("/")
    with closing(http.client.HTTPConnection(host, timeout=PATIENCE)) as connection:
        connection.request(method, "/" + path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        with connection.getresponse() as response:
            return response.status, {k.lower(): v for k, v in response.getheaders()}, response.read().decode()


def endpoint(url: str, query: str, format: str) -> SPARQLWrapper.SPARQLWrapper:
    wrapper = SPARQLWrapper.SPARQLWrapper(url + "sparql", returnFormat=format)
    wrapper.setQuery(query)
    return wrapper


def test_sparqlwrapper_reads_json(url: str) -> None:
    rows = endpoint(url, NAMES, SPARQLWrapper.JSON).queryAndConvert()["results"]["bindings"]
    assert rows == [{"name": {"type": "literal", "value": "Élise, « la » <b>", "xml:lang": "fr"}}]


def test_sparqlwrapper_reads_xml(url: str) -> None:
    document = endpoint(url, NAMES, SPARQLWrapper.XML).queryAndConvert()
    assert document.getElementsByTagName("literal")[0].firstChild.data == "Élise, « la » <b>"


def test_sparqlwrapper_reads_csv(url: str) -> None:
    table = endpoint(url, NAMES, SPARQLWrapper.CSV).queryAndConvert().decode()
    assert table.splitlines() == ["name", '"Élise, « la » <b>"']


def test_sparqlwrapper_posts_and_reads_turtle(url: str) -> None:
    wrapper = endpoint(url, CONSTRUCT, SPARQLWrapper.TURTLE)
    wrapper.setMethod(SPARQLWrapper.POST)
    graph = rdflib.Graph().parse(data=wrapper.queryAndConvert(), format="turtle")
    assert [str(name) for name in graph.objects()] == ["Élise, « la » <b>"]


def test_rdflib_asks_as_of_a_store_of_its_own(url: str) -> None:
    graph = rdflib.Graph(store=SPARQLStore(url + "sparql"))
    assert [str(row.name) for row in graph.query(f"PREFIX skos: <{rdflib.SKOS}> {NAMES}")] == ["Élise, « la » <b>"]


def test_rdflib_constructs_as_in_a_store_of_its_own(url: str) -> None:
    graph = rdflib.Graph(store=SPARQLStore(url + "sparql"))
    found = graph.query(f"PREFIX skos: <{rdflib.SKOS}> {CONSTRUCT}").graph
    assert found is not None and [str(name) for name in found.objects()] == ["Élise, « la » <b>"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # SPARQLWrapper's own
def test_sparqlwrapper_reads_rdf_xml(url: str) -> None:
    graph = endpoint(url, CONSTRUCT, SPARQLWrapper.RDFXML).queryAndConvert()
    assert [str(name) for name in graph.objects()] == ["Élise, « la » <b>"]


def test_sparqlwrapper_names_graphs(url: str) -> None:
    def count(name: str | None) -> int:
        wrapper = endpoint(url, "SELECT ?a { ?a a kg:Article }", SPARQLWrapper.JSON)
        if name:
            wrapper.addDefaultGraph(f"https://w3id.org/dateline/article/{name}")
        return len(wrapper.queryAndConvert()["results"]["bindings"])

    assert [count("one"), count("other"), count(None)] == [1, 0, 1]


def test_pandas_reads_csv_from_a_url(url: str) -> None:
    table = pandas.read_csv(url + "sparql?" + urlencode({"query": NAMES, "format": "csv"}))
    assert table["name"].tolist() == ["Élise, « la » <b>"]


def test_curl_gets_what_it_accepts(url: str) -> None:
    if not (curl := shutil.which("curl")):
        pytest.skip("curl is not on this machine")
    command = [
        curl,
        "-s",
        url + "sparql",
        "--data-urlencode",
        f"query={NAMES}",
        "-H",
        "Accept: text/tab-separated-values",
    ]
    assert subprocess.run(command, capture_output=True, check=True).stdout.decode() == '?name\n"Élise, « la » <b>"@fr\n'


def test_a_query_may_be_the_body(url: str) -> None:
    status, headers, body = ask(url + "sparql", "POST", b"ASK { ?s ?p ?o }", Content_Type="application/sparql-query")
    assert (status, headers["content-type"], json.loads(body)["boolean"]) == (
        200,
        "application/sparql-results+json",
        True,
    )


def test_triples_as_json_ld_and_n_triples(url: str) -> None:
    address = url + "sparql?" + urlencode({"query": CONSTRUCT})
    assert json.loads(ask(address, Accept="application/ld+json")[2])
    assert 'foaf/0.1/name> "Élise' in ask(address, Accept="application/n-triples")[2]


@pytest.mark.parametrize(
    ("method", "body", "kind", "status", "says"),
    [
        ("POST", b"query=SELECT+%7B", "application/x-www-form-urlencoded", 400, "line 1"),
        ("POST", b"", "application/x-www-form-urlencoded", 400, "one query="),
        ("POST", b"query=+", "application/x-www-form-urlencoded", 400, "the query is empty"),
        ("POST", b"query=ASK%7B%7D&query=ASK%7B%7D", "application/x-www-form-urlencoded", 400, "one query="),
        ("POST", b"query=ASK%7B%7D&named-graph-uri=a+b", "application/x-www-form-urlencoded", 400, "named by an IRI"),
        ("POST", b"ASK { SERVICE <http://localhost/> { } }", "application/sparql-query", 400, "SERVICE"),
        ("POST", b"ASK { FILTER(<urn:f>(1)) }", "application/sparql-query", 400, "urn:f"),
        ("POST", b"INSERT DATA { <a:s> <a:p> <a:o> }", "application/sparql-query", 400, "queries only read"),
        ("POST", b"ASK { # INSERT", "application/sparql-query", 400, "line 1"),
        ("POST", b"ASK { ?s ?p '\xff' }", "application/sparql-query", 400, "UTF-8"),
        ("POST", b"CLEAR ALL", "application/sparql-update", 403, "only reads"),
        ("POST", b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 403, "only reads"),
        ("POST", b"ASK {}", "text/plain", 415, "application/sparql-query"),
        ("POST", b"ASK {}", "application/sparql-query; charset=utf-16", 415, "UTF-8"),
        ("DELETE", None, "text/plain", 405, "GET"),
    ],
)
def test_what_is_wrong_gets_its_status_and_one_line(
    url: str, method: str, body: bytes | None, kind: str, status: int, says: str
) -> None:
    got, headers, text = ask(url + "sparql", method, body, Content_Type=kind)
    assert (got, text.count("\n"), "Traceback" in text) == (status, 1, False)
    assert says in text + headers.get("allow", "")


def test_a_body_that_is_too_long_is_refused_before_it_is_read(url: str) -> None:
    headers = {"Content_Type": "application/sparql-query", "Content_Length": str(5 * 2**20)}
    assert ask(url + "sparql", "POST", None, **headers)[::2] == (413, "a body may have 4 MB at most\n")


def test_a_format_that_nobody_writes_is_not_acceptable(url: str) -> None:
    status, _, text = ask(url + "sparql?query=ASK%7B%7D", Accept="image/png")
    assert (status, "application/sparql-results+json" in text) == (406, True)


def test_an_update_changes_nothing(url: str) -> None:
    ask(url + "sparql", "POST", b"CLEAR ALL", Content_Type="application/sparql-update")
    assert json.loads(ask(url + "sparql?query=" + quote("ASK { ?s ?p ?o }"))[2])["boolean"] is True


def test_head_and_options_have_no_body(url: str) -> None:
    assert ask(url + "sparql?query=ASK%7B%7D", "HEAD")[::2] == (200, "")
    status, headers, body = ask(url + "sparql", "OPTIONS")
    assert (status, headers["allow"], body) == (204, "GET, HEAD, POST, OPTIONS", "")


def test_without_a_query_the_service_describes_itself(url: str) -> None:
    status, headers, body = ask(url + "sparql")
    triples = list(ox.parse(body.encode(), format=ox.RdfFormat.TURTLE))
    assert (status, headers["content-type"]) == (200, "text/turtle; charset=utf-8")
    assert url + "sparql" in {triple.object.value for triple in triples if isinstance(triple.object, ox.NamedNode)}


def test_the_page_is_the_explorers(url: str) -> None:
    status, headers, body = ask(url)
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert "/sparql" in body and 'src="/static/app/app.js"' in body


def test_on_loopback_no_other_name_is_answered_to(url: str) -> None:
    wait_for(lambda: ask(url + "healthz")[::2] == (200, "ok\n"))  # "busy" where no worker answers in five seconds
    assert ask(url + "healthz", Host="evil.example")[0] == 400


def test_no_type_is_guessed(url: str) -> None:
    addresses = [url, url + "nowhere", url + "sparql?query=SELEC", url + "sparql?query=ASK%7B%7D"]
    assert [ask(address)[1]["x-content-type-options"] for address in addresses] == ["nosniff"] * 4
    assert {ask(address)[1]["cross-origin-resource-policy"] for address in addresses} == {"same-origin"}
    assert all("default-src 'none'" in ask(address)[1]["content-security-policy"] for address in addresses)


def test_what_is_ingested_meanwhile_is_seen(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True, writable=True) as store:
        put(store, "one", "Ada")
    process, url = start(tmp_path)
    try:
        first = ask(url + "sparql?" + urlencode({"query": NAMES, "format": "csv"}))[2]
        with Store.open(tmp_path, writable=True) as store:
            put(store, "two", "Bea")
        second = ask(url + "sparql?" + urlencode({"query": NAMES, "format": "csv"}))[2]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    assert (first.split(), second.split(), process.returncode) == (["name", "Ada"], ["name", "Ada", "Bea"], 0)


@pytest.mark.parametrize(("grace", "signals"), [(0.2, 1), (9, 2)])
def test_who_waits_when_the_server_stops_is_told_so(folder: Path, grace: float, signals: int) -> None:
    process, url = start(folder, grace=grace, timeout=PATIENCE)
    with ThreadPoolExecutor(1) as clients:
        waiting = clients.submit(ask, url + "sparql?" + urlencode({"query": COUNTLESS}))
        wait_for(lambda: "kg_queries_running 1.0" in ask(url + "metrics")[2])
        for _ in range(signals):
            process.send_signal(signal.SIGINT)
            sleep(0.3)
        status, _, said = waiting.result()
    _, err = process.communicate(timeout=PATIENCE)
    assert (status, "stops" in said, "Traceback" in err, process.returncode) == (503, True, False, 0)


def test_a_port_in_use_is_one_clear_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ServiceError, match="the port is in use"):
        serve(partial(Store.open, folder), port=taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 70000), ("no.such.host.invalid", 0), ("192.0.2.1", 0), ("a" * 70, 0)]
)
def test_an_address_that_cannot_be_had_is_one_clear_line(folder: Path, host: str, port: int) -> None:
    with pytest.raises(ServiceError, match=host if port == 0 else "65535"):
        serve(partial(Store.open, folder), host=host, port=port)


def test_a_missing_store_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        serve(partial(Store.open, tmp_path / "nowhere"), port=0)


def test_a_slow_query_blocks_no_page_and_a_full_line_is_told_so(tmp_path: Path) -> None:
    with running(partial(sources.Held, tmp_path), queue=0, quick=PATIENCE) as url:
        thread = Thread(target=ask, args=(url + "sparql?query=ASK%7B%7D",))
        thread.start()
        try:
            wait_for((tmp_path / "asked").exists)
            health, second = ask(url + "healthz"), ask(url + "sparql?query=ASK%7B%7D")
        finally:
            (tmp_path / "go").touch()
            thread.join()
        third = ask(url + "sparql?query=ASK%7B%7D")
    assert (health[0], second[0], second[1]["retry-after"], third[0]) == (200, 503, "1", 200)


def test_a_query_that_fails_half_way_is_an_error_and_not_half_an_answer() -> None:
    with running(sources.Failing) as url:
        status, _, text = ask(url + "sparql?query=" + quote(CONSTRUCT))
    assert (status, text.count("\n")) == (400, 1)


def test_a_body_that_never_ends_is_not_waited_for(folder: Path) -> None:
    with running(partial(Store.open, folder), body_patience=0.2) as url:
        headers = {"Content_Type": "application/sparql-query", "Content_Length": "600"}
        status, told, text = ask(url + "sparql", "POST", b"ASK {}", **headers)
    assert (status, told["connection"], text) == (408, "close", "the body has not arrived in 0.2 seconds\n")


def test_a_long_answer_arrives_whole() -> None:
    with running(sources.Long) as url:
        text = ask(url + "sparql?query=SELECT", Accept="text/csv")[2]
    assert text.splitlines()[1:] == list(map(str, range(200_000)))


def test_a_slow_client_holds_no_worker() -> None:
    with running(sources.Long, extra=0, send_patience=PATIENCE) as url:
        host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
        with socket.socket() as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.connect((host, int(port)))
            slow.sendall(b"GET /sparql?query=SELECT HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            quick = ask(url + "sparql?query=SELECT", Accept="text/csv")[2]
            with closing(http.client.HTTPResponse(slow)) as response:
                response.begin()
                rows = json.load(response)["results"]["bindings"]
    assert (len(quick.splitlines()), len(rows)) == (200_001, 200_000)


def test_an_answer_that_ends_in_the_middle_is_seen_to(folder: Path) -> None:
    with running(sources.Own, result=4 * MB) as url, pytest.raises(http.client.IncompleteRead):
        ask(url + "sparql?query=" + quote(ENDLESS))


@pytest.mark.parametrize("sent", [b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-a: "])
def test_headers_that_never_end_are_not_waited_for(sent: bytes) -> None:
    with running(sources.Own, head_patience=0.2) as url:
        host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
        line = socket.create_connection((host, int(port)), timeout=PATIENCE)
        with line as half_open, suppress(ConnectionError):  # it may have been ended before all was sent
            half_open.sendall(sent)
            assert half_open.recv(100) == b""


def test_a_client_that_takes_nothing_is_dropped() -> None:
    with running(sources.Long, send_patience=0.2) as url:
        host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
        with socket.socket() as stuck:
            stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            stuck.connect((host, int(port)))
            stuck.sendall(b"GET /sparql?query=SELECT HTTP/1.1\r\nHost: x\r\n\r\n")
            wait_for(lambda: 'route="/sparql"' in ask(url + "metrics")[2])  # the server has done with it
            with stuck.makefile("rb") as file:
                received = file.read()
    assert received and not received.endswith(b"0\r\n\r\n")


def test_a_url_may_be_so_long(url: str) -> None:
    assert ask(url + "sparql?query=ASK%7B%7D%23" + "a" * 30_000)[0] == 200
    for length in (40_000, 70_000):
        assert ask(url + "sparql?query=ASK%7B%7D%23" + "a" * length)[0] == 414


def test_headers_may_be_so_long(url: str) -> None:
    assert ask(url + "healthz", X="a" * 100_000)[0] == 200
    assert ask(url + "healthz", X="a" * 1_000_000)[0] == 431


@pytest.mark.parametrize("body", [b"", b"ASK {}"])
def test_an_offer_of_another_protocol_is_passed_over(url: str, body: bytes) -> None:
    host = url.removeprefix("http://").rstrip("/")
    with closing(http.client.HTTPConnection(host, timeout=PATIENCE)) as connection:
        for _ in range(3):  # as Java's client makes it with every request
            headers = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAEAAEAAAAI"}
            if body:
                connection.request("POST", "/sparql", body, {**headers, "Content-Type": "application/sparql-query"})
            else:
                connection.request("GET", "/sparql?query=ASK%7B%7D", headers=headers)
            with connection.getresponse() as response:
                assert (response.status, b"true" in response.read()) == (200, True)


def test_a_request_of_http_1_0_names_no_host(url: str) -> None:
    host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
        line.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.0\r\n\r\n")
        assert line.recv(9999).startswith(b"HTTP/1.1 200 ")


def test_a_body_announced_too_long_is_refused_first(url: str) -> None:
    status, headers, _ = ask(url + "sparql", "POST", b"", Host="elsewhere", Content_Length=str(2**30))
    assert (status, headers["connection"]) == (413, "close")


def test_markup_in_a_query_comes_back_as_plain_text() -> None:
    with running(sources.Wrong) as url:
        _, headers, text = ask(url + "sparql?query=SELECT" + quote("<script>"))
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert text == "not SPARQL: SELECT<script>\n"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", "xml"),
        ("text/*", "json"),
        ("text/turtle, application/sparql-results+json;q=0.5", "json"),
        ("*/*;q=0.1, text/csv", "csv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("image/png", None),
        (";;;, a/b;q=x", None),
    ],
)
def test_the_format_of_rows_follows_the_accept_header(accept: str, name: str | None) -> None:
    format = chosen(ROWS, accept)
    assert (format.name if format else None) == name


def test_a_wish_counts_more_than_the_header_and_an_unknown_one_for_nothing() -> None:
    assert chosen(ROWS, "text/csv", ["xml"]) is ROWS[1]
    assert chosen(ROWS, "text/csv", ["png"]) is ROWS[2]
    assert chosen(TRIPLES, "", ["json"]) is TRIPLES[2]
    assert chosen(TRIPLES, "text/turtle", ["application/n-triples"]) is TRIPLES[1]


def test_xml_answers_are_well_formed_whatever_they_hold(url: str) -> None:
    query = 'SELECT ("a\\u0001\\u000Bb" AS ?x) {}'
    body = ask(url + "sparql?" + urlencode({"query": query, "format": "xml"}))[2]
    assert "a" in "".join(ElementTree.fromstring(body).itertext())
