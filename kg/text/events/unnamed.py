"""A common noun in an event in, a mention of whoever it stands for out, where nothing before made it one."""

from __future__ import annotations

from spacy.tokens import Token

from kg.model import Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.context import PERSON, Context, span_of
from kg.text.morphology import feature
from kg.text.nouns import is_definite, kind_of, noun_phrase

_QUALIFIES = frozenset({"ADJ", "NOUN", "PROPN", "CCONJ", "PUNCT"})
_PEOPLE = ("PeopleNoun", "ForceNoun", "ProtesterNoun")


def unnamed(noun: Token, context: Context) -> Mention | None:
    """The mention of some people or a body that nobody names: "six travailleurs humanitaires", "a court".

    One who was spoken of, or whom everybody knows, has a name that was not found, and nobody else is to take it.
    """
    if noun.pos_ != "NOUN" or context.is_time(noun) or not context.mentions.free(noun.doc[noun.i : noun.i + 1]):
        return None
    if not is_plural(noun) and (is_definite(noun) or not _is_counted(noun)):
        return None
    kind = PERSON if any(context.lexicon.has(name, noun) for name in _PEOPLE) else kind_of(noun, context)
    if kind is None:
        return None
    tokens = noun_phrase(context, _first(noun), noun.i + 1)
    return context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NOMINAL, kind))


def _first(noun: Token) -> int:
    """Where the words that qualify a noun before it begin, articles and numbers left out: "Congolese refugees"."""
    start = noun.i
    while start > noun.sent.start and noun.doc[start - 1].pos_ in _QUALIFIES and noun.is_ancestor(noun.doc[start - 1]):
        start -= 1
    while noun.doc[start].pos_ in {"CCONJ", "PUNCT"}:
        start += 1
    return start


def _is_counted(noun: Token) -> bool:
    """Whether a noun has an indefinite article or a number: "un soldat", "one soldier"."""
    return any(child.pos_ == "NUM" or "Ind" in feature(child, "Definite") for child in noun.lefts)
