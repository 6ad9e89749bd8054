"""A pronoun in, what syntax alone says of it out: whom it must stand for, whom it cannot, and whether for anybody.

A relative pronoun stands for the noun before it and a reflexive one for its subject; any other pronoun for nobody that
depends on its own verb, and a possessive not for what it owns (Lappin and Leass 1994, section 2.1.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.text.context import Context
from kg.text.morphology import feature
from kg.text.syntax import is_relative

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_VERBAL = frozenset({"VERB", "AUX"})


def is_possessive(token: Token, context: Context) -> bool:
    """Whether a word says that what follows is somebody's: "son", "leur"."""
    return context.lexicon.has("ThirdPersonPossessive", token) and token.pos_ in {"DET", "PRON", "ADJ"}


def is_anaphor(token: Token, context: Context) -> bool:
    """Whether a word takes up somebody or something, and syntax does not say whom."""
    lexicon = context.lexicon
    if is_possessive(token, context):
        return True
    if token.pos_ != "PRON" or is_relative(token):
        return False
    if doubled(token, context):
        return False
    known = lexicon.has("ThirdPersonPronoun", token) or (is_clitic(token, context) and token.head.pos_ == "VERB")
    return known and not is_reflexive(token, context) and not is_impersonal(token, context)


def is_latter(token: Token, context: Context) -> bool:
    """Whether a word takes up what was spoken of last: "ce dernier", "celui-ci"."""
    if token.lower_ in context.lexicon.words("NearPronoun"):
        return True
    demonstrative = any("Dem" in feature(child, "PronType") for child in token.lefts)
    alone = not any(child.pos_ == "NOUN" for child in token.children) and token.head.i != token.i + 1
    return demonstrative and alone and context.lexicon.has("LatterWord", token)


def is_clitic(token: Token, context: Context) -> bool:
    """Whether a pronoun is what its verb does something to: "l'arrête"; before "être" it stands for no noun."""
    return token.lower_ in context.lexicon.words("ObjectPronoun")


def is_reflexive(token: Token, context: Context) -> bool:
    """Whether a pronoun stands for the subject of its verb."""
    return "Yes" in feature(token, "Reflex") or context.lexicon.has("ReflexivePronoun", token)


def is_impersonal(token: Token, context: Context) -> bool:
    """Whether a pronoun is the subject of a verb that nobody does: "il faut", "il y a", "il est clair que"."""
    lexicon, verb = context.lexicon, token.head
    impersonal = lexicon.words("ImpersonalVerb")
    clitics = [c.lower_ for c in verb.children if c.i < verb.i and c.pos_ in {"PRON", "ADV"} and c != token]
    phrases = {f"{clitic.removesuffix(chr(39))} {lemma}" for clitic in clitics for lemma in lexicon.lemmas(verb)}
    if lexicon.has("ImpersonalVerb", verb) or not impersonal.isdisjoint(phrases):
        return True
    expletive = lexicon.syntax.is_(token, "expletive")
    if expletive and (verb.pos_ == "AUX" or lexicon.syntax.is_(token, "existential")):
        return True
    weak = expletive or lexicon.has("NeuterPronoun", token) or lexicon.syntax.is_(token, "passive_subject")
    return weak and _has_clause(verb, context)


def _has_clause(verb: Token, context: Context) -> bool:
    """Whether a clause after a predicate or a passive is its real subject: "il est clair que", "il a été décidé de"."""
    syntax = context.lexicon.syntax
    predicates = [verb, *(c for c in syntax.children(verb, "attribute") if c.i > verb.i)]
    if verb.pos_ == "VERB" and len(predicates) == 1 and not syntax.is_passive(verb):
        return False
    below = [c for p in predicates for c in p.children if c.i > verb.i]
    return any(syntax.is_(c, "clause") or (c.pos_ in _VERBAL and any(syntax.children(c, "marker"))) for c in below)


def bound(token: Token, context: Context) -> Token | None:
    """The word that syntax binds a pronoun to: a relative one to the noun before it, a reflexive one to its subject."""
    syntax = context.lexicon.syntax
    if is_relative(token):
        return _relative_head(token, context)
    if token.pos_ != "PRON":
        return None
    if subject := doubled(token, context):
        return subject
    if is_reflexive(token, context) and token.head.pos_ in _VERBAL and not syntax.is_(token, "inherent"):
        subjects = [s for s in syntax.subjects(token.head) if s != token]
        return subjects[0] if len(subjects) == 1 else None
    return None


def doubled(pronoun: Token, context: Context) -> Token | None:
    """The subject that a pronoun after the verb of a question only repeats: "Les Israéliens ont-ils …?"."""
    asks = any(token.text == "?" for token in pronoun.sent[pronoun.i - pronoun.sent.start :])
    if not (asks and pronoun.text.startswith("-")):
        return None
    verbs = [token for token in pronoun.ancestors if token.pos_ in _VERBAL][:1]
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
    syntax = context.lexicon.syntax
    if is_possessive(pronoun, context):
        owned = pronoun.head
        yield owned
        yield from syntax.appositions(owned)
        if any(syntax.is_(owned, kind) for kind in ("apposition", "conjunct")) and not any(syntax.children(owned, "case")):
            yield owned.head
        return
    verb = _verb_of(pronoun, context)
    if verb is None:
        return
    for other in (*verb.children, *syntax.subjects(verb)):
        if other != pronoun and other.pos_ in _NOMINAL:
            yield from syntax.conjuncts(other)


def _verb_of(pronoun: Token, context: Context) -> Token | None:
    """The verb that a pronoun depends on; around a preposition of place it may stand for the subject: "derrière lui"."""
    syntax = context.lexicon.syntax
    places = context.lexicon.words("LocationPreposition")
    cases = [*syntax.children(pronoun, "case"), *([pronoun.head] if pronoun.head.pos_ == "ADP" else [])]
    if any(syntax.lemma(case) in places for case in cases):
        return None
    return next((token for token in pronoun.ancestors if token.pos_ in _VERBAL or token == pronoun.head), None)


def is_source(pronoun: Token, context: Context) -> bool:
    """Whether a pronoun stands for who speaks: "Il a précisé", "a-t-il enfin confié", "selon lui"."""
    lexicon, syntax = context.lexicon, context.lexicon.syntax
    subject = any(syntax.is_(pronoun, role) for role in ("subject", "passive_subject", "expletive"))
    if pronoun.text.startswith("-"):  # after its verb, where parsers are lost
        near = pronoun.doc[max(0, pronoun.i - 3) : pronoun.i + 4]
        return any(lexicon.has("SpeechVerb", token) for token in near if token.pos_ in {"VERB", "NOUN", "ADJ"})
    before = pronoun.doc[max(0, pronoun.i - 3) : pronoun.i]
    attributed = any(end == pronoun.i for token in before for end, _ in lexicon.attributions.at(pronoun.doc, token.i))
    return attributed or (subject and lexicon.has("SpeechVerb", pronoun.head))


def coming_subject(pronoun: Token, context: Context) -> Token | None:
    """The subject after a pronoun in what stands before it: "Lorsqu'il est arrivé au pouvoir, Netanyahu avait …"."""
    syntax = context.lexicon.syntax
    for verb in pronoun.ancestors:
        subjects = [s for s in syntax.subjects(verb) if s.i > pronoun.i]
        if subjects and verb.i > pronoun.i and verb != pronoun.head and subjects[0] != pronoun.head:
            return subjects[0] if not subjects[0].is_ancestor(pronoun) else None
    return None
