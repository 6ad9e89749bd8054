"""kg.link.names, kg.link.people: identifiers, what names have in common, and whose a short name is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.names import core, full_cores, is_common, slug
from kg.link.people import full_names, parse


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


@given(st.text(min_size=1))
def test_every_text_has_units_and_a_core(name: str) -> None:
    assert parse(name).units and core(name)
    assert full_names([name]) == full_cores([name]) == {name: name}


@pytest.mark.parametrize(
    ("name", "sounds", "generation"),
    [
        ("Mohammed Chia al-Soudani", ("mohamed", "shia", "sudani"), ""),
        ("Salmane ben Abdelaziz", ("salmane", "benabdelaziz"), ""),
        ("J.-L. Mélenchon", ("jl", "melenshon"), ""),
        ("M. Donald Trump, Jr.", ("donald", "trump"), "jr"),
        ("François Ier", ("francois",), "ier"),
        ("Ben Affleck", ("benaflek",), ""),
        ("!", ("!",), ""),
    ],
)
def test_units_of_a_name(name: str, sounds: tuple[str, ...], generation: str) -> None:
    assert (parse(name, "fr").sounds, parse(name, "fr").generation) == (sounds, generation)


def test_a_surname_of_two_people_is_nobodys() -> None:
    assert full_names(["Bush", "George H. W. Bush", "Barbara Bush"])["Bush"] == "Bush"
    assert full_names(["Bush", "George W. Bush"])["Bush"] == "George W. Bush"


def test_a_name_that_two_could_bear_is_nobodys() -> None:
    assert full_names(["George Bush", "George W. Bush", "George H. W. Bush"])["George Bush"] == "George Bush"


def test_a_surname_is_the_one_without_a_number_and_no_first_name() -> None:
    assert full_names(["Trump", "Donald Trump", "Donald Trump Jr."])["Trump"] == "Donald Trump"
    assert full_names(["Martin", "Martin Aubry", "Paul Martin"])["Martin"] == "Paul Martin"


def test_the_fullest_name_in_small_letters_stands_for_all() -> None:
    names = ["E. Macron", "MACRON", "Emmanuel MACRON", "Emmanuel Macron"]
    assert set(full_names(names).values()) == {"Emmanuel Macron"}


def test_a_common_noun_is_no_name() -> None:
    assert (
        is_common("Cour suprême", "fr")
        and is_common("Casques bleus", "fr")
        and not is_common("Cour suprême du Karsia", "fr")
    )
