"""The names of an article in, each wherever its words stand again out, as they were or shortened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.text.candidates import Candidate, Taken
from kg.text.context import PERSON
from kg.text.morphology import feature
from kg.text.tokens import Doc, Tokens

_INITIALS = 3  # a name of so few letters is not sought where the model saw none


@dataclass(frozen=True, slots=True)
class _Forms:
    """Names by their words, and how many words a name has at most that begins with a word."""

    names: dict[tuple[str, ...], Candidate]
    longest: dict[str, int]


def everywhere(doc: Doc, names: Sequence[Candidate]) -> list[Candidate]:
    """The names in their order, and each wherever its words stand and the model saw nothing or a part of it."""
    forms = _forms(doc, names)
    found: list[Candidate] = []
    starts = [token.i for token in doc if token.text in forms.longest]
    for name in (n for start in starts if (n := _form_at(doc, start, forms))):
        if not found or found[-1].end <= name.start:
            found.append(name)
    taken = Taken.by(names)
    longer = [name for name in found if all(name.covers(other) for other in taken.under(name))]
    again = Taken.by(longer)
    kept = [name for name in names if not again.under(name)]
    return sorted([*kept, *longer], key=lambda name: name.start)


def _forms(doc: Doc, names: Sequence[Candidate]) -> _Forms:
    """The words by which names may stand elsewhere."""
    forms = _Forms({}, {})
    for name in names:
        for form in _short_forms(doc[name.start : name.end], name.kind):
            if len(form) > 1 or len(form[0]) > _INITIALS:
                forms.names.setdefault(form, name)
                forms.longest[form[0]] = max(forms.longest.get(form[0], 0), len(form))
    return forms


def _short_forms(tokens: Tokens, kind: str) -> Iterator[tuple[str, ...]]:
    """A name's words; without the article before them; of a person, the first and the last by itself."""
    words = tuple(token.text for token in tokens)
    yield words
    if len(words) > 1 and tokens[0].pos_ == "DET":
        yield words[1:]
    if len(words) > 1 and kind == PERSON:
        yield from ((word,) for word in (words[0], words[-1]) if word.istitle())


def _form_at(doc: Doc, start: int, forms: _Forms) -> Candidate | None:
    """The longest name whose words stand at a token."""
    first = doc[start].text
    for length in range(forms.longest[first], 0, -1):
        name = forms.names.get(tuple(token.text for token in doc[start : start + length]))
        if name and not first.islower() and not (name.kind == PERSON and _is_of_many(doc, start)):
            return replace(name, start=start, end=start + length)
    return None


def _is_of_many(doc: Doc, start: int) -> bool:
    """Whether a determiner makes several of a name: "les Fillon" are no person."""
    return start > 0 and doc[start - 1].pos_ == "DET" and "Plur" in feature(doc[start - 1], "Number")
