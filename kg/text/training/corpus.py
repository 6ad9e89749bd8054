"""Lines of JSON in, articles with the names that people marked in them out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from kg.errors import SourceError
from kg.model import Span

LABELS = {"Person": "PER", "Location": "LOC", "Organization": "ORG"}  # of the corpus -> of the French model
OTHER = {"Event": "MISC", "Product": "MISC"}  # what else it marks: names of what is neither


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text of a day, and its names by their span with the model's label; none lies in another."""

    text: str
    issued: date
    names: dict[Span, str]


def read(path: Path) -> Iterator[Annotated]:
    """The articles of a file with a JSON object a line: `date` (ISO), `text`, `spans` of [start, end, label].

    Offsets are code points, end exclusive. Raises `SourceError` with the file and the line that is not so.
    """
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
                names = outermost([(Span(start, end), label) for start, end, label in row["spans"]])
                yield Annotated(row["text"], date.fromisoformat(row["date"]), names)
            except (ValueError, KeyError, TypeError) as error:
                raise SourceError(f"{path}:{number}: not an annotated article: {error!r}") from error


def outermost(marked: list[tuple[Span, str]]) -> dict[Span, str]:
    """The names that lie in no other, and what else is marked where there is no name."""
    names = {span: LABELS[label] for span, label in marked if label in LABELS}
    names = {span: label for span, label in names.items() if not any(span in o and span != o for o in names)}
    other = {span: OTHER[label] for span, label in marked if label in OTHER}
    free = {span: label for span, label in other.items() if not any(span.overlaps(name) for name in names)}
    return names | {span: label for span, label in free.items() if not any(span in o and span != o for o in free)}


def mark(doc: Doc, names: dict[Span, str]) -> None:
    """Make the names the entities of a doc, as far as its tokens can bear them."""
    taken, found = 0, []
    for span, label in sorted(names.items()):
        tokens = doc.char_span(span.start, span.end, label=label, alignment_mode="contract")
        if tokens is not None and tokens.start >= taken:
            found.append(tokens)
            taken = tokens.end
    doc.set_ents(found)


def parts(doc: Doc, sentences: int) -> Iterator[Tokens]:
    """A doc in runs of so many sentences."""
    starts = [sentence.start for sentence in doc.sents][::sentences]
    for start, end in zip(starts, [*starts[1:], len(doc)], strict=True):
        yield doc[start:end]
