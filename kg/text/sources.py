"""A noun beside a word of speech in, the source it names out: a person, a body, an author, or somebody nobody names.

What an unknown source says is not said by the article, so a source is never left out for being unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.model import Mention, MentionType, Span
from kg.text.context import PERSON, Context, span_of
from kg.text.nouns import is_definite, kind_of, noun_phrase
from kg.text.syntax import is_relative


def first_source(nouns: Iterable[Token], context: Context) -> Span | None:
    """The first of some nouns that can be a source."""
    return next((found for noun in nouns if (found := source(noun, context))), None)


def source(noun: Token, context: Context) -> Span | None:
    """Who a source is: a person or a body; for a text or an utterance, its author; else the words that name it."""
    if context.lexicon.has("SpeechNoun", noun) and (author := _author(noun, context)):
        return author.span
    if mention := context.referent(noun) or _nameless(context, noun):
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


def _nameless(context: Context, noun: Token) -> Mention | None:
    """Somebody whom the article does not name: "un responsable", "des témoins"; the same word again is the same one."""
    if noun.pos_ == "PROPN":  # whoever speaks under a name that no model saw is taken for a person
        words = [noun, *(c for c in context.lexicon.syntax.children(noun, "flat") if c.text[0].isupper())]
        name = context.doc[min(t.i for t in words) : max(t.i for t in words) + 1]
        return context.mentions.add(name, Mention(span_of(name), MentionType.NAME, PERSON))
    if noun.pos_ != "NOUN" or not (kind := kind_of(noun, context)):
        return None
    tokens = noun_phrase(context, noun.i, noun.i + 1)
    before = context.mentions.alike(noun) if is_definite(noun) else ()
    antecedent = next((m.root for m in before if m.type is MentionType.NOMINAL), None)
    return context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NOMINAL, kind, antecedent=antecedent))
