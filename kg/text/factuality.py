"""A verb or a noun in its clause in, how far the text vouches for it out.

What stands above decides first, then the word's own negation, mood, tense, auxiliaries and adverbs (after the
veridicality rules of De Marneffe, Manning and Potts 2012). What is named, not said, is presupposed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Factuality, Time
from kg.text.context import Context
from kg.text.governors import Governor, Signature, governor
from kg.text.morphology import VERBAL, feature
from kg.text.negation import is_negated, openers
from kg.text.tense import is_past, is_perfect
from kg.text.tokens import Token

_CLOSING = frozenset("»”\"’'›)")
_STRENGTH = (Factuality.ASSERTED, Factuality.PLANNED, Factuality.POSSIBLE, Factuality.DENIED)
_UNSURE = frozenset({"ModalVerb", "AbilityVerb", "ChanceVerb"})
_HIGH = 20  # words above that are asked, more than any sentence needs


def factuality(token: Token, context: Context) -> Factuality:
    """How the article stands to what a verb, or a noun of action, tells; who says so is another question."""
    if token.i not in context.standings:
        context.standings[token.i] = _factuality(token, context)
    return context.standings[token.i]


def _factuality(token: Token, context: Context) -> Factuality:
    chain: list[Governor] = []
    top = token
    while len(chain) < _HIGH and (found := governor(top, context)):
        chain.append((top, found[1]))
        top = found[0]
    standing = _standing(top, Factuality.POSSIBLE if _asks(token) else Factuality.ASSERTED, context)
    for below, signature in reversed(chain):
        standing = _standing(below, _under(signature, standing), context)
    return standing


def _under(signature: Signature, above: Factuality) -> Factuality:
    """What a word of some standing makes of what hangs on it."""
    if above in (Factuality.DENIED, Factuality.POSSIBLE):
        return signature.denied if above is Factuality.DENIED else above
    return _strongest(above, signature.affirmed)


def _strongest(*some: Factuality) -> Factuality:
    return max(some, key=_STRENGTH.index)


def _asks(token: Token) -> bool:
    """Whether a token stands in a question."""
    last = token.sent.end - 1
    while last > token.i and (token.doc[last].is_space or token.doc[last].text in _CLOSING):
        last -= 1
    return token.doc[last].text == "?"


def _standing(token: Token, above: Factuality, context: Context) -> Factuality:
    """The standing of a token under what stands above it: what it bears itself, or shares with a coordinated verb."""
    bearers = list(_bearers(token, context))
    signs = [sign for bearer in bearers for sign in _signs(bearer, context)]
    standing = _strongest(above, *signs)
    if standing is Factuality.PLANNED and any(_is_conditioned(bearer, context) for bearer in bearers):
        standing = Factuality.POSSIBLE
    if not any(is_negated(bearer, context) for bearer in bearers):
        return standing
    twice = above is Factuality.DENIED and token.pos_ in VERBAL  # « aucune attaque n'a été menée » denies but once
    unsure = twice or above is Factuality.POSSIBLE or any(_is_unsure(bearer, context) for bearer in bearers)
    return Factuality.POSSIBLE if unsure else Factuality.DENIED


def _bearers(token: Token, context: Context) -> Iterator[Token]:
    """The token and, where it has no form of its own, what it is coordinated with: "will meet and sign"."""
    yield token
    while context.lexicon.syntax.is_(token, "conjunct") and token.head.pos_ in VERBAL and _leans(token, context):
        token = token.head
        yield token


def _leans(verb: Token, context: Context) -> bool:
    syntax = context.lexicon.syntax
    forms = (verb, *syntax.children(verb, "auxiliary"))  # "will resign and be replaced": "be" is under "will" too
    finite = any("Fin" in feature(form, "VerbForm") for form in forms)
    return not finite and not any(syntax.children(verb, "subject"))


def _signs(token: Token, context: Context) -> Iterator[Factuality]:
    """What mood, tense, auxiliaries, adverbs, adjectives, the opening word and the date of a token say."""
    if sign := _opening(token, context):
        yield sign
    yield from _by_children(token, context)
    yield from _by_forms(token, context)
    if _is_to_come(token, context):
        yield Factuality.PLANNED


def _by_children(token: Token, context: Context) -> Iterator[Factuality]:
    syntax = context.lexicon.syntax
    for child in token.children:
        classes = context.classes(child)
        if "PossibilityWord" in classes:
            yield Factuality.POSSIBLE
        elif syntax.is_(child, "auxiliary"):
            yield from _by_auxiliary(token, classes, context)
        elif token.pos_ == "NOUN":
            yield from _by_qualifier(child, classes, context)


def _by_auxiliary(verb: Token, classes: frozenset[str], context: Context) -> Iterator[Factuality]:
    if not _UNSURE.isdisjoint(classes):
        yield Factuality.POSSIBLE
    elif "AdviceAuxiliary" in classes:
        yield Factuality.DENIED if is_perfect(verb, context.lexicon.language) else Factuality.POSSIBLE
    elif "ObligationAuxiliary" in classes:
        yield Factuality.POSSIBLE if is_perfect(verb, context.lexicon.language) else Factuality.PLANNED
    elif "FutureAuxiliary" in classes:
        yield Factuality.PLANNED
    elif "ConditionalAuxiliary" in classes:
        yield _of_conditional(verb, context)


def _by_qualifier(child: Token, classes: frozenset[str], context: Context) -> Iterator[Factuality]:
    """What an adjective or a participle says of a noun: "the next visit", "the cancelled visit"."""
    if "FutureWord" in classes and child.pos_ == "ADJ":
        yield Factuality.PLANNED
    if not context.lexicon.syntax.qualifies(child):
        return
    if "PreventionVerb" in classes or "RefusalVerb" in classes:
        yield Factuality.DENIED
    elif "ChanceVerb" in classes:
        yield Factuality.POSSIBLE
    elif "PlanningVerb" in classes:
        yield Factuality.PLANNED


def _by_forms(token: Token, context: Context) -> Iterator[Factuality]:
    syntax = context.lexicon.syntax
    verbs = [token, *(c for c in token.children if syntax.is_(c, "auxiliary") or syntax.is_(c, "copula"))]
    if any("Fut" in feature(verb, "Tense") for verb in verbs):
        yield Factuality.PLANNED
    if any("Cnd" in feature(verb, "Mood") for verb in verbs):
        yield _of_conditional(token, context)


def _of_conditional(verb: Token, context: Context) -> Factuality:
    """« Il avait annoncé que la coalition achèverait … »: a conditional under a past verb of speech is a future."""
    if "ObligationVerb" in context.classes(verb):  # « devrait » expects, « aurait dû » regrets
        perfect = is_perfect(verb, context.lexicon.language)
        return Factuality.DENIED if perfect else Factuality.PLANNED
    syntax, language = context.lexicon.syntax, context.lexicon.language
    above = next((v for v in verb.ancestors if v.pos_ == "VERB" and context.lexicon.has("SpeechVerb", v)), None)
    told = above is not None and (is_past(above, language) or "Imp" in feature(above, "Tense"))
    told = told or (
        above is not None and any("Imp" in feature(a, "Tense") for a in syntax.children(above, "auxiliary"))
    )
    return Factuality.PLANNED if told and not is_perfect(verb, language) else Factuality.POSSIBLE


def _opening(token: Token, context: Context) -> Factuality | None:
    """What the word that brings a clause or a noun makes of it: a condition is possible, a purpose is planned."""
    syntax = context.lexicon.syntax
    classes = {kind for word in openers(token, context) for kind in context.classes(word)}
    if "ConditionWord" in classes:
        return Factuality.POSSIBLE
    adverbial = "PurposeWord" in classes and (syntax.is_(token, "adverbial") or token.head.pos_ == "ADV")
    purpose = adverbial and not is_perfect(token, context.lexicon.language) and "Ind" not in feature(token, "Mood")
    goal = token.pos_ == "NOUN" and "GoalPreposition" in classes
    return Factuality.PLANNED if purpose or goal else None


def _is_conditioned(verb: Token, context: Context) -> bool:
    """Whether a condition hangs on a verb: "will leave if …"."""
    syntax = context.lexicon.syntax
    clauses = (clause for kind in ("adverbial", "clause") for clause in syntax.children(verb, kind))
    return any(_opening(clause, context) is Factuality.POSSIBLE for clause in clauses)


def _is_unsure(token: Token, context: Context) -> bool:
    """Whether a word leaves it open even where it is denied: "may not", « n'a peut-être pas »."""
    return any(not {"ChanceVerb", "PossibilityWord"}.isdisjoint(context.classes(c)) for c in token.children)


