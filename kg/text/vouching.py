"""Names of the gazetteer and the model's names in, the gazetteer's without those that are but words here out."""

from __future__ import annotations

from kg.gazetteer import fold
from kg.text.candidates import Candidate, key_of
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context

_NOUN = 3  # words that a noun for a class has at most: "station balnéaire"


def vouched(known: list[Candidate], tagged: list[Candidate], context: Context) -> list[Candidate]:
    """The gazetteer's names; a weak one ("Nice") only where a noun says what it is, or the model and the article do.

    The model must read such a thing somewhere in the article, nobody in it may have that surname, and something else in
    it must be of the same country.
    """
    doc, sure = context.doc, [name.entry for name in known if name.entry and not name.entry.weak]
    countries = {place for entry in sure for place in (entry.id, entry.located_in)}
    read = {(key_of(doc, name), _broad(name.kind, context)) for name in tagged}
    surnames = {fold(doc[name.end - 1].text) for name in tagged if name.kind == PERSON and name.end - name.start > 1}

    def is_vouched(name: Candidate, key: str, kind: str | None) -> bool:
        is_there = name.entry is not None and name.entry.located_in in countries
        return _is_called(name, kind, context) or (is_there and (key, kind) in read and key not in surnames)

    weak = [(name, key_of(doc, name)) for name in known if name.entry and name.entry.weak]
    taken = {key for name, key in weak if is_vouched(name, key, _broad(name.kind, context))}
    return [name for name in known if not (name.entry and name.entry.weak) or key_of(doc, name) in taken]


def _is_called(name: Candidate, kind: str | None, context: Context) -> bool:
    """Whether a common noun of its class brings a name: "la ville de Sens", "la commune Bron"."""
    doc, start = context.doc, name.start - (name.start > 0 and context.doc[name.start - 1].pos_ == "ADP")
    return any(
        end == start and _broad(meaning, context) == kind
        for first in range(max(start - _NOUN, 0), start)
        for end, meaning in context.lexicon.head_nouns.at(doc, first)
    )


def _broad(kind: str, context: Context) -> str | None:
    """The class among the model's that a class is below."""
    return next((k for k in (PERSON, PLACE, ORGANIZATION) if context.is_a_kind(kind, k)), None)
