"""Pairs of texts in, whether one of them stands for the other out."""

from __future__ import annotations

import random
import string
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article
from kg.read import likeness

_CASES = tomllib.loads((Path(__file__).parent / "likeness.toml").read_text(encoding="utf-8"))
PAIRS: list[dict[str, Any]] = _CASES["pair"]


def dispatch(name: str) -> Article:
    told = _CASES["dispatch"][name]
    return Article(name, told["text"].strip(), told["language"], told["title"])


def two(pair: dict[str, Any]) -> tuple[Article, Article]:
    """A dispatch, and what a pair says is made of it."""
    one = dispatch(pair["one"])
    text = pair.get("other", one.text).strip()
    for old, new in pair.get("replace", ()):
        assert old in text
        text = text.replace(old, new)
    text = pair.get("before", "") + text[: pair.get("cut")] + pair.get("after", "")
    return one, replace(one, text=text, title=pair.get("title", one.title), language=pair.get("language", one.language))


def are_one(one: Article, other: Article) -> bool:
    """Whether either stands for the other, as candidates are found and compared."""
    shared = set(likeness.keys(one.text)) & set(likeness.keys(other.text))
    if len(shared) < likeness.SHARED or one.language != other.language:
        return False
    contents = likeness.content(one), likeness.content(other)
    return likeness.covers(*contents) or likeness.covers(*reversed(contents))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_what_is_one_dispatch_and_what_is_two(pair: dict[str, Any]) -> None:
    assert are_one(*two(pair)) is pair["same"]


def test_the_part_does_not_stand_for_the_whole() -> None:
    whole = dispatch("incendie")
    part = replace(whole, text=whole.text[:540])
    assert likeness.covers(likeness.content(whole), likeness.content(part))
    assert not likeness.covers(likeness.content(part), likeness.content(whole))


def test_keys_are_the_same_on_every_machine() -> None:
    assert likeness.keys(dispatch("incendie").text)[:2] == (16093005407976200, 246736607737241268)
    assert likeness.keys("Bref.") == ()


def test_alike_texts_share_about_as_many_keys_as_runs() -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices(string.ascii_lowercase, k=6)) for _ in range(400)]
    half = " ".join(words[:200])
    shared = set(likeness.keys(" ".join(words))) & set(likeness.keys(half))
    assert likeness.SHARED < len(shared) < 13
    assert not set(likeness.keys(half)) & set(likeness.keys(" ".join(words[200:])))


@pytest.mark.parametrize(
    "text", ["a" + " " * 100_000, "." * 100_000 + "a", "(" * 100_000, "A, " * 100_000, "mot " * 100_000, "\n" * 100_000]
)
def test_no_text_takes_as_long_as_its_square(text: str) -> None:
    article = Article("a", f"{dispatch('incendie').text}\n{text}", "fr")
    hostile = replace(article, text=text + " x".join(map(str, range(200))))
    assert len(likeness.keys(article.text)) > likeness.SHARED
    assert likeness.covers(likeness.content(article), likeness.content(article))
    assert not likeness.covers(likeness.content(article), likeness.content(hostile))
