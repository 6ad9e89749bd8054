from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
import reading_as_told
from waiting import is_alive, standing, wait_for

from kg.errors import DataError, Reason, ServiceError, SourceError, Withdrawn
from kg.graph.names import Namespaces
from kg.graph.store import Store
from kg.model import Article, Version
from kg.pipeline import Engine, Here, Limits, Log, Processes, Report, ingest, local, shard
from kg.pipeline.engines import processes, reader
from kg.pipeline.engines.processes import WORTH
from kg.pipeline.engines.queue import Queue
from kg.pipeline.limits import resident
from kg.pipeline.shard import Result


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.shard.text.read", None)
    for module, name in ((shard, "gazetteer"), (shard, "link"), (reader, "_CODE")):
        monkeypatch.setattr(module, name, None)
    reading_as_told.install()


def some(*texts: str) -> list[Article]:
    return [Article(str(n), text, "fr", where=f"wire.jsonl:{n}") for n, text in enumerate(texts)]


def outcomes(engine: Engine, articles: list[Article]) -> dict[str, Reason | None]:
    """What became of each article: why it was not read, or None."""
    results = list(engine.results(articles, Namespaces(), None))
    found = {r.id if isinstance(r, SourceError) else r.article.id: getattr(r, "reason", None) for r in results}
    assert len(found) == len(results)
    return found


