"""kg.text.syntax: who does what to whom, on parses written by hand."""

from __future__ import annotations

import pytest
from parses import parsed, syntax, texts, word

from kg.text.syntax import is_relative


@pytest.mark.parametrize(
    ("language", "text", "verb", "agents", "patients"),
    [
        ("fr", "Vallorbe a racheté Lampiris.", "racheté", ["Vallorbe"], ["Lampiris"]),
        ("fr", "Vallorbe a racheté Nordex.", "racheté", ["Vallorbe"], ["Nordex"]),  # the object is taken for an oblique
        ("fr", "Lampiris a été racheté par Vallorbe.", "racheté", ["Vallorbe"], ["Lampiris"]),
        ("fr", "Lampiris est considéré comme un danger par Vallorbe.", "considéré", ["Vallorbe"], ["Lampiris"]),
        ("fr", "La coalition dirigée par Washington combat Daech.", "dirigée", ["Washington"], ["coalition"]),
        ("fr", "La coalition dirigée par Washington combat Daech.", "combat", ["coalition"], ["Daech"]),
        ("fr", "Créée en 1957, l'agence surveille Daech.", "Créée", [], ["agence"]),
        ("fr", "Vallorbe a fondé Lampiris et dirige Nordex.", "dirige", ["Vallorbe"], ["Nordex"]),
        ("fr", "Vallorbe veut diriger Lampiris.", "diriger", ["Vallorbe"], ["Lampiris"]),
        ("fr", "Vallorbe emprunte pour racheter Lampiris.", "racheter", ["Vallorbe"], ["Lampiris"]),
        ("fr", "Le groupe qui dirige Lampiris attaque Nordex.", "dirige", ["qui"], ["Lampiris"]),
        ("fr", "Vallorbe s'est emparé des usines de Lampiris.", "emparé", ["Vallorbe"], []),
        ("en", "Vallorbe bought Lampiris.", "bought", ["Vallorbe"], ["Lampiris"]),
        ("en", "Lampiris was bought by Vallorbe.", "bought", ["Vallorbe"], ["Lampiris"]),
        ("en", "The coalition led by Vallorbe fights Nordex.", "led", ["Vallorbe"], ["coalition"]),
        ("en", "Vallorbe plans to buy Lampiris.", "buy", ["Vallorbe"], ["Lampiris"]),
        ("en", "The group that leads Lampiris attacked Nordex.", "attacked", ["group"], ["Nordex"]),
    ],
)
def test_who_does_what_to_whom(language: str, text: str, verb: str, agents: list[str], patients: list[str]) -> None:
    found = word(parsed(text, language), verb)
    assert texts(syntax(language).agents(found)) == agents
    assert texts(syntax(language).patients(found)) == patients


@pytest.mark.parametrize(
    ("language", "text", "head", "expected"),
    [
        ("fr", "Vallorbe s'est emparé des usines de Lampiris.", "emparé", [("de", "usines")]),
        ("fr", "Vallorbe s'est emparé des usines de Lampiris.", "usines", [("de", "Lampiris")]),
        ("fr", "Vallorbe a racheté Lampiris.", "racheté", []),
        ("en", "Vallorbe is the president of Lampiris.", "president", [("of", "Lampiris")]),
        ("en", "Vallorbe moved out of Geneva.", "moved", [("of", "Geneva")]),
        ("en", "Lampiris was bought by Vallorbe.", "bought", [("by", "Vallorbe")]),
    ],
)
def test_obliques(language: str, text: str, head: str, expected: list[tuple[str, str]]) -> None:
    found = syntax(language).obliques(word(parsed(text, language), head))
    assert [(preposition, noun.text) for preposition, noun in found] == expected


@pytest.mark.parametrize(
    ("language", "text", "verb", "passive"),
    [
        ("fr", "Lampiris a été racheté par Vallorbe.", "racheté", True),
        ("fr", "La coalition dirigée par Washington combat Daech.", "dirigée", True),
        ("fr", "Créée en 1957, l'agence surveille Daech.", "Créée", True),
        ("fr", "Vallorbe a racheté Lampiris.", "racheté", False),
        ("fr", "Vallorbe, qui a racheté Lampiris, ne vend pas.", "racheté", False),
        ("en", "Lampiris was bought by Vallorbe.", "bought", True),
        ("en", "The coalition led by Vallorbe fights Nordex.", "led", True),
        ("en", "Vallorbe bought Lampiris.", "bought", False),
    ],
)
def test_passives(language: str, text: str, verb: str, passive: bool) -> None:
    assert syntax(language).is_passive(word(parsed(text, language), verb)) is passive


def test_conjuncts_are_of_one_kind() -> None:
    doc = parsed("Vallorbe et Nordex rachètent Lampiris et vendent.")
    assert texts(syntax("fr").conjuncts(word(doc, "Vallorbe"))) == ["Vallorbe", "Nordex"]
    assert texts(syntax("fr").conjuncts(word(doc, "Lampiris"))) == ["Lampiris"]


def test_the_first_of_a_coordination() -> None:
    doc = parsed("Vallorbe et Nordex rachètent Lampiris et vendent.")
    assert syntax("fr").first_conjunct(word(doc, "Nordex")).text == "Vallorbe"


@pytest.mark.parametrize(
    ("language", "text", "pronoun"),
    [
        ("fr", "Le groupe qui dirige Lampiris attaque Nordex.", "qui"),
        ("en", "The group that leads Lampiris attacked Nordex.", "that"),
    ],
)
def test_a_relative_pronoun_stands_for_the_noun_before_it(language: str, text: str, pronoun: str) -> None:
    found = word(parsed(text, language), pronoun)
    head = syntax(language).relative_head(found)
    assert is_relative(found) and head is not None and head.text in {"groupe", "group"}


@pytest.mark.parametrize(
    ("language", "text", "noun", "verb"),
    [
        ("fr", "Vallorbe est le président de Lampiris.", "président", "président"),
        ("en", "Vallorbe is the president of Lampiris.", "president", "is"),
    ],
)
def test_predicates(language: str, text: str, noun: str, verb: str) -> None:
    rules, found = syntax(language), word(parsed(text, language), noun)
    assert rules.is_predicate(found) and rules.predicate_verb(found).text == verb
    assert texts(rules.subjects(rules.predicate_verb(found))) == ["Vallorbe"]


def test_an_apposition_is_no_predicate() -> None:
    doc = parsed("Vallorbe, président de Lampiris, parle.")
    assert texts(syntax("fr").appositions(word(doc, "Vallorbe"))) == ["président"]
    assert not syntax("fr").is_predicate(word(doc, "président"))


def test_contractions_are_undone() -> None:
    doc = parsed("Vallorbe s'est emparé des usines de Lampiris.")
    assert syntax("fr").lemma(word(doc, "des")) == "de"


@pytest.mark.parametrize(
    ("text", "participle", "aside"),
    [("Vallorbe, allié à Lampiris, cède.", "allié", True), ("Il part, dit Vallorbe.", "dit", False)],
)
def test_an_aside_follows_whom_it_is_told_of(text: str, participle: str, aside: bool) -> None:
    assert syntax("fr").is_aside(word(parsed(text), participle)) == aside
