"""kg.text.morphology: moods that endings prove."""

from __future__ import annotations

import pytest
from parses import blank
from spacy.tokens import Doc as Parsed

from kg.text import languages
from kg.text.morphology import feature, mend
from kg.text.tokens import Doc

IMPERFECT = "Mood=Ind|Number=Sing|Person=3|Tense=Imp|VerbForm=Fin"


def mended(form: str, lemma: str, pos: str = "VERB", language: str = "fr") -> Doc:
    doc = Parsed(blank(language).vocab, words=[form], lemmas=[lemma], pos=[pos], morphs=[IMPERFECT])
    return Doc(mend(doc, languages.language(language)))


@pytest.mark.parametrize(
    ("form", "lemma", "mood", "tense"),
    [
        ("achèverait", "achever", "Cnd", "Pres"),  # the accents of a stem do not count
        ("Rendraient", "rendre", "Cnd", "Pres"),
        ("partira", "partir", "Ind", "Fut"),
        ("prendront", "prendre", "Ind", "Fut"),
        ("seraient", "être", "Cnd", "Pres"),  # a stem that is not the infinitive's
        ("saurait", "savoir", "Cnd", "Pres"),
        ("proviendrait", "provenir", "Cnd", "Pres"),
        ("prévoirait", "prévoir", "Cnd", "Pres"),
        ("assurait", "assurer", "Ind", "Imp"),
        ("irait", "aller", "Ind", "Imp"),  # one that no file tells proves nothing
        ("achevait", "achever", "Ind", "Imp"),
        ("indiquait", "indique", "Ind", "Imp"),  # a lemma that the model left unfinished is no infinitive
    ],
)
def test_endings_that_follow_a_whole_infinitive(form: str, lemma: str, mood: str, tense: str) -> None:
    verb = mended(form, lemma)[0]
    assert (feature(verb, "Mood"), feature(verb, "Tense")) == ((mood,), (tense,))


def test_number_and_person_stay() -> None:
    verb = mended("achèverait", "achever")[0]
    assert (feature(verb, "Number"), feature(verb, "Person")) == (("Sing",), ("3",))


def test_only_verbs_are_mended() -> None:
    assert feature(mended("partirait", "partir", "NOUN")[0], "Mood") == ("Ind",)


def test_a_language_without_endings_is_left_alone() -> None:
    assert feature(mended("partirait", "partir", language="en")[0], "Mood") == ("Ind",)


def test_a_feature_that_is_not_there() -> None:
    assert feature(mended("achevait", "achever")[0], "Gender") == ()
