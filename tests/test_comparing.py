"""A store in, what of its files and its index does not agree out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from test_additions import LEADS, MINE, OTHER, add
from test_store import NAMES, article, put

from kg.errors import StoreError
from kg.graph.store import Store
from kg.graph.store.index import Index

ART = ox.NamedNode(NAMES.article_iri("a1"))
DEFAULT = ox.DefaultGraph()


def differences(path: Path) -> list[str]:
    return list(Store.open(path).differences())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    put(tmp_path, article("a1"), article("a2", "Bea"))
    add(tmp_path, MINE, [OTHER, LEADS])
    return tmp_path


def test_a_sound_store_has_no_differences(store: Path) -> None:
    assert differences(store) == []


def in_index(harm: Callable[[ox.Store, ox.Store], object], store: Path) -> None:
    index = Index(store / "index")
    harm(*index._generations.begin())  # type: ignore[call-arg]
    index._generations.publish()
    index.close()


def quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


HARM: list[tuple[Callable[[ox.Store, ox.Store], object], list[str]]] = [
    (lambda graph, stated: graph.add(quad(LEADS, ART)), ["article 'a1': too many in its graph: 1, such as <"]),
    (
        lambda graph, stated: graph.remove_graph(ART),
        ["article 'a1': missing in its graph: "],
    ),
    (
        lambda graph, stated: graph.remove(quad(LEADS, DEFAULT)),
        ["article 'a1': missing in the default graph: 1", f"<{MINE}>: missing in the index: 1 of 2", "too many"],
    ),
    (lambda graph, stated: stated.remove(quad(LEADS, ART)), ["article 'a1': missing noted as stated", "no article"]),
    (lambda graph, stated: stated.add(quad(OTHER, ART)), ["article 'a1': too many noted as stated"]),
    (lambda graph, stated: graph.add(quad(OTHER, ox.NamedNode("urn:new"))), ["<urn:new>: in the index, and no file"]),
    (lambda graph, stated: graph.remove(quad(OTHER, ox.NamedNode(MINE))), [f"<{MINE}>: missing in the index: 1 of 2"]),
    (lambda graph, stated: graph.add(quad(LEADS, ox.NamedNode(MINE))), [f"<{MINE}>: too many in the index: 1"]),
]


@pytest.mark.parametrize(("harm", "told"), HARM)
def test_what_the_index_lacks_and_has_too_much(
    store: Path, harm: Callable[[ox.Store, ox.Store], object], told: list[str]
) -> None:
    in_index(harm, store)
    found = differences(store)
    assert [line for line, words in zip(found, told, strict=True) if words not in line] == []
    with Store.open(store, writable=True) as opened:
        opened.rebuild()
        assert list(opened.differences()) == []


@pytest.mark.parametrize(
    ("name", "harm", "told"),
    [
        ("a1.ttl", lambda data: data[:300], "a1.ttl: damaged"),
        ("a1.ttl", lambda data: data.replace(b"sealed ", b"sealed by "), "not what was written, by its seal"),
        ("a1.txt", lambda data: data + b"!", "not the text that a1.ttl was made from"),
        ("a1.txt", None, "a1.txt: missing"),
        ("*.nq", lambda data: data[9:], "damaged: it is not what was written"),
    ],
)
def test_what_happened_to_files(store: Path, name: str, harm: Callable[[bytes], bytes] | None, told: str) -> None:
    (path,) = store.rglob(name)
    path.unlink() if harm is None else path.write_bytes(harm(path.read_bytes()))
    assert told in differences(store)[0]


def test_files_that_went_or_came_by_other_hands(store: Path) -> None:
    (gone,) = store.rglob("a1.ttl")
    content = gone.read_bytes()
    gone.unlink()
    assert f"{gone.with_suffix('.txt')}: a text without its graph" in differences(store)[0]
    assert any(line == f"<{ART.value}>: in the index, and no file has it" for line in differences(store))
    gone.with_name("b1.ttl").write_bytes(content)
    assert any("which belongs in" in line for line in differences(store))


def test_nobody_writes_while_differences_are_looked_for(store: Path) -> None:
    looking = Store.open(store).differences()
    with Store.open(store, writable=True), pytest.raises(StoreError, match="in use by"):
        next(looking)
