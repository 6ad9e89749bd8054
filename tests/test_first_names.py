"""kg.text.first_names: short names of an article's people."""

from __future__ import annotations

import pytest
from told import tell

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monique Barbier est venue. Hier, Monique a dansé.", "Monique | monique-barbier"),
        ("Monique Barbier a vu Monique Martin. Hier, Monique a dansé.", "Monique | monique"),
        ("Monique Barbier a vu Paul Monique. Hier, Monique a dansé.", "Monique | paul-monique"),  # a surname goes first
    ],
)
def test_a_first_name_is_its_bearers(text: str, expected: str) -> None:
    assert tell(text).mentions()[-1] == expected
