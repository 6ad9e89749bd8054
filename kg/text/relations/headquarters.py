"""Nouns for a headquarters in, whose it is and where out: "le siège de l'Unesco, à Paris", "dont le siège est à Paris".

The parsers hang the place on the noun, on the body or on the verb, so it is read from the words between them.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import KG, Mention, MentionType
from kg.text.context import ORGANIZATION, PLACE, Context
from kg.text.nouns import name_before_comma
from kg.text.relations.found import Found
from kg.text.tokens import Token

_HEADQUARTERED = KG + "headquarteredIn"
_FAR = 10  # tokens between the noun and the place, the body's name not counted


def by_headquarters(context: Context) -> Iterator[Found]:
    """Where bodies have their headquarters, as a noun for it says."""
    relation = context.lexicon.ontology.relations[_HEADQUARTERED]
    for sentence in context.sentences:
        for noun in sentence:
            if context.lexicon.has("HeadquartersNoun", noun) and (body := _body(noun, context)):
                carrier = context.doc[noun.i : noun.i + 1]
                if place := _place(noun, body, context):
                    yield Found(relation, body, place, carrier, "description", noun.lower_, presupposed=True)


def _body(noun: Token, context: Context) -> Mention | None:
    """Whose headquarters it is: what a preposition of belonging brings, or the name before "dont le siège"."""
    start = noun.i - 1
    while start > noun.sent.start and context.doc[start].pos_ == "DET" and not _owns(context.doc[start], context):
        start -= 1
    if start > noun.sent.start and _owns(context.doc[start], context):
        owner = name_before_comma(context, context.doc[start : start + 1])
        return owner if owner and context.is_a(owner, ORGANIZATION) else None
    bodies = [m for m in context.complements(noun) if context.is_a(m, ORGANIZATION)]
    return next((m for m in bodies if m.type is MentionType.NAME and m.span.start > noun.idx), None)


def _owns(token: Token, context: Context) -> bool:
    return context.lexicon.has("OwningRelative", token)


def _place(noun: Token, body: Mention, context: Context) -> Mention | None:
    """The place that a preposition brings next, with nothing between but the body, a copula and a verb of place."""
    doc, name, at = context.doc, context.tokens(body.span), noun.i + 1
    for _ in range(_FAR):
        if name.start <= at < name.end:
            at = name.end
        if at + 1 >= noun.sent.end or not (_passes(doc[at], context) or _is_seat(doc[at], context)):
            return None
        if _is_seat(doc[at], context):
            start = at + 1 + (doc[at + 1].pos_ == "DET")
            place = context.mentions.at(doc[start]) if start < noun.sent.end else None
            named = place is not None and place.type is MentionType.NAME and context.is_a(place, PLACE)
            return place if named else None
        at += 1
    return None


def _is_seat(token: Token, context: Context) -> bool:
    return context.lexicon.syntax.lemma(token) in context.lexicon.words("SeatPreposition")


def _passes(token: Token, context: Context) -> bool:
    """Whether a word may stand between a headquarters and its place."""
    light = token.pos_ in {"DET", "ADJ", "AUX"} or token.text in {",", "(", ")"}
    of = context.lexicon.syntax.lemma(token) in context.lexicon.words("PartitivePreposition")
    return light or of or any(context.lexicon.has(name, token) for name in ("SeatingVerb", "HeadquartersWord"))
