"""What a server tells of itself: metrics, its log, its health, and to whose pages."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import sources
from httpx import Client
from prometheus_client.parser import text_string_to_metric_families
from serving import WRITABLE, asked, served

from kg.errors import ServiceError
from kg.service.accesslog import AccessLog
from kg.service.formats import TRIPLES
from kg.service.settings import Settings
from kg.service.watching import Exchange, Watched

ORIGIN = "https://news.example"


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with served(sources.Own, Settings(origins=(ORIGIN,))) as client:
        yield client


def test_metrics_are_what_prometheus_reads(client: Client) -> None:
    asked(client, "ASK {}")
    asked(client, "")
    client.get("/nowhere/at/all")
    families = text_string_to_metric_families(client.get("/metrics").text)
    samples = {(s.name, *sorted(s.labels.values())): s.value for family in families for s in family.samples}
    assert samples["kg_requests_total", "/sparql", "200", "GET"] == 1
    assert samples["kg_requests_total", "/sparql", "400", "GET"] == 1
    assert samples["kg_requests_total", "404", "GET", "other"] == 1
    assert samples["kg_request_seconds_count", "/sparql"] == 2
    assert (samples["kg_queries_running",], samples["kg_queries_queued",]) == (0, 0)
    assert (samples["kg_workers",], samples["kg_query_timeouts_total",]) == (1, 0)


def test_a_query_that_is_ended_is_counted() -> None:
    with served(sources.Slow, timeout=0.2) as client:
        asked(client, "ASK {}")
        assert "kg_query_timeouts_total 1.0" in client.get("/metrics").text
        assert "kg_workers_replaced_total 1.0" in client.get("/metrics").text


def test_the_log_has_a_line_of_json_without_the_query(tmp_path: Path) -> None:
    log = AccessLog(tmp_path / "log")
    with served(sources.Own, Settings(observers=(log,))) as client:
        asked(client, 'ASK { ?s ?p "secret" }')
        client.get("/nowhere")
    log.close()
    first, second = map(json.loads, (tmp_path / "log").read_text().splitlines())
    assert (first["path"], first["status"], first["query_bytes"], second["status"]) == ("/sparql", 200, 22, 404)
    assert "secret" not in (tmp_path / "log").read_text() and "query" not in second


def test_no_path_ends_a_line_of_the_log(tmp_path: Path) -> None:
    log = AccessLog(tmp_path / "log")
    with served(sources.Own, Settings(observers=(log,))) as client:
        client.get("/a%0Ab%C2%85c%E2%80%A8d%1B%9B")
    log.close()
    (line,) = (tmp_path / "log").read_text().splitlines()
    assert json.loads(line)["path"].startswith("/a\nb\x85c\u2028d\x1b")


def test_a_bug_counts_as_an_error_of_the_server() -> None:
    exchanges: list[Exchange] = []

    async def broken(*_: object) -> None:
        raise KeyError

    scope = {"type": "http", "method": "GET", "path": "/"}
    with pytest.raises(KeyError):
        asyncio.run(Watched(broken, [exchanges.append])(scope, None, None))  # type: ignore[arg-type]
    assert [exchange.status for exchange in exchanges] == [500]


def test_a_log_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="cannot write the log"):
        AccessLog(tmp_path / "none" / "log")


def test_health_asks_a_worker() -> None:
    with served(sources.Own) as client:
        assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    with served(sources.Slow, timeout=0.2) as client:
        assert client.get("/healthz").text == "busy\n"


def test_only_pages_of_the_origins_may_read(client: Client) -> None:
    ask = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = client.options("/sparql", headers=ask)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, ORIGIN)
    assert "PUT" not in allowed.headers["access-control-allow-methods"]
    assert client.options("/sparql", headers=ask | {"Origin": "https://evil.example"}).status_code == 400
    answers = [
        client.get("/sparql?query=ASK{", headers={"Origin": o}).headers for o in (ORIGIN, "https://evil.example")
    ]
    assert [headers.get("access-control-allow-origin") for headers in answers] == [ORIGIN, None]


def test_nobodys_pages_may_read_unless_that_is_asked_for() -> None:
    with served(sources.Own) as client:
        assert "access-control-allow-origin" not in client.get("/", headers={"Origin": ORIGIN}).headers


def test_an_origin_has_no_path() -> None:
    with pytest.raises(ServiceError, match="not an origin"):
        Settings(origins=("https://news.example/page",))


@pytest.mark.parametrize("accept", [format.media_type for format in TRIPLES])
def test_the_description_is_negotiated(client: Client, accept: str) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.headers["content-type"].startswith(accept)
    assert "UnionDefaultGraph" in response.text and "SPARQL11Update" not in response.text


def test_the_description_names_updates_where_there_are_any() -> None:
    with served(sources.Own, Settings(union=False, token=WRITABLE.token)) as client:
        text = client.get("/sparql").text
    assert "sd:SPARQL11Update" in text and "sd:inputFormat" in text and "UnionDefaultGraph" not in text


def test_no_request_is_smuggled_behind_another(client: Client) -> None:
    ask = "POST /sparql?query=ASK%7B%7D HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nHost: x\r\n"
    lengths = "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    with socket.create_connection((client.base_url.host, client.base_url.port or 80), timeout=20) as line:
        line.sendall(f"{ask}{lengths}GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        with line.makefile("rb") as file:
            assert file.read().count(b"HTTP/1.1 ") == 1
