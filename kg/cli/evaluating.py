"""Gold in, tables of how well the reader does on it on standard output: `kg eval`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import evaluation
from kg.cli import table, terminal
from kg.evaluation import Score, reliability
from kg.evaluation.examples import Sentence, read_examples
from kg.evaluation.measure import total
from kg.evaluation.reliability import Judged

_COLUMNS = ["", "precision", "recall", "F1", "right", "found", "gold"]


def gold(folders: Sequence[Path], texts: Path | None, *, as_json: bool) -> None:
    """Read the annotated articles of some folders and print how well they were read."""
    report = evaluation.evaluate(one for folder in folders for one in evaluation.load(folder, texts))
    if as_json:
        print(json.dumps(_report(report), ensure_ascii=False, indent=1))
        return
    for title, scores in (("All", report.kinds), ("Relations", report.relations), ("Events", report.events)):
        ordered = scores if scores is report.kinds else dict(sorted(scores.items()))
        _scores(title, ordered)
    _reliability("Statements by confidence", report.statements_judged)
    _reliability("Events by confidence", report.events_judged)


def examples(*, as_json: bool) -> int:
    """Read the ontology's own sentences and print which were not read as they say; 1 where one is wrong, else 0."""
    found = read_examples()
    if as_json:
        told = {"relations": _figures(found.relations), "missed": [s.words for s in found.missed]}
        print(json.dumps(told | {"wrong": [s.words for s in found.wrong]}, ensure_ascii=False, indent=1))
    else:
        _scores("Relations in their own examples", found.relations | {"all": total(found.relations.values())})
        _sentences("Not found", found.missed)
        _sentences("Found where they must not be", found.wrong)
    return 1 if found.wrong else 0


def _sentences(title: str, sentences: Sequence[Sentence]) -> None:
    if sentences:
        terminal.title(title)
        for one in sentences:
            terminal.line(table.harmless(f"  {one.relation.rpartition('#')[2]}: {one.words}"))
        terminal.line("")


def _scores(title: str, scores: Mapping[str, Score]) -> None:
    terminal.title(title)
    rows = [
        [name, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.right), str(s.guessed), str(s.wanted)]
        for name, s in scores.items()
    ]
    terminal.table(_COLUMNS, rows)
    terminal.line("")


def _reliability(title: str, judged: Sequence[Judged]) -> None:
    terminal.title(title)
    rows = [
        [f"{one.low:.1f}", str(one.count), str(one.right), f"{one.share:.3f}", f"{one.mean:.3f}"]
        for one in reliability.table(judged)
    ]
    terminal.table(["at least", "found", "right", "share right", "mean confidence"], rows)
    terminal.line("")


def _report(report: evaluation.Report) -> dict[str, Any]:
    judged = {"statements": report.statements_judged, "events": report.events_judged}
    return {
        "kinds": _figures(report.kinds),
        "relations": _figures(report.relations),
        "events": _figures(report.events),
        "reliability": {
            name: [{"at_least": b.low, "found": b.count, "right": b.right} for b in reliability.table(some)]
            for name, some in judged.items()
        },
    }


def _figures(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    return {
        name: {"precision": s.precision, "recall": s.recall, "f1": s.f1, "found": s.guessed, "gold": s.wanted}
        for name, s in sorted(scores.items())
    }
