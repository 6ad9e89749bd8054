"""kg.text.factuality: how far a clause is vouched for, on parses written by hand."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from parses import context, parsed, word
from told import ISSUED, read

from kg.model import KG, Article
from kg.text import parsing
from kg.text.factuality import factuality
from kg.text.negation import is_negated
from kg.text.reader import find_mentions


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Vallorbe a racheté Lampiris.", "racheté", "Asserted"),
        ("Lampiris a été racheté par Vallorbe.", "racheté", "Asserted"),
        ("Vallorbe n'a pas racheté Lampiris.", "racheté", "Denied"),
        ("Aucun groupe n'a racheté Lampiris.", "racheté", "Denied"),
        ("Vallorbe a plus racheté.", "racheté", "Asserted"),  # without « ne », « plus » compares
        ("Vallorbe rachètera Lampiris.", "rachètera", "Planned"),
        ("Vallorbe va racheter Lampiris.", "racheter", "Planned"),
        ("Vallorbe veut diriger Lampiris.", "diriger", "Planned"),
        ("Vallorbe emprunte pour racheter Lampiris.", "racheter", "Planned"),
        ("Vallorbe emprunte pour racheter Lampiris.", "emprunte", "Asserted"),
        ("Vallorbe rachèterait Lampiris.", "rachèterait", "Possible"),
        ("Vallorbe avait annoncé qu'elle rachèterait Lampiris.", "rachèterait", "Planned"),  # a future in the past
        ("Vallorbe peut racheter Lampiris.", "racheter", "Possible"),
        ("Vallorbe a probablement racheté Lampiris.", "racheté", "Possible"),
        ("Vallorbe ne vendra pas si Nordex rachète Lampiris.", "vendra", "Denied"),
        ("Vallorbe ne vendra pas si Nordex rachète Lampiris.", "rachète", "Possible"),
        ("Vallorbe dément avoir racheté Lampiris.", "racheté", "Denied"),
        ("Vallorbe, qui a racheté Lampiris, ne vend pas.", "racheté", "Asserted"),  # a relative clause is its own
        ("Vallorbe ne vend pas depuis que Nordex a racheté Lampiris.", "racheté", "Asserted"),  # so is a clause of time
        ("Vallorbe n'a pas vendu Nordex et rachète Lampiris.", "rachète", "Asserted"),  # and a coordinated one
    ],
)
def test_french(text: str, verb: str, expected: str) -> None:
    doc = parsed(text)
    assert factuality(word(doc, verb), context(doc, "fr")) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Vallorbe bought Lampiris.", "bought", "Asserted"),
        ("Vallorbe did not buy Lampiris.", "buy", "Denied"),
        ("Vallorbe will buy Lampiris.", "buy", "Planned"),
        ("Vallorbe plans to buy Lampiris.", "buy", "Planned"),
        ("Vallorbe may buy Lampiris.", "buy", "Possible"),
        ("Vallorbe denied that Nordex bought Lampiris.", "bought", "Denied"),
        ("Vallorbe did not say that Nordex bought Lampiris.", "bought", "Possible"),  # who knows
    ],
)
def test_english(text: str, verb: str, expected: str) -> None:
    doc = parsed(text, "en")
    assert factuality(word(doc, verb), context(doc, "en")) == expected


def test_a_negation_bears_on_its_own_verb() -> None:
    doc = parsed("Vallorbe, qui a racheté Lampiris, ne vend pas.")
    assert is_negated(word(doc, "vend"), context(doc, "fr"))
    assert not is_negated(word(doc, "racheté"), context(doc, "fr"))


def _marked(language: str) -> list[tuple[str, str]]:
    """The sentences of a language, each with the standing of the word in its brackets."""
    groups = tomllib.loads((Path(__file__).parent / f"factuality/{language}.toml").read_text(encoding="utf-8"))
    return [(sentence, standing.title()) for standing, group in groups.items() for sentence in group["sentences"]]


@pytest.mark.model
@pytest.mark.parametrize("language", ["fr", "en"])
def test_sentences_vouch_for_their_verbs_and_nouns(language: str) -> None:
    cases = _marked(language)
    articles = [Article("case", re.sub(r"[][]", "", text), language, issued=ISSUED) for text, _ in cases]
    wrong = []
    for (text, expected), parse in zip(cases, parsing.parse(articles, language), strict=True):
        found, _ = find_mentions(*parse)
        token = next(token for token in found.doc if token.idx == text.index("["))
        if (standing := factuality(token, found)) != expected:
            wrong.append(f"{standing} for {expected}: {text}")
    assert not wrong


@pytest.mark.model
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Si la Chine soutient la Russie, la guerre durera."),
        ("fr", "La Chine a accepté de soutenir la Russie."),
        ("fr", "Certains affirment que la Chine soutient la Russie."),
        ("fr", "Il a déclaré que la Chine soutient la Russie."),
        ("fr", "La Chine soutient la Russie, dit-on."),
        ("fr", "Paul Durand, futur président de la France, parle."),
        ("fr", "Paul Durand, vice-président de la France, parle."),
        ("fr", "Paul Durand, candidat à la présidence de la France, parle."),
        ("fr", "Paul Durand, conseiller du président de la France, parle."),
        ("en", "If China supports Russia, the war will last."),
        ("en", "He said that China supports Russia."),
        ("en", "Kamala Harris, vice president of the United States, spoke."),
    ],
)
def test_what_makes_no_fact(language: str, text: str) -> None:
    statements = [s for s in read(text, language).statements if s.predicate != KG + "partOf"]  # its presidency is
    assert not [s for s in statements if s.factuality == "Asserted" and not s.former and s.attributed_to is None]
