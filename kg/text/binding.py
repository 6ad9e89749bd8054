"""A pronoun in, what syntax alone says of it out: whom it must stand for, and whom it cannot.

A relative pronoun stands for the noun before it and a reflexive one for its subject; any other pronoun for nobody that
depends on its own verb, and a possessive not for what it owns (Lappin and Leass 1994, section 2.1.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.context import Context
from kg.text.morphology import VERBAL, feature
from kg.text.syntax import is_relative
from kg.text.tokens import Token

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_NEVER_BOUND = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADP", "PUNCT", "SPACE", "NUM"})


def is_reflexive(token: Token, context: Context) -> bool:
    """Whether a pronoun stands for the subject of its verb."""
    return "Yes" in feature(token, "Reflex") or context.lexicon.has("ReflexivePronoun", token)


def bound(token: Token, context: Context) -> Token | None:
    """The word that syntax binds a pronoun to: a relative one to the noun before it, a reflexive one to its subject."""
    if token.pos_ in _NEVER_BOUND:
        return None
    syntax = context.lexicon.syntax
    if is_relative(token):
        return _relative_head(token, context)
    if token.pos_ != "PRON":
        return None
    if subject := doubled(token, context):
        return subject
    if is_reflexive(token, context) and token.head.pos_ in VERBAL and not syntax.is_(token, "inherent"):
        subjects = [s for s in syntax.subjects(token.head) if s != token]
        return subjects[0] if len(subjects) == 1 else None
    return None


def doubled(pronoun: Token, context: Context) -> Token | None:
    """The subject that a pronoun only repeats: "Les Israéliens ont-ils …?", "La France, elle, a refusé"."""
    return _stressed(pronoun, context) or _asked(pronoun, context)


def _stressed(pronoun: Token, context: Context) -> Token | None:
    """The subject that a pronoun between commas follows."""
    doc, at = pronoun.doc, pronoun.i
    if [token.text for token in (*doc[max(at - 1, 0) : at], *doc[at + 1 : at + 2])] != [",", ","]:
        return None
    for noun in (pronoun.head, *context.lexicon.syntax.subjects(pronoun.head)):
        between = doc[noun.i + 1 : at]
        if noun.pos_ in {"NOUN", "PROPN"} and noun.i < at and all(t.is_punct or noun.is_ancestor(t) for t in between):
            return noun
    return None


def _asked(pronoun: Token, context: Context) -> Token | None:
    """The subject before the verb of a question that a pronoun follows."""
    if not pronoun.text.startswith("-") or all(token.text != "?" for token in pronoun.sent):
        return None
    verbs = [token for token in pronoun.ancestors if token.pos_ in VERBAL][:1]
    subjects = [s for verb in verbs for s in context.lexicon.syntax.subjects(verb)]
    return next((s for s in subjects if s.i < pronoun.i and s.pos_ in {"NOUN", "PROPN"}), None)


def _relative_head(token: Token, context: Context) -> Token | None:
    """What a relative pronoun follows: by the parse, else the noun right before it or before its comma."""
    head = context.lexicon.syntax.relative_head(token)
    if head is not None and head.pos_ in _NOMINAL and not is_relative(head) and head.i < token.i:
        return head
    before = token.i - 1
    while before > token.sent.start and token.doc[before].pos_ in {"PUNCT", "ADP"}:
        before -= 1
    noun = token.doc[before]
    while noun.pos_ in {"PROPN", "ADJ"} and noun.head.i < noun.i and context.lexicon.syntax.is_(noun, "modifier"):
        noun = noun.head
    return noun if noun.pos_ in {"NOUN", "PROPN"} else None


def barred(pronoun: Token, context: Context) -> Iterator[Token]:
    """The words that a pronoun cannot stand for what they do."""
    verb = _verb_of(pronoun, context)
    for other in (*verb.children, *context.lexicon.syntax.subjects(verb)) if verb is not None else ():
        if other != pronoun and other.pos_ in _NOMINAL:
            yield from context.lexicon.syntax.conjuncts(other)


def owned(possessive: Token, context: Context) -> Iterator[Token]:
    """What a possessive says to be somebody's, under all its names."""
    syntax, noun = context.lexicon.syntax, possessive.head
    yield noun
    yield from syntax.appositions(noun)
    if syntax.is_(noun, "apposition") and not any(syntax.children(noun, "case")):
        yield noun.head


def _verb_of(pronoun: Token, context: Context) -> Token | None:
    """The verb that a pronoun depends on; one of place may part it from its subject: "derrière lui"."""
    syntax = context.lexicon.syntax
    places = context.lexicon.words("LocationPreposition")
    cases = [*syntax.children(pronoun, "case"), *([pronoun.head] if pronoun.head.pos_ == "ADP" else [])]
    if any(syntax.lemma(case) in places for case in cases):
        return None
    return next((token for token in pronoun.ancestors if token.pos_ in VERBAL or token == pronoun.head), None)


def coming_subject(pronoun: Token, context: Context) -> Token | None:
    """The subject after a pronoun in what stands before it: "Lorsqu'il est arrivé au pouvoir, Netanyahu avait …"."""
    syntax = context.lexicon.syntax
    for verb in pronoun.ancestors:
        if verb.i > pronoun.i and verb != pronoun.head:
            subjects = [s for s in syntax.subjects(verb) if s.i > pronoun.i]
            if subjects and subjects[0] != pronoun.head:
                return subjects[0] if not subjects[0].is_ancestor(pronoun) else None
    return None
