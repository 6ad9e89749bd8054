"""kg.text.coreference: whom pronouns and seats of power stand for."""

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
        ("en", "Angela Merkel arrived in Paris. She met Emmanuel Macron.", "She | angela-merkel"),
        ("en", "Sean Parnell said that troops would leave. He added that the plan is ready.", "He | sean-parnell"),
        ("en", "Russia attacked Ukraine. Its army advances.", "Its | russia"),
    ],
)
def test_pronouns(language: str, text: str, expected: str) -> None:
    assert expected in tell(text, language).mentions()


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
        ("en", "Sean Parnell waits. They are leaving."),
    ],
)
def test_pronouns_that_stand_for_nobody_known(language: str, text: str) -> None:
    assert tell(text, language).mentions() == ["Sean Parnell | sean-parnell"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Washington a constitué une coalition.", ["Washington | united-states"]),
        ("fr", "Sean Parnell vit à Washington.", ["Sean Parnell | sean-parnell", "Washington | washington"]),
        ("en", "Moscow attacked Ukraine.", ["Moscow | russia", "Ukraine | ukraine"]),
    ],
)
def test_a_seat_of_power_stands_for_it_where_it_acts(language: str, text: str, expected: list[str]) -> None:
    assert tell(text, language).mentions()[: len(expected)] == expected
