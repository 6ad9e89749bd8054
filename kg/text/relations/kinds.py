"""Nouns for places in, what holds what they describe out: "X, la seconde ville du pays", "la ville turque de X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import KG, Mention, MentionType
from kg.text.context import ORGANIZATION, PLACE, Context
from kg.text.nouns import noun_phrase
from kg.text.relations.bearers import things
from kg.text.relations.found import Found, built_by
from kg.text.relations.places import may_hold

_TOWNS = (KG + "City", PLACE)  # what a body may be of because it is there, and not because it is its own


def by_kinds(context: Context) -> Iterator[Found]:
    """Which place holds another that a common noun describes: a town of a country, a province, an island."""
    relations = built_by("PlaceInPlace", context)
    for start, end, kinds in context.head_nouns:
        if context.doc[start].text[0].isupper() or not context.is_a_kind(kinds[0], PLACE):
            continue
        tokens = noun_phrase(context, start, end)
        if not _is_beside_only(tokens, context):
            for inner, outer, how in _held(tokens, context):
                for relation in relations:
                    named = how == "apposition"
                    yield Found(relation, inner, outer, tokens, how, tokens.text.lower(), presupposed=named)


def by_settings(context: Context) -> Iterator[Found]:
    """Where a body is that a common noun describes: "Nazareth Academy, a high school in Illinois"."""
    relations = built_by("NameWithPlace", context)
    for start, end, kinds in context.head_nouns:
        tokens = context.doc[start:end]
        if tokens[0].text[0].isupper() or not context.is_a_kind(kinds[0], ORGANIZATION):
            continue
        for place in _settings(tokens, context):
            for body, how in _described(tokens, context) or things(tokens, context):
                for relation in relations if context.is_a(body, ORGANIZATION) else ():
                    yield Found(relation, body, place, tokens, how, tokens.text.lower(), how == "apposition")


def _described(tokens: Tokens, context: Context) -> list[tuple[Mention, str]]:
    """The body that a noun was found to speak of: the noun stands for it."""
    mention = context.mentions.at(tokens.root)
    return [(mention, "apposition")] if mention and mention.antecedent else []


def _settings(tokens: Tokens, context: Context) -> list[Mention]:
    """The place that a preposition brings right after a noun: "une université à Lyon", "un quotidien de Lyon"."""
    syntax, inside, of = context.lexicon.syntax, *map(context.lexicon.words, ("SeatPreposition", "PositionPreposition"))
    pairs = [pair for token in tokens for pair in syntax.obliques(token)]
    places = [m for m in context.mentions_of(noun for p, noun in pairs if p in inside) if context.is_a(m, PLACE)]
    towns = [m for m in context.mentions_of(noun for p, noun in pairs if p in of) if m.kind in _TOWNS]
    places += [town for town in towns if town not in places]
    return [m for m in places if m.type is MentionType.NAME or m.anchors][:1]


def _is_beside_only(tokens: Tokens, context: Context) -> bool:
    """Whether a word says that the place is next to another: "une province frontalière de la Syrie"."""
    around = [*tokens, *tokens.root.children, *context.doc[tokens.end : tokens.end + 2]]
    return any(context.lexicon.has("BorderWord", token) for token in around)


def _held(tokens: Tokens, context: Context) -> Iterator[tuple[Mention, Mention, str]]:
    described = [(m, how) for m, how in things(tokens, context) if m.type is MentionType.NAME]
    described = described or [(m, "apposition") for m in _named_after(tokens, context)]
    for inner, how in described:
        if context.is_a(inner, PLACE):
            wholes = [m for m in _wholes(tokens, context) if m.span != inner.span and may_hold(m, inner, context)]
            yield from ((inner, outer, how) for outer in wholes[:1])


def _named_after(tokens: Tokens, context: Context) -> list[Mention]:
    """The name that a noun introduces: "la ville turque de Viranşehir", "the northern Iraqi city of Mosul"."""
    doc, at = context.doc, tokens.end
    while at < tokens.sent.end and doc[at].pos_ == "ADJ" and context.demonym(doc[at]):
        at += 1
    if at < tokens.sent.end and context.lexicon.syntax.lemma(doc[at]) in context.lexicon.words("PartitivePreposition"):
        at += 1
    while at < tokens.sent.end and doc[at].pos_ == "DET":
        at += 1
    name = context.mentions.at(doc[at]) if at < tokens.sent.end else None
    starts = name is not None and context.tokens(name.span).start == at
    return [name] if name and starts and name.type is MentionType.NAME else []


def _wholes(tokens: Tokens, context: Context) -> list[Mention]:
    """What a place is said to be in or of: a part of a country first, then demonyms, complements and the rest."""
    root, syntax = tokens.root, context.lexicon.syntax
    inside = [noun for p, noun in syntax.obliques(root) if p in context.lexicon.words("InsidePreposition")]
    near = [*_regions_of(root, context), *context.owners(root), *context.complements(root)]
    near += [m for token in tokens if (m := context.demonym(token))]
    return list(dict.fromkeys([*near, *context.mentions_of(inside)]))


def _regions_of(noun: Token, context: Context) -> list[Mention]:
    """The part of a country that an adjective before a noun names: "the northern Iraqi city"."""
    found = (context.mentions.at(child) for child in noun.lefts)
    regions = [m for m in found if m and m.anchors]
    regions += [
        m for m in context.mentions.between(noun.sent.start_char, noun.idx) if m.anchors and m.span.end == noun.idx - 1
    ]
    return [m for m in dict.fromkeys(regions) if context.is_a(m, PLACE)]
