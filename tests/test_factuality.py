"""kg.text.factuality: how far a clause is vouched for, on parses written by hand."""

from __future__ import annotations

import pytest
from parses import context, parsed, word

from kg.text.factuality import factuality, is_negated


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Vallorbe a racheté Lampiris.", "racheté", "Asserted"),
        ("Lampiris a été racheté par Vallorbe.", "racheté", "Asserted"),
        ("Vallorbe n'a pas racheté Lampiris.", "racheté", "Denied"),
        ("Aucun groupe n'a racheté Lampiris.", "racheté", "Denied"),
        ("Vallorbe a plus racheté.", "racheté", "Asserted"),  # without « ne », « plus » compares
        ("Vallorbe rachètera Lampiris.", "rachètera", "Planned"),
        ("Vallorbe va racheter Lampiris.", "racheter", "Planned"),
        ("Vallorbe veut diriger Lampiris.", "diriger", "Planned"),
        ("Vallorbe emprunte pour racheter Lampiris.", "racheter", "Planned"),
        ("Vallorbe emprunte pour racheter Lampiris.", "emprunte", "Asserted"),
        ("Vallorbe rachèterait Lampiris.", "rachèterait", "Possible"),
        ("Vallorbe avait annoncé qu'elle rachèterait Lampiris.", "rachèterait", "Planned"),  # a future in the past
        ("Vallorbe peut racheter Lampiris.", "racheter", "Possible"),
        ("Vallorbe a probablement racheté Lampiris.", "racheté", "Possible"),
        ("Vallorbe ne vendra pas si Nordex rachète Lampiris.", "vendra", "Denied"),
        ("Vallorbe ne vendra pas si Nordex rachète Lampiris.", "rachète", "Possible"),
        ("Vallorbe dément avoir racheté Lampiris.", "racheté", "Denied"),
        ("Vallorbe, qui a racheté Lampiris, ne vend pas.", "racheté", "Asserted"),  # a relative clause is its own
        ("Vallorbe ne vend pas depuis que Nordex a racheté Lampiris.", "racheté", "Asserted"),  # so is a clause of time
        ("Vallorbe n'a pas vendu Nordex et rachète Lampiris.", "rachète", "Asserted"),  # and a coordinated one
    ],
)
def test_french(text: str, verb: str, expected: str) -> None:
    doc = parsed(text)
    assert factuality(word(doc, verb), context(doc, "fr")) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Vallorbe bought Lampiris.", "bought", "Asserted"),
        ("Vallorbe did not buy Lampiris.", "buy", "Denied"),
        ("Vallorbe will buy Lampiris.", "buy", "Planned"),
        ("Vallorbe plans to buy Lampiris.", "buy", "Planned"),
        ("Vallorbe may buy Lampiris.", "buy", "Possible"),
        ("Vallorbe denied that Nordex bought Lampiris.", "bought", "Denied"),
        (
            "Vallorbe did not say that Nordex bought Lampiris.",
            "bought",
            "Asserted",
        ),  # the saying is denied, not the deed
    ],
)
def test_english(text: str, verb: str, expected: str) -> None:
    doc = parsed(text, "en")
    assert factuality(word(doc, verb), context(doc, "en")) == expected


def test_a_negation_bears_on_its_own_verb() -> None:
    doc = parsed("Vallorbe, qui a racheté Lampiris, ne vend pas.")
    assert is_negated(word(doc, "vend"), context(doc, "fr"))
    assert not is_negated(word(doc, "racheté"), context(doc, "fr"))
