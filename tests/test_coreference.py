"""kg.text.coreference: whom pronouns stand for."""

from __future__ import annotations

import pytest
from told import tell

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Angela Merkel est arrivée à Paris. Elle a rencontré Emmanuel Macron.", "Elle | angela-merkel"),
        ("fr", "Sean Parnell a dit que l'Irak attendait. Il a ajouté que tout allait bien.", "Il | sean-parnell"),
        ("fr", "Sean Parnell a rencontré la chancelière Angela Merkel. Elle est repartie.", "Elle | angela-merkel"),
        ("fr", "Sean Parnell a parlé de l'Irak. Selon lui, le pays négocie.", "lui | sean-parnell"),
        ("fr", "La Russie a attaqué l'Ukraine. Son armée avance.", "Son | russia"),
        ("fr", "Les États-Unis partent. Leur armée est fatiguée.", "Leur | united-states"),
        ("fr", "Theresa May a vu Donald Trump. Il l'a félicitée. Elle est repartie.", "l' | theresa-may"),
        ("fr", "Theresa May a vu Donald Trump. Elle est repartie.", "Elle | theresa-may"),
        ("fr", "Lorsqu'il est arrivé, Vladimir Poutine a salué Emmanuel Macron.", "il | vladimir-putin"),
        ("fr", "Sean Parnell parle. « Tout va bien », a-t-il ajouté.", "-il | sean-parnell"),
        ("fr", "Selon Sean Parnell, les États-Unis et leurs alliés suivront le plan convenu.", "leurs | united-states"),
        ("fr", "L'OTAN, laquelle a nié, insiste.", "laquelle | nato"),
        ("en", "Angela Merkel arrived in Paris. She met Emmanuel Macron.", "She | angela-merkel"),
        ("en", "Sean Parnell said that troops would leave. He added that the plan is ready.", "He | sean-parnell"),
        ("en", "Russia attacked Ukraine. Its army advances.", "Its | russia"),
    ],
)
def test_pronouns(language: str, text: str, expected: str) -> None:
    assert expected in tell(text, language).mentions()


def test_who_was_forgotten_and_is_named_again_is_taken_up() -> None:
    between = "Le train roule. " * 10
    told = tell(f"Angela Merkel est arrivée. {between}Angela Merkel est repartie. Elle a parlé.")
    assert "Elle | angela-merkel" in told.mentions()


def test_a_pronoun_of_several_stands_for_each() -> None:
    told = tell("Emmanuel Macron et Angela Merkel sont là. Ils ont critiqué la Russie.")
    assert "ACCUSE Asserted emmanuel-macron angela-merkel > russia" in told.events()


def test_a_body_is_known_by_whom_its_possessive_takes_up() -> None:
    assert "armée | armee-russia" in tell("La Russie a attaqué l'Ukraine. Son armée avance.").mentions()


def test_a_pronoun_is_the_less_sure_the_more_people_it_may_mean() -> None:
    sure, doubtful = ("Paul Durand part. Il revient.", "Paul Durand a vu Jean Martin. Il revient.")
    assert tell(sure).reading.mentions[-1].confidence > tell(doubtful).reading.mentions[-1].confidence


def test_who_goes_on_speaking_is_who_spoke_last() -> None:
    text = (
        "Sean Parnell a dit que Jean Castex partait et que Jean Castex reviendrait. Il a ajouté que tout allait bien."
    )
    assert "Il | sean-parnell" in tell(text).mentions()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Sean Parnell attend. Il pleut."),
        ("fr", "Sean Parnell attend. Il faut partir."),
        ("fr", "Sean Parnell attend. Il est clair que tout va bien."),
        ("fr", "Il est parti. Sean Parnell attend."),
        ("fr", "Sean Parnell attend. Ils partent."),
        ("fr", "Sean Parnell attend. Il y a deux ans, tout allait bien."),
        ("fr", "Sean Parnell attend. Il a été décidé de partir."),
        ("en", "Sean Parnell waits. They are leaving."),
    ],
)
def test_pronouns_that_stand_for_nobody_known(language: str, text: str) -> None:
    assert tell(text, language).mentions() == ["Sean Parnell | sean-parnell"]
