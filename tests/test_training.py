"""kg.text.training: names that people marked in, a recogniser out."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Span
from kg.text.training.corpus import outermost, read
from kg.text.training.score import report

TEXT = "Brumela a perdu. Le patron de Brumela, Odran Vessel, quitte Nantes."
NAMES = [("Brumela", "Organization"), ("Odran Vessel", "Person"), ("Nantes", "Location")]


def line(day: str) -> str:
    spans = [[TEXT.index(name), TEXT.index(name) + len(name), label] for name, label in NAMES]
    return json.dumps({"date": day, "text": TEXT, "spans": spans})


def test_a_corpus_is_read(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(line("2020-01-02"))
    (article,) = read(path)
    assert (article.issued, article.text) == (date(2020, 1, 2), TEXT)
    assert sorted(article.names.values()) == ["LOC", "ORG", "PER"]


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(line("2020-01-02") + '\n{"text": "?"}')
    with pytest.raises(SourceError, match=r"corpus\.jsonl:2: not an annotated article"):
        list(read(path))


def test_names_in_names_are_left_out() -> None:
    marked = [(Span(0, 20), "Organization"), (Span(14, 20), "Location"), (Span(30, 35), "Event"), (Span(0, 4), "Event")]
    assert outermost(marked) == {Span(0, 20): "ORG", Span(30, 35): "MISC"}


def test_scores_count_places_and_distinct_names(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    path.write_text(line("2020-01-02"))
    found = {Span(0, 7): "ORG", Span(30, 37): "LOC", Span(60, 66): "LOC"}
    *_, organizations, _all = report(read(path), [found])
    assert organizations == "ORG  exact 1.000 (P 1.000 R 1.000)   distinct 1.000 (P 1.000 R 1.000)"
    assert _all == "all  exact 0.667 (P 0.667 R 0.667)   distinct 0.667 (P 0.667 R 0.667)"


@pytest.mark.model
def test_a_recogniser_learns_a_name_and_is_written(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus.jsonl", tmp_path / "ner"
    corpus.write_text("\n".join(line(f"{year}-01-01") for year in [*[2016] * 12, 2017]))
    options = ["--epochs", "12", "--test-from", "2017-01-01", "--out", str(out)]
    command = [sys.executable, "-m", "kg.text.training", str(corpus), *options]  # it changes the model in its process
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "epoch 12 of 12" in done.stdout
    assert "the recogniser alone\nPER  exact 1.000" in done.stdout
    assert {path.name for path in out.iterdir()} == {"cfg", "model", "moves"}
