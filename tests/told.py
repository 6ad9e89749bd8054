"""Readings in, lines that a person can compare out; and what cases written as TOML say about them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from kg import gazetteer, link, text
from kg.model import Article, Entity, Reading, Span, Statement

ISSUED = date(2025, 10, 1)
_HERE = Path(__file__).parent
_KINDS = ("statements", "events", "quotations", "times", "mentions")


def read(words: str, language: str, issued: date | None = ISSUED) -> Reading:
    """What the models read in an article with these words."""
    return next(iter(text.read([Article("case", words, language, issued=issued)])))


class Told:
    """A reading as lines: "subject relation object standing", "TYPE standing agents > patients", "speaker | words"."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.entities: dict[Span, Entity] = link.resolve(reading, gazetteer.load())

    def id(self, span: Span | None) -> str:
        return self.entities[span].id if span in self.entities else "?"

    def statements(self) -> list[str]:
        return [self._statement(s) for s in self.reading.statements]

    def _statement(self, s: Statement) -> str:
        object = self.id(s.object) if isinstance(s.object, Span) else str(s.object.begin)
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
        return [f"{self.id(q.speaker)} | {self._words(q.content)}" for q in self.reading.quotations]

    def times(self) -> list[str]:
        return [f"{self._words(t.span)} | {t.begin or ''}..{t.end or ''}" for t in self.reading.times]

    def mentions(self) -> list[str]:
        return [f"{self._words(m.span)} | {self.id(m.span)}" for m in self.reading.mentions]

    def _words(self, span: Span) -> str:
        return self.reading.article.words(span)


def tell(words: str, language: str = "fr") -> Told:
    """What the models read in these words, as lines."""
    return Told(read(words, language))


def cases(folder: str) -> list[tuple[str, dict[str, Any]]]:
    """The cases of `<folder>/<language>.toml`, each with its language; those of `sentences` are `[[sentence]]`."""
    files = sorted((_HERE / folder).glob("*.toml"))
    read = [(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return [(language, case) for language, some in read for case in some[folder.removesuffix("s")]]


def wrong(case: dict[str, Any], told: Told) -> list[str]:
    """Where a reading is not as a case says.

    A list of lines (with * for any words) must all be there, an empty list means that nothing of the kind is; what
    `never` lists must not be there, whatever its kind.
    """
    found = {kind: getattr(told, kind)() for kind in _KINDS}
    return [*_missing(case, found), *_unwanted(case, found)]


def _missing(case: dict[str, Any], found: dict[str, list[str]]) -> Iterator[str]:
    for kind in _KINDS:
        for line in case.get(kind, ()):
            if not _any(line, found[kind]):
                yield f"{line} is not in {found[kind]}"


def _unwanted(case: dict[str, Any], found: dict[str, list[str]]) -> Iterator[str]:
    for kind in _KINDS:
        if case.get(kind) == [] and found[kind]:
            yield f"no {kind} were to be in {found[kind]}"
        for line in case.get("never", ()):
            if _any(line, found[kind]):
                yield f"{line} is in {found[kind]}"


def _any(pattern: str, lines: list[str]) -> bool:
    return any(fnmatchcase(line, pattern) for line in lines)
