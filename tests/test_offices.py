"""kg.text.offices: people spoken of by what they are."""

from __future__ import annotations

import pytest
from told import tell

pytestmark = pytest.mark.model


def mentions(text: str, language: str = "fr") -> list[str]:
    return tell(text, language).mentions()


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


@pytest.mark.parametrize("text", ["Des ministres ont parlé.", "Un ministre a parlé."])
def test_holders_whom_nobody_names(text: str) -> None:
    assert mentions(text) == []
