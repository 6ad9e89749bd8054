"""Names in, metonyms out: a seat of power that acts stands for whom it is the seat of."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Mention, MentionType
from kg.text.context import PLACE, Context


def resolve_metonyms(context: Context) -> None:
    """A seat of power that acts stands for whom it is the seat of: "Washington avait constitué une coalition"."""
    for mention in list(context.mentions):
        entry = context.gazetteer.entries.get(mention.entry or "")
        if entry and entry.seat_of and mention.type is MentionType.NAME and context.is_a(mention, PLACE):
            power = context.gazetteer.entries[entry.seat_of]
            if _acts(mention, context):
                kind = sorted(power.kinds)[0]
                context.mentions.replace(replace(mention, type=MentionType.METONYM, kind=kind, entry=power.id))


def _acts(mention: Mention, context: Context) -> bool:
    """Whether a mention is the subject of a verb, or a source: "Selon Moscou"."""
    tokens, lexicon = context.tokens(mention.span), context.lexicon
    head = lexicon.syntax.first_conjunct(tokens.root)
    before = context.doc[max(tokens.start - 3, tokens.sent.start) : tokens.start]
    said_by = any(end == tokens.start for token in before for end, _ in lexicon.attributions.at(context.doc, token.i))
    return said_by or (lexicon.syntax.is_(head, "subject") and head.head.pos_ == "VERB")
