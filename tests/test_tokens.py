"""kg.text.tokens: what is asked of a doc of ours is what spaCy answers."""

from __future__ import annotations

import pytest
from parses import annotated, blank, parsed
from spacy.tokens import Doc as Parsed

from kg.model import Span
from kg.text.tokens import Doc

ANNOTATIONS = {
    "words": ["Les", "deux", "pays", ",", "dit-on", ".", "Ils", "tremblent", "\n"],
    "spaces": [True, True, False, True, False, True, True, False, False],
    "heads": [2, 2, 4, 2, 4, 4, 7, 7, 7],
    "deps": ["det", "nummod", "nsubj", "punct", "ROOT", "punct", "nsubj", "ROOT", "dep"],
    "pos": ["DET", "NUM", "NOUN", "PUNCT", "VERB", "PUNCT", "PRON", "VERB", "SPACE"],
    "morphs": ["Definite=Def|Number=Plur", "", "Gender=Fem,Masc|Number=Plur", "", "", "", "", "", ""],
    "lemmas": ["le", "deux", "Pays", ",", "dire", ".", "il", "trembler", "\n"],
    "ents": ["O", "O", "B-LOC", "O", "O", "O", "O", "O", "O"],
    "sent_starts": [True, *[False] * 5, True, False, False],
}
TEXTS = ["text", "text_with_ws", "whitespace_", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_"]
FLAGS = ["is_alpha", "is_lower", "is_title", "is_punct", "is_space", "is_sent_start"]
theirs = Parsed(blank("fr").vocab, **ANNOTATIONS)  # type: ignore[arg-type]
ours = Doc(theirs)


@pytest.mark.parametrize("name", ["i", "idx", *TEXTS, *FLAGS])
def test_what_a_token_is(name: str) -> None:
    assert [getattr(token, name) for token in ours] == [getattr(token, name) for token in theirs]


@pytest.mark.parametrize("name", ["children", "lefts", "rights", "ancestors", "subtree"])
def test_what_hangs_on_a_token(name: str) -> None:
    assert [[t.i for t in getattr(one, name)] for one in ours] == [[t.i for t in getattr(one, name)] for one in theirs]


@pytest.mark.parametrize("name", ["head", "left_edge", "right_edge"])
def test_what_a_token_hangs_on(name: str) -> None:
    assert [getattr(token, name).i for token in ours] == [getattr(token, name).i for token in theirs]


def test_the_features_of_a_token() -> None:
    assert ours[2].morph == {"Gender": ("Fem", "Masc"), "Number": ("Plur",)}
    assert ours[1].morph == {}


@pytest.mark.parametrize("start", range(-10, 10))
def test_runs_of_tokens(start: int) -> None:
    for end in range(-10, 11):
        mine, other = ours[start:end], theirs[start:end]
        assert (mine.start, mine.end, mine.text) == (other.start, other.end, other.text)
        assert (mine.start_char, mine.end_char, len(mine)) == (other.start_char, other.end_char, len(other))
        assert [token.i for token in mine] == [token.i for token in other]
        assert (mine[1:-1].start, mine[1:-1].end) == (other[1:-1].start, other[1:-1].end)
        assert (mine.sent.start, mine.sent.end) == (other.sent.start, other.sent.end)
        if len(mine):
            assert (mine.root.i, mine[0].i, mine[-1].i) == (other.root.i, other[0].i, other[-1].i)


def test_sentences_and_names() -> None:
    assert [(one.start, one.end) for one in ours.sents] == [(one.start, one.end) for one in theirs.sents]
    assert [(e.start, e.end, e.label_) for e in ours.ents] == [(e.start, e.end, e.label_) for e in theirs.ents]


@pytest.mark.parametrize("start", range(len(ours.text) + 2))
def test_the_tokens_that_a_span_touches(start: int) -> None:
    for end in range(start + 1, len(ours.text) + 2):
        other = theirs.char_span(start, end, alignment_mode="expand") if not _is_a_gap(start, end) else None
        mine = ours.touched(Span(start, end)) if not _is_a_gap(start, end) else None
        assert (mine and (mine.start, mine.end)) == (other and (other.start, other.end))


def _is_a_gap(start: int, end: int) -> bool:
    """Whether a span is the space between two tokens alone, which spaCy refuses."""
    return not ours.text[start:end].strip(" ")


def test_two_runs_of_the_same_tokens_are_equal() -> None:
    assert ours[1:3] == ours[1:3] != ours[1:4]
    assert len({ours[1:3], ours[1:3]}) == 1
    assert ours[1:3] != Doc(theirs)[1:3]


def test_a_neighbour_that_is_not_there() -> None:
    assert ours[1].nbor(-1) is ours[0]
    for place, by in ((0, -1), (8, 1)):
        with pytest.raises(IndexError, match="no token"):
            ours[place].nbor(by)
    with pytest.raises(IndexError, match="no token at 2 of 2"):
        ours[1:3][2]


def test_a_doc_without_a_parse() -> None:
    bare = annotated(words=["Il", "pleut"])
    assert [token.head.text for token in bare] == ["Il", "pleut"]
    assert [one.text for one in bare.sents] == ["Il pleut"]
    assert list(annotated(words=[]).sents) == []


def test_a_sentence_begins_its_tokens() -> None:
    doc = parsed("Vallorbe veut diriger Lampiris.")
    assert {token.sent for token in doc} == {doc[0:5]}
