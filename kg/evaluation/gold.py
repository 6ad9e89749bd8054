"""A folder of annotated articles in (one JSON file an article), articles with what a reader should find out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import DataError
from kg.evaluation.facts import ANNOTATED, Dated, Fact, Happening, Quoted, letters
from kg.model import Article, Factuality, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gold:
    """An article and what stands in it; `mentions` are the spans of each entity, by its key."""

    article: Article
    mentions: dict[str, tuple[Span, ...]]
    facts: tuple[Fact, ...]
    events: tuple[Happening, ...]
    quotations: tuple[Quoted, ...]
    times: tuple[Dated, ...]


def load(folder: Path, texts: Path | None = None) -> list[Gold]:
    """The annotated articles below a folder, by name.

    An article's text is in its file ("text"), beside it (`<id>.txt`), or in `texts`, a JSONL file with "id" and "text".
    Raises `DataError` with the file that is malformed or has no text, and where there is none.
    """
    elsewhere = dict(_texts(texts)) if texts else {}
    found = [_file(path, elsewhere) for path in sorted(folder.rglob("*.json"))]
    if not found:
        raise DataError(f"{folder}: no gold in it: one JSON file an article is wanted")
    return found


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            told = _checked(f"{path}:{number}", partial(json.loads, line))
            yield str(told.get("id")), str(told.get("text", ""))


def _file(path: Path, texts: Mapping[str, str]) -> Gold:
    with path.open(encoding="utf-8", newline="") as file:
        content = file.read()
    told: dict[str, Any] = _checked(str(path), partial(json.loads, content))
    beside = path.with_suffix(".txt")
    text = told.get("text") or (beside.read_bytes().decode() if beside.is_file() else texts.get(path.stem))
    if not text:
        raise DataError(
            f'{path}: no text: "text" in it, {beside.name} beside it, or --texts FILE.jsonl with id {path.stem}'
        )
    return _checked(str(path), partial(_gold, path.stem, text, told))


def _checked(where: str, make: Callable[[], T]) -> T:
    try:
        return make()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{where}: no gold annotation ({type(error).__name__}: {error}): see its FORMAT") from error


def _gold(id: str, text: str, told: Mapping[str, Any]) -> Gold:
    language, day = told.get("language", "fr"), told.get("date")
    issued = date.fromisoformat(day) if day else None
    title = text.split("\n", 1)[0].strip()
    return Gold(
        article=Article(id, text, language, title=title or None, issued=issued),
        mentions={e["key"]: tuple(_span(m) for m in e["mentions"]) for e in told["entities"]},
        facts=tuple(dict.fromkeys(_fact(r) for r in told.get("relations", ()) if r["p"] in ANNOTATED)),
        events=tuple(_event(e) for e in told.get("events", ())),
        quotations=tuple(
            Quoted(q["speaker"], letters(text, _span(q["content"]), language)) for q in told.get("quotes", ())
        ),
        times=tuple(_time(t) for t in told.get("times", ())),
    )


def _span(offsets: Any) -> Span:
    return Span(int(offsets[0]), int(offsets[1]))


def _fact(told: Mapping[str, Any]) -> Fact:
    return Fact(told["s"], told["p"], told["o"], _standing(told), _keys(told.get("attributedTo")))


def _event(told: Mapping[str, Any]) -> Happening:
    return Happening(told["type"], _keys(told.get("agents")), _keys(told.get("patients")), _standing(told))


def _time(told: Mapping[str, Any]) -> Dated:
    days = [date.fromisoformat(told[end]) if told.get(end) else None for end in ("begin", "end")]
    return Dated(_span(told["span"]), (days[0], days[1]))


def _standing(told: Mapping[str, Any]) -> str:
    return str(told.get("factuality") or Factuality.ASSERTED)


def _keys(told: Any) -> frozenset[str]:
    return frozenset([told] if isinstance(told, str) else told or ())
