"""kg.text.inversion: the subjects of inverted verbs."""

from __future__ import annotations

import pytest
from parses import blank
from spacy.tokens import Doc

from kg.text import languages
from kg.text.inversion import mend_inversions

WORDS, TAGS = ["a", "-t", "-il", "dit"], ["AUX", "PRON", "PRON", "VERB"]


def mended(heads: list[int], deps: list[str], words: list[str] = WORDS) -> Doc:
    doc = Doc(blank("fr").vocab, words=words, pos=TAGS, heads=heads, deps=deps)
    return mend_inversions(doc, languages.language("fr"))


@pytest.mark.parametrize(
    ("heads", "deps", "verb", "subject"),
    [
        ([3, 3, 1, 3], ["aux:tense", "nsubj", "fixed", "ROOT"], "dit", "nsubj"),
        ([3, 3, 3, 3], ["aux:tense", "nsubj", "nsubj", "ROOT"], "dit", "nsubj"),
        ([3, 0, 3, 3], ["aux:tense", "dep", "expl:subj", "ROOT"], "dit", "expl:subj"),
    ],
)
def test_the_pronoun_is_the_subject_and_the_letter_is_nothing(
    heads: list[int], deps: list[str], verb: str, subject: str
) -> None:
    doc = mended(heads, deps)
    assert (doc[2].head.text, doc[2].dep_) == (verb, subject)
    assert (doc[1].head.text, doc[1].dep_) == ("-il", "dep")


def test_other_words_stay_where_they_are() -> None:
    doc = mended([3, 3, 1, 3], ["aux:tense", "nsubj", "fixed", "ROOT"], ["a", "tout", "-il", "dit"])
    assert [(token.head.i, token.dep_) for token in doc][1:3] == [(3, "nsubj"), (1, "fixed")]
