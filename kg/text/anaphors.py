"""A word in, what it asks of whom it takes up out: the number, the gender, whether a person, whether who speaks."""

from __future__ import annotations

from dataclasses import dataclass

from kg.text.agreement import is_plural
from kg.text.binding import doubled, is_reflexive
from kg.text.context import Context
from kg.text.morphology import VERBAL, feature
from kg.text.syntax import is_relative
from kg.text.tokens import Token

_APOSTROPHE = "'"


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or a possessive of the third person of which syntax does not say whom it takes up."""

    token: Token
    many: bool
    genders: frozenset[str]  # none: it shows none
    is_person: bool | None  # None: it may be
    is_possessive: bool
    is_source: bool  # "Il a précisé", "selon lui"
    is_object: bool  # "l'arrête"


def anaphor(token: Token, context: Context) -> Anaphor | None:
    """What a word asks of whom it takes up; None for a word that takes nobody up, or whom syntax says."""
    lexicon, possessive = context.lexicon, is_possessive(token, context)
    if not possessive and not _is_pronoun(token, context):
        return None
    of_people, neuter = lexicon.has("PersonalPronoun", token), lexicon.has("NeuterPronoun", token)
    shows = not possessive or of_people  # "sa" agrees with what is owned, "her" with the owner
    return Anaphor(
        token=token,
        many=lexicon.has("PluralPossessor", token) if possessive else is_plural(token),
        genders=frozenset(feature(token, "Gender")) if shows else frozenset(),
        is_person=True if of_people else False if neuter else None,
        is_possessive=possessive,
        is_source=_is_source(token, context),
        is_object=_is_object(token, context),
    )


def is_possessive(token: Token, context: Context) -> bool:
    """Whether a word says that what follows is somebody's: "son", "leur"."""
    return token.pos_ in {"DET", "PRON", "ADJ"} and context.lexicon.has("ThirdPersonPossessive", token)


def is_latter(token: Token, context: Context) -> bool:
    """Whether a word takes up whoever was spoken of last: "ce dernier", "celui-ci"."""
    if token.lower_ in context.lexicon.words("NearPronoun"):
        return True
    if token.pos_ in {"VERB", "AUX", "ADP"} or not context.lexicon.has("LatterWord", token):
        return False
    if token.head.i == token.i + 1:
        return False
    demonstrative = any("Dem" in feature(child, "PronType") for child in token.lefts)
    return demonstrative and not any(child.pos_ == "NOUN" for child in token.children)


def _is_pronoun(token: Token, context: Context) -> bool:
    if token.pos_ != "PRON" or is_relative(token) or context.lexicon.syntax.is_(token, "case"):
        return False  # "il y a deux ans" is parsed as a preposition
    known = context.lexicon.has("ThirdPersonPronoun", token)
    known = known or (_is_object(token, context) and token.head.pos_ == "VERB")
    return known and not (
        is_reflexive(token, context) or doubled(token, context) is not None or _is_impersonal(token, context)
    )


def _is_object(token: Token, context: Context) -> bool:
    return token.lower_ in context.lexicon.words("ObjectPronoun")


def _is_impersonal(token: Token, context: Context) -> bool:
    """Whether a pronoun is the subject of a verb that nobody does: "il faut", "il y a", "il est clair que"."""
    lexicon, syntax, verb = context.lexicon, context.lexicon.syntax, token.head
    if lexicon.has("ImpersonalVerb", verb) or not lexicon.words("ImpersonalVerb").isdisjoint(
        _with_clitics(verb, context)
    ):
        return True
    expletive = syntax.is_(token, "expletive")
    if expletive and (verb.pos_ == "AUX" or syntax.is_(token, "existential")):
        return True
    weak = expletive or lexicon.has("NeuterPronoun", token) or syntax.is_(token, "passive_subject")
    return weak and _has_clause(verb, context)


def _with_clitics(verb: Token, context: Context) -> set[str]:
    """A verb with each of the short words before it: "y avoir", "s'agir"."""
    clitics = [c.lower_ for c in verb.children if c.i < verb.i and c.pos_ in {"PRON", "ADV"}]
    return {
        f"{c}{'' if c.endswith(_APOSTROPHE) else ' '}{lemma}" for c in clitics for lemma in context.lexicon.lemmas(verb)
    }


def _has_clause(verb: Token, context: Context) -> bool:
    """Whether a clause after a predicate or a passive is its real subject: "il est clair que", "il a été décidé de"."""
    syntax = context.lexicon.syntax
    predicates = [verb, *(c for c in syntax.children(verb, "attribute") if c.i > verb.i)]
    if verb.pos_ == "VERB" and len(predicates) == 1 and not syntax.is_passive(verb):
        return False
    below = [c for p in predicates for c in p.children if c.i > verb.i]
    return any(syntax.is_(c, "clause") or (c.pos_ in VERBAL and any(syntax.children(c, "marker"))) for c in below)


def _is_source(token: Token, context: Context) -> bool:
    """Whether a pronoun stands for who speaks: "Il a précisé", "a-t-il enfin confié", "selon lui"."""
    lexicon, syntax, doc = context.lexicon, context.lexicon.syntax, token.doc
    if token.text.startswith("-"):  # after its verb, where parsers are lost
        near = doc[max(0, token.i - 3) : token.i + 4]
        return any(lexicon.has("SpeechVerb", other) for other in near if other.pos_ in {"VERB", "NOUN", "ADJ"})
    subject = any(syntax.is_(token, role) for role in ("subject", "passive_subject", "expletive"))
    if subject and lexicon.has("SpeechVerb", token.head):
        return True
    before = range(max(0, token.i - 3), token.i)
    return any(end == token.i for start in before for end, _ in lexicon.attributions.at(doc, start))
