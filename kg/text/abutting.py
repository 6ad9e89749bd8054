"""Names in, those against which a country or a region stands without a comma apart from it out: "Markham | Ontario"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.gazetteer import Entry
from kg.model import KG
from kg.text.candidates import Candidate, Taken
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context

_ANY_LANGUAGE = "mul"  # BCP 47's
_OFFICE = 4  # tokens that an office may take
_HOLDERS = (KG + "Country", KG + "Region")


def without_land(name: Candidate, known: Taken, context: Context) -> Candidate:
    """A person's name without the land before it that an office is of: "Prime Minister of Romania | Petre Roman".

    Two words and more are left to the person.
    """
    land, doc = known.by_token.get(name.start), context.doc
    if name.kind != PERSON or land is None or land.kind not in _HOLDERS:
        return name
    if land.start != name.start or name.end - land.end < 2:
        return name
    belonging = context.lexicon.words("PositionPreposition")
    before = doc[max(name.start - 1, doc[name.start].sent.start)]
    of_office = any(context.office_starts.get(start) == name.start for start in range(name.start)[-_OFFICE:])
    of_land = context.lexicon.syntax.lemma(before) in belonging or of_office
    return replace(name, start=land.end) if of_land else name


def parted(context: Context, names: Sequence[Candidate]) -> list[Candidate]:
    """The names, those of places that end with the name of a country or a region taken apart."""
    return [part for name in names for part in _parts(context, name)]


def _parts(context: Context, name: Candidate) -> Iterator[Candidate]:
    outer = None if name.entry or name.end - name.start < 2 else _outer(context, name)
    if outer is None or not _is_town(context, inner := replace(name, end=outer.start)):
        yield name
    else:
        yield from _parts(context, replace(inner, kind=PLACE, entry=_entry(context, inner)))
        yield outer


def _outer(context: Context, name: Candidate) -> Candidate | None:
    """The country or the region whose name is the end of a longer one, whatever language it is in."""
    for start, end, entry in context.gazetteer.find(context.words[name.start : name.end]):
        kind = next((kind for kind in _HOLDERS if kind in entry.kinds), None)
        if kind and start and name.start + end == name.end and not entry.weak:
            return Candidate(name.start + start, name.end, kind, entry)
    return None


def _is_town(context: Context, inner: Candidate) -> bool:
    """Whether what stands before a country or a region is a place: the model says so, or it is known to be one."""
    tokens = context.doc[inner.start : inner.end]
    if _is_part(context, tokens[0].lower_) or tokens[-1].pos_ == "ADP":
        return False
    known = inner.kind == PLACE or (inner.kind != PERSON and _entry(context, inner) is not None)
    return (known or _is_where(context, inner)) and all(token.text[0].isupper() for token in tokens)


def _is_where(context: Context, inner: Candidate) -> bool:
    """Whether a name that the model took for a body's stands where a place does: "né à Marshall Texas"."""
    tokens, inside = context.doc[inner.start : inner.end], context.lexicon.words("InsidePreposition")
    before = context.doc[max(inner.start - 1, tokens.sent.start)]
    plain = all(t.is_title and not context.lexicon.head_nouns.at(context.doc, t.i) for t in tokens)
    return inner.kind == ORGANIZATION and plain and context.lexicon.syntax.lemma(before) in inside


def _is_part(context: Context, word: str) -> bool:
    """Whether a word says which part of a place is meant, in any language: "Northern Iraq", "Greater London"."""
    directions = context.lexicon.ontology.directions.values()
    return any(word in some for some in directions) or word in context.lexicon.ontology.words("PartWord", _ANY_LANGUAGE)


def _entry(context: Context, name: Candidate) -> Entry | None:
    """The place that a whole name is known to be."""
    words, code = context.words[name.start : name.end], context.lexicon.language.code
    found = [e for start, end, e in context.gazetteer.find(words, language=code) if end - start == len(words)]
    return next((e for e in found if any(context.is_a_kind(kind, PLACE) for kind in e.kinds)), None)
