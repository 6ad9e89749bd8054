"""Printings of one dispatch in, in whatever order and however many runs, one article that names all sources out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from test_likeness import dispatch

from kg.errors import SourceError
from kg.graph.store import Store
from kg.model import Article, Provenance, Reading
from kg.pipeline import Log, Report, ingest

FIRE = replace(dispatch("incendie"), id="a", url="https://a.example/1", issued=date(2025, 5, 3))
WITH_CREDIT = replace(FIRE, id="b", url="https://b.example/1", text=FIRE.text + "\n\n(avec AFP)", issued=None)
CUT = replace(FIRE, id="c", url="https://c.example/1", text=FIRE.text[:540] + "…", title="Autre titre")
LATER = replace(FIRE, id="d", url="https://d.example/1", issued=date(2025, 5, 5))
TOLL = replace(FIRE, id="e", url="https://e.example/1", text=FIRE.text.replace("12", "15"))
PRINTINGS = FIRE, WITH_CREDIT, CUT, LATER
ORDERS = list(permutations(PRINTINGS))[::3]
TURNS = [PRINTINGS[n:] + PRINTINGS[:n] for n in range(4)]  # each begins with another, and ends with another
URLS = [article.url for article in PRINTINGS]


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda handle: None)


@pytest.fixture(autouse=True)
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A reader that finds nothing, without a model, and breaks on "broken"; the list says what it was given."""
    given: list[str] = []

    def read(articles: Iterable[Article]) -> Iterator[Reading]:
        for article in articles:
            given.append(article.id)
            if article.publisher == "broken":
                raise SourceError("broken")
            yield Reading(article, issued=article.issued)

    monkeypatch.setattr("kg.pipeline.shard.text.read", read)
    return given


def run(folder: Path, *articles: Article, keep_duplicates: bool = False) -> Report:
    with Store.open(folder, create=True, writable=True) as store:
        return ingest(articles, store, keep_duplicates=keep_duplicates)


