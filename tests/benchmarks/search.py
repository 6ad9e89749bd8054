"""Finding entities as one types, beside the engine's look-up of a name in a query: figures of one run, as ratios.

    python -m tests.benchmarks.search STORE [--names 40]

Names of the store are typed letter by letter at a server. Printed are how long the first search takes after the server
has told its address, what a letter takes, at the median and at worst, right and with a letter wrong; the same names
searched in this process, against the pattern that queries look names up by; what the tables take to make and on disk;
and what the explorer's other first requests take.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from kg.graph import called
from kg.graph.serving import listing, search
from kg.graph.serving.served import Served
from kg.graph.store import Store


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--names", type=int, default=40)
    told = parser.parse_args()
    shutil.rmtree(told.store / "index" / "tables", ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Served(Store.open(told.store), tables=Path(folder))
        make(source, Path(folder))
        names = some_names(source, told.names)
        compare(source, told.store, names[:5])
    for before in ("no server before it", "another before it"):
        with ours(told.store) as client:
            say(f"the first search after the server's address, with {before}", [timed(lambda: found(client, "a"))])
    with ours(told.store) as client:
        typing(client, names)
        others(client)


def make(source: Served, folder: Path) -> None:
    """What the tables take."""
    for kind in (listing.LISTING, search.NAMES):
        seconds = timed(lambda kind=kind: source.explored().tables.renew(kind, source.explored()))  # type: ignore[misc]
        size = sum(path.stat().st_size for path in folder.glob(f"{kind.name}.*.db"))
        print(f"the table of {kind.name}: {seconds:.2f} s, {size / 1e6:.1f} MB")


def some_names(source: Served, count: int) -> list[str]:
    """Names of the store, always the same."""
    tables = source.explored().tables.read(search.NAMES, source.explored())
    names = [name for (name,) in tables.execute("SELECT text FROM name ORDER BY id")]
    return random.Random(7).sample(names, min(count, len(names)))


def compare(source: Served, path: Path, names: list[str]) -> None:
    """A search here, and the look-up of the same name in a query."""
    with Store.open(path) as store:
        for name in names:
            assert search.search(source.explored(), name, 10)["results"] and called.things(store, name)
        quick = [timed(lambda name=name: search.search(source.explored(), name, 10)) for name in names]  # type: ignore[misc]
        slow = [timed(lambda name=name: called.things(store, name)) for name in names]  # type: ignore[misc]
    say("a whole name, searched", quick)
    say("a whole name, looked up in a query", slow)
    print(f"the look-up takes {statistics.median(slow) / statistics.median(quick):,.0f} times as long")


def typing(client: httpx.Client, names: list[str]) -> None:
    """Each name letter by letter, and with its last letter but one wrong."""
    parts = [name[:length] for name in names for length in range(1, len(name) + 1)]
    say("a letter more, typed", [timed(lambda part=part: found(client, part)) for part in parts])  # type: ignore[misc]
    wrong = [f"{name[:-2]}{'x' if name[-2] != 'x' else 'z'}{name[-1]}" for name in names if len(name) > 4]
    say("a letter wrong", [timed(lambda part=part: found(client, part)) for part in wrong])  # type: ignore[misc]


def others(client: httpx.Client) -> None:
    """What else the first page asks, the first time and then."""
    for path in ("/api/vocabulary", "/api/overview", "/api/articles", "/api/search", "/"):
        first, *rest = [timed(lambda path=path: client.get(path).raise_for_status()) for _ in range(6)]  # type: ignore[misc]
        print(f"{path}: {first * 1000:.1f} ms, then {statistics.median(rest) * 1000:.1f} ms")


def found(client: httpx.Client, typed: str) -> None:
    """Search over HTTP."""
    client.get("/api/search", params={"q": typed}).raise_for_status()


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def say(what: str, seconds: list[float]) -> None:
    """Print the median and the worst."""
    worst = f", {max(seconds) * 1000:.1f} ms at worst of {len(seconds)}" if len(seconds) > 1 else ""
    print(f"{what}: {statistics.median(seconds) * 1000:.1f} ms{worst}")


@contextmanager
def ours(store: Path) -> Iterator[httpx.Client]:
    """A client of a server of the store."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert process.stdout
    try:
        url = process.stdout.readline().split("page at ")[1].split()[0]
        with httpx.Client(base_url=url, timeout=60) as client:
            yield client
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
