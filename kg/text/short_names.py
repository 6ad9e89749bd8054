"""The names of an article in, the short ones among them as names of what the long ones name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.gazetteer import fold
from kg.model import KG, Mention, MentionType
from kg.text.context import ORGANIZATION, PERSON, Context
from kg.text.mentions import span_of
from kg.text.tokens import Token

_OPEN = frozenset({ORGANIZATION, KG + "Company"})  # whose first word alone may be a name: "Lumen" for "Lumen Foods"
_LONG = 3  # words that a name has at least which is never used without its initials


def shorten(context: Context) -> None:
    """Let short names stand for the long ones of the article, wherever they are."""
    shorts = dict(_first_words(context)) | dict(_bracketed(context))
    for mention in list(context.mentions):
        full = shorts.get(context.article.words(mention.span))
        if full and mention.type is MentionType.NAME and not mention.entry and mention.span not in full.span:
            context.mentions.replace(replace(mention, kind=full.kind, antecedent=full.root))


def _bracketed(context: Context) -> Iterator[tuple[str, Mention]]:
    """A short form in brackets after a name, which stands for it: "l'opération Inherent Resolve (OIR)"."""
    doc, mentions = context.doc, context.mentions
    for bracket in doc[1:-2]:
        if bracket.text != "(" or doc[bracket.i + 2].text != ")":
            continue
        full, short = mentions.at(doc[bracket.i - 1]), doc[bracket.i + 1 : bracket.i + 2]
        known = mentions.at(short[0])
        if full is None or context.is_a(full, PERSON) or (known and known.entry):
            continue
        if _shortens(short[0], full, context) or _may_stand_for(short[0], full, context):
            mentions.add(short, Mention(span_of(short), MentionType.NAME, full.kind))
            yield short.text, full


def _first_words(context: Context) -> Iterator[tuple[str, Mention]]:
    """The first word of a company's name, if it is no noun for a class and two names do not share it."""
    long: dict[str, list[Mention]] = defaultdict(list)
    for mention in context.mentions:
        tokens = context.tokens(mention.span)
        is_long = mention.type is MentionType.NAME and mention.kind in _OPEN and len(tokens) > 1
        if is_long and tokens[0].is_title and not context.lexicon.head_nouns.at(context.doc, tokens.start):
            long[tokens[0].text].append(mention)
    for word, some in long.items():
        if len({context.article.words(mention.span) for mention in some}) == 1:
            yield word, some[0]


def _may_stand_for(short: Token, full: Mention, context: Context) -> bool:
    """Whether capitals in brackets after a body's long name are its letters in another language: "(ULFA)"."""
    words = [token for token in context.tokens(full.span) if token.pos_ not in {"ADP", "DET"}]
    long = len(words) >= _LONG and context.is_a(full, ORGANIZATION)
    return long and short.text.isalpha() and short.text.isupper() and 2 < len(short) < 7


def _shortens(short: Token, full: Mention, context: Context) -> bool:
    """Whether the letters of a word of capitals stand in this order in the name and the word before it."""
    first = context.tokens(full.span)[0]
    words = iter(fold(context.doc[max(first.i - 1, first.sent.start) : short.i - 1].text))
    return short.text.isupper() and 1 < len(short) < 9 and all(letter in words for letter in fold(short.text))
