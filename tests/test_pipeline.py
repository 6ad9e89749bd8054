from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg import text
from kg.errors import DataError, SourceError
from kg.graph.store import Store
from kg.model import Article, Reading
from kg.pipeline import Report, ingest


def an_article(id: str, text: str = "Text.", language: str | None = "fr") -> Article:
    return Article(id=id, text=text, language=language)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store", create=True, writable=True) as opened:
        yield opened


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A reader that finds nothing, without a model, and breaks on "broken"; the list says what it was given."""
    given: list[str] = []

    def read(articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            given.append(article.id)
            if article.text == "broken":
                raise ZeroDivisionError("by zero")
            if article.text == "bad data":
                raise DataError("ontology/kg.ttl:7: not Turtle")
            if article.text == "Unread.":
                raise SourceError("no language")
            yield Reading(article)

    monkeypatch.setattr("kg.pipeline.shard.text.read", read)
    return given


def files(store: Store) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in store.path.glob("articles/**/*") if path.is_file()}


def test_articles_are_read_into_the_store(store: Store, read: list[str]) -> None:
    report = ingest([an_article("b"), an_article("a")], store)
    assert (report.articles, report.unchanged, report.skipped) == (2, 0, 0)
    assert list(store.articles()) == ["a", "b"]


def test_an_unchanged_article_is_not_read_again(store: Store, read: list[str]) -> None:
    articles = [an_article("a"), an_article("b")]
    ingest(articles, store)
    before = files(store)
    read.clear()
    report = ingest([*articles, an_article("c")], store)
    assert (report.articles, report.unchanged, read) == (1, 2, ["c"])
    assert before.items() <= files(store).items()


def test_an_article_that_comes_many_times_is_read_once(store: Store, read: list[str]) -> None:
    report = ingest([an_article("a")] * 200, store)
    assert (report.articles, report.unchanged, read) == (1, 199, ["a"])


def test_a_changed_article_is_read_again(store: Store, read: list[str]) -> None:
    ingest([an_article("a")], store)
    report = ingest([an_article("a", "Other text.")], store)
    assert (report.articles, report.unchanged, store.text("a")) == (1, 0, "Other text.")


def test_an_article_that_breaks_the_reader_takes_no_other_with_it(store: Store, read: list[str]) -> None:
    articles = [an_article(str(n), "broken" if n in (3, 20) else "Text.") for n in range(40)]
    report = ingest(articles, store)
    reason = "the reader broke on it (ZeroDivisionError: by zero): please report it"
    assert report.messages == [f"3: {reason}", f"20: {reason}"]
    assert (report.articles, len(list(store.articles()))) == (38, 38)


def test_what_could_not_be_read_before_is_reported_with_the_rest(store: Store, read: list[str]) -> None:
    report = ingest([SourceError("a.txt: empty"), an_article("b"), an_article("c", "Unread.")], store)
    assert (report.articles, report.messages) == (1, ["a.txt: empty", "c: no language"])


def test_a_malformed_ontology_stops_the_run_and_what_was_read_stays(store: Store, read: list[str]) -> None:
    articles = [*(an_article(str(n)) for n in range(16)), an_article("x", "bad data")]
    with pytest.raises(DataError, match=r"kg\.ttl:7"):
        ingest(articles, store)
    assert len(list(store.articles())) == 16


def test_progress_is_told_after_every_article(store: Store, read: list[str]) -> None:
    told: list[int] = []
    articles = [SourceError("no"), *(an_article(str(n)) for n in range(20))]
    ingest(articles, store, progress=lambda report: told.append(report.seen))
    assert told == list(range(1, 22))


def test_a_report_can_be_gone_on_with(store: Store, read: list[str]) -> None:
    report = Report(articles=5)
    assert ingest([an_article("a")], store, report=report) is report
    assert report.articles == 6


def test_the_pipeline_itself_loads_no_model() -> None:
    code = "import sys, kg.pipeline; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.model
def test_what_a_text_says_is_counted_and_stored(store: Store) -> None:
    text = "Sean Parnell, spokesman for the Pentagon, said on Tuesday that the army will leave Iraq."
    report = ingest([an_article("a", text, "en")], store)
    found = store.query("SELECT ?exact { ?s kg:evidence/oa:exact ?exact }").rows()
    assert report.entities and report.statements
    assert all(row[0] is not None and row[0].value in text for row in found)


def test_loading_a_model_is_no_part_of_an_articles_time(monkeypatch: pytest.MonkeyPatch) -> None:
    loading: list[str] = []
    monkeypatch.setattr("kg.text.reader.prepare", loading.append)
    text.read([an_article("b", language="fr"), an_article("a", language="en")])  # nothing is read yet
    assert loading == ["en", "fr"]
