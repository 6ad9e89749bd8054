"""kg.text.descriptions: who and what is meant by common nouns, demonyms and offices."""

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


@pytest.mark.parametrize(
    ("language", "text", "office"),
    [
        ("fr", "Sean Parnell, porte-parole du Pentagone, a parlé.", "porte-parole"),
        ("fr", "Le porte-parole du Pentagone, Sean Parnell, a parlé.", "porte-parole"),
        ("fr", "Le porte-parole Sean Parnell a parlé.", "porte-parole"),
        ("en", "Pentagon spokesman Sean Parnell spoke.", "spokesman"),
        ("en", "Sean Parnell, a spokesman for the Pentagon, spoke.", "spokesman"),
    ],
)
def test_an_office_beside_a_name_is_its_holders(language: str, text: str, office: str) -> None:
    assert f"{office} | sean-parnell" in mentions(text, language)


def test_an_office_alone_is_its_last_holders() -> None:
    text = "Le premier ministre irakien Mohammed al-Soudani parle. Le premier ministre part demain."
    assert mentions(text)[-1] == "premier ministre | mohammed-al-soudani"


def test_an_office_elsewhere_is_somebody_elses() -> None:
    text = "Le premier ministre irakien Mohammed al-Soudani parle. Le premier ministre syrien part demain."
    assert "premier ministre syrien | mohammed-al-soudani" not in mentions(text)


@pytest.mark.parametrize("text", ["Des ministres ont parlé.", "Un ministre a parlé.", "L'attaque a surpris."])
def test_what_nobody_can_know(text: str) -> None:
    assert mentions(text) == []
