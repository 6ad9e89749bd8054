"""kg.text and kg.link: what sentences of `sentences/*.toml` give, and the examples of the ontology's relations."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from kg import gazetteer, link, ontology, text
from kg.model import Article, Entity, Reading, Span, Statement

pytestmark = pytest.mark.model
ISSUED = date(2025, 10, 1)
CASES = [
    (path.stem, case)
    for path in sorted((Path(__file__).parent / "sentences").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]
]


def read(words: str, language: str) -> Reading:
    return next(iter(text.read([Article("case", words, language, issued=ISSUED)])))


class Told:
    """A reading as lines that a person can compare."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.entities: dict[Span, Entity] = link.resolve(reading, gazetteer.load())

    def id(self, span: Span | None) -> str:
        return self.entities[span].id if span in self.entities else "?"

    def statements(self) -> list[str]:
        return [self._statement(s) for s in self.reading.statements]

    def _statement(self, s: Statement) -> str:
        object = self.id(s.object) if isinstance(s.object, Span) else str(s.object)
        standing = [s.factuality] if s.factuality != "Asserted" else []
        standing += ["former"] * s.former + [f"by {self.id(s.attributed_to)}"] * (s.attributed_to is not None)
        return " ".join([self.id(s.subject), s.predicate.rsplit("#")[-1], object, *standing])

    def events(self) -> list[str]:
        return [
            f"{e.type.rsplit('#')[-1]} {e.factuality} {self._ids(e.agents)} > {self._ids(e.patients)}".strip()
            for e in self.reading.events
        ]

    def _ids(self, spans: tuple[Span, ...]) -> str:
        return " ".join(map(self.id, spans))

    def quotations(self) -> list[str]:
        return [f"{self.id(q.speaker)} | {self.reading.article.words(q.content)}" for q in self.reading.quotations]


@pytest.mark.parametrize(("language", "case"), CASES, ids=[case["text"][:50] for _, case in CASES])
def test_sentence(language: str, case: dict[str, Any]) -> None:
    told = Told(read(case["text"], language))
    for kind in ("statements", "events", "quotations"):
        expected, found = case.get(kind), getattr(told, kind)()
        for line in expected or []:
            assert any(fnmatchcase(other, line) for other in found), f"{line} is not in {found}"
        if expected == []:
            assert not found


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
