"""kg.text.bodies: countries by their people, bodies by whose they are or as before."""

from __future__ import annotations

import pytest
from told import tell

pytestmark = pytest.mark.model


def mentions(text: str, language: str = "fr") -> list[str]:
    return tell(text, language).mentions()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le gouvernement irakien négocie.", "gouvernement irakien | iraq-government"),
        ("fr", "Le gouvernement irakien négocie.", "irakien | iraq"),
        ("fr", "Les Irakiens attendent.", "Irakiens | iraq"),
        ("en", "The Iraqi government negotiates.", "government | iraq-government"),
        ("en", "South Koreans are waiting.", "South Koreans | south-korea"),
        ("fr", "L'armée de la Russie avance.", "armée | armee-russia"),
    ],
)
def test_a_body_is_known_by_its_country(language: str, text: str, expected: str) -> None:
    assert expected in mentions(text, language)


def test_a_body_is_known_by_whom_it_fights() -> None:
    text = "La coalition de lutte contre l'État islamique est partie."
    assert "coalition | coalition-islamic-state" in mentions(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le gouvernement irakien a réagi. Le gouvernement a négocié.", "gouvernement | iraq-government"),
        (
            "La coalition de lutte contre l'État islamique part. La coalition revient.",
            "coalition | coalition-islamic-state",
        ),
        ("La Cour suprême de Russie a tranché. La cour siège.", "cour | supreme-court-of-russia"),
        ("L'Irak attend. Le pays a réagi.", "pays | iraq"),
    ],
)
def test_a_body_spoken_of_again(text: str, expected: str) -> None:
    assert mentions(text)[-1] == expected


def test_bodies_of_two_countries_stay_two() -> None:
    found = mentions("Le gouvernement irakien a rencontré le gouvernement syrien.")
    assert {"gouvernement irakien | iraq-government", "gouvernement syrien | syria-government"} <= set(found)


def test_a_name_beside_a_body_explains_it() -> None:
    found = mentions("Le groupe terroriste État islamique a reculé.")
    assert {"groupe terroriste | islamic-state", "État islamique | islamic-state"} <= set(found)


@pytest.mark.parametrize("text", ["L'attaque a surpris.", "Les entreprises attendent."])
def test_what_nobody_can_know(text: str) -> None:
    assert mentions(text) == []
