"""Words in a part of an event in, whoever has that part out: themselves, or whose what they name is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import KG, Mention
from kg.text.context import PLACE, Context
from kg.text.nameless import participants
from kg.text.tokens import Token

_DEEP = 2  # "the rights of workers of the company": so many nouns may stand before whoever is meant

_COUNTRY = KG + "Country"
_BEHIND = ("BetweenPreposition", "AgentPreposition", "TargetPreposition", "AddresseePreposition")


def parties(words: Iterable[Token], context: Context, *, directed: bool) -> list[Mention]:
    """The mentions of some words, else, in what is directed at somebody, of whoever is behind what they name."""
    words = list(words)
    found = participants(words, context)
    if found or not directed:
        return found
    return list(dict.fromkeys(m for word in words for one in _together(word, context) for m in behind(one, context)))


def _together(word: Token, context: Context) -> Iterator[Token]:
    return (one for one in context.lexicon.syntax.conjuncts(word) if one.pos_ in {"NOUN", "PROPN"})


def behind(noun: Token, context: Context, *, depth: int = _DEEP) -> list[Mention]:
    """Whose a thing is, or whom it goes against: "an Indian proposal", "the rights of workers", "curbs on X"."""
    lexicon, below = context.lexicon, list(context.lexicon.syntax.obliques(noun))
    found: list[Mention] = []
    for words in _BEHIND:  # "its war with Iraq": with Iraq
        found = found or context.mentions_of(n for p, n in below if p in lexicon.words(words))
    found = found or context.possessors(noun) or context.complements(noun)
    if found or not depth:
        return found
    near = [n for words in ("PositionPreposition", *_BEHIND) for p, n in below if p in lexicon.words(words)]
    inner = [*near, *lexicon.syntax.children(noun, "compound")]
    return [m for n in inner if n.pos_ == "NOUN" for m in behind(n, context, depth=depth - 1)]


def addressed(verb: Token, context: Context) -> list[Mention]:
    """Whom what a verb tells is directed at by a preposition: "protested against X", "a signé un accord avec X"."""
    syntax = context.lexicon.syntax
    below = (child for child in verb.children if child.i > verb.i and child.pos_ == "NOUN")
    displaced = (pair for noun in below if any(syntax.children(noun, "case")) for pair in syntax.obliques(noun))
    return addressees(syntax.obliques(verb), context) or addressees(displaced, context)


def addressees(pairs: Iterable[tuple[str, Token]], context: Context) -> list[Mention]:
    """Of some nouns with their prepositions, those that something is directed at; times are none."""
    lexicon, pairs = context.lexicon, [pair for pair in pairs if not context.is_time(pair[1])]
    pairs = [pair for pair in pairs if not _is_where(*pair, context) and not _is_source(pair[1], context)]
    for words in ("TargetPreposition", "AddresseePreposition"):
        if found := parties((n for p, n in pairs if p in lexicon.words(words)), context, directed=True):
            return found
    return []


def affected(verb: Token, context: Context) -> list[Mention]:
    """The country or the region that a measure bears on: "lifted a state of emergency in Darfur"."""
    lexicon = context.lexicon
    holders = (verb, *(child for child in verb.children if child.pos_ in {"NOUN", "PROPN"} and child.i > verb.i))
    pairs = [pair for token in holders for pair in lexicon.syntax.obliques(token)]
    found = context.mentions_of(n for p, n in pairs if p in lexicon.words("LocationPreposition"))
    return [mention for mention in found if context.is_a(mention, PLACE)][:1]


def _is_source(noun: Token, context: Context) -> bool:
    """Whether a noun is whose word it is, not whom it is done to: "fired at protesters, according to the Red Cross"."""
    start, attributions = noun.left_edge.i, context.lexicon.attributions
    return any(end == start for at in range(max(0, start - 3), start) for end, _ in attributions.at(noun.doc, at))


def _is_where(preposition: str, noun: Token, context: Context) -> bool:
    """Whether a preposition that may bring a place or an addressee brings a place that cannot act: "à Bagdad"."""
    mention = context.referent(noun) if preposition in context.lexicon.words("LocationPreposition") else None
    return mention is not None and is_site(mention, context)


def is_site(mention: Mention, context: Context) -> bool:
    """Whether a place cannot act: "les attentats de Paris" happened there, "la visite de la France" did not."""
    return context.is_a(mention, PLACE) and not context.is_a(mention, _COUNTRY)
