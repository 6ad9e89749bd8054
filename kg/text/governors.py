"""A verb or a noun in, the word that decides on it from above out, and what that word makes of it.

A verb has a signature: what it makes of its complement where it is affirmed and where it is denied (Nairn, Condoravdi
and Karttunen 2006): "failed to sign" did not sign, "did not fail to sign" signed, "did not plan to sign" did not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.model import Factuality
from kg.text.context import Context
from kg.text.morphology import VERBAL, feature
from kg.text.negation import is_opener, is_replaced, openers
from kg.text.nouns import is_definite
from kg.text.tense import is_past, is_perfect
from kg.text.tokens import Token


class Signature(NamedTuple):
    """What a word makes of what hangs on it."""

    affirmed: Factuality
    denied: Factuality


Governor = tuple[Token, Signature]

_ASSERTED, _PLANNED, _POSSIBLE, _DENIED = (
    Factuality.ASSERTED,
    Factuality.PLANNED,
    Factuality.POSSIBLE,
    Factuality.DENIED,
)
SHARED = Signature(_ASSERTED, _DENIED)  # what hangs on it stands as it does
AFTER = Signature(_ASSERTED, _ASSERTED)  # planned or possible where it is, a fact where it is denied
OPEN = Signature(_POSSIBLE, _POSSIBLE)
_SAID = Signature(_ASSERTED, _POSSIBLE)  # "did not say that": who knows
_WANTED = Signature(_PLANNED, _DENIED)

_VERBS = {  # in this order, for a verb may be of several classes
    "DenialVerb": Signature(_DENIED, _POSSIBLE),
    "PreventionVerb": Signature(_DENIED, _ASSERTED),
    "RefusalVerb": Signature(_DENIED, _POSSIBLE),
    "DisputeVerb": Signature(_DENIED, _POSSIBLE),
    "FailureVerb": Signature(_DENIED, _ASSERTED),
    "ObligationVerb": _WANTED,
    "AbilityVerb": Signature(_POSSIBLE, _DENIED),
    "ChanceVerb": OPEN,
    "ModalVerb": Signature(_POSSIBLE, _DENIED),
    "FutureAuxiliary": _WANTED,
    "IntentionVerb": _WANTED,
    "PlanningVerb": _WANTED,
    "SpeechVerb": _SAID,
}
_OF_INFINITIVES = {"ObligationVerb", "IntentionVerb", "FutureAuxiliary", "FailureVerb"}
_OF_NOUNS = {
    kind: _VERBS[kind] for kind in ("DenialVerb", "PreventionVerb", "RefusalVerb", "ChanceVerb", "PlanningVerb")
} | {"LightVerb": SHARED, "PhaseVerb": SHARED}
_OF_SUBJECTS = {"OccurrenceVerb": SHARED, "CollapseVerb": Signature(_DENIED, _POSSIBLE)}
_NOUNS = {
    "FailureNoun": Signature(_DENIED, _POSSIBLE),
    "IntentionNoun": _WANTED,
    "PossibilityNoun": Signature(_POSSIBLE, _DENIED),
}
_ADJECTIVES = {
    "FalsehoodWord": Signature(_DENIED, _POSSIBLE),
    "ImpossibleWord": Signature(_DENIED, _POSSIBLE),
    "PlannedWord": _WANTED,
    "UncertainWord": OPEN,
}


def governor(token: Token, context: Context) -> Governor | None:
    """The word above that decides on a token; none where it stands on its own feet, as in a relative clause."""
    syntax = context.lexicon.syntax
    token = syntax.first_conjunct(token)
    above = token.head
    if above == token or syntax.is_(token, "relative") or syntax.is_(token, "parenthetical"):
        return None
    if is_replaced(token, context):
        return None
    if is_opener(above, token, context) and above.head != above:
        above = above.head
    if token.pos_ in VERBAL or syntax.is_predicate(token):
        return _of_clause(token, above, context)
    return _of_noun(token, above, context)


# Clauses


def _of_clause(clause: Token, above: Token, context: Context) -> Governor | None:
    syntax = context.lexicon.syntax
    if syntax.is_(clause, "adverbial"):
        return _of_adverbial(clause, above, context)
    if syntax.is_(clause, "participle") or syntax.is_(clause, "modifier"):
        if syntax.qualifies(clause) or not (_is_infinitive(clause) or _is_that(clause, context)):
            return None
        return _of_controlled(clause, above, context) or _of_words(clause, above, context)
    return _of_words(clause, above, context) if syntax.is_(clause, "clause") else None


def _of_controlled(clause: Token, noun: Token, context: Context) -> Governor | None:
    """« empêcher les manifestants d'entrer »: the infinitive is the verb's, though the parser hung it on the object."""
    known = _NOUNS.keys() | _ADJECTIVES.keys() | {"FactiveWord"}
    if noun.head.pos_ not in VERBAL or not known.isdisjoint(context.classes(noun)):
        return None
    decisive = _verb_class(context.classes(noun.head), True) not in (None, "SpeechVerb")
    return _of_words(clause, noun.head, context) if decisive else None


def _of_adverbial(clause: Token, above: Token, context: Context) -> Governor | None:
    """A time or a manner is to come where the main verb is; a cause stands on its own feet."""
    syntax = context.lexicon.syntax
    markers = {kind for c in syntax.children(clause, "marker") for kind in context.classes(c)}
    timely = any("TimeClauseWord" in context.classes(c) for c in clause.children if c.i < clause.i)
    if "ConditionWord" in markers or ("PurposeWord" in markers and not timely):
        return None
    return (above, AFTER) if timely or not _is_finite(clause) else None


def _of_words(clause: Token, above: Token, context: Context) -> Governor | None:
    """What the verb, the noun or the adjective above makes of a clause; of several words the most particular."""
    infinitive = not _is_finite(clause)
    perfect = infinitive and is_perfect(clause, context.lexicon.language)
    for word in (*context.lexicon.syntax.children(above, "attribute"), above):
        if word == clause:
            continue
        classes = context.classes(word)
        if word.pos_ in VERBAL and (kind := _verb_class(classes, infinitive)):
            return _by_verb(word, kind, classes, clause, context)
        tables = _ADJECTIVES if word.pos_ in {"ADJ", "ADV"} else _NOUNS | _ADJECTIVES
        if word.pos_ not in VERBAL and (sign := _first(tables, classes)):
            return word, sign
        if "FactiveWord" in classes or ("FactiveVerb" in classes and not infinitive):
            return None
    return _by_default(clause, above, infinitive, perfect)


def _verb_class(classes: frozenset[str], infinitive: bool) -> str | None:
    if "FactiveVerb" in classes and not infinitive:
        return None
    return next((kind for kind in _VERBS if kind in classes and (infinitive or kind not in _OF_INFINITIVES)), None)


def _by_verb(verb: Token, kind: str, classes: frozenset[str], clause: Token, context: Context) -> Governor:
    language = context.lexicon.language
    perfect = not _is_finite(clause) and is_perfect(clause, language)
    if kind == "ObligationVerb":  # « a dû partir » did, « devait partir » was to, « doit être parti » may have
        return verb, SHARED if is_past(verb, language) else OPEN if perfect else _VERBS[kind]
    if kind == "AbilityVerb" and is_past(verb, language) and not context.lexicon.syntax.is_passive(clause):
        return verb, SHARED  # « a pu fuir » did, « a pu être tué » may have been
    if kind == "FutureAuxiliary" and "Part" in feature(verb, "VerbForm") and "Past" in feature(verb, "Tense"):
        # « est allé rencontrer »
        return verb, SHARED
    if kind in {"IntentionVerb", "PlanningVerb"} and perfect:
        return verb, _SAID if "SpeechVerb" in classes else OPEN
    if kind == "SpeechVerb" and context.lexicon.syntax.is_passive(verb) and not _has_agent(verb, context):
        return verb, OPEN  # "is said to have met"
    return verb, _VERBS[kind]


def _has_agent(verb: Token, context: Context) -> bool:
    return any(context.lexicon.syntax.children(verb, "agent"))


def _by_default(clause: Token, above: Token, infinitive: bool, perfect: bool) -> Governor | None:
    """A word that no class knows: a verb shares its standing with an infinitive; a noun leaves it open."""
    if not infinitive:
        return above, OPEN if "Sub" in feature(clause, "Mood") else _SAID
    if above.pos_ in VERBAL or perfect or not _is_infinitive(clause):
        return above, SHARED
    return above, OPEN


# Nouns of action


def _of_noun(noun: Token, above: Token, context: Context) -> Governor | None:
    if above.pos_ in VERBAL:
        return _of_argument(noun, above, context)
    renamed = context.lexicon.syntax.is_(noun, "apposition") and not _case(noun, context)
    if renamed or above.pos_ not in {"NOUN", "ADJ", "ADV", "ADP", "SCONJ"}:
        return None
    classes = context.classes(above)
    sign = _first(_NOUNS | {"PhaseNoun": SHARED}, classes)
    if sign:
        return above, sign
    if context.lexicon.syntax.is_(noun, "subject"):
        return None if _is_known(noun, context) else (above, AFTER)
    case = _case(noun, context)  # "a contract for the purchase of"
    return (above, AFTER) if case is not None and "PurposeWord" in context.classes(case) else None


def _of_argument(noun: Token, verb: Token, context: Context) -> Governor | None:
    """What a verb makes of a noun of action beside it: "plans a withdrawal", "called off the visit"."""
    syntax, classes = context.lexicon.syntax, context.classes(verb)
    case = _case(noun, context)
    if case is None and syntax.is_(noun, "subject"):
        if sign := _first(_OF_SUBJECTS, classes):
            return verb, sign
        return None if _is_known(noun, context) else (verb, AFTER)
    if case is not None and not (_complements(case, context) and not any(syntax.children(verb, "object"))):
        return (verb, AFTER) if "AccessoryPreposition" in context.classes(case) else None
    if sign := _first(_OF_NOUNS, classes):
        return verb, sign
    if _is_known(noun, context) or "FactiveVerb" in classes:
        return None
    return verb, SHARED if case is None else AFTER


def _complements(case: Token, context: Context) -> bool:
    return "ComplementPreposition" in context.classes(case)


def _case(noun: Token, context: Context) -> Token | None:
    """The preposition that brings a noun; of several the most telling: « lors de »."""
    return next(reversed(list(openers(noun, context))), None)


def _is_known(noun: Token, context: Context) -> bool:
    """Whether a noun is spoken of as something that is there: "the attack", "its attack"."""
    determiners = context.lexicon.syntax.children(noun, "determiner")
    return is_definite(noun) or any("Yes" in feature(word, "Poss") for word in determiners)


def _first(table: dict[str, Signature], classes: frozenset[str]) -> Signature | None:
    return next((sign for kind, sign in table.items() if kind in classes), None)


def _is_infinitive(verb: Token) -> bool:
    return any("Inf" in feature(word, "VerbForm") for word in _forms(verb)) and not _is_finite(verb)


def _is_finite(verb: Token) -> bool:
    return any("Fin" in feature(word, "VerbForm") for word in _forms(verb))


def _forms(verb: Token) -> Iterator[Token]:
    yield verb
    yield from (child for child in verb.children if child.pos_ in VERBAL and child.i < verb.i)


def _is_that(clause: Token, context: Context) -> bool:
    """Whether a finite clause is the content of a noun: « à condition que la Russie retire »."""
    return any(child.pos_ == "SCONJ" for child in context.lexicon.syntax.children(clause, "marker"))
