"""kg.text.relations.adherents and .memberships: parties, the opposition, alliances, councils, peoples, staffs."""

from __future__ import annotations

import fnmatch

import pytest
from told import tell

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "La députée socialiste Claire Vasseur a parlé en France.", "claire-vasseur memberOf parti-socialiste"),
        ("fr", "Le sénateur (LR) Bruno Carrel a parlé.", "bruno-carrel memberOf the-republicans"),
        ("fr", "La sénatrice PS Anne Roche a parlé.", "anne-roche memberOf parti-socialiste"),
        ("fr", "Le démocrate John Doe a visité les États-Unis.", "john-doe memberOf democratic-party-us"),
        ("en", "Republican Senator John Doe left the United States.", "john-doe memberOf republican-party-us"),
        ("en", "Sen. John Doe (R-Texas) spoke in the United States.", "john-doe memberOf republican-party-us"),
        ("en", "John Doe, a Democrat, left the United States.", "john-doe memberOf democratic-party-us"),
        ("en", "Labour MP Jane Roe resigned in Britain.", "jane-roe memberOf labour-party-uk"),
    ],
)
def test_the_words_of_a_party(language: str, text: str, expected: str) -> None:
    assert expected in tell(text, language).statements()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le sénateur républicain Mark Vasseur a parlé."),  # of no land that is spoken of
        ("fr", "Claire Vasseur défend les valeurs socialistes en France."),
        ("fr", "Le gouvernement socialiste a reçu Claire Vasseur en France."),
        ("fr", "Le socialiste Nicolas Ruiz dirige le Venezuela."),  # another land's socialists
        ("en", "Jane Roe defended democratic values in the United States."),
        ("en", "Jane Roe (Texas) spoke in the United States."),
    ],
)
def test_no_party(language: str, text: str) -> None:
    assert not [line for line in tell(text, language).statements() if "memberOf" in line]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Paul Giraud, figure de l'opposition, a été arrêté.", ["paul-giraud memberOf opposition"]),
        ("fr", "Le chef de l'opposition, Paul Giraud, a été arrêté.", ["paul-giraud leaderOf opposition"]),
        (
            "fr",
            "Paul Brun arrive deuxième et Marc Roy troisième. Ces deux candidats d'opposition ont dénoncé le scrutin.",
            ["paul-brun memberOf opposition", "marc-roy memberOf opposition"],
        ),
        ("en", "Opposition candidate Jean Ping lost.", ["jean-ping memberOf opposition"]),
    ],
)
def test_the_opposition(language: str, text: str, expected: list[str]) -> None:
    assert [line.rsplit("-", 1)[0] for line in tell(text, language).statements()] == expected


def test_people_whom_nobody_counted_right_are_not_meant() -> None:
    text = "Paul Brun, Luc Petit et Marc Roy ont voté. Ces deux candidats d'opposition ont dénoncé le scrutin."
    assert not tell(text).statements()


