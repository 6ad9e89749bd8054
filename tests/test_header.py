from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read import days
from kg.read.header import Header, find

DAY = date(2025, 10, 2)


@pytest.mark.parametrize(
    ("text", "title", "publisher", "url"),
    [
        ("Title: Un titre\nDate: 2025-10-02\nSource: AFP\n\nTexte.", "Un titre", "AFP", None),
        ("Titre : Un titre\r\nAuteur : Paul\r\nDate : 2 octobre 2025\r\n\r\n\r\nTexte.", "Un titre", None, None),
        ("Date: October 2nd, 2025\nSource: https://news.example/1\nText: Texte.", None, None, "https://news.example/1"),
        (
            "Titre: Un titre: suite\nParu le: jeudi 2 octobre 2025 à 14h30\nTexte intégral :\n\nTexte.",
            "Un titre: suite",
            None,
            None,
        ),
        (
            "---\ntitle: 'Un titre'\ndate: 2025-10-02T10:00Z\ntags:\n  - a\n- b\n---\n\nTexte.",
            "Un titre",
            None,
            None,
        ),
        ("\nUn titre\n2 octobre 2025\n\nTexte.", "Un titre", None, None),
        ("Un titre\n\nThursday, October 2, 2025 10:05 AM (CET)\n\nTexte.", "Un titre", None, None),
    ],
)
def test_a_head_is_told_from_the_text(text: str, title: str | None, publisher: str | None, url: str | None) -> None:
    found = find(text)
    assert found == Header(text.index("Texte."), title, DAY, publisher, url)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Texte.",
        "Reste une question : laquelle ?\nDate : 2025-10-02\n\nTexte.",  # begins with a sentence
        "Titre : seul\n\nTexte.",  # one line is too little
        "Titre : un\nDate : 2025-10-02\nTexte sans ligne blanche.",
        "Titre : un\nDate : 2025-10-02\n\n",  # no text
        "Le ministre a parlé.\n2 octobre 2025\n\nTexte.",  # a sentence
        "Un titre\nLe 2 octobre 2025, il a plu.\n\nTexte.",
        "Un titre\n2 octobre 2025\nTexte.",
        "Un titre\n31 juin 2025\n\nTexte.",
        "---\nUne ligne\n---\n\nTexte.",
        "---\ntitle: un\n\nTexte.",
        "BAGDAD, 2 octobre 2025. /Dateline/. La coalition part.",
        "https://news.example/1\nDate: 2025-10-02\n\nTexte.",
    ],
)
def test_what_is_not_plainly_a_head_is_text(text: str) -> None:
    assert find(text) == Header()


@given(st.text(st.sampled_from("Title: Date\r\n-2025é ")), st.text())
def test_any_text_has_a_beginning(head: str, text: str) -> None:
    found = find(head + text)
    assert found == Header() or (head + text)[found.start :].strip()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-10-02 14:00", DAY),
        ("Thu, 02 Oct 2025 23:30:00 +0200", DAY),
        ("jeudi 2 oct. 2025", DAY),
        ("Oct. 2, 2025", DAY),
        ("1er octobre 2025", date(2025, 10, 1)),
        ("02/10/2025", None),  # February in half of the world
        ("octobre 2025", None),
        ("2 octobre", None),
        ("hier", None),
    ],
)
def test_a_day_in_words_is_read_where_there_is_nothing_else(text: str, day: date | None) -> None:
    assert days.written(text) == day
