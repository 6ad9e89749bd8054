"""An office in, what it is of out: "porte-parole du Pentagone", "ministre irakien", "président à vie du Congo"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Mention, MentionType
from kg.text.context import PERSON, PLACE, Context
from kg.text.mentions import span_of
from kg.text.offices import phrase_end
from kg.text.tokens import Token, Tokens


def office_bodies(tokens: Tokens, context: Context) -> Iterator[tuple[bool, list[Mention]]]:
    """What an office is of: "porte-parole du Pentagone", "ministre irakien", "ministre de la Justice du pays".

    With each construction, whether it names what the office itself is of, and not what its field or its service is of.
    """
    inside = span_of(tokens)  # "président du Conseil": the field of an office is not what it is of
    complements = [m for token in tokens for m in context.complements(token)]
    for near in (True, False):
        yield near, [m for m in complements if m.span not in inside and near == _is_near(m, tokens, context)]
        if near:
            yield True, [m for token in tokens for m in context.possessors(token) if m.span not in inside]
            yield True, [m for token in context.doc[tokens.end : tokens.end + 1] if (m := context.demonym(token))]
            yield True, _before(tokens, context)
            yield True, _origins(tokens, context)
            yield True, [m for m in in_phrase(tokens, context)[:1] if _is_near(m, tokens, context)]
    belonging = context.lexicon.words("PositionPreposition") | context.lexicon.words("FieldPreposition")
    fields = [noun for token in tokens for case, noun in context.lexicon.syntax.obliques(token) if case in belonging]
    yield False, [m for noun in fields if not context.mentions.at(noun) for m in context.owners(noun)]
    yield False, in_phrase(tokens, context)[:1]


def _origins(tokens: Tokens, context: Context) -> list[Mention]:
    """Where somebody elected comes from: "a senator from Vermont"."""
    origin, syntax = context.lexicon.words("OriginPreposition"), context.lexicon.syntax
    nouns = [noun for token in tokens for case, noun in syntax.obliques(token) if case in origin]
    return [m for m in context.mentions_of(nouns) if context.is_a(m, PLACE)]


def _before(tokens: Tokens, context: Context) -> list[Mention]:
    """The body right before an office, where names make compounds: "UN Secretary-General Antonio Guterres"."""
    if not context.lexicon.language.labels.get("compound") or tokens.start == tokens.sent.start:
        return []
    mention = context.mentions.at(context.doc[tokens.start - 1])
    return [mention] if mention and not context.is_a(mention, PERSON) else []


def _is_near(body: Mention, tokens: Tokens, context: Context) -> bool:
    """Whether no common noun parts a body from the office, but for one that it bears: "la ville de", "le groupe"."""
    between = context.doc[tokens.end : context.tokens(body.span).start]
    return not any(token.pos_ == "NOUN" and _parts(token, between, context) for token in between)


def _parts(noun: Token, between: Tokens, context: Context) -> bool:
    """Whether a noun between an office and a body is something else than the body."""
    if (
        context.offices_at(noun)
        or context.mentions.at(noun)
        or context.is_time(noun)
        or context.lexicon.has("TermNoun", noun)
    ):
        return False
    kinds = [kind for _, kind in context.lexicon.head_nouns.at(context.doc, noun.i)]
    after = context.doc[noun.i + 1 : between.end]
    return any(token.pos_ == "ADP" for token in after) and not any(context.is_a_kind(kind, PLACE) for kind in kinds)


def in_phrase(tokens: Tokens, context: Context) -> list[Mention]:
    """The bodies and lands between an office and what ends its phrase, wherever the parser hung them."""
    syntax, words = context.lexicon.syntax, context.lexicon.words
    of = words("PositionPreposition") | words("FieldPreposition")
    rest = context.doc[tokens.end : phrase_end(context, tokens)]
    other = (t.i for t in rest if t.pos_ == "ADP" and syntax.lemma(t) not in of and not _is_term(t, context))
    found: list[Mention] = []
    for token in context.doc[rest.start : next(other, rest.end)]:
        mention = context.mentions.at(token)
        if mention and (_belongs(token, mention, context) or (found and _joins(mention, context))):
            found.append(mention)
    return list(dict.fromkeys(found))


def _joins(mention: Mention, context: Context) -> bool:
    """Whether a name follows "and": "of Russia and Turkey"."""
    first = context.tokens(mention.span).start
    return mention.type is MentionType.NAME and context.doc[first - 1].pos_ == "CCONJ"


def behind_name(holder: Mention, tokens: Tokens, context: Context) -> list[Mention]:
    """What an office before a name is of that stands behind the name: "King Felipe VI of Spain"."""
    after = context.tokens(holder.span).end
    belonging = context.lexicon.words("PositionPreposition")
    if holder.span.start < tokens.end_char or after + 1 >= tokens.sent.end:
        return []
    if context.lexicon.syntax.lemma(context.doc[after]) not in belonging:
        return []
    start = after + 1 + (context.doc[after + 1].pos_ == "DET")
    mention = context.mentions.at(context.doc[start]) if start < tokens.sent.end else None
    return [mention] if mention and mention.type is MentionType.NAME else []


def _belongs(token: Token, mention: Mention, context: Context) -> bool:
    """Whether a mention says whose an office is: a demonym, or a name after a preposition of belonging."""
    if context.is_a(mention, PERSON) or (token.pos_ != "ADJ" and mention.type is not MentionType.NAME):
        return False
    before = context.tokens(mention.span).start - 1
    while before >= 0 and context.doc[before].pos_ == "DET":
        before -= 1
    belonging = context.lexicon.words("PositionPreposition")
    of = before >= 0 and context.lexicon.syntax.lemma(context.doc[before]) in belonging
    return context.demonym(token) is not None or of


def _is_term(preposition: Token, context: Context) -> bool:
    """Whether a preposition only says for how long: "président par intérim du Brésil"."""
    after = context.doc[preposition.i + 1 : preposition.i + 3]
    return any(context.lexicon.has("TermNoun", token) for token in after)
