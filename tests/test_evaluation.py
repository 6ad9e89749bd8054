"""kg eval: how well the reader does, in the same figures as the public scorer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import SHARED
from test_quality import SCORE, measured

from kg import evaluation
from kg.errors import DataError
from kg.evaluation import reliability
from kg.evaluation.facts import Dated, Fact, Happening, Quoted, letters
from kg.evaluation.measure import Score, matching, total
from kg.evaluation.reliability import Bin, Judged
from kg.model import Span

TEXT = "Sean Parnell, porte-parole du Pentagone, a parlé mardi. « Nous partons », a déclaré Sean Parnell."
GOLD = {
    "date": "2025-10-01",
    "text": TEXT,
    "entities": [
        {"key": "sean", "type": "Person", "name": "Sean Parnell", "mentions": [[0, 12, "Name"], [84, 96, "Name"]]},
        {"key": "dod", "type": "Organization", "name": "Pentagone", "mentions": [[30, 39, "Name"]]},
    ],
    "relations": [
        {"s": "sean", "p": "spokespersonOf", "o": "dod", "factuality": "Asserted", "attributedTo": None},
        {"s": "sean", "p": "memberOf", "o": "dod", "factuality": "Denied", "attributedTo": "dod"},
        {"s": "sean", "p": "somethingElse", "o": "dod"},
    ],
    "events": [{"type": "RETREAT", "trigger": [63, 70], "agents": ["sean"], "factuality": "Asserted"}],
    "quotes": [{"speaker": "sean", "cue": [74, 83], "content": [58, 70], "direct": True}],
    "times": [{"span": [49, 54], "begin": "2025-09-30", "end": "2025-09-30"}],
}
Command = Callable[..., tuple[int, str, str]]


def written(folder: Path, **changes: object) -> Path:
    (folder / "one.json").write_text(json.dumps({**GOLD, **changes}), encoding="utf-8")
    return folder


def test_scores() -> None:
    assert (Score(1, 2, 4).precision, Score(1, 2, 4).recall, round(Score(1, 2, 4).f1, 3)) == (0.5, 0.25, 0.333)
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)
    assert total([Score(1, 2, 3), Score(1, 1, 1)]) == Score(2, 3, 4)


def test_as_many_as_can_be_are_matched() -> None:
    assert matching("ab", "xy", lambda one, guess: one + guess in ("ax", "ay", "bx")) == {0: 1, 1: 0}


def test_facts_are_compared_by_degrees() -> None:
    fact = Fact("a", "fights", "b")
    assert fact.same(Fact("b", "fights", "a")) and not fact.same(replace(fact, relation="supports"))
    assert not fact.same_standing(replace(fact, factuality="Denied"))
    assert fact.same_source(fact) and not fact.same_source(replace(fact, sources=frozenset({"c"})))
    assert Fact("a", "foundedOn", "1998").same(Fact("a", "foundedOn", "1998-05-02"))
    assert not Fact("a", "leaderOf", "b").same(Fact("b", "leaderOf", "a"))


def test_events_are_compared_by_degrees() -> None:
    event = Happening("DIE", frozenset("a"), frozenset("b"))
    assert event.same_type(replace(event, agents=frozenset())) and not event.same_agents(Happening("DIE"))
    assert event.same(Happening("DIE", frozenset("ac"), frozenset("b"))) and not event.same(replace(event, type="VOTE"))


def test_the_letters_of_a_quotation_leave_out_what_opens_it() -> None:
    assert letters("dit qu'il « part »", Span(4, 18), "fr") == {7, 8, 12, 13, 14, 15}
    assert letters("said that he left", Span(5, 17), "en") == {10, 11, 13, 14, 15, 16}
    assert letters("quels amis", Span(0, 10), "fr") == {0, 1, 2, 3, 4, 6, 7, 8, 9}


def test_quotations_and_times_overlap() -> None:
    one, other = Quoted("a", frozenset(range(10))), Quoted("b", frozenset(range(4)))
    assert (
        one.fits(other, least=0.4) and not one.fits(other, least=0.5) and not one.fits(other, least=0.3, speaker=True)
    )
    day = Dated(Span(0, 4), (date(2025, 1, 1), date(2025, 1, 1)))
    assert day.same(replace(day, span=Span(3, 9))) and not day.same(replace(day, span=Span(4, 9)))


def test_a_reliability_table_goes_from_the_surest_down() -> None:
    judged = [Judged(0.95, True), Judged(0.9, False), Judged(0.65, True), Judged(0.1, False)]
    assert reliability.table(judged) == [Bin(0.9, 2, 1, 0.925), Bin(0.6, 1, 1, 0.65), Bin(0.0, 1, 0, 0.1)]
    assert reliability.table([]) == []


@pytest.mark.model
def test_gold_is_read_and_counted(tmp_path: Path, kg: Command) -> None:
    report = evaluation.evaluate(evaluation.load(written(tmp_path)))
    assert report.kinds["relations"] == Score(1, 1, 2)
    assert report.kinds["asserted triples"] == Score(1, 1, 1)
    assert report.kinds["quotations+speaker"] == report.kinds["times"] == Score(1, 1, 1)
    assert report.relations == {"spokespersonOf": Score(1, 1, 1), "memberOf": Score(0, 0, 1)}
    assert [one.is_right for one in report.statements_judged] == [True]
    status, out, _ = kg("eval", tmp_path, "--json")
    assert status == 0 and json.loads(out)["kinds"]["relations"]["recall"] == 0.5
    assert json.loads(out)["reliability"]["statements"] == [{"at_least": 0.9, "found": 1, "right": 1}]
    assert "Statements by confidence\n" in kg("eval", tmp_path)[1]


def test_texts_stand_beside_or_elsewhere(tmp_path: Path) -> None:
    folder = written(tmp_path, text=None)
    with pytest.raises(DataError, match=r'one\.json: no text: "text" in it, one\.txt beside it, or --texts'):
        evaluation.load(folder)
    (tmp_path / "texts.jsonl").write_text(json.dumps({"id": "one", "text": TEXT}) + "\n\n", encoding="utf-8")
    (elsewhere,) = evaluation.load(folder, tmp_path / "texts.jsonl")
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    assert evaluation.load(folder) == [elsewhere]


def test_gold_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no gold in it"):
        evaluation.load(tmp_path)
    with pytest.raises(DataError, match=r"one\.json: no gold annotation \(KeyError: 's'\)"):
        evaluation.load(written(tmp_path, relations=[{"p": "memberOf"}]))
    (tmp_path / "one.json").write_text("{")
    with pytest.raises(DataError, match=r"one\.json: no gold annotation"):
        evaluation.load(tmp_path)


@pytest.mark.model
def test_the_examples_of_the_ontology_are_read(kg: Command) -> None:
    status, out, _ = kg("eval", "--json")
    told = json.loads(out)
    assert (status, told["wrong"]) == (0, [])
    assert min(figures["gold"] for figures in told["relations"].values()) >= 1
    assert sum(f["found"] for f in told["relations"].values()) >= 0.8 * sum(
        f["gold"] for f in told["relations"].values()
    )


needs_gold = pytest.mark.skipif(not SCORE.is_file(), reason=f"{SCORE} is not there")


@cache
def on_dev() -> evaluation.Report:
    texts = SHARED / "eval" / "data" / "dev" / "fr-ner" / "winer.jsonl"
    return evaluation.evaluate(evaluation.load(SHARED / "gold" / "dev", texts))


@pytest.mark.model
@needs_gold
def test_the_figures_are_those_of_the_public_scorer() -> None:
    kinds = on_dev().kinds
    ours = {
        "rel_f1": kinds["relations"].f1,
        "rel_fact_f1": kinds["relations+factuality+source"].f1,
        "asserted_p": kinds["asserted triples"].precision,
        "asserted_f1": kinds["asserted triples"].f1,
        "event_type_f1": kinds["events"].f1,
        "event_full_f1": kinds["events+agents+patients"].f1,
        "quote_f1": kinds["quotations+speaker"].f1,
    }
    assert ours == pytest.approx(measured("fr-news")["headline"], abs=0.005)


@pytest.mark.model
@needs_gold
def test_what_is_stated_as_sure_is_right_nine_times_in_ten() -> None:
    (surest, *_) = reliability.table(on_dev().statements_judged)
    assert surest.low == 0.9 and surest.share >= 0.9
