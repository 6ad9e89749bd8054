"""A store's record at an address of fsspec's: in memory, and in a folder as if it were elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from kg.errors import PluginError, StoreError
from kg.graph.names import Namespaces
from kg.graph.store import Store
from kg.graph.store.distant import Distant
from kg.model import Article, Provenance

fsspec = pytest.importorskip("fsspec", reason="the extra files is not installed")

_BY = Provenance("1", "abc", ("model 1",))


def an_article(id: str = "a", text: str = "Text.") -> Article:
    return Article(id, text, language="fr")


def turtle_of(article: Article, by: Provenance = _BY) -> bytes:
    from kg.graph import rdf
    from kg.model import Reading

    return rdf.turtle(rdf.triples(Reading(article), {}, by, Namespaces()), Namespaces(), article.id)


@pytest.fixture(params=["memory", "file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"file://{tmp_path}/news"
        return
    name = f"memory://{uuid4().hex}/news"
    yield name
    fsspec.filesystem("memory").rm(name.rpartition("/")[0], recursive=True)


def files(address: str) -> dict[str, bytes]:
    system, root = fsspec.core.url_to_fs(address)
    return {path.removeprefix(root): system.cat_file(path) for path in system.find(root)}


def test_what_is_elsewhere_is_a_store_once_it_is_copied(address: str, tmp_path: Path) -> None:
    articles = [an_article("a"), an_article("été/ö", "Autre.")]
    Distant.open(address).put([(article, turtle_of(article)) for article in articles])
    for name, data in files(address).items():
        path = tmp_path / "copy" / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with Store.open(tmp_path / "copy") as copy:
        assert list(copy.articles()) == ["a", "été/ö"]
        assert copy.text("été/ö") == "Autre."
        assert list(copy.differences()) == []


def test_the_files_are_those_of_a_store_in_a_folder(address: str, tmp_path: Path) -> None:
    Distant.open(address).put([(an_article(), turtle_of(an_article()))])
    with Store.open(tmp_path / "here", create=True, writable=True) as store:
        store.put(an_article(), turtle_of(an_article()))
    here = {path: data for path, data in files(f"file://{tmp_path}/here").items() if path.startswith(("/art", "/sto"))}
    assert files(address) == here


def test_what_was_changed_or_torn_or_read_by_another_is_not_current(address: str) -> None:
    distant = Distant.open(address)
    articles = [an_article(id) for id in "abcd"]
    distant.put([(article, turtle_of(article)) for article in articles[:3]])
    system, root = fsspec.core.url_to_fs(address)
    (torn,) = (path for path in system.find(root) if path.endswith("/b.ttl"))
    system.pipe_file(torn, system.cat_file(torn)[:-9])
    assert distant.current([(article, _BY) for article in articles]) == {"a", "c"}
    assert distant.current([(an_article("a", "Other."), _BY)]) == set()
    assert distant.current([(articles[0], Provenance("2", "abc"))]) == set()


def test_what_is_there_keeps_its_bases(address: str) -> None:
    system, root = fsspec.core.url_to_fs(address)
    system.makedirs(root, exist_ok=True)
    system.pipe_file(f"{root}/store.json", b'{"format": 1, "entity_base": "http://e/", "article_base": "http://a/"}')
    assert Distant.open(address).names == Namespaces("http://e/", "http://a/")
    system.pipe_file(f"{root}/store.json", b'{"format": 2, "entity_base": "http://e/", "article_base": "http://a/"}')
    with pytest.raises(StoreError, match="a store of format 2"):
        Distant.open(address)


def test_a_protocol_that_nobody_knows_is_told() -> None:
    with pytest.raises(PluginError, match=r"^nope://x: Protocol not known: nope$"):
        Distant.open("nope://x")
