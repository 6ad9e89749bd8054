"""kg.text.pipes.transitions: parser and recogniser read as spaCy's do, many states at a time."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import pytest
import spacy
from spacy.tokens import Doc
from thinc.api import use_ops

from kg.text import languages, parsing
from kg.text.pipes.transitions import Component
from kg.text.pipes.tuning import quicken
from kg.text.wire import layout

SAMPLES = Path(__file__).parents[1] / "samples"
LABELS = {"parser": ["subj", "obj", "det||subj"], "ner": ["PER", "LOC"]}


@cache
def by_chance(pipe: str, *labels: str) -> Any:
    """A pipeline of one pipe that decides by weights of chance, and so does what no trained one would."""
    with use_ops("numpy", use_blis=False):
        nlp = spacy.blank("en")
        component: Any = nlp.add_pipe(pipe)
    for label in labels or LABELS[pipe.removeprefix("beam_")]:
        component.add_label(label)
    model, chance = component.model, numpy.random.default_rng(7)
    lower = model.get_ref("lower")
    outputs, pieces, places, inputs = (lower.get_dim(name) for name in ("nO", "nP", "nF", "nI"))
    shapes = {"W": (places, outputs, pieces, inputs), "b": (outputs, pieces), "pad": (1, places, outputs, pieces)}
    for name, shape in shapes.items():
        lower.set_param(name, chance.standard_normal(shape, dtype=numpy.float32))
    nlp.initialize()
    if model.attrs["has_upper"]:
        upper = model.get_ref("upper")
        upper.set_param("W", chance.standard_normal(upper.get_param("W").shape, dtype=numpy.float32))
    quicken(nlp)
    return nlp


def sentences(nlp: Any, *, known: bool = True) -> list[Doc]:
    """Docs of words of chance in sentences of chance; the first one is empty, the second a single word."""
    chance = random.Random(5)
    docs = []
    for length in [0, 1, 2, 3, *(chance.randrange(1, 90) for _ in range(40))]:
        words = [chance.choice(["a", "bb", "ccc", "Dd", "e1", "\n"]) for _ in range(length)]
        starts = [place == 0 or chance.random() < 0.1 if known else None for place in range(length)]
        docs.append(Doc(nlp.vocab, words=words, sent_starts=starts))
    return docs


def read(docs: list[Doc]) -> list[list[tuple[Any, ...]]]:
    return [[(t.head.i, t.dep_, t.ent_iob_, t.ent_type_, t.is_sent_start, t.n_lefts) for t in doc] for doc in docs]


@pytest.mark.parametrize("pipe", ["parser", "ner"])
def test_whatever_the_weights_the_moves_are_those_of_spacy(pipe: str) -> None:
    nlp = by_chance(pipe)
    quick = nlp.get_pipe(pipe)
    assert isinstance(quick, Component)
    ours, theirs = sentences(nlp), sentences(nlp)
    assert read(list(quick.pipe(ours, batch_size=9))) == read(list(quick.plain.pipe(theirs)))
    assert any(doc.ents or doc.has_annotation("DEP") for doc in ours)


@pytest.mark.parametrize("pipe", ["parser", "ner"])
def test_what_is_read_depends_on_no_company(pipe: str) -> None:
    nlp = by_chance(pipe)
    together = read(list(nlp.pipe(sentences(nlp), batch_size=50)))
    assert read([nlp(doc) for doc in reversed(sentences(nlp)[::3])])[::-1] == together[::3]


def test_docs_of_which_something_is_given_or_nothing_known_are_left_to_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    parser, ner = by_chance("parser"), by_chance("ner")
    monkeypatch.setattr("kg.text.pipes.states.States.__init__", None)
    monkeypatch.setattr("kg.text.pipes.recognition.Recognition.__call__", None)
    assert all(doc.has_annotation("DEP") for doc in parser.pipe(sentences(parser, known=False)) if len(doc))
    given = Doc(ner.vocab, words=["Ada", "Byron", "wrote"], ents=["B-PER", "I-PER", "O"])
    assert [(ent.text, ent.label_) for ent in ner(given).ents][:1] == [("Ada Byron", "PER")]


def test_a_parser_of_another_build_is_left_alone() -> None:
    assert not isinstance(by_chance("beam_parser").get_pipe("beam_parser"), Component)
    assert not isinstance(by_chance("parser", "subj", "subtok").get_pipe("parser"), Component)


@pytest.mark.model
@pytest.mark.parametrize(("code", "sample"), [("fr", "depeches.jsonl"), ("en", "dispatches.jsonl")])
def test_the_models_read_articles_as_spacy_reads_them(code: str, sample: str) -> None:
    texts = [json.loads(line)["text"] for line in (SAMPLES / sample).read_text(encoding="utf-8").splitlines()]
    nlp, spec = languages.model(code), languages.language(code)
    prepared = [[parsing.prepare(nlp, layout(text), spec) for text in texts] for _ in range(2)]
    for name, pipe in nlp.pipeline:
        if name in LABELS:
            assert isinstance(pipe, Component)
        for docs, one in zip(prepared, (pipe, getattr(pipe, "plain", pipe)), strict=True):
            for doc in docs:
                one(doc)
    assert read(prepared[0]) == read(prepared[1])
