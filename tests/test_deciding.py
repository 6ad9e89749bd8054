"""kg.text.deciding: the word that makes a statement less than asserted."""

from __future__ import annotations

import pytest
from told import read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("language", "sentence", "standing", "word"),
    [
        ("fr", "Ada Lamy dirige l'OTAN.", "Asserted", None),
        ("fr", "Ada Lamy ne dirige pas l'OTAN.", "Denied", "pas"),
        ("fr", "Ada Lamy n'a jamais dirigé l'OTAN.", "Denied", "jamais"),
        ("fr", "Ada Lamy dirigera l'OTAN.", "Planned", "dirigera"),
        ("fr", "Ada Lamy veut diriger l'OTAN.", "Planned", "veut"),
        ("fr", "Ada Lamy aurait dirigé l'OTAN.", "Possible", "aurait"),
        ("fr", "Ada Lamy pourrait diriger l'OTAN.", "Possible", "pourrait"),
        ("fr", "Si Ada Lamy dirige l'OTAN, tout change.", "Possible", "Si"),
        ("en", "Ada Lamy will not lead NATO.", "Denied", "not"),
        ("en", "Ada Lamy failed to lead NATO.", "Denied", "failed"),
        ("en", "Ada Lamy may lead NATO.", "Possible", "may"),
        ("en", "Ada Lamy plans to lead NATO.", "Planned", "plans"),
    ],
)
def test_the_word_that_decides_is_told(language: str, sentence: str, standing: str, word: str | None) -> None:
    (statement,) = read(sentence, language).statements
    told = sentence[statement.decider.start : statement.decider.end] if statement.decider else None
    assert (statement.factuality, told) == (standing, word)
