"""kg.text and kg.link: what sentences, articles and the examples of the ontology's relations give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from told import Told, cases, read, wrong

from kg import ontology

pytestmark = pytest.mark.model
CASES = [*cases("sentences"), *cases("articles")]


@pytest.mark.parametrize(("language", "case"), CASES, ids=[case["text"][:50] for _, case in CASES])
def test_cases(language: str, case: dict[str, Any]) -> None:
    assert wrong(case, Told(read(case["text"], language))) == []


def examples(*, right: bool) -> Iterator[tuple[str, str, str]]:
    for relation in ontology.load().relations.values():
        for sentence, language in relation.examples if right else relation.counter_examples:
            yield relation.iri, sentence, language


def states(relation: str, sentence: str, language: str) -> bool:
    return any(statement.predicate == relation for statement in read(sentence, language).statements)


def test_relations_are_found_in_their_examples() -> None:
    cases = list(examples(right=True))
    missed = [sentence for relation, sentence, language in cases if not states(relation, sentence, language)]
    assert len(missed) / len(cases) < 0.2, "\n".join(missed)


def test_relations_are_not_found_in_their_counterexamples() -> None:
    wrong = [
        (relation, sentence) for relation, sentence, lang in examples(right=False) if states(relation, sentence, lang)
    ]
    assert not wrong
