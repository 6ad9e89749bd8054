"""kg.text.sources: whose words they are."""

from __future__ import annotations

import pytest
from told import tell

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("fr", "Selon un communiqué du Pentagone, l'Irak attend.", "pentagon"),
        ("fr", "L'Irak attend, indique un communiqué publié par Sean Parnell.", "sean-parnell"),
        ("fr", "Le porte-parole du Pentagone, Sean Parnell, a dit que l'Irak attendait.", "sean-parnell"),
        ("fr", "Le gouvernement irakien a dit que l'Irak attendait.", "iraq-government"),
        ("en", "Sean Parnell said that Iraq was waiting.", "sean-parnell"),
    ],
)
def test_sources_that_are_known(language: str, text: str, speaker: str) -> None:
    (quotation,) = tell(text, language).quotations()
    assert quotation.split(" | ")[0] == speaker


@pytest.mark.parametrize(
    ("language", "text", "noun"),
    [
        ("fr", "Des témoins ont dit que la Chine soutenait la Russie.", "temoins"),
        ("en", "Witnesses said that China supports Russia.", "witnesses"),
    ],
)
def test_what_somebody_unknown_says_is_not_the_articles_own_word(language: str, text: str, noun: str) -> None:
    (statement,) = tell(text, language).statements()
    assert statement.startswith(f"china supports russia by {noun}-")


def test_the_same_witnesses_again() -> None:
    told = tell("Un responsable a dit que l'Irak attendait. Le responsable a ajouté que l'Irak négociait.")
    first, second = (quotation.split(" | ")[0] for quotation in told.quotations())
    assert first == second
