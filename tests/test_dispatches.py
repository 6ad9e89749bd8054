"""Printings and their keys in, those that share some out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.graph.store.dispatches import Dispatches, Printing
from kg.model import Article

ONE = Article("one", "Texte.", "fr", "T", date(2025, 5, 3), "P", "https://one.example", ("https://more.example",))
OTHER = replace(ONE, id="other", url="https://other.example", issued=date(2025, 5, 5))


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Dispatches]:
    dispatches = Dispatches(tmp_path / "index" / "dispatches.sqlite")
    yield dispatches
    dispatches.close()


def alike(known: Dispatches, article: Article, *keys: int) -> list[str]:
    return [found.article.id for found in known.alike(article, keys, shared=2, days=3, most=9)]


def test_what_is_kept_is_found_as_it_was(known: Dispatches) -> None:
    known.put(Printing(replace(ONE, where="a.jsonl:1"), b"given", "other"), (1, 2))
    assert known.find("one") == Printing(ONE, b"given", "other")
    assert (known.find("two"), known.standing("other"), known.heads()) == (None, [known.find("one")], ["other"])
    assert known.has_address("https://one.example", but="two")
    assert not known.has_address("https://one.example", but="one")


def test_alike_are_those_that_share_keys_of_one_language_and_near_days(known: Dispatches) -> None:
    known.put(Printing(ONE, b""), (1, 2, 3))
    assert alike(known, OTHER, 2, 3, 4) == ["one"]
    assert alike(known, OTHER, 3, 4, 5) == []
    assert alike(known, replace(OTHER, issued=None), 2, 3) == ["one"]
    others = (
        replace(OTHER, language="en"),
        replace(OTHER, issued=date(2025, 5, 7)),
        replace(OTHER, url=ONE.url),
    )
    assert [alike(known, other, 1, 2, 3) for other in others] == [[], [], []]


def test_those_that_stand_by_themselves_come_first(known: Dispatches) -> None:
    known.put(Printing(ONE, b""), (1, 2, 3))
    known.put(Printing(replace(ONE, id="two"), b""), (1, 2, 3, 4))
    known.point("two", "one")
    assert alike(known, OTHER, 1, 2, 3, 4) == ["one", "two"]
    known.remove("two")
    assert alike(known, OTHER, 1, 2, 3, 4) == ["one"]


def test_a_key_that_many_share_is_a_templates(known: Dispatches) -> None:
    for number in range(64):
        known.put(Printing(replace(ONE, id=str(number)), b""), (1, 2))
    assert len(alike(known, OTHER, 1, 2)) == 9
    known.put(Printing(replace(ONE, id="64"), b""), (1, 2))
    assert alike(known, OTHER, 1, 2) == []
    known.point("64", "0")  # printings of one dispatch are no template's
    assert len(alike(known, OTHER, 1, 2)) == 9


def test_it_is_sound_as_long_as_nobody_wrote_meanwhile(known: Dispatches) -> None:
    assert not known.is_sound(None)
    known.leave(3)
    known.put(Printing(ONE, b""), ())
    known.leave(3)
    known.close()
    assert known.is_sound(3) and not known.is_sound(4)
    known.begin()
    known.close()
    assert not known.is_sound(3) and [printing.article.id for printing in known] == ["one"]
