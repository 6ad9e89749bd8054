"""A group's noun in, the group that a pronoun names after it out: "les partisans de A et ceux de B"."""

from __future__ import annotations

from kg.model import Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.context import Context
from kg.text.mentions import span_of
from kg.text.nameless import participant
from kg.text.tokens import Token


def echo(noun: Token, context: Context) -> tuple[Token, Mention] | None:
    """The pronoun that takes a plural noun up for others of its kind in the same sentence, and who these are."""
    group = participant(noun, context) if noun.pos_ == "NOUN" and is_plural(noun) else None
    rest = context.doc[noun.i + 1 : noun.sent.end]
    pronoun = next((token for token in rest if context.lexicon.has("EchoPronoun", token)), None)
    if group is None or pronoun is None or not _belongs(pronoun, context):
        return None
    tokens = context.doc[pronoun.i : pronoun.i + 1]
    known = context.mentions.at(pronoun)
    return pronoun, known or context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NOMINAL, group.kind))


def _belongs(pronoun: Token, context: Context) -> bool:
    """Whether a pronoun brings whose they are: "ceux de B", and not "ceux qui"."""
    belonging = context.lexicon.words("PositionPreposition")
    return any(preposition in belonging for preposition, _ in context.lexicon.syntax.obliques(pronoun))
