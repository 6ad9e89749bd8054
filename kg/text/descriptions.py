"""A noun phrase in, whom it speaks of again out: the same noun, a word for anybody of its kind, or what is nearest.

From sure to unsure (Lee et al. 2013): the head noun of somebody spoken of, without a modifier that is new; a generic
noun for the person most in mind ("le jeune homme"); a class's noun for the last of the class ("la société").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import KG
from kg.text.agreement import gender, is_plural
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context
from kg.text.morphology import feature
from kg.text.nouns import is_definite
from kg.text.referents import Discourse, Referent, modifiers

_NEAR = 3  # sentences back that a noun of another word than the first may look


def recognised(noun: Token, kind: str | None, discourse: Discourse) -> Referent | None:
    """Who or what a noun phrase speaks of again; None for what is new, or may be."""
    if not is_definite(noun) or discourse.context.lexicon.syntax.is_predicate(noun):
        return None
    return _same_noun(noun, kind, discourse) or (_other_noun(noun, kind, discourse) if kind else None)


def _same_noun(noun: Token, kind: str | None, discourse: Discourse) -> Referent | None:
    lemma, added = noun.lemma_.lower(), modifiers(noun)
    for referent in _nearest(noun, discourse):
        if lemma in referent.nouns and (kind is not None) == (referent.kind is not None):
            if added <= referent.modifiers or (_is_demonstrative(noun) and not referent.modifiers):
                return referent
    return None


def _other_noun(noun: Token, kind: str, discourse: Discourse) -> Referent | None:
    context = discourse.context
    generic = context.lexicon.has("GenericPersonNoun", noun)
    if not _is_demonstrative(noun) and (any(_complements(noun)) or not (generic or kind != PERSON)):
        return None
    fitting = [r for r in _nearest(noun, discourse) if _is_of_kind(r, kind, context) and _agrees(r, noun, generic)]
    number = context.sentence_number(noun)
    near = [r for r in fitting if number - r.sentence <= _NEAR and r.members == ()]
    if kind == PERSON:
        return max(near, key=lambda r: (r.salience(number), r.order), default=None)
    return near[0] if near else None


def _nearest(noun: Token, discourse: Discourse) -> list[Referent]:
    """What agrees with a noun in number, the last spoken of first."""
    number, plural = discourse.context.sentence_number(noun), is_plural(noun)
    found = [r for r in discourse.recent(number) if r.plural == plural and r.head.i < noun.i]
    return sorted(found, key=lambda r: -r.head.i)


def _is_of_kind(referent: Referent, kind: str, context: Context) -> bool:
    if referent.kind is None:
        return False
    same = context.is_a_kind(referent.kind, kind) or (referent.named and context.is_a_kind(kind, referent.kind))
    return same and (kind == PERSON or referent.named)


def _agrees(referent: Referent, noun: Token, generic: bool) -> bool:
    shown = gender(noun)
    person = not shown or referent.gender is None or referent.gender == shown
    return person or not generic


def _is_demonstrative(noun: Token) -> bool:
    return any("Dem" in feature(child, "PronType") for child in noun.lefts)


def _complements(noun: Token) -> Iterator[Token]:
    """What follows a noun and tells which one is meant."""
    return (child for child in noun.rights if child.pos_ in {"NOUN", "PROPN", "VERB", "ADP"})
