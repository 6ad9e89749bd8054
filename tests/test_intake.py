"""Articles that were ingested before in, those that are read again out: the changed, the torn and the outdated."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.graph.store import Store
from kg.model import Article, Provenance, Reading
from kg.pipeline import Report, ingest

TEXT = "Le ministre a annoncé mardi que les travaux du pont seront achevés au printemps."
GIVEN = Article("a", TEXT, title="Le pont", issued=date(2025, 10, 1), url="https://news.example/a", sources=("urn:x",))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A reader that finds nothing, without a model; the list says what it was given."""
    given: list[str] = []

    def read(articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            given.append(article.id)
            yield Reading(article)

    monkeypatch.setattr("kg.pipeline.shard.text.read", read)
    return given


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts whose language was told from them."""
    texts: list[str] = []
    monkeypatch.setattr("kg.read.languages._detected", lambda text: texts.append(text) or "fr")
    return texts


def run(folder: Path, *articles: Article, changed_only: bool = False, since: date | None = None) -> Report:
    with Store.open(folder, create=True, writable=True) as store:
        return ingest(articles, store, changed_only=changed_only, since=since)


def another_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.shard._reader", lambda language: Provenance("9.9", "another", ("a model",)))


def test_what_is_unchanged_is_told_before_its_language(tmp_path: Path, read: list[str], told: list[str]) -> None:
    assert run(tmp_path / "s", GIVEN, replace(GIVEN, id="b")).articles == 2 and len(told) == 2
    again = run(tmp_path / "s", GIVEN, replace(GIVEN, id="b"))
    assert (again.unchanged, again.articles, len(told), read) == (2, 0, 2, ["a", "b"])


@pytest.mark.parametrize("name", ["text", "title", "language", "issued", "publisher", "url"])
def test_whatever_changes_is_read_again(tmp_path: Path, read: list[str], told: list[str], name: str) -> None:
    run(tmp_path / "s", GIVEN)
    changed = replace(GIVEN, **{name: date(2025, 10, 2) if name == "issued" else "en"})  # type: ignore[arg-type]
    assert run(tmp_path / "s", changed).articles == 1
    assert run(tmp_path / "s", changed).unchanged == 1


@pytest.mark.parametrize("suffix", [".ttl", ".txt"])
@pytest.mark.parametrize("harm", ["torn", "gone", "edited"])
def test_a_file_that_changed_is_noticed(
    tmp_path: Path, read: list[str], told: list[str], suffix: str, harm: str
) -> None:
    run(tmp_path / "s", GIVEN, replace(GIVEN, id="b"))
    (path,) = tmp_path.rglob(f"a{suffix}")
    before, stat = path.read_bytes(), path.stat()
    if harm == "gone":
        path.unlink()
    elif harm == "torn":
        path.write_bytes(before[:-9])
    else:  # as large as before, and said to be as old
        path.write_bytes(before.replace(b"e", b"f", 1))
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    again = run(tmp_path / "s", GIVEN, replace(GIVEN, id="b"))
    assert (again.articles, again.unchanged, path.read_bytes()) == (1, 1, before)


@pytest.mark.parametrize("harm", [b"", b"no database" * 500, None])
def test_without_its_account_a_store_looks_into_its_files(
    tmp_path: Path, read: list[str], told: list[str], harm: bytes | None
) -> None:
    run(tmp_path / "s", GIVEN)
    account = tmp_path / "s" / "index" / "account.sqlite"
    account.unlink() if harm is None else account.write_bytes(harm)
    assert [run(tmp_path / "s", GIVEN).unchanged for _ in range(2)] == [1, 1]
    assert len(told) == 2  # when it was read, and when there was no account


def test_an_account_that_cannot_be_kept_stops_nothing(
    tmp_path: Path, read: list[str], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("kg.graph.store.tables.sqlite3.connect", full)
    assert [run(tmp_path / "s", replace(GIVEN, url=None)).unchanged for _ in range(2)] == [0, 1]


def test_a_copy_of_a_store_is_looked_into_once(tmp_path: Path, read: list[str], told: list[str]) -> None:
    run(tmp_path / "s", GIVEN)
    (tmp_path / "s").rename(tmp_path / "moved")
    assert run(tmp_path / "moved", GIVEN).unchanged == 1


def test_another_reader_reads_again_unless_only_changes_are_wanted(
    tmp_path: Path, read: list[str], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path / "s", GIVEN)
    another_reader(monkeypatch)
    new, changed = replace(GIVEN, id="b"), replace(GIVEN, title="Autre titre")
    kept = run(tmp_path / "s", GIVEN, new, changed_only=True)
    assert (kept.unchanged, kept.articles) == (1, 1)
    assert run(tmp_path / "s", changed, changed_only=True).articles == 1
    assert run(tmp_path / "s", changed, new).unchanged == 2


def test_only_changes_are_told_without_an_account(
    tmp_path: Path, read: list[str], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path / "s", GIVEN)
    (tmp_path / "s" / "index" / "account.sqlite").unlink()
    another_reader(monkeypatch)
    assert run(tmp_path / "s", GIVEN, changed_only=True).unchanged == 1
    assert run(tmp_path / "s", GIVEN).articles == 1


def test_what_was_issued_earlier_is_passed_over(tmp_path: Path, read: list[str], told: list[str]) -> None:
    articles = GIVEN, replace(GIVEN, id="b", issued=date(2025, 9, 30)), replace(GIVEN, id="c", issued=None)
    report = run(tmp_path / "s", *articles, since=date(2025, 10, 1))
    assert (report.articles, report.earlier, report.skipped, read) == (2, 1, 0, ["a", "c"])
