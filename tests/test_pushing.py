"""A store in, the same graphs on a SPARQL server out: what differs alone is sent, whatever happens in between."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from endpoints import Endpoint as Served
from endpoints import running
from servers import Server, fuseki, virtuoso
from waiting import PATIENCE

from kg.errors import KGError, ServiceError
from kg.graph import queries
from kg.graph.questions import ask
from kg.graph.rdf import Namespaces, triples, turtle
from kg.graph.remote import Endpoint, pushing
from kg.graph.remote.changes import Add, Change, Forget, Replace, halves, update
from kg.graph.remote.destinations import ByUpdate, find
from kg.graph.remote.pushed import BEGUN, ENTITIES, GRAPHS, NAMED_DEFAULT, Pushed
from kg.graph.remote.web import Web
from kg.graph.store import Store
from kg.model import (
    KG,
    Article,
    Entity,
    Evidence,
    Mention,
    MentionType,
    Provenance,
    Quotation,
    Reading,
    Span,
    Statement,
)

NAMES = Namespaces()
Kg = Callable[..., tuple[int, str, str]]


def put(path: Path, **leaders: str) -> None:
    """Articles that say, each, that somebody leads Borel."""
    with Store.open(path, create=True, writable=True) as store:
        for id, who in leaders.items():
            article = Article(id, f'{who} dirige "Borel".\n', "fr", f"Titre \\ {id}", date(2025, 10, 1))
            store.put(article, turtle(_graph(article, who), NAMES, id))


def _graph(article: Article, who: str) -> set[ox.Triple]:
    subject, object, all_of_it = Span(0, len(who)), Span(len(who) + 9, len(who) + 14), Span(0, len(who) + 15)
    person, company = frozenset({KG + "Person"}), frozenset({KG + "Company"})
    entities = {subject: Entity(who.lower(), person, who), object: Entity("borel", company, "Borel")}
    says = Statement(subject, KG + "leaderOf", object, "verb", Evidence(all_of_it, 0))
    told = Quotation(all_of_it, None, Evidence(all_of_it, 0), subject)
    mentions = tuple(Mention(span, MentionType.NAME, KG + "Person") for span in entities)
    reading = Reading(article, mentions, (says,), (), (told,), issued=article.issued)
    return set(triples(reading, entities, Provenance("0.1.0", "abc"), NAMES))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pushing") / "store"
    put(path, **{f"a{number}": "Ada" if number < 6 else "Bea" for number in range(8)})
    return path


@pytest.fixture
def store(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "store"))


@pytest.fixture
def served() -> Iterator[Served]:
    with running() as server:
        yield server


def held(path: Path) -> set[tuple[str, str]]:
    """Everything in a store's index: a graph and a triple."""
    contents = Store.open(path).contents()
    shared = {("", line) for subject in contents.subjects() for line in contents.of(subject).decode().splitlines()}
    named = ((graph, chunk.decode()) for graph in contents.graphs() for chunk in contents.chunks(graph, 1000))
    return shared | {(graph, line) for graph, chunk in named for line in chunk.splitlines()}


def arrived(server: Served) -> set[tuple[str, str]]:
    """Everything on a server but its account of it; the graph that stands for the default graph is that."""
    quads = ((getattr(quad.graph_name, "value", ""), f"{quad.triple} .") for quad in server.store)
    named = ((graph.replace(NAMED_DEFAULT, ""), triple) for graph, triple in quads if graph not in (GRAPHS, ENTITIES))
    return set(named)


def removed(store: Path, id: str) -> None:
    """An article that is no longer there, nor in the index."""
    with Store.open(store, writable=True) as opened:
        for suffix in (".ttl", ".txt"):
            next(store.glob(f"articles/??/{id}{suffix}")).unlink()
        opened.rebuild()


# What is sent


@pytest.mark.parametrize("way", ["/update", "/data"])
def test_what_differs_is_sent_and_what_is_gone_removed(kg: Kg, store: Path, served: Served, way: str) -> None:
    served.updates = way == "/update"
    command = ("push", "--store", store, "--endpoint", served.url)
    status, out, err = kg(*command)
    assert (status, "8 graphs and 4 entities sent" in out) == (0, True)
    assert f"verified: {len(held(store))} triples in 9 graphs" in err
    assert arrived(served) == held(store)

    sent = len(served.written)
    status, out, _ = kg(*command)
    assert (status, "nothing to do" in out) == (0, True)
    assert len(served.written) == sent, "nothing was written"

    put(store, a1="Cleo")
    status, out, _ = kg(*command)
    assert (status, "1 graphs and 1 entities sent" in out) == (0, True)
    assert arrived(served) == held(store)

    removed(store, "a1")
    status, out, _ = kg(*command)
    assert (status, "0 graphs and 0 entities sent" in out, "1 graphs and 1 entities removed" in out) == (0, True, True)
    assert arrived(served) == held(store) and not any("cleo" in triple for _, triple in arrived(served))


