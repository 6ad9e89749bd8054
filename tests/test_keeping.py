"""The commands that keep a store in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_additions import MINE, OTHER, add
from test_cli import Command
from test_store import NAMES, article, put


@pytest.fixture
def store(tmp_path: Path) -> Path:
    put(tmp_path / "s", article("a1"), article("a2"), article("50%20", "Bea"))
    add(tmp_path / "s", MINE, [OTHER])
    return tmp_path / "s"


def test_articles_are_taken_out_by_identifier_and_by_iri(kg: Command, store: Path) -> None:
    assert kg("remove", "a1", NAMES.article_iri("50%20"), "--store", store) == (
        0,
        f"{store}: articles taken out: 2\n",
        "",
    )
    assert kg("index", "--store", store)[1].startswith(f"{store}: articles: 1, graphs beside them: 1\n")
    assert kg("index", "--check", "--store", store)[0] == 0


def test_an_unknown_article_is_reported_and_the_others_go(kg: Command, store: Path) -> None:
    status, out, err = kg("remove", "a9", "a1", "a1", "50%2520", "--store", store)
    assert (status, out) == (2, f"{store}: articles taken out: 1\n")
    assert err == f"kg: {store}: no article 'a9'\nkg: {store}: no article '50%2520'\n"


def test_a_check_prints_a_line_a_difference(kg: Command, store: Path) -> None:
    assert kg("index", "--check", "--store", store) == (
        0,
        f"{store}: articles: 3, graphs beside them: 1; the index agrees with the files\n",
        "",
    )
    (text,) = store.rglob("a1.txt")
    text.write_text("something else")
    status, out, err = kg("index", "--check", "--store", store)
    assert (status, out) == (1, f"{text}: not the text that a1.ttl was made from: ingest the article again\n")
    assert err.startswith(f"{store}: differences: 1; where a line says no more, kg index --rebuild")


def test_a_check_and_a_rebuild_are_two_things(kg: Command, store: Path) -> None:
    status, _, err = kg("index", "--check", "--rebuild", "--store", store)
    assert status == 2 and "say one, then the other" in err
