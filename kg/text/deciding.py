"""A verb or a noun that the text does not simply assert in, the word that makes it so out: for who asks why."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Factuality
from kg.text.context import Context
from kg.text.factuality import factuality
from kg.text.governors import governor
from kg.text.morphology import feature
from kg.text.negation import is_negated, openers
from kg.text.tokens import Token

_BESIDE = frozenset(
    {
        *("PossibilityWord", "ModalVerb", "AbilityVerb", "ChanceVerb", "AdviceAuxiliary", "ObligationAuxiliary"),
        *("FutureAuxiliary", "ConditionalAuxiliary", "FutureWord"),
    }
)
_NEGATIONS = frozenset({"NegationWord", "NegativePronoun"})
_OPENERS = frozenset({"ConditionWord", "GoalPreposition", "InsteadWord"})
_HIGH = 20  # words above that are asked, more than any sentence needs


def decider(token: Token, context: Context) -> Token | None:
    """The word on the token or above it that makes it planned, possible or denied; None where it is asserted.

    What stands nearest is told: a negation, an auxiliary, an adverb, the word that opens the clause, the form of the
    verb itself, then the verb above. A verb that only its date puts in the time to come is told itself.
    """
    if factuality(token, context) is Factuality.ASSERTED:
        return None
    below = token
    for _ in range(_HIGH):
        if word := next(_own(below, context), None):
            return word
        if not (found := governor(below, context)):
            break
        below, signature = found
        if signature.affirmed is not Factuality.ASSERTED:
            return below
    return token


def _own(token: Token, context: Context) -> Iterator[Token]:
    """The words that bear on a token itself, in the order of what they are told for."""
    classes, syntax = context.lexicon.classes, context.lexicon.syntax
    if is_negated(token, context):
        below = [*token.children, *(word for child in token.children for word in child.children)]
        yield from (word for word in sorted(below, key=lambda w: w.i) if not _NEGATIONS.isdisjoint(classes(word)))
    yield from (child for child in token.children if not _BESIDE.isdisjoint(classes(child)))
    opening = _OPENERS | {"PurposeWord"} if syntax.is_(token, "adverbial") else _OPENERS
    yield from (word for word in openers(token, context) if not opening.isdisjoint(classes(word)))
    verbs = [token, *(c for c in token.children if syntax.is_(c, "auxiliary") or syntax.is_(c, "copula"))]
    yield from (verb for verb in verbs if "Fut" in feature(verb, "Tense") or "Cnd" in feature(verb, "Mood"))