def test_what_several_articles_state_goes_with_the_last_of_them(kg: Kg, store: Path, served: Served) -> None:
    command = ("push", "--store", store, "--endpoint", served.url)
    kg(*command)
    put(store, a6="Ada")
    kg(*command)
    assert any("entity/bea>" in triple for graph, triple in arrived(served) if not graph)
    put(store, a7="Ada")
    assert kg(*command)[0] == 0
    assert not any("entity/bea>" in triple for _, triple in arrived(served))


def test_a_dry_run_writes_nothing(kg: Kg, store: Path, served: Served) -> None:
    status, out, _ = kg("push", "--store", store, "--endpoint", served.url, "--dry-run")
    assert (status, served.written, len(served.store)) == (0, [], 0)
    assert out.splitlines()[0] == f"send {NAMES.article_iri('a0')}"
    assert out.splitlines()[-1] == "8 graphs to send, 0 to remove; 4 entities to send, 0 to remove"


def test_the_number_of_triples_is_verified(kg: Kg, store: Path, served: Served) -> None:
    command = ("push", "--store", store, "--endpoint", served.url)
    kg(*command)
    served.store.update(f"DELETE WHERE {{ GRAPH <{NAMES.article_iri('a3')}> {{ ?s a ?o }} }}")
    status, _, err = kg(*command)
    assert status == 1 and f"{NAMES.article_iri('a3')}: " in err and "1 graphs differ" in err
    assert kg(*command, "--again")[0] == 0
    assert arrived(served) == held(store)


def test_another_stores_graphs_are_not_replaced_unasked(kg: Kg, store: Path, tmp_path: Path, served: Served) -> None:
    kg("push", "--store", store, "--endpoint", served.url)
    put(tmp_path / "other", b1="Dora")
    status, _, err = kg("push", "--store", tmp_path / "other", "--endpoint", served.url)
    assert status == 2 and "another store" in err
    assert kg("push", "--store", tmp_path / "other", "--endpoint", served.url, "--instead")[0] == 0
    assert arrived(served) == held(tmp_path / "other")


# Where it goes


@pytest.mark.parametrize(
    ("union", "wanted", "graph"), [(True, None, ""), (False, None, ""), (True, "urn:all", "urn:all")]
)
def test_the_default_graph_is_where_plain_queries_see_it(
    kg: Kg, store: Path, served: Served, union: bool, wanted: str | None, graph: str
) -> None:
    served.union = union
    options = ("--default-graph", wanted) if wanted else ()
    status, _, err = kg("push", "--store", store, "--endpoint", served.url, *options)
    assert (status, "see its default graph alone" in err) == (0, not union)
    assert {g for g, triple in arrived(served) if "prefLabel" in triple} == {graph}
    assert kg("push", "--store", store, "--endpoint", served.url)[0] == 0
    status, _, err = kg("push", "--store", store, "--endpoint", served.url, "--default-graph", "urn:other")
    assert status == 2 and "leave out --default-graph" in err


def test_the_ways_that_servers_have(served: Served) -> None:
    assert find(Web(), served.url, BEGUN).url == served.url.replace("/sparql", "/update")
    served.updates = False
    assert find(Web(), served.url, BEGUN).url == served.url.replace("/sparql", "/data")
    served.login = "Basic nobody"
    with pytest.raises(ServiceError, match="give a login that may write"):
        find(Web(), served.url, BEGUN)


def test_where_nobody_writes_is_said(kg: Kg, store: Path, served: Served) -> None:
    status, _, err = kg("push", "--store", store, "--endpoint", served.url, "--update", f"{served.url}/none")
    assert status == 2 and "HTTP" in err and "\n" not in err.strip()


# Logins


