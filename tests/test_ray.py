"""The engine on Ray, on a real cluster of two nodes of one core each, which run on this machine."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from waiting import PATIENCE, standing

from kg.errors import DataError, PluginError, Reason, ServiceError, SourceError
from kg.graph.names import Namespaces
from kg.graph.store import Store
from kg.graph.store.distant import Distant
from kg.model import Article
from kg.pipeline import ingest
from kg.pipeline.engines import cluster as joining
from kg.pipeline.engines.ray import Found, Ray, Work
from kg.pipeline.keeping import Keeper
from kg.pipeline.limits import Limits
from kg.pipeline.shard import Extractor, Result

pytest.importorskip("ray", reason="the extra ray is not installed")

_SAID = "{}, spokesman for the Pentagon, said on Tuesday that the army will leave Iraq. Marie Curie was born in Warsaw."
_NAMES = "Sean Parnell", "Karen Holm", "Irina Talis", "Bruno Delvaux"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "object_store_memory": 100_000_000, "wait": False}
    cluster = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    try:
        cluster.add_node(**node)
        cluster.wait_for_nodes(PATIENCE)
        yield cluster
    finally:
        cluster.shutdown()


def an_article(id: str, text: str = "Text.") -> Article:
    return Article(id, text, language="en", where=f"{id}.txt")


def fake_work(notes: Path) -> Work:
    """Work without a model; a function in a function is sent with its code, so that the nodes need no tests."""
    from kg.pipeline.shard import Result

    def work(
        articles: Sequence[Article], names: Namespaces, extractor: Extractor | None, limits: Limits
    ) -> Iterator[Found]:
        for article in articles:
            if article.text.startswith("kill"):
                os._exit(1)
            if article.text.startswith("hang"):
                with notes.open("a") as file:
                    file.write("x")
                time.sleep(600)
            if article.text == "bad data":
                raise DataError("ontology/kg.ttl:7: not Turtle")
            yield Result(article, set(), Counter(), article.text.encode())

    return work


def told(
    cluster: Any, articles: Iterable[Article], notes: Path = Path(os.devnull), **options: Any
) -> list[tuple[str, str]]:
    """What came out, sorted: an identifier, and the text or the reason why there is none."""
    found = Ray(address=cluster.address, work=fake_work(notes), **options).results(articles, Namespaces(), None)
    return sorted((o.id, o.reason) if isinstance(o, SourceError) else (o.article.id, o.turtle.decode()) for o in found)


@pytest.mark.parametrize(("does", "reason", "jobs"), [("kill", Reason.BROKEN, 2), ("hang", Reason.TOO_SLOW, 1)])
def test_an_article_that_kills_or_holds_a_worker_is_reported_and_takes_no_other_with_it(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, reason: Reason, jobs: int
) -> None:
    monkeypatch.setattr("kg.pipeline.engines.ray.monotonic", standing(tmp_path / "notes"))
    monkeypatch.setattr("kg.pipeline.engines.ray._LOOK", 0.5)
    longest = does.ljust(20)  # which is read first: nothing is heard after its note
    articles = [an_article(f"{n:02}", longest if n == 23 else f"Text {n}.") for n in range(40)]
    expected = [(f"{n:02}", reason if n == 23 else f"Text {n}.") for n in range(40)]
    assert told(cluster, articles, tmp_path / "notes", jobs=jobs) == expected


def test_what_every_article_would_meet_ends_the_run(cluster: Any) -> None:
    with pytest.raises(DataError, match=r"^ontology/kg.ttl:7: not Turtle$"):
        told(cluster, [an_article("a", "bad data")], jobs=1)


def test_no_more_articles_are_taken_than_there_is_work_for(cluster: Any) -> None:
    taken: list[str] = []

    def endless() -> Iterator[Article]:
        while True:
            taken.append("")
            yield an_article(str(len(taken)))

    engine = Ray(address=cluster.address, jobs=1, work=fake_work(Path(os.devnull)))
    found = engine.results(endless(), Namespaces(), None)
    assert isinstance(next(found), Result)
    found.close()  # type: ignore[attr-defined]
    assert len(taken) <= 1024


def test_another_reader_on_a_node_is_told(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.engines.ray.installed", lambda: "dateline-kg 0.0")
    with pytest.raises(PluginError, match="another reader is installed on a machine of the cluster"):
        told(cluster, [an_article("a")], jobs=1)


def test_a_cluster_that_is_not_there_is_told_in_a_line() -> None:
    with pytest.raises(ServiceError, match=r"^the Ray cluster at 127\.0\.0\.1:1 does not answer: [^\n]*$"):
        list(Ray(address="127.0.0.1:1").results([an_article("a")], Namespaces(), None))


def test_a_cluster_that_does_not_start_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import ray

    def init(*_: object, **__: object) -> None:
        raise Exception("The current node timed out during startup.\nThis could happen because of ...")

    monkeypatch.setattr(ray, "init", init)
    with pytest.raises(ServiceError, match=r"^Ray on this machine does not answer: The current .* startup\.$"):
        joining._join(ray, None, {})


def test_where_there_is_nothing_to_read_no_cluster_is_joined() -> None:
    assert list(Ray(address="127.0.0.1:1").results([], Namespaces(), None)) == []


def test_who_is_told_to_end_while_ray_starts_hears_it_once_that_is_done() -> None:
    import ray

    heard: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: heard.append(number))
    try:
        with joining._own_signals(ray):
            ray._private.utils.set_sigterm_handler(lambda number, _: sys.exit(number))
            signal.raise_signal(signal.SIGTERM)
            assert heard == []
        assert heard == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)


@pytest.mark.model
def test_a_node_that_is_killed_loses_nothing_and_changes_no_byte(cluster: Any, tmp_path: Path) -> None:
    keeper = Keeper(Distant.open(f"file://{tmp_path}/there"))
    doomed, begun = next(iter(cluster.worker_nodes)), tmp_path / "begun"
    articles = [an_article(f"{n:02}", _SAID.format(_NAMES[n % 4]) + " It rained." * n) for n in range(50)]

    def work(
        articles: Sequence[Article], names: Namespaces, extractor: Extractor | None, limits: Limits
    ) -> Iterator[Found]:
        import ray

        if ray.get_runtime_context().get_node_id() == doomed_id:
            begun.touch()
            time.sleep(600)  # it dies in the middle of this
        while not begun.exists():  # the other does not take all the work before
            time.sleep(0.1)
        yield from keeper(articles, names, extractor, limits)

    doomed_id = doomed.node_id
    killer = threading.Thread(target=kill_when, args=(cluster, doomed, begun))
    killer.start()
    found = list(Ray(address=cluster.address, work=work).results(articles, Namespaces(), None))
    killer.join()
    assert begun.exists()
    assert sorted(one.article.id for one in found if isinstance(one, Result)) == [article.id for article in articles]
    with Store.open(tmp_path / "here", create=True, writable=True) as store:
        ingest(articles, store)
    assert files(tmp_path / "there") == files(tmp_path / "here")


def kill_when(cluster: Any, node: Any, begun: Path) -> None:
    deadline = time.monotonic() + 300
    while not begun.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    cluster.remove_node(node, allow_graceful=False)


def files(store: Path) -> dict[str, bytes]:
    return {str(path.relative_to(store)): path.read_bytes() for path in store.glob("articles/*/*")}
