"""kg.text.wire: the layout of wire articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.wire import layout


def dateline(text: str) -> tuple[str | None, ...]:
    plan = layout(text)
    return tuple(text[s.start : s.end] if s else None for s in (plan.place, plan.day, plan.agency))


@pytest.mark.parametrize(
    ("text", "place", "day", "agency"),
    [
        ("WASHINGTON, 1er octobre. /TASS/. Les alliés partent.", "WASHINGTON", "1er octobre", "TASS"),
        ("PARIS, 3 mai (AFP) - Le ministre a démissionné.", "PARIS", "3 mai", "AFP"),
        ("LONDON (Reuters) - The minister resigned.", "LONDON", None, "Reuters"),
        ("New York, Oct 1 (AP) — The minister resigned.", "New York", "Oct 1", "AP"),
        ("BRUXELLES, 3 mai 2024 — Le ministre a démissionné.", "BRUXELLES", "3 mai 2024", None),
        ("NEW YORK, 7 octobre 2025 - Le groupe achète.", "NEW YORK", "7 octobre 2025", None),
        ("TÉHÉRAN, 5 juin - Un tribunal a jugé.", "TÉHÉRAN", "5 juin", None),
        ("GENEVA, Jan 20, 2026 - Sudan's army chief left.", "GENEVA", "Jan 20, 2026", None),
        ("LYON, 22 mai 2025. Le tribunal a jugé.", "LYON", "22 mai 2025", None),
        ("GENEVA, Jan. 20, 2026. Sudan's army chief left.", "GENEVA", "Jan. 20, 2026", None),
        ("Lyon, place du 8 mai 1945. Le tribunal a jugé.", None, None, None),
        ("LYON, 22 mai. Le tribunal a jugé.", None, None, None),
        ("Un titre\n\n17 mars 2017 . –\nLe ministre a démissionné.", None, "17 mars 2017", None),
        ("Le ministre (PS) a démissionné en 2017 - enfin.", None, None, None),
        ("Paris attend. Le ministre a démissionné.", None, None, None),
    ],
)
def test_datelines(text: str, place: str | None, day: str | None, agency: str | None) -> None:
    found = dateline(text)
    assert (found[0], (found[1] or "").strip(" .") or None, found[2]) == (place, day, agency)


def test_stars_and_rules_are_blanked_in_place() -> None:
    text = "L’État islamique*, dit-il.\n=====\n*Organisation interdite."
    plan = layout(text)
    assert plan.text == "L'État islamique , dit-il.\n     \n Organisation interdite."
    assert len(plan.text) == len(text)


def test_half_a_code_point_is_a_sign_that_models_can_take() -> None:
    assert layout("M. \ud83d a dit").text == "M. \ufffd a dit"


def test_every_line_begins_a_paragraph() -> None:
    assert layout("Un titre\nLe texte.\n\nEncore.").starts == {0, 9, 20}


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    lines = ["Le gouvernement a annoncé mardi que les soldats partiraient"] * 6
    assert layout("\n".join(lines)).starts == {0}


@given(st.text())
def test_offsets_never_move(text: str) -> None:
    plan = layout(text)
    assert len(plan.text) == len(text)
    assert all(0 <= start <= len(text) for start in plan.starts)
