"""kg.text.pipes.tuning: the same output for less time."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from kg import text
from kg.model import Article
from kg.text import languages
from kg.text.pipes import tuning
from kg.text.pipes.lemmas import Lemmas

pytestmark = pytest.mark.model
SAMPLES = Path(__file__).parents[1] / "samples"


def annotations(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.lemma_, t.tag_, str(t.morph), t.dep_, t.head.i, t.ent_type_, t.is_sent_start) for t in doc]


@pytest.mark.parametrize(("code", "sample"), [("fr", "depeches.jsonl"), ("en", "dispatches.jsonl")])
def test_the_tuned_model_says_what_the_plain_one_says(code: str, sample: str) -> None:
    texts = [json.loads(line)["text"] for line in (SAMPLES / sample).read_text(encoding="utf-8").splitlines()]
    plain, tuned = import_module(languages.language(code).model).load(), languages.base_model(code)
    tuning.quicken(tuned)
    assert [annotations(doc) for doc in tuned.pipe(texts)] == [annotations(doc) for doc in plain.pipe(texts)]


def test_a_language_is_imported_where_its_model_is_loaded() -> None:
    loaded = "import sys, kg.text.pipes.tuning; sys.exit(any(name.startswith('spacy.lang.fr') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0


def test_a_pipeline_of_other_pipes_stays_as_it_is() -> None:
    nlp = spacy.blank("xx")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Ada Byron"}])
    tuning.quicken(tuning.tuned(lambda: nlp))
    assert nlp.pipeline == [("entity_ruler", ruler)]
    assert [ent.text for ent in nlp("Ada Byron wrote.").ents] == ["Ada Byron"]


def test_threads_read_what_one_reads_alone_though_what_is_remembered_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module, name in (("pipes.embedding", "_MOST"), ("pipes.lemmas", "_MOST"), ("splitting", "_KEPT")):
        monkeypatch.setattr(f"kg.text.{module}.{name}", 200)
    lines = (SAMPLES / "depeches.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [Article(str(n), json.loads(line)["text"], "fr") for n, line in enumerate(lines)]
    alone = list(text.read(articles))
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda article: next(text.read([article])), articles)) == alone


def test_the_provenance_tells_which_recogniser_read() -> None:
    *_, recogniser = languages.models("fr")
    assert recogniser.startswith("fr-ner ")
    assert languages.recognizer("en") is None


def test_lemmas_that_are_given_stay_and_others_come_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.text.pipes.lemmas._MOST", 3)
    nlp = languages.model("fr")
    words, parts = (
        ["Ils", "ont", "élu", "un", "élu", "à", "Élu", " "],
        ["PRON", "AUX", "VERB", "DET", "NOUN", "ADP", "PROPN", "SPACE"],
    )
    ours, theirs, given = (Doc(nlp.vocab, words=words, pos=parts) for _ in range(3))
    given[2].lemma_ = "dire"
    lemmas = nlp.get_pipe("lemmatizer")
    assert isinstance(lemmas, Lemmas)
    for _ in range(2):
        assert [token.lemma_ for token in lemmas(ours)] == [token.lemma_ for token in lemmas.plain(theirs)]
        ours = Doc(nlp.vocab, words=words, pos=parts)
    assert [token.lemma_ for token in lemmas(given)][1:4] == ["avoir", "dire", "un"]
