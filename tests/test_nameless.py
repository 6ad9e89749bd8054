"""kg.text.nameless: who takes part though nobody names them."""

from __future__ import annotations

import pytest

from kg.model import KG, Article, Mention
from kg.text.context import Context
from kg.text.nameless import participant, participants
from kg.text.parsing import parse
from kg.text.reader import find_mentions
from kg.text.tokens import Token

pytestmark = pytest.mark.model


def context(text: str, language: str = "fr") -> Context:
    ((article, layout, doc),) = parse([Article("case", text, language)], language)
    return find_mentions(article, layout, doc)[0]


def taking_part(text: str, word: str, language: str = "fr") -> tuple[str, str] | None:
    read = context(text, language)
    mention = participant(next(token for token in read.doc if token.text == word), read)
    return (read.article.words(mention.span), mention.kind.removeprefix(KG)) if mention else None


@pytest.mark.parametrize(
    ("language", "text", "word", "told"),
    [
        ("fr", "Boko Haram retient 200 lycéennes.", "lycéennes", ("200 lycéennes", "Person")),
        ("fr", "Les rebelles ont quitté Damas.", "rebelles", ("rebelles", "ArmedGroup")),
        ("fr", "Trois rebelles ont quitté Damas.", "rebelles", ("Trois rebelles", "Person")),
        ("fr", "Des milices chiites ont quitté Damas.", "milices", ("milices chiites", "ArmedGroup")),
        ("fr", "Une ONG locale a quitté Damas.", "ONG", ("ONG locale", "Organization")),
        ("fr", "Une dizaine de manifestants ont quitté Damas.", "dizaine", ("manifestants", "Person")),
        ("fr", "Les soldats qui ont quitté Damas sont rentrés.", "qui", ("soldats", "ArmedForce")),
        ("en", "Six aid workers left Damascus.", "workers", ("Six aid workers", "Person")),
        ("en", "The rebels left Damascus.", "rebels", ("rebels", "ArmedGroup")),
        ("en", "Dozens of protesters left Damascus.", "Dozens", ("protesters", "Person")),
    ],
)
def test_somebody_nobody_names(language: str, text: str, word: str, told: tuple[str, str]) -> None:
    assert taking_part(text, word, language) == told


@pytest.mark.parametrize(
    ("text", "word"),
    [("La pluie a quitté Damas.", "pluie"), ("L'accord a été signé.", "accord"), ("Il pleut mardi.", "mardi")],
)
def test_things_take_no_part(text: str, word: str) -> None:
    assert taking_part(text, word) is None


def test_whoever_is_named_keeps_the_mention() -> None:
    assert taking_part("Sean Parnell a parlé.", "Parnell") == ("Sean Parnell", "Person")


def test_all_that_are_coordinated_take_part() -> None:
    read = context("Un patient et un infirmier ont été tués.")
    found = participants([next(token for token in read.doc if token.text == "patient")], read)
    assert [read.article.words(mention.span) for mention in found] == ["patient", "infirmier"]


def test_a_definite_noun_takes_up_the_one_before_it() -> None:
    read = context("Boko Haram a capturé 200 lycéennes. L'armée cherche les lycéennes.")
    first, second = (found(token, read) for token in read.doc if token.text == "lycéennes")
    assert read.identity(first) == read.identity(second)


def found(noun: Token, read: Context) -> Mention:
    mention = participant(noun, read)
    assert mention is not None
    return mention


def test_nobody_who_takes_part_in_nothing_has_a_mention() -> None:
    read = context("Les rebelles dorment. Six travailleurs humanitaires attendent.")
    assert not list(read.mentions)
