"""A number of people in, who they are out: "ces deux candidats" are those whom the sentence before named."""

from __future__ import annotations

from kg.model import Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.context import PERSON, Context
from kg.text.mentions import span_of
from kg.text.morphology import feature
from kg.text.nouns import counted_phrase, kind_of

_MOST = 5  # people whom one may count and still mean each of them


def find_several(context: Context) -> None:
    """Add what counts the people whom the sentence before, and nobody else, named."""
    numerals = context.lexicon.ontology.numerals.get(context.lexicon.language.code, {})
    before: list[Mention] = []
    for sentence in context.sentences:
        for noun in sentence if 1 < len(before) <= _MOST else ():
            if noun.pos_ == "NOUN" and is_plural(noun) and context.mentions.at(noun) is None:
                counts = [numerals.get(child.lower_, 0) for child in noun.lefts if child.pos_ == "NUM"]
                known = any({"Dem", "Art"} & set(feature(child, "PronType")) for child in noun.lefts)
                if known and counts == [len(before)] and kind_of(noun, context) == PERSON:
                    _add(context, noun.i, before)
        before = _named(context, sentence.start_char, sentence.end_char) or before


def _named(context: Context, start: int, end: int) -> list[Mention]:
    """The people whom a sentence names, each once."""
    people = [m for m in context.mentions.between(start, end) if m.kind == PERSON and m.type is MentionType.NAME]
    return list({context.identity(m): m for m in reversed(people)}.values())[::-1]


def _add(context: Context, at: int, people: list[Mention]) -> None:
    tokens = counted_phrase(context, context.doc[at])
    first, *others = people
    together = tuple(other.root for other in others)
    new = Mention(span_of(tokens), MentionType.NOMINAL, PERSON, antecedent=first.root, together=together)
    context.mentions.add(tokens, new)
