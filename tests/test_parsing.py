"""kg.text.parsing: tokens and sentences; without a model, but for long texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parses import blank

from kg.model import Article
from kg.text import languages, parsing
from kg.text.parsing import prepare
from kg.text.wire import layout


def sentences(text: str, language: str = "fr") -> list[str]:
    doc = prepare(blank(language), layout(text), languages.language(language))
    return [sentence.text.strip() for sentence in doc.sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il part. Elle reste.", ["Il part.", "Elle reste."]),
        ("Il part ! Elle reste ?", ["Il part !", "Elle reste ?"]),
        ("Il part… Elle reste.", ["Il part…", "Elle reste."]),
        ("M. Dupont part.", ["M. Dupont part."]),
        ("Le parti S.A.R. a perdu.", ["Le parti S.A.R. a perdu."]),
        ("Ils sont 2.500 soldats.", ["Ils sont 2.500 soldats."]),
        ("« Il part. » Elle reste.", ["« Il part. »", "Elle reste."]),
        ("“Il part.” “Elle reste.”", ["“Il part.”", "“Elle reste.”"]),
        ('Il part. "Elle reste."', ["Il part.", '"Elle reste."']),
        ("« Il part. », dit-elle.", ["« Il part. », dit-elle."]),
        ("Titre sans point\nIl part.", ["Titre sans point", "Il part."]),
        ("PARIS, 3 mai (AFP) - Il part.", ["PARIS, 3 mai (AFP) -", "Il part."]),
        ("Il part.\n=====\n*Elle reste.", ["Il part.", "Elle reste."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [found for found in sentences(text) if found] == expected


def test_english_abbreviations_end_no_sentence() -> None:
    assert sentences("Gen. John Allen left. Mr. Smith stayed.", "en") == ["Gen. John Allen left.", "Mr. Smith stayed."]


WIRE = st.text(st.sampled_from("aEé1 .,!?…«»“”\"'’-–—*=()/\n\u00a0\u2011"), max_size=80)


@pytest.mark.parametrize("language", ["fr", "en"])
@given(text=st.text() | WIRE)
def test_tokens_stand_at_the_offsets_of_the_text(language: str, text: str) -> None:
    plan = layout(text)
    doc = prepare(blank(language), plan, languages.language(language))
    assert doc.text == plan.text
    assert all(plan.text.startswith(token.text, token.idx) for token in doc)


@given(text=WIRE)
def test_no_sentence_runs_on_into_a_paragraph(text: str) -> None:
    plan = layout(text)
    doc = prepare(blank("fr"), plan, languages.language("fr"))
    ends = [(s.end_char - len(s.text.lstrip()), s.start_char + len(s.text.rstrip())) for s in doc.sents]
    assert not any(first < start < last for start in plan.starts for first, last in ends)


@pytest.mark.parametrize(("words", "lengths"), [("mot " * 700, [300, 300, 100]), ("un mot, " * 200, [300, 300])])
def test_what_is_longer_than_any_sentence_is_parted_at_a_pause(words: str, lengths: list[int]) -> None:
    doc = prepare(blank("fr"), layout(words.strip()), languages.language("fr"))
    assert [len(sentence) for sentence in doc.sents] == lengths


@pytest.mark.model
def test_a_text_without_a_full_stop_is_read_in_pieces_and_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "le président a rencontré le roi à Paris, et la foule les a vus, " * 300
    read = []
    pieces = parsing._pieces
    monkeypatch.setattr(parsing, "_pieces", lambda doc: read.extend(some := list(pieces(doc))) or some)
    ((_, _, doc),) = parsing.parse([Article("long", text.strip(), "fr")], "fr")
    assert doc.text == text.strip()
    assert max(len(piece) for piece, _ in read) <= 2000 < len(doc)
    assert max(len(sentence) for sentence in doc.sents) <= 300
    assert sum(token.dep_ == "ROOT" for token in doc) == len(list(doc.sents))
