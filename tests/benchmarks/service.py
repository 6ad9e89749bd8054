"""The service under load, beside rdflib-endpoint on the same store: figures of one run, as ratios.

    python -m tests.benchmarks.service STORE [--rival PYTHON] [--queries 100000]

`--rival` is an interpreter that has rdflib-endpoint, oxrdflib and uvicorn installed; without one, the comparison is
left out. Printed are requests a second at 1 and 8 connections, with the processor time that all of a server's
processes take for one, which says more where the machine has other work; how long small queries take while another
client runs a cartesian product; and the memory of all of the server's processes over very many queries.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

TINY = "ASK { ?s ?p ?o }"
PRODUCT = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?{v} {{ {'1 ' * 1000} }}" for v in "abcd") + " }"
ROUNDS, SECONDS = 5, 2.0
Server = tuple[int, int]  # its port and its process
RIVAL = """
import sys, pyoxigraph, uvicorn
from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(store=OxigraphStore(store=pyoxigraph.Store.read_only(sys.argv[1])), default_union=True)
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rival", help="an interpreter with rdflib-endpoint")
    parser.add_argument("--queries", type=int, default=100_000)
    told = parser.parse_args()
    with ours(told.store) as (port, server):
        if told.rival:
            with rival(told.rival, told.store) as other:
                compare((port, server.pid), other)
        else:
            print("rdflib-endpoint: left out, for no --rival is named")
        latency(port)
        memory(port, server.pid, told.queries)


def compare(mine: Server, theirs: Server) -> None:
    """Requests a second of both servers, in turns, and milliseconds of processor time a request."""
    for connections in (1, 8):
        pairs = [(rate(mine, connections), rate(theirs, connections)) for _ in range(ROUNDS)]
        (one, one_ms), (two, two_ms) = (
            map(statistics.median, zip(*rates, strict=True)) for rates in zip(*pairs, strict=True)
        )
        ratio = statistics.median(one / two for (one, _), (two, _) in pairs)
        print(
            f"{connections} connections: {one:.0f}/s, rdflib-endpoint {two:.0f}/s: {ratio:.2f} times; "
            f"processor time a request {one_ms:.2f} ms and {two_ms:.2f} ms: {two_ms / one_ms:.2f} times",
            flush=True,
        )


def latency(port: int) -> None:
    """How long small queries take, 100 a second of 4 clients, without and with a cartesian product beside them."""
    quiet = paced(port)
    stop = Event()
    bomber = Thread(target=bomb, args=(port, stop))
    bomber.start()
    time.sleep(0.1)
    beside = paced(port)
    stop.set()
    for name, times in (("alone", quiet), ("beside a cartesian product", beside)):
        p50, p99 = (1000 * times[int(len(times) * share)] for share in (0.5, 0.99))
        print(
            f"a small query {name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {1000 * times[-1]:.1f} ms", flush=True
        )
    bomber.join()


def memory(port: int, pid: int, queries: int) -> None:
    """What all processes of the server take, after a fifth of the queries and after all."""
    begun, done, first = time.perf_counter(), 0, 0.0
    while done < queries:
        done += asked(port, 4, count=queries // 20)
        first = first or (taken(pid) if done >= queries // 5 else 0.0)
    rest = f"{queries} queries in {time.perf_counter() - begun:.0f} s"
    print(f"memory: {first:.0f} MB after {queries // 5} queries, {taken(pid):.0f} MB after all ({rest})")


def rate(server: Server, connections: int) -> tuple[float, float]:
    """Requests answered a second, and milliseconds of processor time for each."""
    port, pid = server
    before = worked(pid)
    count = asked(port, connections, seconds=SECONDS)
    return count / SECONDS, 1000 * (worked(pid) - before) / count


def asked(port: int, connections: int, *, seconds: float = 1e9, count: int = 2**60) -> int:
    """Ask over so many connections for so long or so often; how often it was."""
    end, totals = time.perf_counter() + seconds, [0] * connections

    def client(place: int) -> None:
        with Client(port) as asking:
            while time.perf_counter() < end and totals[place] < count / connections:
                asking.ask(TINY)
                totals[place] += 1

    together([Thread(target=client, args=(place,)) for place in range(connections)])
    return sum(totals)


def paced(port: int, *, clients: int = 4, each: int = 150, every: float = 0.04) -> list[float]:
    """The seconds that queries took, sorted."""
    times: list[float] = []

    def client() -> None:
        with Client(port) as asking:
            for _ in range(each):
                begun = time.perf_counter()
                asking.ask(TINY)
                times.append(time.perf_counter() - begun)
                time.sleep(max(0.0, every - times[-1]))

    together([Thread(target=client) for _ in range(clients)])
    return sorted(times)


def bomb(port: int, stop: Event) -> None:
    """Ask for a cartesian product again and again, and leave in the end."""
    while not stop.is_set():
        with Client(port) as asking:
            asking.send(PRODUCT)
            while not stop.wait(0.1) and not asking.has_answer():
                pass


def together(threads: list[Thread]) -> None:
    """Run them all to their end."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Client:
    """A connection that is kept, and as little work for a request as can be: server and client share processors."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._head = f"Host: 127.0.0.1:{port}\r\nAccept: application/sparql-results+json\r\n\r\n"

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, query: str) -> None:
        """Ask, and wait for no answer."""
        self._socket.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\n{self._head}".encode())

    def has_answer(self) -> bool:
        """Whether there is one."""
        self._socket.setblocking(False)
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return False
        finally:
            self._socket.setblocking(True)

    def ask(self, query: str) -> bytes:
        """The body of the answer, of which there must be one."""
        self.send(query)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._received()
        head, _, body = data.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        while len(body) < length:
            body += self._received()
        if not head.startswith(b"HTTP/1.1 200") or b"true" not in body:
            raise SystemExit(f"no answer: {head[:60]!r} {body[:200]!r}")
        return body

    def _received(self) -> bytes:
        if not (data := self._socket.recv(65536)):
            raise SystemExit("the server closed the connection")
        return data


@contextmanager
def ours(store: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """`kg serve` on a store."""
    port = free()
    with running([sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", str(port)], port) as server:
        yield port, server


@contextmanager
def rival(python: str, store: Path) -> Iterator[Server]:
    """rdflib-endpoint on the index of a store."""
    newest = max((store / "index").glob("[0-9]*"), key=lambda path: int(path.name))
    port = free()
    with running([python, "-c", RIVAL, str(newest / "graph"), str(port)], port) as server:
        yield port, server.pid


@contextmanager
def running(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server that has begun to answer."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait(port)
            yield server
        finally:
            server.send_signal(signal.SIGINT)


def wait(port: int) -> None:
    """Until the port answers."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise SystemExit("the server does not start")


def free() -> int:
    """A port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def taken(pid: int) -> float:
    """The MB that a process and all below it take, what they share counted once."""
    return sum(int(told.partition("Pss:")[2].split()[0]) for told in read(pid, "smaps_rollup")) / 1024


def worked(pid: int) -> float:
    """The seconds of processor time that a process and all below it have taken."""
    fields = (told.rpartition(")")[2].split() for told in read(pid, "stat"))
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


def read(pid: int, name: str) -> Iterator[str]:
    """A file in /proc of a process, and of all below it."""
    pids = [pid]
    while pids:
        process = Path("/proc") / str(pids.pop())
        with suppress(FileNotFoundError, ProcessLookupError):  # it may have ended
            yield (process / name).read_text()
            for children in process.glob("task/*/children"):
                pids += map(int, children.read_text().split())


if __name__ == "__main__":
    main()