@pytest.mark.parametrize(
    ("language", "text", "members"),
    [
        ("fr", "L'association des armées du Niger, du Tchad et du Mali a gagné.", ["niger", "chad", "mali"]),
        ("fr", "La coalition formée de la France, de l'Italie et de l'Espagne a gagné.", ["france", "italy", "spain"]),
        ("fr", "L'alliance entre la France et l'Italie tient.", ["france", "italy"]),
        ("en", "The coalition of France, Germany and Italy attacked.", ["france", "germany", "italy"]),
        ("en", "The alliance between France and Italy holds.", ["france", "italy"]),
    ],
)
def test_the_members_of_an_alliance(language: str, text: str, members: list[str]) -> None:
    found = [line.split() for line in tell(text, language).statements()]
    assert [subject for subject, relation, _ in found if relation == "memberOf"] == members
    assert len({object for _, relation, object in found if relation == "memberOf"}) == 1


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Anne Roche a été élue au Sénat en 2010.", "anne-roche memberOf senat-*"),
        ("fr", "Anne Roche, nommée au conseil, a parlé.", "anne-roche memberOf conseil-*"),
        ("fr", "Anne Roche sera nommée au conseil.", "anne-roche memberOf conseil-* Planned"),
        ("fr", "Anne Roche est la première femme à rejoindre l'Otan.", "anne-roche memberOf nato"),
        ("fr", "Anne Roche pourrait devenir la première à rejoindre l'Otan.", "anne-roche memberOf nato Possible"),
        ("en", "Jane Roe was elected to the Senate.", "jane-roe memberOf senate-*"),
        ("en", "Jane Roe was not elected to the Senate.", "jane-roe memberOf senate-* Denied"),
        ("fr", "Paul Brun, appartenant à l'ethnie dinka, a gagné.", "paul-brun memberOf dinka"),
        ("fr", "Paul Brun, appartenant aux Nuers, a gagné.", "paul-brun memberOf nuers"),
        ("en", "Paul Roe, a member of the Dinka tribe, spoke.", "paul-roe memberOf dinka"),
        ("fr", "Des membres du personnel local d'une ONG ont été enlevés.", "membres-* employedBy ong-*"),
        ("fr", "Starbucks a écrit aux employés.", "employes-* employedBy starbucks"),
        (
            "fr",
            "Des immigrants qui ont servi pour les troupes américaines sont là.",
            "immigrants-* employedBy troupes-*",
        ),
        ("fr", "Selon Anne Roche, de l'Ocha, rien ne va.", "anne-roche employedBy ocha"),
        ("en", "Starbucks will pay the employees more.", "employees-* employedBy starbucks"),
        ("en", "Interpreters who worked for the American army arrived.", "interpreters-* employedBy army-*"),
    ],
)
def test_councils_peoples_and_staffs(language: str, text: str, expected: str) -> None:
    assert fnmatch.filter(tell(text, language).statements(), expected)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Vingt-huit membres ont été nommés au conseil."),
        ("fr", "Les employés ont protesté."),
        ("fr", "Anne Roche a été nommée à la tête du Sénat."),
        ("fr", "L'alliance de la France est solide."),
        ("en", "The employees protested."),
        ("en", "Jane Roe was invited to the Senate."),
    ],
)
def test_what_tells_of_no_member(language: str, text: str) -> None:
    assert not [s for s in tell(text, language).statements() if "memberOf" in s or "employedBy" in s]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "Des pays comme la France et l'Italie soutiennent l'Ukraine.",
            ["france supports ukraine", "italy supports ukraine"],
        ),
        ("fr", "Plusieurs pays membres de l'UE, dont la France, ont refusé.", ["france memberOf european-union"]),
        (
            "fr",
            "Les pays membres du G5 Sahel (Mali, Niger et Tchad) ont signé.",
            ["mali memberOf g5-sahel", "chad memberOf g5-sahel"],
        ),
        ("fr", "L'Allemagne et d'autres pays membres de l'Otan ont refusé.", ["germany memberOf nato"]),
        ("fr", "La députée du Labour Jo Roe a parlé.", ["jo-roe memberOf labour-party-uk"]),
        (
            "en",
            "Countries such as France and Italy support Ukraine.",
            ["france supports ukraine", "italy supports ukraine"],
        ),
        ("en", "France, Italy and other members of NATO refused.", ["france memberOf nato", "italy memberOf nato"]),
        ("en", "Several member states of NATO, including France, refused.", ["france memberOf nato"]),
    ],
)
def test_what_is_told_of_several_is_told_of_their_examples(language: str, text: str, expected: list[str]) -> None:
    assert set(expected) <= set(tell(text, language).statements())


def test_a_relative_clause_gives_no_example() -> None:
    assert (
        "france supports ukraine"
        not in tell("Les pays dont la France est l'alliée soutiennent l'Ukraine.").statements()
    )