def ingested(folder: Path, engine: Engine, articles: Iterable[Article | SourceError]) -> dict[str, bytes]:
    """The files of a store that an engine read articles into, and the log."""
    with Store.open(folder, create=True, writable=True) as store, Log.opened(folder / "log") as log:
        ingest(articles, store, engine=engine, report=Report(log=log))
    files = [folder / "log", *folder.glob("articles/**/*.*")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_files_and_log_are_the_same_whoever_reads(tmp_path: Path) -> None:
    articles = some(*(f"Text {n} {'x' * (n * 7919 % 1000)}" for n in range(100)), "break", "exit once")
    here, there = (ingested(tmp_path / str(e.jobs if e else 1), e or Here(), articles) for e in (None, Processes(2)))
    assert len(here) == 2 * 101 + 1 and here == there


def test_no_more_processes_are_started_than_there_is_work_for(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[reader.Reader] = []

    class Counted(reader.Reader):
        def __init__(self, setting: processes.Setting) -> None:
            super().__init__(setting)
            started.append(self)

    monkeypatch.setattr(processes, "Reader", Counted)
    assert outcomes(Processes(8), []) == {} and started == []
    assert len(outcomes(Processes(8), some("", "", "a"))) == 3 and len(started) == 1
    outcomes(Processes(2), some(*["x" * 60_000] * 20))
    assert len(started) == 3


def test_an_article_that_kills_its_reader_twice_is_reported_and_takes_no_other_with_it() -> None:
    dies = {3: f"die {signal.SIGSEGV}", 20: f"die {signal.SIGKILL}", 21: "exit"}
    found = outcomes(Processes(2), some(*(dies.get(n, "Text.") for n in range(40))))
    wrong = {"3": Reason.BROKEN, "20": Reason.MEMORY, "21": Reason.BROKEN}
    assert found == {str(n): wrong.get(str(n)) for n in range(40)}


def test_a_reader_that_is_killed_is_replaced(tmp_path: Path) -> None:
    found = outcomes(Processes(1), some(*["Text."] * 20, f"die once {tmp_path / 'died'}"))
    assert found == dict.fromkeys(map(str, range(21))) and (tmp_path / "died").exists()


def test_where_all_die_the_run_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_DEATHS", 3)
    with pytest.raises(ServiceError, match="memory for so many --jobs"):
        outcomes(Processes(2), some(*["die 9"] * 30))
    monkeypatch.setattr(reader, "_CODE", "raise SystemExit('{fd} {path}'[:0])")
    with pytest.raises(ServiceError, match="the processes that read die"):
        outcomes(Processes(2), some("Text."))


@pytest.mark.parametrize("engine", [Here, partial(Processes, 2)])
def test_what_takes_too_long_is_reported(engine: Callable[..., Engine]) -> None:
    found = outcomes(engine(limits=Limits(seconds=2)), some("a", "sleep 60", "b", "spin 60", "c"))
    assert found == {"0": None, "1": Reason.TOO_SLOW, "2": None, "3": Reason.TOO_SLOW, "4": None}


@pytest.mark.parametrize("engine", [Here, partial(Processes, 2)])
def test_what_takes_too_much_is_reported(engine: Callable[..., Engine]) -> None:
    has = resident() if engine is Here else 300_000_000  # this process may be larger than its readers ever become
    limits = Limits(memory=has + 100_000_000)  # and as much time as ever, for a machine that is busy
    found = outcomes(engine(limits=limits), some("a", "grow 200", "b"))
    assert found == {"0": None, "1": Reason.MEMORY, "2": None}


def test_a_long_article_has_more_time() -> None:
    short, long = some("x" * 1000, "x" * 300_000)
    assert (Limits(60).time(short), Limits(60).time(long)) == (60, 180)


@pytest.mark.parametrize("does", ["block", "hold"])
def test_a_reader_whose_clock_stands_still_is_ended(does: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "time", SimpleNamespace(monotonic=standing(tmp_path / "notes")))
    longest = f"{does} {tmp_path / 'notes'} {'x' * 900_000}"  # which is read first: nothing is heard after its note
    found = outcomes(Processes(1), some("a", longest, "b" * 800_000))
    assert found == {"0": None, "1": Reason.TOO_SLOW, "2": None}


def test_what_every_article_would_meet_ends_the_run() -> None:
    with pytest.raises(DataError, match=r"kg\.ttl:7"):
        outcomes(Processes(2), some("a", "malformed", "b"))


def test_as_many_processes_as_cores() -> None:
    assert isinstance(local(1), Here)
    assert getattr(local(0), "jobs", 1) >= 1 and getattr(local(3), "jobs", 1) == 3


# ---- the queue


def shards(articles: list[Article], jobs: int = 2) -> list[list[int]]:
    queue = Queue(jobs)
    for article in articles:
        queue.put(article)
    return [[len(article.text) for article in shard.articles] for shard in taken(queue)]


def taken(queue: Queue) -> Iterator[processes.Shard]:
    while shard := queue.take(at_once=True):
        yield shard
    assert queue.size == 0


def test_the_longest_go_first_in_shards_of_about_one_size() -> None:
    assert shards(some("x", "x" * 50_000, "xx", "x" * 30_000, "x" * 900_000, "")) == [
        [900_000],
        [50_000],
        [30_000, 2, 1, 0],
    ]
    assert [len(shard) for shard in shards(some(*["x"] * 40))] == [16, 16, 8]


def test_a_shard_is_of_one_language() -> None:
    articles = [Article(str(n), "x" * n, ("en", "fr")[n % 2]) for n in range(6)]
    assert shards(articles) == [[4, 2, 0], [5, 3, 1]]


def test_few_articles_are_cut_only_where_somebody_waits() -> None:
    queue = Queue(1)
    for article in some(*["x"] * 63):
        queue.put(article)
    assert queue.take(at_once=False) is None
    queue.put(some("xx")[0])
    shard = queue.take(at_once=False)
    assert shard and shard.articles[0].text == "xx" and not queue.is_full


def test_a_queue_is_full_of_articles_or_of_characters() -> None:
    many, long = Queue(2), Queue(2)
    for article in some(*["x"] * 512):
        many.put(article)
    for article in some(*["x" * 1_000_000] * 4):
        long.put(article)
    assert many.is_full and long.is_full


# ---- ends

ORPHANS = """
import sys
sys.path[:0] = {path!r}
import reading_as_told
from test_engines import Namespaces, Processes, reader, some
reading_as_told.install()
start = reader.Reader.__init__
def told(self, setting):
    start(self, setting)
    print(self._process.pid, flush=True)
reader.Reader.__init__ = told
list(Processes(2).results(some("sleep 60", "x" * 400_000), Namespaces(), None))
"""


def test_readers_end_with_who_started_them() -> None:
    tests = Path(__file__).parent
    code = ORPHANS.format(path=[str(tests), str(tests.parent)])
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        readers = [int(parent.stdout.readline()) for _ in range(2)]
        time.sleep(1)  # in which they begin
        parent.kill()
    wait_for(lambda: not any(map(is_alive, readers)))


@pytest.mark.parametrize(("length", "helped"), [(WORTH - 1, False), (WORTH, True)])
def test_who_reads_again_and_again_is_helped_only_with_much(
    monkeypatch: pytest.MonkeyPatch, length: int, helped: bool
) -> None:
    asked = []

    def results(self: object, articles: Iterable[Article], *_: object) -> Iterator[Result]:
        asked.append(type(self))
        yield from (Result(article, set(), Counter(), b"") for article in articles)

    monkeypatch.setattr(Here, "results", results)
    monkeypatch.setattr(Processes, "results", results)
    articles = some("x" * length)
    found = list(local(3, again=True).results(articles, Namespaces(), None))
    assert len(found) == 1 and asked == [Processes if helped else Here]


def test_versions_become_the_same_whoever_reads(tmp_path: Path) -> None:
    def versions() -> Iterator[Article | SourceError]:
        for number in range(1, 10):  # the longer, which are read first, are the older
            for item in some(*[f"{number} " * (4000 // number)] * 3):
                yield replace(item, version=Version(number), where=f"{item.where}.{number}")
        yield Withdrawn("canceled", version=Version(9, "", True), where="wire.jsonl:9", id="1")

    here, there = (
        ingested(tmp_path / name, engine, versions()) for name, engine in (("a", Here()), ("b", Processes(2)))
    )
    assert here == there and len(here) == 1 + 2 * 2
    assert all(data.startswith(b"9 ") for name, data in here.items() if name.endswith(".txt"))
