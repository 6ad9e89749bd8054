"""A verb or a noun in its clause in, how far the text vouches for it out.

Negation, modality, tense and the clauses above decide, in this order of strength: denied, possible, planned, asserted
(after the veridicality rules of De Marneffe, Manning and Potts 2012). What is named, not said, is presupposed.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.model import Factuality
from kg.text.context import Context
from kg.text.morphology import VERBAL, feature

_CLOSING = " \n\t\u00a0\u202f»”\"’'"
_STRENGTH = (Factuality.ASSERTED, Factuality.PLANNED, Factuality.POSSIBLE, Factuality.DENIED)


def factuality(token: Token, context: Context) -> Factuality:
    """How the article stands to what a verb, or a noun of action, tells; who says so is another question."""
    found = [Factuality.POSSIBLE if token.sent.text.rstrip(_CLOSING).endswith("?") else Factuality.ASSERTED]
    for place, clause in enumerate(_clauses(token, context)):
        found += _signs(clause, context)
        if place and (sign := _governs(clause, context)):
            found.append(sign)
    return max(found, key=_STRENGTH.index)


def _clauses(token: Token, context: Context) -> Iterator[Token]:
    """The token and what it hangs on, up to the verb of speech or the end of the sentence.

    A coordinated clause shares what stands above the coordination, not what its neighbour bears.
    """
    lexicon, syntax = context.lexicon, context.lexicon.syntax
    yield token
    while token.head != token and _clause_sign(token, context) is not Factuality.POSSIBLE:
        below, token = token, token.head
        if syntax.is_(below, "relative") or syntax.is_(below, "parenthetical") or _is_background(below, context):
            return
        if syntax.is_(below, "conjunct"):
            continue
        is_speech = lexicon.has("SpeechVerb", token) and not lexicon.has("IntentionVerb", token)
        if not is_speech or lexicon.has("DenialVerb", token):
            yield token
        if is_speech or syntax.is_(below, "subject"):
            return


def _is_background(token: Token, context: Context) -> bool:
    """Whether an adverbial clause stands on its own feet: a time or a cause does, a purpose or a condition does not."""
    return context.lexicon.syntax.is_(token, "adverbial") and not _clause_sign(token, context)


def _signs(token: Token, context: Context) -> Iterator[Factuality]:
    """What negation, mood, tense, auxiliaries and adverbs on a token say."""
    lexicon, syntax = context.lexicon, context.lexicon.syntax
    if is_negated(token, context):
        yield Factuality.DENIED
    for child in token.children:
        if lexicon.has("PossibilityWord", child) or lexicon.has("ModalVerb", child):
            yield Factuality.POSSIBLE
        elif lexicon.has("FutureAuxiliary", child) and syntax.is_(child, "auxiliary"):
            yield Factuality.PLANNED
    verbs = [token, *(c for c in token.children if syntax.is_(c, "auxiliary") or syntax.is_(c, "copula"))]
    if any("Fut" in feature(verb, "Tense") for verb in verbs):
        yield Factuality.PLANNED
    if any("Cnd" in feature(verb, "Mood") for verb in verbs):
        yield Factuality.PLANNED if _is_future_in_past(token, context) else Factuality.POSSIBLE
    if sign := _clause_sign(token, context):
        yield sign


def is_negated(token: Token, context: Context) -> bool:
    """Whether a word of negation bears on a token; where verbs need a particle, « plus » without « ne » is none."""
    lexicon = context.lexicon
    negations = [c for c in token.children if lexicon.has("NegationWord", c) and not lexicon.syntax.is_(c, "conjunct")]
    arguments = (word for c in token.children if lexicon.syntax.is_(c, "subject") for word in c.children)
    negations += [word for word in arguments if lexicon.has("NegationWord", word)]
    needs_particle = token.pos_ in VERBAL and "Fin" in "".join(
        form for word in (token, *token.children) for form in feature(word, "VerbForm")
    )
    if needs_particle and lexicon.words("NegationParticle"):
        return bool(negations) and any(lexicon.has("NegationParticle", child) for child in token.children)
    return bool(negations)


def _is_future_in_past(verb: Token, context: Context) -> bool:
    """« Il avait annoncé que la coalition achèverait … »: a conditional under a past verb of speech is a future."""
    syntax = context.lexicon.syntax
    above = next((v for v in verb.ancestors if v.pos_ == "VERB" and context.lexicon.has("SpeechVerb", v)), None)
    verbs = [] if above is None else [above, *syntax.children(above, "auxiliary")]
    return any(tense in {"Past", "Imp"} for v in verbs for tense in feature(v, "Tense"))


def _clause_sign(token: Token, context: Context) -> Factuality | None:
    """What the word that opens a clause makes of it: a condition is possible, a purpose is planned."""
    lexicon, syntax = context.lexicon, context.lexicon.syntax
    markers = [child for child in token.children if syntax.is_(child, "marker") and child.i < token.i]
    if any(lexicon.has("ConditionWord", marker) for marker in markers):
        return Factuality.POSSIBLE
    infinitive = "Inf" in feature(token, "VerbForm") and syntax.is_(token, "adverbial")
    if infinitive and any(lexicon.has("PurposeWord", marker) for marker in markers):
        return Factuality.PLANNED
    return None


def _governs(verb: Token, context: Context) -> Factuality | None:
    """What a verb above makes of what hangs on it: "peut", "va", "veut", "dément"."""
    if verb.pos_ not in {"VERB", "AUX", "NOUN", "ADJ"}:
        return None
    for words, sign in (
        ("DenialVerb", Factuality.DENIED),
        ("FailureVerb", Factuality.DENIED),
        ("FalsehoodWord", Factuality.DENIED),
        ("ModalVerb", Factuality.POSSIBLE),
        ("FutureAuxiliary", Factuality.PLANNED),
        ("IntentionVerb", Factuality.PLANNED),
    ):
        if context.lexicon.has(words, verb):
            return sign
    return None
