"""A noun in, whoever it is said of out: beside the noun, as its subject, or before a comma."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import Mention
from kg.text.context import Context
from kg.text.morphology import VERBAL, feature
from kg.text.nouns import name_before_comma
from kg.text.offices import holder


def bearers(tokens: Tokens, context: Context) -> Iterator[tuple[Mention, str]]:
    """Who is what a noun says, and by which construction: beside the noun, or as its subject."""
    if not context.lexicon.syntax.is_predicate(tokens.root) and (name := holder(context, tokens)):
        yield name, "apposition"
    else:
        yield from things(tokens, context)


def things(tokens: Tokens, context: Context) -> Iterator[tuple[Mention, str]]:
    """What is what a noun says that stands for no person: as its subject, in apposition, or before a comma."""
    root, syntax = tokens.root, context.lexicon.syntax
    if syntax.is_predicate(root):
        for subject in syntax.subjects(syntax.predicate_verb(root)):
            yield from ((mention, "predicate") for mention in context.referents(subject))
    else:
        beside = _apposed(root, context) or _before_comma(tokens, context)
        yield from ((mention, "apposition") for mention in beside)


def _before_comma(tokens: Tokens, context: Context) -> list[Mention]:
    name = name_before_comma(context, tokens)
    if name is None or "Plur" not in feature(tokens.root, "Number"):
        return [name] if name else []
    syntax = context.lexicon.syntax
    together = syntax.conjuncts(syntax.first_conjunct(context.tokens(name.span).root))
    return [mention for token in together if token.i < tokens.start and (mention := context.referent(token))]


def _apposed(noun: Token, context: Context) -> list[Mention]:
    """What a noun stands in apposition to; a plural noun to all that is coordinated before it."""
    syntax = context.lexicon.syntax
    if not syntax.is_(noun, "apposition") or any(syntax.children(noun, "case")) or noun.head.i > noun.i:
        return []
    heads = [noun.head]
    if "Plur" in feature(noun, "Number"):
        heads = [token for token in syntax.conjuncts(syntax.first_conjunct(noun.head)) if token.i < noun.i]
    return [mention for head in heads if (mention := context.referent(head))]


def is_beside(words: str, carrier: Tokens, context: Context) -> bool:
    """Whether a word of a class qualifies what carries a relation: "l'ancien président", "ministre adjoint"."""
    doc, root = context.doc, carrier.root
    around = [*doc[max(carrier.start - 2, carrier.sent.start) : carrier.start], *doc[carrier.end : carrier.end + 1]]
    near = [token for token in around if token.pos_ not in VERBAL]
    below = [child for child in root.children if not context.lexicon.syntax.is_(child, "conjunct")]
    return any(context.lexicon.has(words, token) for token in {*below, *near})
