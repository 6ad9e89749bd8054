"""kg.text.events: what happens, by whom, to whom, where and when."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from told import tell

from kg.model import Event

pytestmark = pytest.mark.model


def the_event(text: str, language: str = "fr") -> Event:
    (event,) = tell(text, language).reading.events
    return event


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Joe Biden a rencontré Vladimir Poutine.", "CONSULT Asserted joe-biden > vladimir-putin"),
        ("fr", "La Russie a attaqué l'Ukraine.", "ASSAULT Asserted russia > ukraine"),
        ("fr", "L'Ukraine a été attaquée par la Russie.", "ASSAULT Asserted russia > ukraine"),
        ("fr", "La Russie n'a pas attaqué l'Ukraine.", "ASSAULT Denied russia > ukraine"),
        ("fr", "La France va se retirer du Mali.", "RETREAT Planned france > mali"),
        ("fr", "La France va retirer ses soldats du Mali.", "RETREAT Planned france > soldats-*"),
        ("fr", "La police a arrêté Paul Durand.", "ARREST Asserted police-* > paul-durand"),
        ("fr", "Jean Castex a démissionné.", "RESIGN Asserted jean-castex >"),
        ("fr", "Paul Durand a été élu.", "ELECT Asserted  > paul-durand"),
        ("fr", "Jean Castex a été nommé par Emmanuel Macron.", "APPOINT Asserted emmanuel-macron > jean-castex"),
        ("en", "Russia attacked Ukraine.", "ASSAULT Asserted russia > ukraine"),
        ("en", "Iran may attack Israel.", "ASSAULT Possible iran > israel"),
        ("en", "John Smith was arrested in London.", "ARREST Asserted  > john-smith"),
        ("en", "Emmanuel Macron visited Berlin.", "CONSULT Asserted emmanuel-macron > berlin"),
    ],
)
def test_verbs(language: str, text: str, expected: str) -> None:
    (event,) = tell(text, language).events()
    assert fnmatchcase(event, expected)


def test_nouns_of_action() -> None:
    assert tell("Le rachat de Renault par Nissan surprend.").events() == ["ACQUIRE Asserted nissan > renault"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "L'attaque a surpris."),
        ("fr", "Il attaque son petit déjeuner."),
        ("fr", "Emmanuel Macron dort."),
        ("en", "The visit was long."),
    ],
)
def test_what_happens_to_nobody_known(language: str, text: str) -> None:
    assert tell(text, language).events() == []


def test_where_and_when() -> None:
    told = tell("Joe Biden a rencontré Vladimir Poutine à Genève le 16 juin 2021.")
    (event,) = told.reading.events
    assert [told.id(place) for place in event.places] == ["geneva"]
    assert event.time and (str(event.time.begin), str(event.time.end)) == ("2021-06-16", "2021-06-16")


def test_the_time_of_speaking_is_not_that_of_the_deed() -> None:
    told = tell("Sean Parnell a déclaré mardi que la Russie avait attaqué l'Ukraine.")
    assert [(e.time, told.id(e.attributed_to)) for e in told.reading.events] == [(None, "sean-parnell")]


def test_the_trigger_stands_in_the_evidence() -> None:
    text = "La Russie a attaqué l'Ukraine lundi."
    event = the_event(text)
    assert text[event.trigger.start : event.trigger.end] == "attaqué"
    assert event.trigger in event.evidence.span


def test_the_most_demanding_cue_decides() -> None:
    assert the_event("La Russie s'est retirée de l'Ukraine.").type.endswith("#RETREAT")