@pytest.mark.parametrize(
    ("login", "header"), [("ada:b:c", "Basic YWRhOmI6Yw=="), ("t0ken", "Bearer t0ken")], ids=["password", "token"]
)
def test_logins_come_from_the_environment_or_a_file(
    kg: Kg, store: Path, served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, login: str, header: str
) -> None:
    served.login = header
    command = ("push", "--store", store, "--endpoint", served.url)
    assert kg(*command)[0] == 2
    monkeypatch.setenv("KG_LOGIN", login)
    assert kg(*command)[0] == 0
    monkeypatch.delenv("KG_LOGIN")
    (tmp_path / "login").write_text(f"{login}\n")
    assert kg(*command, "--login", tmp_path / "login", "--again")[0] == 0
    status, _, err = kg(*command, "--login", tmp_path / "none")
    assert status == 2 and "no login can be read" in err


# Servers that fail


class _Broken(ByUpdate):
    """Dies, as the process that pushes might, after some requests."""

    batch = 3000
    left = 5

    def apply(self, changes: list[Change]) -> None:  # type: ignore[override]
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        super().apply(changes)


def test_a_push_that_was_killed_goes_on_where_it_was(store: Path, served: Served) -> None:
    web = Web()
    contents, pushed = Store.open(store).contents(), Pushed(Endpoint(served.url), web)
    url = served.url.replace("/sparql", "/update")
    ByUpdate(web, url).apply([BEGUN])
    place = pushed.choose(ByUpdate(web, url), None)
    first = pushing.plan(contents, pushed)
    with pytest.raises(KeyboardInterrupt):
        pushing.push(contents, first, _Broken(web, url), place)
    second = pushing.plan(contents, pushed)
    assert 0 < len(second.graphs) < len(first.graphs) and not second.subjects
    pushing.push(contents, second, ByUpdate(web, url), place)
    assert not pushing.plan(contents, pushed) and pushing.differences(contents, pushed, place) == []
    assert arrived(served) == held(store)


def test_a_busy_server_is_waited_for_and_one_that_hangs_up_is_asked_again(store: Path, served: Served) -> None:
    waited: list[float] = []
    web = Web(sleep=waited.append)
    remote = ByUpdate(web, served.url.replace("/sparql", "/update"))
    remote.apply([BEGUN])
    served.refusals = [(503, "7"), (429, ""), (0, "")]
    remote.apply([Add("urn:g", b"<urn:s> <urn:p> <urn:o> .\n")])
    assert waited == [7, 2, 4]
    assert len(served.store) == 2
    served.refusals = [(503, "")] * 20
    with pytest.raises(ServiceError, match="HTTP 503"):
        remote.apply([BEGUN])
    assert len(waited) == 3 + web.patience


def test_what_is_too_big_for_a_request_is_sent_in_several(kg: Kg, store: Path, served: Served) -> None:
    served.most = 2500
    assert kg("push", "--store", store, "--endpoint", served.url)[0] == 0
    assert arrived(served) == held(store)
    assert any(size > served.most for _, size in served.written)


def test_changes_have_halves() -> None:
    lines = [f"<urn:s{n}> <urn:p> <urn:o> .\n".encode() for n in range(3)]
    both = halves([Replace("urn:g", b"".join(lines))])
    assert both == ([Replace("urn:g", lines[0])], [Add("urn:g", b"".join(lines[1:]))])
    assert halves([Forget(None, ["urn:a", "urn:b"])]) == ([Forget(None, ["urn:a"])], [Forget(None, ["urn:b"])])
    assert halves([Add(None, lines[0])]) is None and halves([]) is None
    assert update([Forget("urn:g", []), Replace("urn:g", b"")]) == b"DROP SILENT GRAPH <urn:g>"


# Real servers


