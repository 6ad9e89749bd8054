"""Plain GETs are read as h11 reads them, all else is left to it, and both are answered alike."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_service import folder, put, running  # noqa: F401 (a fixture)
from waiting import PATIENCE

from kg.graph.store import Store
from kg.service.plain import parts

GET = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n"
MANY = b"GET /sparql?query=SELECT*%7BVALUES?a%7B" + b"1%20" * 1000 + b"%7DVALUES?b%7B" + b"1%20" * 300 + b"%7D%7D"


def test_the_parts_of_a_plain_request() -> None:
    data = b"GET /a?b=%20 HTTP/1.1\r\nHOST: x\r\nX-A:  b: c \r\nConnection: Keep-Alive\r\n\r\n"
    assert parts(data) == (b"/a?b=%20", [(b"host", b"x"), (b"x-a", b"b: c"), (b"connection", b"Keep-Alive")])


@pytest.mark.parametrize(
    "data",
    [
        GET,
        GET + b"\r\n" + GET + b"\r\n",
        GET + b"Host: other\r\n\r\n",
        GET + b"Content-Length: 0\r\n\r\n",
        GET + b"Transfer-Encoding: chunked\r\n\r\n",
        GET + b"Upgrade: h2c\r\n\r\n",
        GET + b"Expect: 100-continue\r\n\r\n",
        GET + b"Connection: close\r\n\r\n",
        GET + b"X : a\r\n\r\n",
        GET + b"X: a\r\n b\r\n\r\n",
        GET + b"X: a\x00\r\n\r\n",
        GET + b"X: \xe9\r\n\r\n",
        GET + b": a\r\n\r\n",
        GET + b"X: a\n\r\n",
        GET.replace(b"GET", b"HEAD") + b"\r\n",
        GET.replace(b"1.1", b"1.0") + b"\r\n",
        GET.replace(b"Host", b"Hose") + b"\r\n",
        GET.replace(b"GET /", b"GET http://localhost/") + b"\r\n",
    ],
)
def test_what_is_not_plain_is_left_to_h11(data: bytes) -> None:
    assert parts(data) is None


@given(st.lists(st.tuples(st.sampled_from([b"Host", b"X-a", b"connection", b"Te"]), st.binary(max_size=9)), max_size=4))
def test_what_is_plain_is_read_as_h11_reads_it(headers: list[tuple[bytes, bytes]]) -> None:
    data = GET + b"".join(name + b":" + value + b"\r\n" for name, value in headers) + b"\r\n"
    data = data if all(name != b"Host" for name, _ in headers) else data.replace(b"Host: localhost\r\n", b"", 1)
    if found := parts(data):
        careful = h11.Connection(h11.SERVER)
        careful.receive_data(data)
        request = careful.next_event()
        assert isinstance(request, h11.Request)
        assert found == (request.target, list(request.headers))
        assert isinstance(careful.next_event(), h11.EndOfMessage)


@pytest.fixture
def line(folder: Path) -> Iterator[socket.socket]:  # noqa: F811
    with running(partial(Store.open, folder)) as url:
        host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
            yield line


def received(line: socket.socket, end: bytes, times: int) -> bytes:
    data = b""
    while data.count(end) < times and (more := line.recv(65536)):
        data += more
    return data


def test_requests_one_after_the_other_before_any_answer(line: socket.socket) -> None:
    plain, careful = GET + b"\r\n", GET + b"Content-Length: 0\r\n\r\n"
    for data in (plain, plain, careful, plain + careful, plain[:30], plain[30:] + plain):
        line.sendall(data)
    answers = received(line, b"true}", 7)
    assert answers.count(b"HTTP/1.1 200 \r\n") + answers.count(b"HTTP/1.1 200 OK\r\n") == 7


def test_a_long_answer_comes_in_chunks_and_the_connection_is_kept(line: socket.socket) -> None:
    line.sendall(MANY + b" HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n")
    head, _, body = received(line, b"0\r\n\r\n", 1).partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in head
    assert len(body) > 300_000 * 5
    line.sendall(GET + b"\r\n")
    assert received(line, b"true}", 1).startswith(b"HTTP/1.1 200 ")


def test_errors_and_pages_are_answered_like_queries(line: socket.socket) -> None:
    for path, status in ((b"/healthz", b"200"), (b"/nowhere", b"404"), (b"/sparql?query=no", b"400")):
        line.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert received(line, b"\n", 8).startswith(b"HTTP/1.1 " + status)
