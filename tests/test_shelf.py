from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_store import article, graph

from kg.errors import StoreError
from kg.graph.store import Store
from kg.pipeline.shard import Result
from kg.pipeline.shelf import Shelf


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s", create=True, writable=True) as opened:
        yield opened


def results(*ids: str) -> list[Result]:
    return [Result(one, set(), Counter(), graph(one)) for one in map(article, ids)]


def taken(shelf: Shelf, given: list[Result]) -> Iterator[str]:
    for result in given:
        shelf.put(result)
        yield from (stored.article.id for stored in shelf.stored())
    yield from (stored.article.id for stored in shelf.stored(all=True))


def test_what_is_put_comes_back_stored_and_in_order(store: Store) -> None:
    ids = [f"a{number}" for number in range(100)]
    shelf = Shelf(store)
    assert [id for id in taken(shelf, results(*ids)) if id in store] == ids
    shelf.close()
    assert list(store.articles()) == sorted(ids)


def test_one_that_cannot_be_stored_takes_none_of_those_before_it_along(store: Store) -> None:
    given = results("a1", "a2", "a3", "a4")
    given[2] = Result(given[2].article, set(), Counter(), b"no Turtle")
    shelf, stored = Shelf(store), list[str]()
    with pytest.raises(StoreError, match="a3"):
        for id in taken(shelf, given):
            stored.append(id)
    shelf.close()
    assert stored == list(store.articles()) == ["a1", "a2"]


def test_a_disk_that_fails_is_not_asked_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def failing(handle: int) -> None:
        asked.append(handle)
        raise OSError(5, "Input/output error")

    shelf = Shelf(store)
    with monkeypatch.context() as patch, pytest.raises(StoreError, match="Input/output error"):
        patch.setattr("kg.graph.store.disk.os.fsync", failing)
        list(taken(shelf, results("a1", "a2")))
    shelf.close()
    assert len(asked) == 1
    assert list(store.articles()) == []


def test_who_is_interrupted_is_given_the_rest(store: Store) -> None:
    shelf = Shelf(store)
    for result in results("a1", "a2", "a3"):
        shelf.put(result)
    interrupted = shelf.stored(all=True)
    assert next(interrupted).article.id == "a1"
    interrupted.close()
    assert [result.article.id for result in shelf.stored(all=True)] == ["a2", "a3"]
    shelf.close()
