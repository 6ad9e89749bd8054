"""kg.link.names: identifiers and short forms of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.names import full_name, parts, shortens, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sean Parnell", "sean-parnell"),
        ("Mohammed al-Soudani", "mohammed-al-soudani"),
        ("État islamique", "etat-islamique"),
        ("L’Oréal", "l-oreal"),
        ("Владимир Путин", "владимир-путин"),
        ("AC/DC_1", "ac-dc-1"),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text(min_size=1))
def test_a_slug_is_never_empty_and_its_own_slug(name: str) -> None:
    assert slug(name)
    assert slug(slug(name)) == slug(name)


@given(st.text(alphabet="*!?", min_size=1), st.text(alphabet="*!?", min_size=1))
def test_names_without_letters_keep_apart(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (one == other)


@pytest.mark.parametrize(("short", "full"), [("Parnell", "Sean Parnell"), ("al-Soudani", "Mohammed al-Soudani")])
def test_surnames_shorten(short: str, full: str) -> None:
    assert shortens(short, full)


@pytest.mark.parametrize(("short", "full"), [("Sean", "Sean Parnell"), ("Parnell", "Parnell"), ("", "Sean Parnell")])
def test_what_does_not_shorten(short: str, full: str) -> None:
    assert not shortens(short, full)


def test_a_surname_of_two_people_is_nobodys() -> None:
    assert full_name("Bush", ["George H. W. Bush", "Barbara Bush"]) is None
    assert full_name("Bush", ["George W. Bush", "Bush"]) == "George W. Bush"


def test_parts() -> None:
    assert parts("Mohammed al-Soudani") == ("mohammed", "al", "soudani")
