"""kg.text.descriptions: common nouns that speak of somebody again."""

from __future__ import annotations

import pytest
from told import tell

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Marie Dupont a été arrêtée. La jeune femme nie les faits.", "femme | marie-dupont"),
        ("fr", "Paul Durand a rencontré Sophie Martin. Cet homme est son voisin.", "homme | paul-durand"),
        ("fr", "Sophie Martin a vu Paul Durand. Ce dernier a démissionné.", "dernier | paul-durand"),
        ("fr", "Paul Durand a parlé. Celui-ci a démissionné hier.", "Celui-ci | paul-durand"),
        ("fr", "Airbus a gagné. L'entreprise a racheté Safran.", "entreprise | airbus"),
        ("fr", "Le brigadier Paul Durand est venu avec Anne Martin.", "brigadier | paul-durand"),
        ("fr", "Paul Durand joue. Paul Durand court. L'attaquant a gagné.", "attaquant | paul-durand"),
        ("en", "Paul Durand left. This man was tired.", "man | paul-durand"),
        ("en", "Airbus won. The company bought Safran.", "company | airbus"),
    ],
)
def test_a_noun_speaks_again_of_who_was_named(language: str, text: str, expected: str) -> None:
    assert expected in tell(text, language).mentions()


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Paul Durand est venu. La jeune femme nie les faits.", "femme | paul-durand"),
        ("Paul Durand parle. Le préfet de la Meuse a répondu.", "préfet | paul-durand"),
        ("Paul Durand parle. Les voisins attendent.", "voisins | paul-durand"),
        ("Paul Durand parle. Paul Durand part. Un attaquant arrive.", "attaquant | paul-durand"),
    ],
)
def test_a_noun_that_speaks_of_somebody_else(text: str, never: str) -> None:
    assert never not in tell(text).mentions()


def test_whoever_is_spoken_of_again_is_an_entity_of_the_article() -> None:
    told = tell("Un automobiliste a percuté un arbre. L'homme a été blessé. Il est mort à Lyon.")
    driver, man, he = told.mentions()[:3]
    assert driver.startswith("automobiliste | automobiliste-")
    assert {line.split(" | ")[1] for line in (man, he)} == {driver.split(" | ")[1]}


def test_whoever_is_not_spoken_of_again_is_none() -> None:
    assert tell("Un automobiliste regarde un arbre. La pluie tombe.").mentions() == []


def test_two_men_of_one_article_are_two() -> None:
    told = tell("Un automobiliste est blessé. Il a mal. Un automobiliste est mort. Il avait vingt ans.")
    assert len({line.split(" | ")[1] for line in told.mentions()}) == 2


def test_a_crowd_bears_no_relation() -> None:
    assert tell("Des pompiers sont morts à Lyon. Ils avaient vingt ans.").statements() == []
