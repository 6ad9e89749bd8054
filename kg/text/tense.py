"""A token of a parsed sentence in, the way its verb looks out: -1 to the past, 1 to the future, 0 to neither."""

from __future__ import annotations

from collections.abc import Sequence

from kg.text.languages import Language
from kg.text.morphology import VERBAL, feature
from kg.text.tokens import Token


def tense(token: Token, language: Language, forward: frozenset[str] = frozenset()) -> int:
    """The tense of the nearest verb above a token, or of the token itself.

    `forward` are verbs, in dictionary form, whose participle alone looks ahead ("a visit planned for Monday").
    """
    for above in (token, *token.ancestors):
        auxiliaries = [child for child in above.children if _helps(child, language)]
        if above.pos_ in VERBAL or auxiliaries:
            return _of_verb(above, auxiliaries, language, forward)
    return 0


def is_perfect(verb: Token, language: Language) -> bool:
    """Whether a verb stands in a compound tense: "a rencontré", "to have met"; "est rencontré" does not."""
    return _is_perfect(verb, [child for child in verb.children if _helps(child, language)], language)


def is_past(verb: Token, language: Language) -> bool:
    """Whether a verb tells of something completed: "a dû", "dut", "had to"; « devait » and « aurait dû » do not."""
    auxiliaries = [child for child in verb.children if _helps(child, language)]
    if any("Cnd" in feature(word, "Mood") for word in (verb, *auxiliaries)):
        return False
    simple = "Fin" in feature(verb, "VerbForm") and "Past" in feature(verb, "Tense")
    return simple or _is_perfect(verb, auxiliaries, language)


def _helps(child: Token, language: Language) -> bool:
    """Whether a token is an auxiliary or a copula of the one it hangs on."""
    return child.pos_ in VERBAL and any(language.has(kind, child.dep_) for kind in ("auxiliary", "copula"))


def _of_verb(verb: Token, auxiliaries: Sequence[Token], language: Language, forward: frozenset[str]) -> int:
    signs = (verb, *auxiliaries)
    if any("Fut" in feature(sign, "Tense") for sign in signs):
        return 1
    if _is_perfect(verb, auxiliaries, language):
        return -1
    if any("Cnd" in feature(sign, "Mood") or _is_modal(sign) for sign in signs):
        return 1
    if any(_is_finite_past(sign) for sign in signs):
        return -1
    if any("Inf" in feature(sign, "VerbForm") for sign in signs):
        return _of_infinitive(verb, language, forward)
    if "Part" in feature(verb, "VerbForm") and verb.lemma_ in forward:
        return 1
    return -1 if "Past" in feature(verb, "Tense") and not auxiliaries else 0


def _of_infinitive(verb: Token, language: Language, forward: frozenset[str]) -> int:
    """What one goes, has or hopes to do is to come; what one was to do is past."""
    if verb.head == verb:
        return 0
    return tense(verb.head, language, forward) or (1 if verb.head.pos_ in VERBAL else 0)


def _is_perfect(verb: Token, auxiliaries: Sequence[Token], language: Language) -> bool:
    """A past participle whose auxiliary makes no passive: "a rencontré", "may have met"; "est rencontré" is none."""
    having = any(
        child.pos_ == "AUX" and _makes_tense(child, language) and not _is_modal(child) for child in auxiliaries
    )
    return having and "Part" in feature(verb, "VerbForm") and "Past" in feature(verb, "Tense")


def _makes_tense(auxiliary: Token, language: Language) -> bool:
    return language.has("auxiliary", auxiliary.dep_) and not language.has("passive_auxiliary", auxiliary.dep_)


def _is_finite_past(token: Token) -> bool:
    return "Fin" in feature(token, "VerbForm") and not {"Past", "Imp"}.isdisjoint(feature(token, "Tense"))


def _is_modal(token: Token) -> bool:
    """A verb that is finite and has no tense: "will", "may"."""
    return token.pos_ == "AUX" and "Fin" in feature(token, "VerbForm") and not feature(token, "Tense")
