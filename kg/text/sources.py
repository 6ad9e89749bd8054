"""A noun beside a word of speech in, the source it names out: a person, a body, an author, or somebody nobody names.

What an unknown source says is not said by the article, so a source is never left out for being unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.model import Mention, MentionType, Span
from kg.text.context import PERSON, Context, span_of
from kg.text.nameless import participant
from kg.text.syntax import is_relative


def first_source(nouns: Iterable[Token], context: Context) -> Span | None:
    """The first of some nouns that can be a source."""
    return next((found for noun in nouns if (found := source(noun, context))), None)


def source(noun: Token, context: Context) -> Span | None:
    """Who a source is: a person or a body; for a text or an utterance, its author; else the words that name it."""
    if context.lexicon.has("SpeechNoun", noun) and (author := _author(noun, context)):
        return author.span
    if mention := _unseen(noun, context) or participant(noun, context):
        return mention.span
    return span_of(noun) if noun.pos_ in {"NOUN", "PROPN", "PRON"} and not is_relative(noun) else None


def named_after(speaker: Span, token: Token, context: Context) -> Span:
    """The name that follows a description of the speaker in the same sentence: "selon le préfet, Jean Ollivier, …"."""
    mention = context.mentions.by_span.get(speaker)
    name = mention.antecedent if mention else None
    return name if name and name.start > speaker.start and name in span_of(token.sent) else speaker


def _author(noun: Token, context: Context) -> Mention | None:
    """Whose statement it is: "un communiqué publié par X", "une déclaration de X"."""
    syntax = context.lexicon.syntax
    participles = [c for c in noun.children if c.pos_ == "VERB" and syntax.qualifies(c)]
    agents = [a for p in participles for a in syntax.agents(p)]
    found = [m for agent in agents for m in context.referents(agent)] or context.owners(noun)
    return found[0] if found else None


def _unseen(noun: Token, context: Context) -> Mention | None:
    """Whoever speaks under a name that no model saw is taken for a person."""
    if noun.pos_ != "PROPN" or context.referent(noun):
        return None
    words = [noun, *(c for c in context.lexicon.syntax.children(noun, "flat") if c.text[0].isupper())]
    name = context.doc[min(t.i for t in words) : max(t.i for t in words) + 1]
    return context.mentions.add(name, Mention(span_of(name), MentionType.NAME, PERSON))
