"""Common nouns in, the names that they are said of out: "Air France est une compagnie", "Acme, une compagnie".

A name that the model took for a person's or a place's is a body's where the article says that it is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Mention, MentionType
from kg.text.context import ORGANIZATION, PERSON, Context
from kg.text.negation import is_negated
from kg.text.nouns import is_indefinite, name_before_comma
from kg.text.tokens import Token, Tokens

_BEFORE = frozenset(".)")  # what may stand between a name and the copula: "Acme Inc. est", "Acme (ACM) est"


def classify(context: Context, nouns: Iterable[tuple[Tokens, str]]) -> None:
    """Give names the class of the bodies that nouns say them to be, wherever they stand in the article."""
    told: dict[str, str] = {}
    for tokens, kind in nouns:
        name = _subject(context, tokens.root) or _before_comma(context, tokens)
        if name and not name.entry and context.is_a_kind(kind, ORGANIZATION) and not context.is_a(name, ORGANIZATION):
            told.setdefault(context.article.words(name.span), kind)
    for name in list(context.mentions) if told else []:
        new = told.get(context.article.words(name.span))
        if new and name.type is MentionType.NAME and not name.entry:
            context.mentions.replace(replace(name, kind=new))


def named_subject(context: Context, noun: Token) -> Mention | None:
    """The body that is said to be of a kind: "Air France est une compagnie aérienne française"."""
    name = _subject(context, noun)
    return name if name and context.is_a(name, ORGANIZATION) else None


def _subject(context: Context, noun: Token) -> Mention | None:
    """The one name that a noun is said of, as its subject or, where the parser lost that, right before the copula."""
    syntax = context.lexicon.syntax
    verb = syntax.predicate_verb(noun)
    if not is_indefinite(noun) or not syntax.is_predicate(noun) or is_negated(verb, context):
        return None
    subjects = [mention for token in syntax.subjects(verb) if (mention := context.mentions.at(token))]
    subjects = subjects or [mention for mention in (_before_copula(context, noun),) if mention]
    return subjects[0] if len(subjects) == 1 and subjects[0].type is MentionType.NAME else None


def _before_copula(context: Context, noun: Token) -> Mention | None:
    copula = next(iter(context.lexicon.syntax.children(noun, "copula")), None)
    at = copula.i - 1 if copula is not None else -1
    while at > noun.sent.start and context.doc[at].text in _BEFORE:
        at -= 1
    return context.mentions.at(context.doc[at]) if at >= noun.sent.start else None


def _before_comma(context: Context, tokens: Tokens) -> Mention | None:
    """The name that a noun is in apposition to; what the model took for a place may be where something else is."""
    name = name_before_comma(context, tokens) if is_indefinite(tokens.root) else None
    return name if name and context.is_a(name, PERSON) else None
