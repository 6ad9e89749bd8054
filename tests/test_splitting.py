"""kg.text.splitting: words, and that what is remembered of chunks is what spaCy's tokenizer makes of the whole text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parses import blank
from spacy.tokens import Doc as Parsed

from kg.text import splitting
from kg.text.splitting import Splitter, splitter
from kg.text.wire import layout

COLUMNS = ["ORTH", "SPACY", "NORM"]
RULES = {language: sorted(blank(language).tokenizer.rules) for language in ("fr", "en")}
SIGNS = [*"aEé1 .,!?…«»\"'’-–*=:;()/<>_83oDO\n\t\u00a0", "ex-", "l'", "al-", "Mot", "http://a.b/c"]


def tokens(text: str, language: str = "fr") -> list[str]:
    return list(splitter(blank(language), language).split(text).texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mohammed al-Soudani", ["Mohammed", "al-Soudani"]),
        ("l'état-major", ["l'", "état-major"]),
        ("l' Iran et d' autres", ["l'", "Iran", "et", "d'", "autres"]),
        ("un 'mot' ici", ["un", "'", "mot", "'", "ici"]),
        ("l'ex-président", ["l'", "ex-", "président"]),
        ("Ex-ministre", ["Ex-", "ministre"]),
        ("Ex- et ex-", ["Ex-", "et", "ex-"]),
        ("le score 2-1", ["le", "score", "2", "-", "1"]),
        ("Paris - Lyon", ["Paris", "-", "Lyon"]),
        ("extérieur", ["extérieur"]),
    ],
)
def test_words_that_a_hyphen_binds_or_parts(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_a_language_whose_model_parts_hyphens_keeps_them_apart() -> None:
    assert tokens("state-owned", "en") == ["state", "-", "owned"]


def texts(language: str) -> st.SearchStrategy[str]:
    """Signs, special cases of the tokenizer and spaces, so that parts of special cases meet over a space."""
    return st.lists(st.sampled_from([*SIGNS, *RULES[language], *[" "] * 100])).map("".join)


@pytest.mark.parametrize("language", ["fr", "en"])
@given(data=st.data())
def test_chunks_give_the_words_of_the_whole_text(language: str, data: st.DataObject) -> None:
    text = layout(data.draw(texts(language) | st.text())).text
    parts = splitter(blank(language), language)
    assert tuple(map(list, parts.split(text))) == tuple(map(list, parts.whole(text)))


@given(text=texts("en") | st.text())
def test_a_doc_is_what_the_tokenizer_gives(text: str) -> None:
    mine, _ = splitter(blank("en"), "en").doc(text)
    assert mine.text == text
    assert mine.to_array(COLUMNS).tolist() == blank("en").make_doc(text).to_array(COLUMNS).tolist()


@pytest.mark.parametrize("text", ["8- )", ":- )", "il en a : ) oui", ": ) " * 99, "( " * 150, "a\n. b .\n:\n)"])
def test_parts_of_special_cases_that_a_space_parts(text: str) -> None:
    assert tokens(text) == [token.text for token in blank("fr").make_doc(text)]


def test_what_is_known_is_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "_KEPT", 20)
    parts = Splitter(blank("fr"), "fr")
    for n in range(50):
        assert parts.split(f"mot{n} autre{n}").texts == [f"mot{n}", f"autre{n}"]
    assert len(parts._known) < 10


def test_another_tokenizer_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = blank("en").__class__(blank("en").vocab)
    nlp.tokenizer = lambda text: Parsed(nlp.vocab, words=list(text), spaces=[False] * len(text), tags=["X"] * len(text))
    doc, words = Splitter(nlp, "en").doc("a b")
    assert [token.tag_ for token in doc] == ["X"] * 3
    assert words.texts == ["a", " ", "b"]
