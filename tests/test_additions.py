"""Graphs beside the articles' in, files and an index that agree out."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from test_store import NAMES, article, exported, files, graph, index_of, litter, put

from kg.errors import KGError, StoreError, UnknownGraph
from kg.graph.names import XSD
from kg.graph.store import Store, additions, disk
from kg.model import KG

MINE = "https://example.org/mine"


def fact(subject: str, predicate: str, object: str) -> ox.Triple:
    iri = NAMES.entity_iri
    return ox.Triple(ox.NamedNode(iri(subject)), ox.NamedNode(KG + predicate), ox.NamedNode(iri(object)))


LEADS, OTHER = fact("ada", "leaderOf", "borel"), fact("ada", "memberOf", "borel")
NUMBER = ox.Triple(OTHER.subject, OTHER.predicate, ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")))


def add(path: Path, iri: str, triples: Iterable[ox.Triple]) -> bool:
    with Store.open(path, create=True, writable=True) as store:
        return store.put_graph(iri, triples)


def rows(path: Path, pattern: str) -> int:
    return len(list(Store.open(path).query(f"SELECT * {{ {pattern} }}").rows()))


def test_an_added_graph_is_seen_by_its_name_and_without(tmp_path: Path) -> None:
    put(tmp_path, article())
    assert add(tmp_path, MINE, [OTHER, OTHER]) and not add(tmp_path, MINE, [OTHER])
    store = Store.open(tmp_path)
    assert list(store.graphs()) == [MINE] and list(store.graph(MINE)) == [OTHER]
    assert rows(tmp_path, f"GRAPH <{MINE}> {{ ?s ?p ?o }}") == rows(tmp_path, "?s kg:memberOf ?o") == 1
    assert list(store.articles()) == ["a1"]


def test_a_removed_graph_leaves_nothing(tmp_path: Path) -> None:
    put(tmp_path, article())
    before = index_of(tmp_path)
    add(tmp_path, MINE, [OTHER, LEADS])
    with Store.open(tmp_path, writable=True) as store:
        assert store.remove_graph(MINE) and not store.remove_graph(MINE)
    assert index_of(tmp_path) == before and litter(tmp_path) == []
    with pytest.raises(UnknownGraph, match="no graph <https:"):
        Store.open(tmp_path).graph(MINE)


@pytest.mark.parametrize(
    "iri", ["", "not an iri", NAMES.article_iri("a1"), NAMES.article_iri("new"), *additions.OTHERS]
)
def test_graphs_of_others_are_refused(tmp_path: Path, iri: str) -> None:
    with pytest.raises(KGError, match=r"kg ingest|kg resolve|needs an IRI"):
        add(tmp_path, iri, [OTHER])
    assert list(Store.open(tmp_path).graphs()) == []


def test_what_articles_come_to_state_has_its_home_with_them_and_goes_back(tmp_path: Path) -> None:
    add(tmp_path, MINE, [LEADS, OTHER])
    assert rows(tmp_path, "?s kg:leaderOf ?o") == rows(tmp_path, f"GRAPH <{MINE}> {{ ?s kg:leaderOf ?o }}") == 1
    put(tmp_path, article("a1"), article("a2"))
    assert rows(tmp_path, "?s kg:leaderOf ?o") == 1 and rows(tmp_path, f"GRAPH <{MINE}> {{ ?s kg:leaderOf ?o }}") == 0
    put(tmp_path, article("a1", "Bea"), article("a2", "Bea"))
    assert rows(tmp_path, "ent:ada kg:leaderOf ?o") == rows(tmp_path, f"GRAPH <{MINE}> {{ ?s kg:leaderOf ?o }}") == 1
    assert set(Store.open(tmp_path).graph(MINE)) == {LEADS, OTHER}


def test_any_history_gives_the_index_that_a_rebuild_gives(tmp_path: Path) -> None:
    draw = random.Random(4)
    facts = [fact(s, "leaderOf", o) for s in ("ada", "bea", "cleo") for o in ("borel", "ada")] + [NUMBER, OTHER]
    for _ in range(5):
        with Store.open(tmp_path, create=True, writable=True) as store:
            for _ in range(2):
                told = article(f"a{draw.randrange(3)}", draw.choice(["Ada", "Bea", "Cleo"]))
                store.put(told, graph(told))
                store.put_graph(f"urn:g{draw.randrange(3)}", draw.sample(facts, draw.randrange(6)))
    grown = index_of(tmp_path)
    with Store.open(tmp_path, writable=True) as store:
        assert store.rebuild() == []
    assert index_of(tmp_path) == grown


def test_the_same_triples_give_the_same_bytes_however_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [fact(f"e{number}", "leaderOf", "borel") for number in range(50)]
    add(tmp_path / "one", MINE, facts)
    monkeypatch.setattr(additions, "_CHUNK", 7)
    add(tmp_path / "two", MINE, [*reversed(facts), *facts])
    one, two = ({n: data for n, (data, _) in files(tmp_path / s).items() if n[0] == "g"} for s in ("one", "two"))
    assert one == two and len(one) == 1


def test_values_are_kept_as_the_index_keeps_them(tmp_path: Path) -> None:
    add(tmp_path, MINE, [NUMBER])
    one_and_a_half = ox.Literal("1.5", datatype=ox.NamedNode(XSD + "decimal"))
    assert [triple.object for triple in Store.open(tmp_path).graph(MINE)] == [one_and_a_half]
    assert not add(tmp_path, MINE, [NUMBER])


def test_every_iri_has_a_safe_file_of_its_own(tmp_path: Path) -> None:
    iris = ["urn:a", "urn:A", "urn:../../etc/passwd", "urn:" + "x" * 900, "urn:" + "x" * 899 + "y", "urn:é"]
    with Store.open(tmp_path, create=True, writable=True) as store:
        assert [store.put_graph(iri, [OTHER]) for iri in iris] == [True] * len(iris)
    assert list(Store.open(tmp_path).graphs()) == sorted(iris)
    names = [path.name for path in (tmp_path / "graphs").iterdir()]
    assert len({name.lower() for name in names}) == len(iris) and max(map(len, names)) < 130


def test_a_damaged_file_is_named_and_left_out(tmp_path: Path) -> None:
    put(tmp_path, article())
    add(tmp_path, MINE, [OTHER, LEADS])
    (path,) = (tmp_path / "graphs").iterdir()
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])
    with Store.open(tmp_path, writable=True) as store:
        (line,) = store.rebuild()
        assert str(path) in line and "\n" not in line
        with pytest.raises(StoreError, match="damaged"):
            store.graph(MINE)
        assert store.put_graph(MINE, [OTHER, LEADS])
    assert rows(tmp_path, "?s kg:memberOf ?o") == 1


def test_the_index_is_made_again_with_the_added_graphs(tmp_path: Path) -> None:
    add(tmp_path, MINE, [OTHER])
    shutil.rmtree(tmp_path / "index")
    assert rows(tmp_path, f"GRAPH <{MINE}> {{ ?s ?p ?o }}") == 1
    shutil.rmtree(tmp_path / "index")
    (tmp_path / "index").write_text("in the way")
    assert rows(tmp_path, f"GRAPH <{MINE}> {{ ?s ?p ?o }}") == 1


def test_a_full_disk_leaves_the_graph_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path, MINE, [OTHER])
    with pytest.raises(StoreError, match="No space left on device"), monkeypatch.context() as patch:
        patch.setattr(disk.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        add(tmp_path, MINE, [LEADS])
    assert list(Store.open(tmp_path).graph(MINE)) == [OTHER] and rows(tmp_path, "?s ?p ?o") == 1
    assert litter(tmp_path) == []


def test_triples_that_fail_on_the_way_change_nothing(tmp_path: Path) -> None:
    add(tmp_path, MINE, [OTHER])
    before = index_of(tmp_path)
    with Store.open(tmp_path, writable=True) as store:
        with pytest.raises(KeyError):
            store.put_graph(MINE, (LEADS if number else {}[number] for number in (1, 0)))
        put_again = store.put_graph("urn:other", [LEADS])
    assert put_again and list(Store.open(tmp_path).graph(MINE)) == [OTHER]
    assert before < index_of(tmp_path) and litter(tmp_path) == []


def test_exports_keep_added_graphs_apart(tmp_path: Path) -> None:
    put(tmp_path, article())
    add(tmp_path, MINE, [OTHER, LEADS])
    quads = set(ox.parse(exported(tmp_path, "nquads"), ox.RdfFormat.N_QUADS))
    trig = set(ox.parse(exported(tmp_path, "trig"), ox.RdfFormat.TRIG))
    assert {quad.triple for quad in quads if quad.graph_name == ox.NamedNode(MINE)} == {OTHER, LEADS} and quads == trig
    assert b"memberOf" not in exported(tmp_path, "turtle") + exported(tmp_path, "nquads", "a1")
