"""kg.text.lexicon: phrases, word classes and the cues that a verb may carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from parses import annotated, lexicon, parsed, word

from kg import ontology
from kg.ontology import Cue, Relation
from kg.text.lexicon import Carried, Lexicon, Phrases
from kg.text.lexicon import lexicon as compiled
from kg.text.tokens import Doc


def doc(words: str, lemmas: str | None = None) -> Doc:
    return annotated(words=words.split(), lemmas=(lemmas or words).split())


PHRASES = Phrases(
    [(("premier", "ministre"), "head"), (("ministre",), "minister"), (("ministre", "de", "la", "Paix"), "peace")]
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("le premier ministre", [(1, 3, ["head"])]),
        ("Premier ministre", [(0, 2, ["head"])]),
        ("le ministre", [(1, 2, ["minister"])]),
        ("le premier venu", []),
        ("le premier", []),
    ],
)
def test_the_longest_phrase_is_found(words: str, expected: list[tuple[int, int, list[str]]]) -> None:
    assert list(PHRASES.find(doc(words))) == expected


def test_a_word_stands_for_its_forms() -> None:
    assert list(PHRASES.find(doc("premiers ministres", "premier ministre"))) == [(0, 2, ["head"])]


def test_phrases_are_found_in_every_place_and_with_every_meaning() -> None:
    both = Phrases([(("chef",), "leader"), (("chef",), "cook")])
    assert list(both.find(doc("chef et chef"))) == [(0, 1, ["leader", "cook"]), (2, 3, ["leader", "cook"])]


@pytest.mark.parametrize(
    ("form", "name", "expected"),
    [("veut", "PlanningVerb", True), ("Vallorbe", "PlanningVerb", False), ("veut", "SpeechVerb", False)],
)
def test_word_classes_know_forms_by_their_lemma(form: str, name: str, expected: bool) -> None:
    assert lexicon("fr").has(name, word(parsed("Vallorbe veut diriger Lampiris."), form)) is expected


def test_a_lemma_that_lacks_its_ending_is_completed() -> None:
    verb = annotated(words=["indique"], lemmas=["indique"], pos=["VERB"])[0]
    assert lexicon("fr").has("SpeechVerb", verb)


def cues(*some: Cue) -> Lexicon:
    """The French lexicon with verbs that carry one relation."""
    relation = Relation("r", {}, frozenset(), frozenset(), {})
    carried = tuple(Carried(relation, "verb", cue) for cue in some)
    return replace(lexicon("fr"), verbs={"emparer": carried, "racheter": carried, "vendre": carried})


def carried_by(verb: str, text: str, *some: Cue) -> Iterator[str]:
    return (carried.cue.text for carried in cues(*some).carried_by(word(parsed(text), verb)))


REFLEXIVE = Cue("s'emparer de", "fr", ("emparer",), "de", reflexive=True)
PLAIN = Cue("emparer", "fr", ("emparer",))
FIXED = Cue("emparer usine", "fr", ("emparer", "usine"), reflexive=True)
OTHER = Cue("emparer mine", "fr", ("emparer", "mine"), reflexive=True)


def test_a_reflexive_cue_needs_its_pronoun() -> None:
    taken = "Vallorbe s'est emparé des usines de Lampiris."
    assert list(carried_by("emparé", taken, REFLEXIVE, PLAIN)) == ["s'emparer de"]
    assert list(carried_by("racheté", "Vallorbe a racheté Lampiris.", REFLEXIVE, PLAIN)) == ["emparer"]


def test_fixed_words_stand_below_the_verb() -> None:
    taken = "Vallorbe s'est emparé des usines de Lampiris."
    assert list(carried_by("emparé", taken, FIXED, OTHER)) == ["emparer usine"]


@pytest.mark.model
@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_packaged_cues_are_compiled(code: str) -> None:
    heads = {cue.words[0] for some in compiled(code).verbs.values() for cue in (c.cue for c in some)}
    assert heads == set(compiled(code).verbs)
    assert {carried.cue.language for some in compiled(code).verbs.values() for carried in some} == {code}


@pytest.mark.model
def test_a_language_is_compiled_once() -> None:
    assert compiled("fr") is compiled("fr")


def test_every_class_that_the_rules_ask_for_is_defined() -> None:
    sources = (Path(__file__).parents[1] / "kg" / "text").rglob("*.py")
    asked = {
        name
        for path in sources
        for name in re.findall(r'\b(?<!language\.)has\("(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert len(asked) > 50
    assert asked <= set(ontology.load().word_classes)
