"""Governments called by whoever leads them in, who leads them out: "le gouvernement espagnol de Mariano Rajoy"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import KG, Mention, MentionType
from kg.text.context import PERSON, Context
from kg.text.relations.found import Found

_GOVERNMENT, _LEADS = KG + "Government", KG + "leaderOf"


def by_cabinets(context: Context) -> Iterator[Found]:
    """Who leads a government that is said to be somebody's: "le gouvernement de X", "l'administration Obama"."""
    relation = context.lexicon.ontology.relations[_LEADS]
    for body in context.mentions:
        if body.kind != _GOVERNMENT or body.type is not MentionType.NOMINAL:
            continue
        tokens = context.tokens(body.span)
        for leader in leaders(body, context):
            yield Found(relation, leader, body, tokens, "apposition", tokens.root.lemma_.lower(), presupposed=True)


def leaders(body: Mention, context: Context) -> Iterator[Mention]:
    """The person whose government it is: right after it, or after a preposition of belonging."""
    tokens, belonging = context.tokens(body.span), context.lexicon.words("PositionPreposition")
    after = tokens.end
    if after < tokens.sent.end and context.lexicon.syntax.lemma(context.doc[after]) in belonging:
        after += 1
    mention = context.mentions.at(context.doc[after]) if after < tokens.sent.end else None
    if mention and mention.type is MentionType.NAME and context.is_a(mention, PERSON):
        yield mention
