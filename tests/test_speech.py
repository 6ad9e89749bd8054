"""kg.text.speech: who says what, by which words, directly or not."""

from __future__ import annotations

import pytest
from told import Told, tell

pytestmark = pytest.mark.model


def quotations(told: Told) -> list[tuple[str, str, str, bool]]:
    words = told.reading.article.words
    return [(told.id(q.speaker), words(q.cue), words(q.content), q.direct) for q in told.reading.quotations]


@pytest.mark.parametrize(
    ("text", "cue", "content", "direct"),
    [
        ("Sean Parnell a déclaré que l'Irak attendait.", "a déclaré", "l'Irak attendait", False),
        ("« Nous partons », a dit Sean Parnell.", "a dit", "Nous partons", True),
        ("« Nous partons », a dit mardi Sean Parnell.", "a dit", "Nous partons", True),
        ("Sean Parnell a déclaré : « Nous partons. C'est fini. »", "a déclaré", "Nous partons. C'est fini", True),
        ("L'Irak attend, a dit Sean Parnell.", "a dit", "L'Irak attend", False),
        ("L'Irak attend, indique un communiqué de Sean Parnell.", "indique", "L'Irak attend", False),
        ("Selon Sean Parnell, l'Irak attend.", "Selon", "l'Irak attend", False),
        ("L'Irak attend, selon Sean Parnell.", "selon", "L'Irak attend", False),
        ("D'après Sean Parnell, l'Irak attend.", "D'après", "l'Irak attend", False),
    ],
)
def test_french(text: str, cue: str, content: str, direct: bool) -> None:
    assert quotations(tell(text)) == [("sean-parnell", cue, content, direct)]


@pytest.mark.parametrize(
    ("text", "cue", "content", "direct"),
    [
        ("Sean Parnell said that Iraq was waiting.", "said", "Iraq was waiting", False),
        ("“We are leaving,” said Sean Parnell.", "said", "We are leaving", True),
        ("Sean Parnell said: “We are leaving.”", "said", "We are leaving", True),
        ("According to Sean Parnell, Iraq is waiting.", "According to", "Iraq is waiting", False),
        ("Iraq is waiting, according to Sean Parnell.", "according to", "Iraq is waiting", False),
    ],
)
def test_english(text: str, cue: str, content: str, direct: bool) -> None:
    assert quotations(tell(text, "en")) == [("sean-parnell", cue, content, direct)]


@pytest.mark.parametrize(
    "text",
    [
        "Donald Tusk est à Paris. « Nous ne céderons pas », a assuré M. Tusk sur X.",
        "Donald Tusk est à Paris. « Nous ne céderons pas », a-t-il confié au Parisien.",
    ],
)
def test_a_title_or_a_pronoun_after_its_verb(text: str) -> None:
    assert [quotation[0] for quotation in quotations(tell(text))] == ["donald-tusk"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Salah ben Youssef a été arrêté samedi, selon son avocate, Leïla Trabelsi.", "fr"),
        ("Salah ben Youssef was arrested on Saturday, according to his lawyer, Leila Trabelsi.", "en"),
    ],
)
def test_whose_lawyer_speaks_is_no_speaker(text: str, language: str) -> None:
    assert [quotation[0] for quotation in quotations(tell(text, language))] != ["salah-ben-youssef"]
    assert len(quotations(tell(text, language))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Sean Parnell n'a pas dit que l'Irak attendait.",
        "Sean Parnell a menacé de partir.",
        "Sean Parnell a dit adieu.",
        "Sean Parnell a visité le musée « Louvre » à Paris.",
    ],
)
def test_what_nobody_says(text: str) -> None:
    assert quotations(tell(text)) == []


def test_sources_without_a_name_are_sources() -> None:
    (found,) = quotations(tell("Des témoins ont dit que la police tirait."))
    assert found[0].startswith("temoins-") and found[2] == "la police tirait"


def test_what_is_said_is_attributed_and_not_the_articles() -> None:
    told = tell("Selon Sean Parnell, la Chine soutient la Russie.")
    assert told.statements() == ["china supports russia by sean-parnell"]
    assert {told.id(event.attributed_to) for event in told.reading.events} == {"sean-parnell"}


def test_who_is_named_in_passing_is_the_articles_own_word() -> None:
    text = "« Nous partons », a dit Sean Parnell, porte-parole du Pentagone."
    assert tell(text).statements() == ["sean-parnell spokespersonOf pentagon"]


def test_a_quotation_reports_what_stands_in_it() -> None:
    reading = tell("La France est membre de l'OTAN. Selon Sean Parnell, la Chine soutient la Russie.").reading
    (quotation,) = reading.quotations
    assert {told.attributed_to for told in reading.reported(quotation)} == {quotation.speaker}


def test_evidence_covers_content_and_cue_and_stands_in_the_text() -> None:
    reading = tell("« Nous partons », a dit Sean Parnell.").reading
    (quotation,) = reading.quotations
    assert quotation.content in quotation.evidence.span and quotation.cue in quotation.evidence.span
