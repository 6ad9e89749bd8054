"""kg.text.pipes.vectors: the vectors of spaCy's own layers, whatever was read before or is read with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy
import pytest
import spacy
from spacy.ml.models.tok2vec import build_hash_embed_cnn_tok2vec
from spacy.tokens import Doc

from kg.text import languages
from kg.text.pipes import embedding, tuning, vectors

SAMPLE = Path(__file__).parents[1] / "samples" / "depeches.jsonl"


def small(**options: Any) -> Any:
    """A model of spaCy's usual build, with weights of chance, and docs of different lengths that it can read."""
    usual: dict[str, Any] = {"width": 32, "depth": 4, "embed_size": 500, "window_size": 1, "maxout_pieces": 3}
    nlp = spacy.blank("en")
    docs = [nlp(text) for text in ["One word", "", "Two  words \n and more of them, 1,234 more", "word " * 700]]
    usual |= {"subword_features": True, "pretrained_vectors": None}
    model = build_hash_embed_cnn_tok2vec(**{**usual, **options})
    model.initialize(X=docs[:1])
    return nlp, model, docs


@pytest.mark.parametrize("options", [{}, {"depth": 2}, {"maxout_pieces": 2}, {"maxout_pieces": 1}])
def test_vectors_are_those_of_the_layers_that_they_stand_for(options: dict[str, int]) -> None:
    nlp, model, docs = small(**options)
    reading = vectors.reading(model, nlp.vocab)
    assert reading is not None
    for ours, theirs in zip(reading.predict(docs), model.predict(docs), strict=True):
        numpy.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize("options", [{"window_size": 2}, {"subword_features": False}])
def test_a_model_of_another_build_is_left_alone(options: dict[str, Any]) -> None:
    nlp, model, _ = small(**options)
    assert vectors.reading(model, nlp.vocab) is None
    assert vectors.reading(model.layers[0], nlp.vocab) is None


def test_what_only_reads_does_not_learn() -> None:
    nlp, model, docs = small()
    reading = vectors.reading(model, nlp.vocab)
    assert reading is not None
    with pytest.raises(NotImplementedError):
        reading.begin_update(docs)


def test_vectors_depend_on_no_company_and_no_past(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "_MOST", 8)  # fewer than there are words
    nlp, model, docs = small()
    together, apart = vectors.reading(model, nlp.vocab), vectors.reading(model, nlp.vocab)
    assert together is not None
    assert apart is not None
    alone = [apart.predict([doc])[0].tobytes() for doc in reversed(docs)]
    assert [rows.tobytes() for rows in together.predict(docs)] == alone[::-1]
    assert [rows.tobytes() for rows in together.predict(docs)] == alone[::-1]


def test_what_is_broken_off_leaves_no_word_that_counts_as_known(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp, model, docs = small()
    reading = vectors.reading(model, nlp.vocab)
    assert reading is not None
    with monkeypatch.context() as patch:
        patch.setattr(embedding.Embedding, "_embedded", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            reading.predict(docs)
    for ours, theirs in zip(reading.predict(docs), model.predict(docs), strict=True):
        numpy.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.model
def test_vectors_of_a_model_are_the_same_in_any_order() -> None:
    plain, quick = languages.base_model("fr"), languages.base_model("fr")
    tuning.quicken(quick)
    docs: list[Doc] = [quick.make_doc(json.loads(line)["text"]) for line in SAMPLE.read_text("utf-8").splitlines()]
    for name in ("tok2vec", "ner"):
        ours, theirs = (vectors_of(nlp.get_pipe(name)) for nlp in (quick, plain))
        assert (ours.name, theirs.name[:16]) == ("vectors_for_reading", "extract_features")
        alone = [ours.predict([doc])[0] for doc in reversed(docs)][::-1]
        for one, together, right in zip(alone, ours.predict(docs), theirs.predict(docs), strict=True):
            assert one.tobytes() == together.tobytes()
            numpy.testing.assert_allclose(one, right, atol=1e-4)


def vectors_of(pipe: Any) -> Any:
    """The part of a pipe's model that gives vectors: two layers in spaCy's, one in ours."""
    nodes = getattr(pipe, "plain", pipe).model.walk()
    return next(node for node in nodes if node.name == "vectors_for_reading" or len(node.layers) == 2)
