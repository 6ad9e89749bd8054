"""A verb in, sides that its own arguments do not name out: who is excepted, who is the first to do what it says."""

from __future__ import annotations

from kg.model import Mention
from kg.text.context import Context
from kg.text.morphology import feature
from kg.text.relations.bearers import things
from kg.text.tokens import Token


def excepted(verb: Token, context: Context) -> list[Mention]:
    """Who is said not to be among those who do it: "soutenu par tous les partis, à l'exception de X"."""
    syntax, words = context.lexicon.syntax, context.lexicon.words("ExceptionWord")
    pairs = [pair for token in (verb, *syntax.agents(verb)) for pair in syntax.obliques(token)]
    nouns = [noun for preposition, noun in pairs if preposition in words]
    held = [noun for _, noun in pairs if context.lexicon.has("ExceptionWord", noun)]
    return [*context.mentions_of(nouns), *(mention for noun in held for mention in _named_below(noun, context))]


def _named_below(noun: Token, context: Context) -> list[Mention]:
    """What a noun is of, or else the name beside what it is of: "à l'exception de la formation de gauche Podemos"."""
    below = [complement for _, complement in context.lexicon.syntax.obliques(noun)]
    names = [child for complement in below for child in complement.children if child.pos_ == "PROPN"]
    return context.mentions_of(below) or context.mentions_of(names)


def first_to(verb: Token, context: Context) -> list[Mention]:
    """Who is the first or the only one to do what an infinitive says: "la première femme à rejoindre le cabinet"."""
    noun = verb.head
    ranked = any(context.lexicon.has("RankWord", child) for child in noun.children if child.i < verb.i)
    if "Inf" not in feature(verb, "VerbForm") or noun.pos_ not in {"NOUN", "ADJ"} or noun.i > verb.i:
        return []
    if not ranked and not context.lexicon.has("RankWord", noun):
        return []
    if (verb_of := becoming(noun, context)) is not None:
        return context.mentions_of(context.lexicon.syntax.subjects(verb_of))
    return [m for m, _ in things(context.doc[noun.i : noun.i + 1], context)]


def becoming(noun: Token, context: Context) -> Token | None:
    """The verb by which somebody becomes what a noun says."""
    return noun.head if context.lexicon.has("BecomingVerb", noun.head) else None
