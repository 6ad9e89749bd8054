"""kg.text.metonyms: seats of power that act."""

from __future__ import annotations

import pytest
from told import tell

pytestmark = pytest.mark.model


def test_a_seat_of_power_is_no_person() -> None:
    assert "Il | united-states" not in tell("Washington a constitué une coalition. Il vit à Paris.").mentions()


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
