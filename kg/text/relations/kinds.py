"""Nouns for places in, what holds what they describe out: "X, la seconde ville du pays", "la ville turque de X"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import KG, Mention, MentionType
from kg.text.context import ORGANIZATION, PLACE, Context
from kg.text.nouns import noun_phrase
from kg.text.relations.bearers import things
from kg.text.relations.found import Found, built_by
from kg.text.relations.places import country, may_hold
from kg.text.tokens import Token, Tokens

_TOWNS = (KG + "City", PLACE)  # what a body may be of because it is there, and not because it is its own


def by_kinds(context: Context) -> Iterator[Found]:
    """Which place holds another that a common noun describes: a town of a country, a province, an island."""
    relations = built_by("PlaceInPlace", context)
    for start, end, kinds in context.head_nouns:
        if context.doc[start].text[0].isupper() or not context.is_a_kind(kinds[0], PLACE):
            continue
        tokens = noun_phrase(context, start, end)
        if not (_is_beside_only(tokens, context) or context.lexicon.has("StreetNoun", tokens.root)):
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
    places += [town for town in towns if town not in places and _is_near(town, tokens, context)]
    return [m for m in places if m.type is MentionType.NAME or m.anchors][:1]


def _is_near(town: Mention, tokens: Tokens, context: Context) -> bool:
    """Whether no other name stands between a noun and a town, to which the town would belong."""
    between = context.mentions.between(tokens.end_char, town.span.start)
    return not any(mention.type is MentionType.NAME for mention in between)


def _is_beside_only(tokens: Tokens, context: Context) -> bool:
    """Whether a word says that the place is next to another: "une province frontalière de la Syrie"."""
    around = [*tokens, *tokens.root.children, *context.doc[tokens.end : tokens.end + 2]]
    return any(context.lexicon.has("BorderWord", token) for token in around)


def _held(tokens: Tokens, context: Context) -> Iterator[tuple[Mention, Mention, str]]:
    described = [(m, how) for m, how in things(tokens, context) if m.type is MentionType.NAME]
    described = described or [(m, "apposition") for m in _named_after(tokens, context)]
    described = described or [(m, how) for m, how in _described(tokens, context) if m.type is MentionType.NOMINAL]
    for inner, how in described:
        if context.is_a(inner, PLACE):
            wholes = [m for m in _wholes(tokens, context) if m.span != inner.span and may_hold(m, inner, context)]
            wholes = wholes or _own_land(inner, tokens, context)
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
    near += [m for noun in _kinds_of(root, context) for m in _named_after(context.doc[noun.i : noun.i + 1], context)]
    return list(dict.fromkeys([*near, *context.mentions_of(inside)]))


def _own_land(inner: Mention, tokens: Tokens, context: Context) -> list[Mention]:
    """The country that a capital is of, where the article names it anywhere: "la capitale Bamako"."""
    land = country(inner, context) if context.lexicon.has("CapitalNoun", tokens.root) else None
    if land is None:
        return []
    named = [m for m in context.mentions if m.entry == land and m.type is not MentionType.PRONOUN]
    return sorted(named, key=lambda m: (abs(m.span.start - tokens.start_char), m.span))[:1]


def _kinds_of(noun: Token, context: Context) -> list[Token]:
    """The noun for a place that brings the name of what holds another: "cette commune du département de X"."""
    belonging = context.lexicon.words("PartitivePreposition") | context.lexicon.words("InsidePreposition")
    nouns = [other for p, other in context.lexicon.syntax.obliques(noun) if p in belonging]
    kinds = [(other, [k for _, k in context.lexicon.head_nouns.at(context.doc, other.i)]) for other in nouns]
    return [other for other, some in kinds if any(context.is_a_kind(kind, PLACE) for kind in some)]


def _regions_of(noun: Token, context: Context) -> list[Mention]:
    """The part of a country that an adjective before a noun names: "the northern Iraqi city"."""
    found = (context.mentions.at(child) for child in noun.lefts)
    regions = [m for m in found if m and m.anchors]
    regions += [
        m for m in context.mentions.between(noun.sent.start_char, noun.idx) if m.anchors and m.span.end == noun.idx - 1
    ]
    return [m for m in dict.fromkeys(regions) if context.is_a(m, PLACE)]
