"""kg.text.agreement: the number and the gender of nouns and of people's names."""

from __future__ import annotations

import pytest

from kg.model import Article, Span
from kg.text.agreement import FEMININE, MASCULINE, gender, gender_of_name, is_plural
from kg.text.lexicon import lexicon
from kg.text.parsing import parse
from kg.text.tokens import Tokens

pytestmark = pytest.mark.model


def tokens(text: str, words: str, language: str = "fr") -> Tokens:
    """The tokens of some words of a parsed text."""
    ((_, _, doc),) = parse([Article("case", text, language)], language)
    found = doc.touched(Span(text.index(words), text.index(words) + len(words)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "text", "name", "expected"),
    [
        ("fr", "Mme Karr a parlé.", "Karr", FEMININE),
        ("fr", "M. Karr a parlé.", "Karr", MASCULINE),
        ("fr", "Nathalie Karr parle.", "Nathalie Karr", FEMININE),
        ("fr", "Jean Karr parle.", "Jean Karr", MASCULINE),
        ("fr", "Marie-Odile Karr parle.", "Marie-Odile Karr", FEMININE),
        ("fr", "Dominique Karr parle.", "Dominique Karr", None),
        ("fr", "Xyla Karr est née à Lyon.", "Xyla Karr", FEMININE),
        ("en", "Mrs Karr spoke.", "Karr", FEMININE),
        ("en", "Jean Karr spoke.", "Jean Karr", None),
    ],
)
def test_the_gender_of_whoever_bears_a_name(language: str, text: str, name: str, expected: str | None) -> None:
    assert gender_of_name(tokens(text, name, language), lexicon(language)) == expected


@pytest.mark.parametrize(
    ("text", "noun", "is_person", "expected"),
    [
        ("La ministre a parlé.", "ministre", True, FEMININE),
        ("Le ministre a parlé.", "ministre", True, MASCULINE),
        ("L'artiste a parlé.", "artiste", True, None),
        ("L'explosion a surpris.", "explosion", False, FEMININE),
    ],
)
def test_the_gender_of_a_noun(text: str, noun: str, is_person: bool, expected: str | None) -> None:
    assert gender(tokens(text, noun).root, is_person=is_person) == expected


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("Les États-Unis partent.", "États-Unis", True),
        ("La coalition part.", "coalition", False),
        ("Selon lui, les États-Unis et leurs alliés suivront le plan convenu.", "États-Unis", True),
    ],
)
def test_number(text: str, noun: str, expected: bool) -> None:
    assert is_plural(tokens(text, noun).root) is expected
