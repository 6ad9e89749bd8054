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


STATED = {
    "fr": [
        ("Marie Durand a été élue maire de Lyon dimanche.", "marie-durand leaderOf lyon"),
        ("Marie Durand, élue maire de Lyon en 2014, a démissionné.", "marie-durand leaderOf lyon"),
        ("Le roi a nommé Jean Dupont premier ministre de la Belgique.", "jean-dupont headOfGovernmentOf belgium"),
        ("Jean Dupont est devenu président du Sénégal en 2012.", "jean-dupont headOfStateOf senegal"),
        ("Marie Durand occupe le poste de ministre de la Santé du Mali.", "marie-durand ministerOf mali"),
        ("En tant que ministre de la Santé du Mali, Marie Durand a signé.", "marie-durand ministerOf mali"),
        ("Le ministre malien de l'Intérieur Jean Dupont a parlé.", "jean-dupont ministerOf mali"),
        ("Le président par intérim du Brésil, Jean Dupont, a parlé.", "jean-dupont headOfStateOf brazil"),
        ("Jean Dupont, président du Conseil italien, a démissionné.", "jean-dupont headOfGovernmentOf italy"),
        ("Jean Dupont, président de Renault et maire de Lyon, a parlé.", "jean-dupont leaderOf lyon"),
        ("Jean Dupont, qui dirige Renault, a parlé.", "jean-dupont leaderOf renault"),
        ("Le futur président du Sénégal, Jean Dupont, a parlé.", "jean-dupont headOfStateOf senegal Planned"),
        ("Le gouvernement espagnol de Jean Dupont a protesté.", "jean-dupont leaderOf spain-government"),
    ],
    "en": [
        ("Mary Jones was elected president of Senegal on Sunday.", "mary-jones headOfStateOf senegal"),
        ("The king named John Smith prime minister of Belgium.", "john-smith headOfGovernmentOf belgium"),
        ("Mary Jones became mayor of London in 2010.", "mary-jones leaderOf london"),
        ("As foreign minister of Mali, Mary Jones signed the deal.", "mary-jones ministerOf mali"),
        ("Mary Jones holds the post of finance minister of Mali.", "mary-jones ministerOf mali"),
        ("Mary Jones resigned as foreign minister of Mali.", "mary-jones ministerOf mali former"),
        ("Interim President Mary Jones of Brazil spoke.", "mary-jones headOfStateOf brazil"),
        ("Mary Jones, who leads General Motors, spoke.", "mary-jones leaderOf general-motors"),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "told"), [(code, *case) for code, cases in STATED.items() for case in cases]
)
def test_an_office_by_every_construction(language: str, text: str, told: str) -> None:
    assert told in tell(text, language).statements()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Les présidents français et russe, Jean Dupont et Igor Petrov, ont parlé."),
        ("en", "The presidents of France and Russia, Jean Dupont and Igor Petrov, met."),
    ],
)
def test_several_holders_in_the_order_of_what_they_hold(language: str, text: str) -> None:
    assert tell(text, language).statements() == [
        "jean-dupont headOfStateOf france",
        "igor-petrov headOfStateOf russia",
    ]


def test_the_land_of_an_office_is_that_of_the_article() -> None:
    text = "Le premier ministre Jean Dupont a parlé. La Turquie est en deuil. Les Turcs attendent en Turquie."
    assert tell(text, "fr").statements() == ["jean-dupont headOfGovernmentOf turkey"]


@pytest.mark.parametrize(
    "text",
    [
        "Le premier ministre Jean Dupont a parlé. La Turquie et la Grèce attendent. Les Turcs et les Grecs aussi.",
        "Le président du comité, Jean Dupont, a parlé. La Turquie attend. Les Turcs attendent en Turquie.",
        "Le leader Jean Dupont a gagné la course. La Turquie attend. Les Turcs attendent en Turquie.",
    ],
)
def test_no_land_where_the_article_may_mean_another_or_the_office_something_else(text: str) -> None:
    assert tell(text, "fr").statements() == []


def test_the_head_of_a_government_is_whose_government_it_is() -> None:
    text = "Le gouvernement espagnol de Mariano Rajoy proteste. Le chef du gouvernement espagnol a parlé."
    assert "mariano-rajoy headOfGovernmentOf spain" in tell(text, "fr").statements()


def test_the_chief_of_a_service_leads_no_city() -> None:
    stated = tell("Le chef de la police de Lyon, Jean Dupont, a parlé.", "fr").statements()
    assert "jean-dupont leaderOf lyon" not in stated
