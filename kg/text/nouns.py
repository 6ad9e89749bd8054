"""Noun phrases: how far one goes, what it stands for, whether it is definite, and which name a comma parts it from."""

from __future__ import annotations

from kg.model import KG, Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.context import PERSON, Context
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL, feature
from kg.text.tokens import Token, Tokens

_STOPS = frozenset(",;.)(")
_SEVERAL = {"FighterNoun": KG + "ArmedGroup", "SoldierNoun": KG + "ArmedForce"}  # what several of them are


def noun_phrase(context: Context, start: int, end: int) -> Tokens:
    """A noun with the adjectives that touch it on the right: "coalition internationale", "gouvernement irakien"."""
    doc = context.doc
    while end < len(doc) and doc[end].pos_ == "ADJ" and start <= doc[end].head.i < end and doc[end].text[0].islower():
        end += 1
    return doc[start:end]


def counted_phrase(context: Context, noun: Token) -> Tokens:
    """A noun phrase with the numbers and the words that touch it on the left: "six travailleurs humanitaires"."""
    doc, start = context.doc, noun.i
    while start and noun.is_ancestor(doc[start - 1]) and _counts(doc[start - 1], context):
        start -= 1
    return doc[start : noun_phrase(context, noun.i, noun.i + 1).end]


def _counts(token: Token, context: Context) -> bool:
    if "AtLeastWord" in context.classes(token):  # "at least 12 people"
        return False
    return token.pos_ in {"NUM", "ADJ"} or context.lexicon.syntax.is_(token, "compound")


def is_definite(noun: Token) -> bool:
    """Whether a noun has a definite or a demonstrative article: one that was spoken of, or that everybody knows."""
    return any("Def" in feature(c, "Definite") or "Dem" in feature(c, "PronType") for c in noun.children)


def is_indefinite(noun: Token) -> bool:
    """Whether a noun has an indefinite article: one of which nothing was said before."""
    return any("Ind" in feature(child, "Definite") for child in noun.lefts)


def modifiers(noun: Token) -> set[str]:
    """The lemmas of the adjectives and the complements that tell which one a noun means."""
    below = (child for child in noun.children if child.pos_ in {"ADJ", "NOUN", "PROPN", "NUM"})
    return {child.lemma_.lower() for child in below}


def is_phrase(token: Token, context: Context) -> bool:
    """Whether a token heads a noun phrase that may be spoken of again: no time, no predicate, no part of a name."""
    if token.pos_ != "NOUN" or context.mentions.at(token) or context.lexicon.syntax.is_predicate(token):
        return False
    before = (child for child in token.children if child.i < token.i)
    determined = any(child.pos_ in {"DET", "NUM"} or feature(child, "Definite") for child in before)
    return determined and not context.is_time(token)


def kind_of(noun: Token, context: Context) -> str | None:
    """The class of what a common noun stands for: a person, or what the ontology's head nouns say; None: a thing.

    Several who bear arms and whom nobody counts are a body: "les rebelles", but "trois rebelles".
    """
    lexicon = context.lexicon
    for name, group in _SEVERAL.items():
        if not lexicon.words(name).isdisjoint(noun.forms):
            return group if is_plural(noun) and not any(child.pos_ == "NUM" for child in noun.lefts) else PERSON
    people = any(not lexicon.words(name).isdisjoint(noun.forms) for name in ("PersonNoun", "RoleNoun"))
    if people or lexicon.positions.at(noun.doc, noun.i):
        return PERSON
    return next((kind for _, kind in lexicon.head_nouns.at(noun.doc, noun.i)), None)


def is_crowd(mention: Mention, context: Context) -> bool:
    """Whether a mention stands for several people whom nobody names: "des pompiers"."""
    root = context.mentions.by_span.get(mention.root, mention)
    unnamed = root.type is MentionType.NOMINAL and not root.entry and not root.anchors
    return unnamed and context.is_a(root, PERSON) and is_plural(context.tokens(root.span).root)


def describe(context: Context, tokens: Tokens, kind: str, antecedent: Mention) -> Mention:
    """Add a description of what another mention stands for."""
    span = antecedent.root
    return context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NOMINAL, kind, antecedent=span))


def name_before_comma(context: Context, tokens: Tokens) -> Mention | None:
    """The name that a comma or a bracket parts from a noun phrase which can only be its apposition."""
    doc, start = context.doc, tokens.start
    while start > tokens.sent.start and doc[start - 1].pos_ in {"DET", "ADJ"}:
        start -= 1
    if start - 2 < tokens.sent.start or doc[start - 1].text not in {",", "("}:
        return None
    rest = doc[tokens.end : tokens.sent.end]
    stop = next((t for t in rest if t.text in _STOPS or t.pos_ in VERBAL), None)
    if start < tokens.start and (stop is None or stop.text not in _STOPS):
        return None
    name = context.mentions.at(doc[start - 2])
    return name if name and name.type is MentionType.NAME else None
