"""A noun phrase in, whom it speaks of again out: the same noun, a word for anybody of its kind, or what is nearest.

From sure to unsure (Lee et al. 2013): the head noun of somebody spoken of, without a modifier that is new; a generic
noun for the person most in mind ("le jeune homme"); a class's noun for the last of the class ("la société").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from kg.model import Mention
from kg.text.agreement import gender, is_plural
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context
from kg.text.morphology import feature
from kg.text.nouns import is_definite, modifiers, name_before_comma, noun_phrase
from kg.text.offices import holder
from kg.text.referents import Discourse, Referent
from kg.text.tokens import Token

_TOO_WIDE = frozenset({PLACE, ORGANIZATION})
_CLEARLY = 1.3  # how much more in mind than anybody else
_NEAR = 3  # sentences back that a noun of another word than the first may look


def recognised(noun: Token, kind: str | None, discourse: Discourse) -> Referent | None:
    """Who or what a noun phrase speaks of again; None for what is new, or may be."""
    if not is_definite(noun) or discourse.context.lexicon.syntax.is_predicate(noun):
        return None
    if (known := _same_noun(noun, kind, discourse)) or kind is None:
        return known
    if kind == PERSON:
        return _person(noun, discourse)
    return _last_of(kind, noun, discourse) if _is_demonstrative(noun) or not any(_complements(noun)) else None


def name_beside(noun: Token, kind: str, context: Context) -> Mention | None:
    """The name that a noun describes, before or after it: "le brigadier Gilbert Combat", "Korisa, le village"."""
    tokens = noun_phrase(context, noun.i, noun.i + 1)
    if kind == PERSON:
        return holder(context, tokens)
    name = name_before_comma(context, tokens)
    return name if name and context.is_a(name, PLACE) == context.is_a_kind(kind, PLACE) else None


def latter(token: Token, discourse: Discourse) -> Referent | None:
    """The last person or body that agrees with "ce dernier"; a place only where there is none."""
    context, genders = discourse.context, feature(token, "Gender")
    number = context.sentence_number(token)
    found = [r for r in _nearest(token, discourse) if r.kind and number - r.sentence < 2]
    fitting = [r for r in found if not genders or r.gender is None or r.gender in genders]
    return min(fitting, key=lambda r: context.is_a_kind(r.kind or "", PLACE), default=None)


def _same_noun(noun: Token, kind: str | None, discourse: Discourse) -> Referent | None:
    lemma, added = noun.lemma_.lower(), modifiers(noun)
    for referent in _nearest(noun, discourse, lemma):
        adds_nothing = added <= referent.modifiers or (_is_demonstrative(noun) and not referent.modifiers)
        if adds_nothing and (kind is None) == (referent.kind is None):
            return referent
    return None


def _person(noun: Token, discourse: Discourse) -> Referent | None:
    """The person most in mind for a generic or a demonstrative noun; for another, whom the article is about."""
    if is_plural(noun):
        return None
    number = discourse.context.sentence_number(noun)
    near = [r for r in _nearest(noun, discourse) if r.kind == PERSON and number - r.sentence <= _NEAR]
    fitting = sorted((r for r in near if _agrees(r, noun)), key=lambda r: (-r.salience(number), -r.order))
    if not fitting or _is_demonstrative(noun) or discourse.context.lexicon.has("GenericPersonNoun", noun):
        return next(iter(fitting), None)
    of_whom = any(_complements(noun)) and bool(discourse.context.lexicon.positions.at(noun.doc, noun.i))
    return None if of_whom else _protagonist(fitting)


def _protagonist(people: list[Referent]) -> Referent | None:
    """The person whom the article names more often than any other who may be meant, and more than once."""
    first, *others = sorted(people, key=lambda r: -r.fame)
    return first if first.fame > 1 and all(first.fame > _CLEARLY * other.fame for other in others) else None


def _last_of(kind: str, noun: Token, discourse: Discourse) -> Referent | None:
    """The last named body or place of a noun's class: "la société", "ce pays"; a place only by its very class.

    Where there is none, a body of which nobody knows what sort it is may be meant.
    """
    context = discourse.context
    number = context.sentence_number(noun)
    near = [r for r in _nearest(noun, discourse) if r.named and r.kind and number - r.sentence <= _NEAR]
    if kind in _TOO_WIDE:
        return None
    if context.is_a_kind(kind, PLACE):
        return next((r for r in near if r.kind == kind), None)
    alike = (r for r in near if context.is_a_kind(r.kind or "", kind))
    open_ones = (r for r in near if r.kind == ORGANIZATION and context.is_a_kind(kind, ORGANIZATION))
    return next(alike, None) or next(open_ones, None)


def _nearest(noun: Token, discourse: Discourse, lemma: str | None = None) -> list[Referent]:
    """What agrees with a noun in number, the last spoken of first; with a lemma, only what was called so."""
    near = discourse.recent(discourse.context.sentence_number(noun))
    if lemma is not None:
        near = (referent for referent in near if lemma in referent.nouns)
    plural = is_plural(noun)
    found = [r for r in near if r.plural == plural and r.head.i < noun.i]
    return sorted(found, key=lambda r: -r.head.i)


def _agrees(referent: Referent, noun: Token) -> bool:
    shown = gender(noun, is_person=True)
    return not shown or referent.gender is None or referent.gender == shown


def _is_demonstrative(noun: Token) -> bool:
    return any("Dem" in feature(child, "PronType") for child in noun.lefts)


def _complements(noun: Token) -> Iterator[Token]:
    """What follows a noun and tells which one is meant; what a comma parts from it tells more of the same."""
    close = takewhile(lambda child: not child.is_punct, noun.rights)
    return (child for child in close if child.pos_ in {"NOUN", "PROPN", "VERB", "ADP"})