@pytest.fixture(scope="module")
def jena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = fuseki(tmp_path_factory.mktemp("fuseki"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def openlink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = virtuoso(tmp_path_factory.mktemp("virtuoso"))
    server.start()
    yield server
    server.kill()


def _through_a_life(kg: Kg, store: Path, url: str, *options: object) -> None:
    """A first push, one that finds nothing to do, one after a change, and one after a removal."""
    command = ("push", "--store", store, "--endpoint", url, *options)
    for change, told in (
        (None, "8 graphs and 4 entities sent"),
        (None, "nothing to do"),
        ("Cleo", "1 graphs and 1 entities sent"),
        ("", "1 graphs and 1 entities removed"),
    ):
        if change is not None:
            put(store, a1=change) if change else removed(store, "a1")
        status, out, err = kg(*command)
        assert (status, told in out, "verified" in err) == (0, True, True), (out, err)


def _rows(source: Store | Endpoint, query: queries.Query) -> Counter[tuple[str, ...]]:
    """The rows of a packaged query; a truth may be 1, as Virtuoso has it."""
    given = {p.name: "Ada" for p in query.parameters if p.default is None}
    rows = ask(source, f"{query.folder}/{query.name}", given).rows()
    words = {"true": "1", "false": "0"}
    return Counter(tuple(words.get(v := str(getattr(term, "value", "")), v) for term in row) for row in rows)


def _alike(store: Path, url: str) -> dict[str, bool | str]:
    """Which packaged queries give the same rows in a store and on a server."""
    found: dict[str, bool | str] = {}
    with Store.open(store) as here:
        for query in queries.all_queries():
            if query.folder in ("reports", "networks", "checks"):
                try:
                    same = _rows(here, query) == _rows(Endpoint(url, timeout=PATIENCE), query)
                    found[f"{query.folder}/{query.name}"] = same
                except KGError as error:
                    found[f"{query.folder}/{query.name}"] = str(error)
    return found


def test_fuseki(kg: Kg, store: Path, jena: Server) -> None:
    _through_a_life(kg, store, f"{jena.url}/union/sparql")
    alike = _alike(store, f"{jena.url}/union/sparql")
    assert len(alike) > 20 and not {name: told for name, told in alike.items() if told is not True}


def test_fuseki_by_its_graph_store(kg: Kg, store: Path, jena: Server) -> None:
    _through_a_life(kg, store, f"{jena.url}/plain/sparql", "--graph-store", f"{jena.url}/plain/data")


def test_fuseki_killed_in_the_middle_and_started_again(store: Path, jena: Server) -> None:
    def again(_: float) -> None:
        jena.start()

    web = Web(sleep=again)
    contents, pushed = Store.open(store).contents(), Pushed(Endpoint(f"{jena.url}/union/sparql"), web)
    remote = ByUpdate(web, f"{jena.url}/union/update")
    remote.apply([BEGUN])
    remote.batch = 3000
    place = pushed.choose(remote, NAMED_DEFAULT)
    wanted = pushing.plan(contents, pushed, again=True)
    told: list[int] = []

    def tell(triples: int) -> None:
        told.append(triples)
        if len(told) == 3:
            jena.kill()

    pushing.push(contents, wanted, remote, place, tell=tell)
    assert len(told) > 4 and pushing.differences(contents, pushed, place) == []


def test_virtuoso(kg: Kg, store: Path, openlink: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "KG_LOGIN", "dba:dba")
    _through_a_life(kg, store, f"{openlink.url}/sparql")
    alike = _alike(store, f"{openlink.url}/sparql")  # 7.2.5 understands most of them, and runs out of time at some
    assert sum(same is True for same in alike.values()) >= len(alike) - 4, alike


# Reading from there


def test_commands_that_read_take_an_endpoint(kg: Kg, store: Path, served: Served, tmp_path: Path) -> None:
    kg("push", "--store", store, "--endpoint", served.url)
    status, out, _ = kg("stats", "--endpoint", served.url)
    assert (status, out) == (0, kg("stats", "--store", store)[1])
    status, out, _ = kg("export", "--endpoint", served.url, "--nquads", "-")
    quads = {(getattr(q.graph_name, "value", ""), f"{q.triple} .") for q in ox.parse(out, format=ox.RdfFormat.N_QUADS)}
    assert (status, quads) == (0, held(store))
    status, out, _ = kg("export", "--endpoint", served.url, "--turtle", "-", "--article", "a2")
    assert status == 0 and "art:a2" in out and "art:a3" not in out
    assert kg("export", "--endpoint", served.url, "--turtle", "-", "--article", "zz")[0] == 2
    for kind in ("gexf", "graphml"):
        here, there = tmp_path / f"here.{kind}", tmp_path / f"there.{kind}"
        assert kg("export", "--store", store, f"--{kind}", here)[0] == 0
        assert kg("export", "--endpoint", served.url, f"--{kind}", there)[0] == 0
        assert here.read_bytes() == there.read_bytes()


def test_what_can_be_checked_there_is(kg: Kg, store: Path, served: Served) -> None:
    kg("push", "--store", store, "--endpoint", served.url)
    status, out, err = kg("check", "--endpoint", served.url)
    assert (status, out) == (0, "") and "no problems" in err
    served.store.update("DELETE WHERE { GRAPH ?g { ?s <https://w3id.org/dateline/ns#evidence> ?o } }")
    assert kg("check", "--endpoint", served.url)[0] == 1
    status, _, err = kg("explain", "--endpoint", served.url, "Ada leaderOf Borel")
    assert status == 2 and "no endpoint has texts" in err
