"""An article in, what a language model is asked about it out: stretches of whole sentences, and a closed vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kg import ontology
from kg.model import KG, Factuality, Reading, Span

LONGEST = 6000  # characters that are asked about at a time
_PROMPT = Path(__file__).with_name("prompt.txt")
DATE = "Date"  # what stands for the class of a day


def stretches(reading: Reading) -> Iterator[Span]:
    """The article in stretches of whole sentences; a sentence that is too long makes one by itself."""
    current: Span | None = None
    for sentence in reading.sentences or [Span(0, len(reading.article.text))]:
        if current and sentence.end - current.start > LONGEST:
            yield current
            current = None
        current = current.cover(sentence) if current else sentence
    if current and reading.article.words(current).strip():
        yield current


def request(model: str, text: str) -> dict[str, Any]:
    """The body of a request: the instructions, the text, and the form that the answer must have."""
    return {
        "model": model,
        "temperature": 0,
        "messages": [{"role": "system", "content": _instructions()}, {"role": "user", "content": text}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "statements", "strict": True, "schema": _schema()},
        },
    }


@cache
def _instructions() -> str:
    lines = [_PROMPT.read_text(encoding="utf-8").rstrip()]
    for iri, relation in sorted(ontology.load().relations.items()):
        domain, range = (_classes(kinds) for kinds in (relation.domain, relation.range))
        label = relation.labels.get("en", relation.name)
        lines.append(f"- {iri.removeprefix(KG)} ({label}): {', '.join(domain)} -> {', '.join(range)}")
    return "\n".join(lines)


def _classes(iris: frozenset[str]) -> list[str]:
    return sorted(iri.removeprefix(KG) if iri.startswith(KG) else DATE for iri in iris)


def _schema() -> dict[str, Any]:
    vocabulary = ontology.load()
    kinds = sorted({k for r in vocabulary.relations.values() for k in _subclasses(r.domain | r.range)} | {DATE})
    word = {"type": "string"}
    properties = {
        "subject": word,
        "subjectType": {"type": "string", "enum": kinds},
        "relation": {"type": "string", "enum": sorted(iri.removeprefix(KG) for iri in vocabulary.relations)},
        "object": word,
        "objectType": {"type": "string", "enum": kinds},
        "evidence": word,
        "factuality": {"type": "string", "enum": [str(one) for one in Factuality]},
        "former": {"type": "boolean"},
        "attributedTo": {"type": ["string", "null"]},
    }
    statement = _object(properties)
    return _object({"statements": {"type": "array", "items": statement}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _subclasses(kinds: frozenset[str]) -> Iterator[str]:
    parents = ontology.load().parents
    yield from (k.removeprefix(KG) for k in parents if k.startswith(KG) and not kinds.isdisjoint(parents[k]))
