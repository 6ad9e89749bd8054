"""A verb or a noun in its clause in, whether a word of negation bears on it out."""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.context import Context
from kg.text.morphology import VERBAL, feature
from kg.text.tokens import Token

_ARGUMENTS = ("subject", "passive_subject", "object")


def is_negated(token: Token, context: Context) -> bool:
    """Whether a word of negation bears on a token; where verbs need a particle, « plus » without « ne » is none."""
    if is_replaced(token, context):
        return True
    found = [*_negations(token, context), *_in_arguments(token, context)]
    if not context.lexicon.words("NegationParticle"):
        return bool(found)
    if any(context.lexicon.has("NegationParticle", child) for child in token.children):
        return bool(found) or _is_bare(token, context)
    return not _is_finite(token) and any(not _needs_particle(word, token, context) for word in found)


def is_replaced(token: Token, context: Context) -> bool:
    """Whether something else is done, or nothing: « sans signer », "instead of signing"."""
    return any("InsteadWord" in context.classes(word) for word in openers(token, context))


def openers(token: Token, context: Context) -> Iterator[Token]:
    """The words that bring a clause or a noun; the parser hangs them on it, or it on them (« lors de la visite »)."""
    syntax = context.lexicon.syntax
    yield from (c for kind in ("marker", "case") for c in syntax.children(token, kind) if c.i < token.i)
    if is_opener(token.head, token, context):
        yield token.head


def is_opener(above: Token, token: Token, context: Context) -> bool:
    """Whether the word above a token does no more than bring it."""
    return above.i < token.i and (context.lexicon.syntax.is_(above, "preposition") or above.pos_ in {"ADV", "ADP"})


def _negations(token: Token, context: Context) -> Iterator[Token]:
    """The negations on a token itself; « pas seulement » says that there is more."""
    lexicon = context.lexicon
    for child in token.children:
        if "NegationWord" in context.classes(child) and not lexicon.syntax.is_(child, "conjunct"):
            following = child.doc[child.i + 1] if child.i + 1 < len(child.doc) else child
            if not lexicon.has("FocusWord", following):
                yield child


def _in_arguments(verb: Token, context: Context) -> Iterator[Token]:
    """The negations in who does it or whom it is done to: "no group", « personne »."""
    lexicon = context.lexicon
    if verb.pos_ not in VERBAL and not lexicon.syntax.is_predicate(verb):
        return
    for noun in verb.children:
        if any(lexicon.syntax.is_(noun, kind) for kind in _ARGUMENTS):
            yield from (word for word in noun.children if lexicon.has("NegationWord", word))
            if lexicon.has("NegativePronoun", noun) and not any(lexicon.syntax.children(noun, "determiner")):
                yield noun


def _is_bare(verb: Token, context: Context) -> bool:
    """« Il n'a pu signer »: some verbs need nothing beside the particle; « ne peut que » affirms."""
    children = list(verb.children)
    only = any(context.lexicon.has("FocusWord", child) and child.i > verb.i for child in children)
    return context.lexicon.has("BareNegatedVerb", verb) and not only


def _needs_particle(word: Token, token: Token, context: Context) -> bool:
    determines = token.pos_ not in VERBAL and context.lexicon.syntax.is_(word, "determiner")
    return context.lexicon.has("ParticleBoundNegation", word) and not determines


def _is_finite(token: Token) -> bool:
    words = (token, *token.children) if token.pos_ in VERBAL else token.children
    return any(word.pos_ in VERBAL and "Fin" in feature(word, "VerbForm") for word in words)