def _is_to_come(token: Token, context: Context) -> bool:
    """Whether a date after the article's own says when: « il se rend à Rome le 27 janvier »."""
    if context.issued is None or not _may_be_to_come(token, context):
        return False
    times = context.times_of(token) if token.pos_ in VERBAL else _times_beside(token, context)
    later = (time for time in times if time.begin is not None and time.begin > context.issued)
    return any(not _is_relative(time, context) for time in later)


def _may_be_to_come(token: Token, context: Context) -> bool:
    """Whether a noun, an infinitive or a present without auxiliary: in a past or a passive, the date is misread."""
    if token.pos_ not in VERBAL:
        return token.pos_ == "NOUN"
    present = "Fin" in feature(token, "VerbForm") and "Pres" in feature(token, "Tense")
    infinitive = "Inf" in feature(token, "VerbForm")
    return infinitive or (present and not any(context.lexicon.syntax.children(token, "auxiliary")))


def _is_relative(time: Time, context: Context) -> bool:
    """Whether a time counts from what is being told, not from the article's day: "five days later"."""
    return any("LaterWord" in context.classes(token) for token in context.tokens(time.span))


def _times_beside(noun: Token, context: Context) -> Iterator[Time]:
    """The times that date a noun of action: "the meeting on 3 October"."""
    for child in noun.children:
        inside = child.children if context.lexicon.syntax.is_(child, "preposition") else ()
        yield from (time for word in (child, *inside) if (time := context.time_at(word)))
