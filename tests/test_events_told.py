"""kg.text.events: constructions that say who does what to whom, and how one event told twice is one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from told import tell

from kg import ontology
from kg.text import languages
from kg.text.events.quantities import _value

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # light verbs
        ("fr", "La France a apporté son soutien à l'Ukraine.", "SUPPORT Asserted france > ukraine"),
        ("fr", "La police a procédé à l'arrestation de Paul Durand.", "ARREST Asserted police-* > paul-durand"),
        ("fr", "L'Iran mène des négociations avec la Chine.", "CONSULT Asserted iran > china"),
        ("fr", "La Russie a subi une attaque de l'Ukraine.", "ASSAULT Asserted ukraine > russia"),
        ("fr", "Une attaque a été menée par l'Ukraine contre la Russie.", "ASSAULT Asserted ukraine > russia"),
        ("fr", "Paul Durand fait l'objet d'une enquête.", "ACCUSE Asserted  > paul-durand"),
        ("en", "Russia suffered an attack by Ukraine.", "ASSAULT Asserted ukraine > russia"),
        ("en", "An attack was carried out by Ukraine against Russia.", "ASSAULT Asserted ukraine > russia"),
        # whose a thing is
        ("fr", "La Grèce a salué les efforts de la Turquie.", "SUPPORT Asserted greece > turkey"),
        ("en", "France rejected an Indian proposal.", "REJECT Asserted france > india"),
        ("en", "Serbia eased sanctions on Croatia.", "CONCEDE Asserted serbia > croatia"),
        # who takes part decides what is told
        ("fr", "La France a condamné Israël.", "ACCUSE Asserted france > israel"),
        ("fr", "Le tribunal de Paris a condamné Paul Durand.", "CONVICT Asserted tribunal-de-paris > paul-durand"),
        ("fr", "Israël a frappé la Syrie.", "ASSAULT Asserted israel > syria"),
        ("fr", "Emmanuel Macron a reçu Angela Merkel.", "CONSULT Asserted emmanuel-macron > angela-merkel"),
        ("fr", "Ada Lamy a remporté le prix Nobel.", "AWARD Asserted  > ada-lamy"),
        ("en", "Protesters blocked a road in Athens.", "PROTEST Asserted protesters-* > *"),
        # what is only asked for, refused or threatened with
        ("fr", "La Russie refuse de rencontrer l'Ukraine.", "REJECT Asserted russia > ukraine"),
        ("fr", "La France a dit qu'elle ne signera pas l'accord avec la Chine.", "REJECT Asserted france > china"),
        ("en", "Iran threatened to attack Israel.", "THREATEN Asserted iran > israel"),
        ("en", "France demanded that Iran release the hostages.", "REQUEST Asserted france > iran"),
        ("en", "Russia said Ukraine must leave Crimea.", "REQUEST Asserted russia > ukraine"),
        ("en", "France will strike Syria unless Iran leaves Iraq.", "THREATEN Asserted france > syria"),
        # all who act with one another
        ("fr", "L'accord entre la France et l'Allemagne a été signé.", "AGREE Asserted france germany >"),
        ("en", "The deal between France and Germany was signed.", "AGREE Asserted france germany >"),
        # the later of two subjects, the word « face », whoever dies in an attack
        ("fr", "Emmanuel Macron a nommé Jean Castex.", "APPOINT Asserted emmanuel-macron > jean-castex"),
        ("fr", "La FIFA fait face à des accusations.", "ACCUSE Asserted  > fifa"),
        ("fr", "La mort de quatre personnes est confirmée.", "DIE Asserted  > quatre-personnes-*"),
        ("fr", "L'équipe du Brésil rencontrera la Suède.", "SPORT Planned * > sweden"),
        ("fr", "La France s'est entretenue par téléphone avec la Chine.", "CONSULT Asserted france > china"),
        # people whom nobody names
        ("fr", "Des rebelles ont enlevé 276 lycéennes.", "ASSAULT Asserted rebelles-* > 276-lyceennes-*"),
        ("en", "Israeli troops shelled Syria.", "ASSAULT Asserted israeli-troops-* > syria"),
    ],
)
def test_who_does_what_to_whom(language: str, text: str, expected: str) -> None:
    (line,) = tell(text, language).events()
    pieces = expected.split("*")
    assert line.startswith(pieces[0]) and all(piece in line for piece in pieces)
    assert "*" in expected or line == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "La France a déployé 22 000 soldats au Mali.", [("22000", None, "soldats")]),
        ("fr", "Total a racheté Lampiris pour 10 millions d'euros.", [("10000000", "euros", None)]),
        ("en", "Police arrested 21 suspects in Paris.", [("21", None, "suspects")]),
    ],
)
def test_how_many(language: str, text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    reading = tell(text, language).reading
    words = reading.article.words
    (event,) = reading.events
    found = [(str(q.value), q.unit and words(q.unit), q.counted and words(q.counted)) for q in event.quantities]
    assert found == expected


@pytest.mark.parametrize(
    ("language", "text", "bound"),
    [
        ("fr", "Au moins 12 soldats ont été tués à Kaboul.", "AtLeast"),
        ("fr", "Plus de 300 soldats ont été tués à Kaboul.", "AtLeast"),
        ("fr", "Près de 300 soldats ont été tués à Kaboul.", "About"),
        ("fr", "Une dizaine de soldats ont été tués à Kaboul.", "About"),
        ("fr", "L'attaque de Kaboul a fait jusqu'à 40 morts.", "AtMost"),
        ("fr", "12 soldats ont été tués à Kaboul.", None),
        ("en", "At least 12 soldiers were killed in Kabul.", "AtLeast"),
        ("en", "Up to 40 soldiers were killed in Kabul.", "AtMost"),
    ],
)
def test_numbers_that_are_not_exact(language: str, text: str, bound: str | None) -> None:
    (quantity,) = [q for event in tell(text, language).reading.events for q in event.quantities]
    assert quantity.bound == bound


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("deux cent mille soldats", "200000"),
        ("22 000 soldats", "22000"),
        ("3,5 millions", "3500000"),
        ("quatre-vingt-dix", "90"),
        ("soixante", "60"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    words = [token for token in languages.model("fr").make_doc(text) if token.text != "soldats"]
    assert _value(words, ontology.load().numerals["fr"]) == Decimal(value)


def test_one_event_told_twice_is_one_event() -> None:
    told = tell("La France a attaqué le Mali lundi. L'attaque a surpris.")
    (event,) = told.reading.events
    words = told.reading.article.words
    assert [words(event.trigger), *(words(again.trigger) for again in event.again)] == ["attaqué", "attaque"]


def test_events_that_differ_in_whom_are_two() -> None:
    assert len(tell("La France a attaqué le Mali. La France a attaqué la Syrie.").reading.events) == 2


def test_what_only_sets_the_scene_is_left_out() -> None:
    assert tell("Emmanuel Macron se repose après une semaine de violences.").events() == []


def test_an_attack_takes_its_victims_from_who_dies_in_it() -> None:
    lines = tell("Six soldats ont été tués dans une embuscade au Mali.").events()
    assert [line.split()[0] for line in lines] == ["DIE", "ASSAULT"]
    assert len({line.split("> ")[1] for line in lines}) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un appel d'offres de la France est attendu."),  # words that together are no deed
        ("fr", "Une attaque pourrait viser des maisons."),  # what nobody does, only possible
        ("en", "France published a press release."),
        ("en", "The invasion forces slept in Paris."),
    ],
)
def test_what_is_no_deed(language: str, text: str) -> None:
    assert tell(text, language).events() == []