def files(folder: Path) -> dict[str, bytes]:
    found = (file for file in folder.glob("articles/**/*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def stored(folder: Path) -> dict[str, list[str]]:
    """The articles of a store with their sources; its index agrees with its files."""
    with Store.open(folder) as store:
        assert list(store.differences()) == []
        found = store.query("SELECT ?a ?s { ?a a kg:Article OPTIONAL { ?a dct:source ?s } } ORDER BY ?a ?s").rows()
        rows = [(store.names.article_id(a.value), s.value if s else "") for a, s in found]  # type: ignore[union-attr]
    return {id: [source for other, source in rows if other == id] for id, _ in rows}


def test_one_article_is_read_and_names_all_sources(tmp_path: Path, read: list[str]) -> None:
    report = run(tmp_path / "s", *PRINTINGS, TOLL)
    assert (report.articles, report.duplicates, read) == (2, 3, ["a", "e"])
    assert stored(tmp_path / "s") == {"a": URLS, "e": [TOLL.url]}


def test_whatever_the_order_the_files_are_the_same(tmp_path: Path) -> None:
    made = []
    for number, order in enumerate(ORDERS):
        run(tmp_path / f"once-{number}", *order)
        made.append(files(tmp_path / f"once-{number}"))
    assert stored(tmp_path / "once-0") == {"a": URLS}
    assert all(one == made[0] for one in made)


def test_whatever_the_order_of_runs_the_files_are_the_same(tmp_path: Path) -> None:
    made = []
    for number, order in enumerate(TURNS):
        for article in order:
            run(tmp_path / f"s{number}", article)
        made.append(files(tmp_path / f"s{number}"))
        assert run(tmp_path / f"s{number}", *order).unchanged == 4
        assert files(tmp_path / f"s{number}") == made[-1]
    assert stored(tmp_path / "s3") == {"a": URLS}
    assert all(one == made[0] for one in made)


def test_the_bytes_are_those_of_an_article_that_knew_its_sources(tmp_path: Path) -> None:
    run(tmp_path / "merged", *PRINTINGS)
    run(tmp_path / "told", replace(FIRE, sources=tuple(article.url or "" for article in PRINTINGS[1:])))
    assert files(tmp_path / "merged") == files(tmp_path / "told")


def test_what_nobody_stands_for_is_kept(tmp_path: Path) -> None:
    others = (
        replace(FIRE, id="f"),  # the same address
        replace(FIRE, id="g", url=None),
        replace(FIRE, id="h", url="https://h.example", issued=date(2025, 5, 9)),
        replace(FIRE, id="i", url="https://i.example", language="en"),
    )
    assert run(tmp_path / "s", FIRE, *others).articles == 5


def test_a_template_gives_as_many_articles_as_it_is_filled_in(tmp_path: Path) -> None:
    text = dispatch("match").text
    filled = [
        replace(FIRE, id=str(n), url=f"https://x.example/{n}", text=text.replace("12e", f"{n}e")) for n in range(20, 40)
    ]
    assert run(tmp_path / "s", *filled).articles == 20


def test_duplicates_are_kept_when_that_is_wanted(tmp_path: Path) -> None:
    assert run(tmp_path / "s", *PRINTINGS, keep_duplicates=True).articles == 4
    assert len(stored(tmp_path / "s")) == 4
    assert run(tmp_path / "s", *PRINTINGS).unchanged == 4


def test_one_that_was_merged_can_be_kept_later(tmp_path: Path) -> None:
    run(tmp_path / "s", FIRE, CUT)
    assert run(tmp_path / "s", CUT, keep_duplicates=True).articles == 1
    assert stored(tmp_path / "s") == {"a": [FIRE.url], "c": [CUT.url]}
    assert run(tmp_path / "s", FIRE, CUT).unchanged == 2
    assert len(stored(tmp_path / "s")) == 2


def test_one_that_says_something_else_now_is_an_article_again(tmp_path: Path) -> None:
    run(tmp_path / "s", *PRINTINGS)
    assert run(tmp_path / "s", replace(TOLL, id="c", url=CUT.url)).articles == 1
    assert stored(tmp_path / "s") == {"a": sorted({*URLS} - {CUT.url}), "c": [CUT.url]}


def test_when_the_first_says_something_else_another_stands_for_the_rest(tmp_path: Path, read: list[str]) -> None:
    run(tmp_path / "s", *PRINTINGS)
    read.clear()
    report = run(tmp_path / "s", replace(TOLL, id="a", url=FIRE.url))
    assert sorted(read) == ["a", "c", "d"]  # the fuller one of the fifth does not stand for the cut one of the third
    assert report.articles == 3
    assert stored(tmp_path / "s") == {"a": [FIRE.url], "c": [CUT.url], "d": [WITH_CREDIT.url, LATER.url]}


def test_where_one_cannot_be_read_the_next_is(tmp_path: Path, read: list[str]) -> None:
    report = run(tmp_path / "s", replace(FIRE, publisher="broken"), *PRINTINGS[1:])
    assert (report.skipped, report.articles) == (1, 2)
    assert stored(tmp_path / "s") == {"c": [CUT.url], "d": [WITH_CREDIT.url, LATER.url]}


def test_when_the_first_is_taken_out_the_others_come_again(tmp_path: Path) -> None:
    run(tmp_path / "s", FIRE, CUT)
    with Store.open(tmp_path / "s", writable=True) as store:
        store.remove("a")
    assert run(tmp_path / "s", CUT).articles == 1
    assert stored(tmp_path / "s") == {"c": [CUT.url]}


@pytest.mark.parametrize("harm", [None, b"garbage" * 999])
def test_what_is_known_of_printings_is_made_again(tmp_path: Path, harm: bytes | None, read: list[str]) -> None:
    run(tmp_path / "s", FIRE, CUT)
    before = files(tmp_path / "s")
    for path in (tmp_path / "s" / "index").glob("*.sqlite"):
        path.unlink() if harm is None else path.write_bytes(harm)
    read.clear()
    report = run(tmp_path / "s", FIRE, CUT, LATER)
    assert (report.unchanged, report.duplicates, read) == (1, 2, [])
    assert stored(tmp_path / "s") == {"a": [FIRE.url, CUT.url, LATER.url]}
    assert run(tmp_path / "s", FIRE, CUT, LATER).unchanged == 3
    assert before.keys() == files(tmp_path / "s").keys()


def test_a_run_that_was_broken_off_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> bool:
        raise KeyboardInterrupt

    run(tmp_path / "s", CUT, LATER)
    with monkeypatch.context() as patched:
        patched.setattr(Store, "cite", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path / "s", FIRE, WITH_CREDIT)
    run(tmp_path / "s", *PRINTINGS)
    assert stored(tmp_path / "s") == {"a": URLS}


def test_another_reader_reads_one_for_all(tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    sites = [replace(FIRE, id=f"s{n}", url=f"https://s{n:02}.example") for n in range(30)]
    run(tmp_path / "s", *sites)
    monkeypatch.setattr("kg.pipeline.shard._reader", lambda language: Provenance("9.9", "another", ("a model",)))
    report = run(tmp_path / "s", *sites)
    assert (report.articles, report.unchanged, read) == (1, 29, ["s0", "s0"])
    assert stored(tmp_path / "s") == {"s0": [site.url for site in sites]}
    assert run(tmp_path / "s", replace(sites[0], title="Autre titre"), *sites[1:]).articles == 1
    assert stored(tmp_path / "s") == {"s0": [site.url for site in sites]}


def test_the_report_says_whose_duplicate_it_is(tmp_path: Path) -> None:
    with (
        Log.opened(tmp_path / "report.jsonl") as log,
        Store.open(tmp_path / "s", create=True, writable=True) as store,
    ):
        ingest([FIRE, CUT], store, report=Report(log=log))
    lines = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    assert [(line["id"], line["status"], line.get("of")) for line in lines] == [
        ("a", "read", None),
        ("c", "duplicate", "a"),
    ]


def test_a_file_of_printings_that_is_damaged_meanwhile_is_made_again(tmp_path: Path) -> None:
    def given(store: Store) -> Iterator[Article]:
        yield TOLL
        store.parts.dispatches.find("a")
        harmed = store.parts.dispatches._open
        assert harmed
        harmed.execute("UPDATE printing SET told = x'00'")
        yield WITH_CREDIT

    run(tmp_path / "s", FIRE)
    for _ in range(2):
        with Store.open(tmp_path / "s", writable=True) as store:
            report = ingest(given(store), store)
        assert report.skipped == 0
    assert stored(tmp_path / "s") == {"a": URLS[:2], "e": [TOLL.url]}
    assert run(tmp_path / "s", *PRINTINGS, TOLL).articles == 0
