"""A parsed article in, the names that common nouns tell out: "opération Sentinelle", "cour d'appel de Paris"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.text.candidates import SURE, Candidate, Taken
from kg.text.context import PERSON, Context
from kg.text.tokens import Doc, Token, Tokens

_ADJECTIVES = 2  # so many may stand between a head and its name: "tribunal administratif spécial de Lyon"


def find_introduced(context: Context, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """Names that a common noun introduces and is no part of: "la société belge Lampiris"."""
    doc, taken = context.doc, Taken.by(known)
    for start, end, kinds in context.head_nouns:
        if doc[start].pos_ != "NOUN" or doc[start].text[0].isupper():
            continue
        after = end
        if after < len(doc) and context.gazetteer.demonym(doc[after].text, context.lexicon.language.code):
            after += 1
        name = Candidate(after, _end_of_name(doc, after), kinds[0], weight=SURE)
        free = name.end > after and not taken.under(name)
        if free and _introduces(doc[start], name, context):
            yield name


def _end_of_name(doc: Doc, start: int) -> int:
    """Where a run of capitals ends, or the name that the model saw there, which has small words too: "Van der Meer"."""
    end = _end_of_capitals(doc, start)
    while start < end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return end


def _end_of_capitals(doc: Doc, start: int) -> int:
    end = start
    while end < len(doc) and doc[end].text[0].isupper() and not doc[end].is_sent_start:
        end += 1
    return end


def _introduces(head: Token, name: Candidate, context: Context) -> bool:
    """Whether a common noun is a class for the name after it: it is in its sentence, and no person bears the name.

    Storms, ships and companies have the names of people; a law or a trial that does is not called so.
    """
    tokens, kinds = context.doc[name.start : name.end], context.lexicon.language.kinds
    is_person = any(kinds.get(token.ent_type_) == PERSON for token in tokens)
    return head.sent == tokens[0].sent and (not is_person or _is_namesake(head, tokens, context))


def _is_namesake(head: Token, name: Tokens, context: Context) -> bool:
    """Whether a noun is called what follows it: "la société Delmas", but not "le PDG du groupe, Paul Delmas".

    One word right after it is its name even there: "le chef du parti Ennour".
    """
    of_office = any(end <= head.i <= end + 1 for _, end, _ in context.positions)
    touches = len(name) == 1 and name.start == head.i + 1
    return context.lexicon.has("NamesakeNoun", head) and (touches or not of_office)


def with_heads(context: Context, names: Sequence[Candidate]) -> list[Candidate]:
    """The names, with the nouns that are a part of them: "cour d'appel de Paris", "Kestrel Group"."""
    by_start = {name.start: name for name in names}
    whole: list[Candidate] = []
    for start, end, kinds in context.head_nouns:
        if context.lexicon.has("NamingNoun", context.doc[start]):
            inner = _after_head(context, end)
            stop = by_start[inner].end if inner in by_start else _end_of_capitals(context.doc, inner)
            if stop > inner and context.doc[inner].sent == context.doc[start].sent:
                whole.append(Candidate(start, stop, kinds[0]))
        elif (first := _start_of_compound(context, start)) < start:
            whole.append(Candidate(first, end, kinds[0]))
    taken = Taken.by(names)
    whole = [one for one in whole if all(_adds(one, name) for name in taken.under(one))]
    again = Taken.by(whole)
    kept = [name for name in names if not again.under(name)]
    return sorted([*kept, *whole], key=lambda name: name.start)


def _adds(whole: Candidate, name: Candidate) -> bool:
    """Whether a name with its noun is more than the name: "Islamic State" is known as what it is."""
    known = name.entry is not None and (whole.start, whole.end) == (name.start, name.end)
    return whole.covers(name) and not known


def _start_of_compound(context: Context, head: int) -> int:
    """Where a name begins whose last word is a noun in capitals, in a language that has its names so."""
    doc, syntax, start = context.doc, context.lexicon.syntax, head
    if not doc[head].is_title or not context.lexicon.language.labels.get("compound"):
        return head
    while start and doc[start - 1].is_title and doc[start - 1].pos_ == "PROPN" and syntax.is_(doc[start - 1], "flat"):
        start -= 1
    return start


def _after_head(context: Context, position: int) -> int:
    """Where the name of a head goes on, past its adjectives and the preposition and the article after them."""
    doc, belonging = context.doc, context.lexicon.words("PositionPreposition")
    limit = min(position + _ADJECTIVES, len(doc))
    while position < limit and doc[position].pos_ == "ADJ":
        position += 1
    if position < len(doc) and doc[position].lemma_.lower() in belonging:
        position += 1
        if position < len(doc) and doc[position].pos_ == "DET":
            position += 1
    return position
