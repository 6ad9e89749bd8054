"""Wars and disputes in, who stands against whom out: "la guerre entre A et B", "opposant A à B", "A et B contre C"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Mention
from kg.text.context import Context
from kg.text.nameless import participants
from kg.text.relations.echoes import echo
from kg.text.relations.found import Found, built_by
from kg.text.relations.listed import listed
from kg.text.tokens import Token

_QUARRELS = {"WarNoun": "WarBetween", "DisputeNoun": "DisputeBetween"}  # words -> the construction they make
_NEAR = 6  # tokens from a quarrel to "entre", where the parser hung it on something else: "la crise en cours entre"


def by_quarrels(context: Context) -> Iterator[Found]:
    """Who stands against whom in a war or a dispute."""
    for noun in context.doc:
        if noun.pos_ == "NOUN" and (construction := _quarrel(noun, context)):
            for one, other in dict.fromkeys(_sides(noun, context)):
                for relation in built_by(construction, context):
                    carrier = context.doc[noun.i : noun.i + 1]
                    yield Found(relation, one, other, carrier, "action", noun.lemma_, presupposed=True)


def _quarrel(noun: Token, context: Context) -> str | None:
    return next((made for words, made in _QUARRELS.items() if context.lexicon.has(words, noun)), None)


def _sides(noun: Token, context: Context) -> Iterator[tuple[Mention, Mention]]:
    between = _mark("BetweenPreposition", noun.i + 1, noun.i + 1 + _NEAR, context)
    if between is None:
        yield from (pair for verb in _opposing(noun, context) for pair in _opposed(verb, context))
        return
    first, end = listed(between.i + 1, context)
    first = list(dict.fromkeys([*first, *participants(_hung(between), context)]))
    against = _mark("AgainstPreposition", max(end, between.i + 1), noun.sent.end, context)
    if against is not None and (against.i == end or noun.is_ancestor(against)):
        others = listed(against.i + 1, context)[0] or participants(_hung(against), context)
        yield from ((one, other) for one in first for other in others if one not in others)
    elif len(first) == 1:
        yield from ((one, other) for one in first if (other := _echoed(one, context)))
    elif len(first) == 2:
        yield first[0], first[1]


def _mark(words: str, start: int, stop: int, context: Context) -> Token | None:
    """The first preposition of a class among some tokens of a sentence, before any verb."""
    for token in context.doc[start : min(stop, context.doc[start - 1].sent.end)]:
        if token.lower_ in context.lexicon.words(words):
            return token
        if token.pos_ == "VERB":
            return None
    return None


def _hung(preposition: Token) -> list[Token]:
    """The noun that the parser tied to a preposition, on whichever side of the tie it put it."""
    below = [child for child in preposition.children if child.i > preposition.i]
    return below or ([preposition.head] if preposition.head.i > preposition.i else [])


def _opposing(noun: Token, context: Context) -> list[Token]:
    """The verbs that say whom a quarrel sets against whom: "une guerre opposant A à B", "le conflit oppose A à B"."""
    verbs = [*(c for c in noun.children if c.pos_ == "VERB"), *(c for c in _coordinated(noun)), noun.head]
    return [verb for verb in verbs if verb.pos_ == "VERB" and context.lexicon.has("OpposingVerb", verb)]


def _coordinated(noun: Token) -> Iterator[Token]:
    """« sévissant dans ce pays et opposant »: the verbs coordinated with one that qualifies a noun."""
    return (below for verb in noun.children if verb.pos_ == "VERB" for below in verb.children if below.pos_ == "VERB")


def _opposed(verb: Token, context: Context) -> Iterator[tuple[Mention, Mention]]:
    syntax = context.lexicon.syntax
    words = context.lexicon.words("OpponentPreposition")
    first = participants(syntax.patients(verb), context)
    nouns = [n for p in sorted(words) for n in syntax.brought_by(verb, p)]
    others = participants(nouns, context) or [other for one in first if (other := _echoed(one, context))]
    yield from ((one, other) for one in first for other in others if one != other)


def _echoed(mention: Mention, context: Context) -> Mention | None:
    """The other side, that a pronoun names after the noun of the first: "les partisans de A … à ceux de B"."""
    other = echo(context.tokens(mention.span).root, context)
    return other[1] if other else None
