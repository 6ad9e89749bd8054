"""Articles at addresses with a protocol: in fsspec's memory, and in a folder as if it were elsewhere."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from kg.errors import Reason, SourceError
from kg.filesystems import is_elsewhere
from kg.read import Defaults, read

fsspec = pytest.importorskip("fsspec", reason="the extra files is not installed")

_LINE = b'{"id": "%s", "text": "Le ministre a parl\xc3\xa9.", "language": "fr"}\n'
_FILES = {
    "a.txt": b"Le ministre a parl\xc3\xa9.",
    "wire.jsonl.gz": gzip.compress(_LINE % b"x" + _LINE % b"y"),
    "2024/a.txt": b"Autre chose.",
    "2024/logo.png": b"\x89PNG\r\n\x1a\n",
    ".hidden/b.txt": b"Cach\xc3\xa9.",
}


@pytest.fixture(params=["memory", "file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    address = f"file://{tmp_path}/news" if request.param == "file" else f"memory://{uuid4().hex}/news"
    system, root = fsspec.core.url_to_fs(address)
    for name, data in _FILES.items():
        system.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
        system.pipe_file(f"{root}/{name}", data)
    yield address
    system.rm(root, recursive=True)


def found(*paths: str) -> list[tuple[str, str]]:
    """Where each article stands and its identifier, or the reason why there is none."""
    items = read(paths, defaults=Defaults.parse(language="fr"))
    return [(item.where, item.reason if isinstance(item, SourceError) else item.id) for item in items]


def test_a_folder_is_walked_in_order_and_its_files_are_unpacked(address: str) -> None:
    assert found(address) == [
        (f"{address}/a.txt", "a"),
        (f"{address}/wire.jsonl.gz:1", "x"),
        (f"{address}/wire.jsonl.gz:2", "y"),
        (f"{address}/2024/a.txt", "2024-a"),
        (f"{address}/2024/logo.png", Reason.FORMAT),
    ]


def test_a_file_by_its_own_address(address: str) -> None:
    assert found(f"{address}/2024/a.txt") == [(f"{address}/2024/a.txt", "a")]


def test_what_is_not_there_is_told(address: str) -> None:
    (error,) = read([f"{address}/nowhere.txt"])
    assert str(error) == f"{address}/nowhere.txt: nothing there: no such file, folder or bucket"


def test_a_protocol_that_is_not_installed_or_known_is_told() -> None:
    (error,) = read(["nope://bucket/a.txt"])
    assert isinstance(error, SourceError)
    assert (str(error), error.reason) == ("nope://bucket/a.txt: Protocol not known: nope", Reason.NOT_INSTALLED)


def test_the_web_is_asked_otherwise() -> None:
    assert [is_elsewhere(path) for path in ("s3://b/a", "http://x/a", "a.txt", "-", "/a://b")] == [True] + [False] * 4


def test_articles_elsewhere_are_ingested_from_there_to_there(
    address: str, kg: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.model import Reading

    monkeypatch.setattr("kg.pipeline.shard.text.read", lambda articles: map(Reading, articles))
    store = f"{address}-store"
    status, out, err = kg("ingest", address, "--language", "fr", "--store", store)
    assert (status, out.splitlines()[1].split()[:2], err) == (0, ["4", "0"], "")
    system, root = fsspec.core.url_to_fs(store)
    assert sum(path.endswith(".ttl") for path in system.find(root)) == 4
    status, out, err = kg("ingest", address, "--language", "fr", "--store", store)
    assert (status, out.splitlines()[1].split()[:2], err) == (0, ["0", "4"], "")
    system.rm(root, recursive=True)
