"""A noun beside a word of speech in, the source it names out: a person, a body, an author, or somebody nobody names.

What an unknown source says is not said by the article, so a source is never left out for being unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import KG, Mention, MentionType, Span
from kg.text.context import PERSON, PLACE, Context
from kg.text.mentions import span_of
from kg.text.morphology import VERBAL
from kg.text.nameless import participant
from kg.text.nouns import is_definite, kind_of, noun_phrase
from kg.text.speech.contents import sentence_of
from kg.text.syntax import is_relative
from kg.text.tokens import Token

_DOCUMENT = KG + "Document"


def first_source(nouns: Iterable[Token], context: Context) -> Span | None:
    """The first of some nouns that can be a source."""
    return next((found for noun in nouns if (found := source(noun, context))), None)


def source(noun: Token, context: Context) -> Span | None:
    """Who a source is: a person or a body; for a text or an utterance, its author; else the words that name it."""
    if is_anonymous(noun, context):
        return _informer(noun, context)
    if is_relative(noun) or context.lexicon.has("RelativePronoun", noun):
        return _of_relative(noun, context)
    if is_speech(noun, context) and (author := _author(noun, context)):
        return author.span
    mention = context.referent(noun) or _nameless(context, noun) or _unknown(context, noun)
    if mention:
        return mention.span
    return span_of(noun) if noun.pos_ in {"NOUN", "PROPN"} else None


def is_speech(noun: Token, context: Context) -> bool:
    """Whether a noun is a text or an utterance, and no name: "un communiqué"."""
    return noun.pos_ == "NOUN" and context.lexicon.has("SpeechNoun", noun)


def is_anonymous(noun: Token, context: Context) -> bool:
    """Whether a subject does not say who speaks: "on"."""
    return noun.pos_ in {"PRON", "NOUN"} and noun.lower_ in context.lexicon.words("AnonymousSubject")


def named_after(speaker: Span, token: Token, context: Context) -> Span:
    """The name that follows a description of the speaker in the same sentence: "selon le préfet, Jean Ollivier, …"."""
    mention = context.mentions.by_span.get(speaker)
    name = mention.antecedent if mention else None
    return name if name and name.start > speaker.start and name in span_of(sentence_of(token)) else speaker


def _informer(pronoun: Token, context: Context) -> Span | None:
    """From whom one learns it: "a-t-on appris de source policière", "peut-on lire dans un communiqué de X"."""
    lexicon = context.lexicon
    verbs = [t for t in (*pronoun.ancestors, *pronoun.head.children) if t.pos_ in VERBAL]
    brought = [
        [n for verb in verbs for p in sorted(lexicon.words(words)) for n in lexicon.syntax.brought_by(verb, p)]
        for words in ("TextPreposition", "SourcePreposition")
    ]
    texts = [n for n in brought[0] if is_speech(n, context)]
    informers = [n for n in brought[1] if not context.is_time(n)]
    return first_source([n for n in (*texts, *informers) if n.i > pronoun.i], context)


def _of_relative(pronoun: Token, context: Context) -> Span | None:
    """Whom a relative pronoun takes up; "X, qui a déclaré que": it is a mention of X too."""
    head = context.lexicon.syntax.relative_head(pronoun)
    if head is None or head == pronoun or is_relative(head):
        return None
    found = source(head, context)
    mention = context.mentions.by_span.get(found) if found else None
    if mention and context.mentions.at(pronoun) is None:
        context.mentions.add_pronoun(pronoun, [mention], 1.0)
    return found


def _author(noun: Token, context: Context) -> Mention | None:
    """Whose statement it is: "un communiqué publié par X", "une déclaration de X", "X a publié un communiqué"."""
    syntax = context.lexicon.syntax
    participles = [c for c in noun.children if c.pos_ == "VERB" and syntax.qualifies(c)]
    participles = [c for c in participles if not any(syntax.children(c, "subject"))]
    agents = [a for p in participles for a in syntax.agents(p) if a != noun]
    found = [m for agent in agents for m in context.referents(agent)]
    found = found or [owner for owner in context.owners(noun) if not context.is_a(owner, PLACE)]
    if not found and syntax.is_(noun, "object"):
        found = [m for agent in syntax.agents(noun.head) if agent != noun for m in context.referents(agent)]
    return found[0] if found else None


def _nameless(context: Context, noun: Token) -> Mention | None:
    """Somebody whom the article does not name: "un responsable", "des témoins"; the same word again is the same one."""
    if noun.pos_ == "PROPN":  # whoever speaks under a name that no model saw is taken for a person
        words = [noun, *(c for c in context.lexicon.syntax.children(noun, "flat") if c.text[0].isupper())]
        name = context.doc[min(t.i for t in words) : max(t.i for t in words) + 1]
        return context.mentions.add(name, Mention(span_of(name), MentionType.NAME, PERSON))
    if mention := participant(noun, context):
        return mention
    if not (is_speech(noun, context) or (noun.pos_ == "NOUN" and kind_of(noun, context))):
        return None
    tokens = noun_phrase(context, noun.i, noun.i + 1)
    before = context.mentions.alike(noun) if is_definite(noun) else ()
    antecedent = next((m.root for m in before if m.type is MentionType.NOMINAL), None)
    kind = kind_of(noun, context) or _DOCUMENT
    return context.mentions.add(tokens, Mention(span_of(tokens), MentionType.NOMINAL, kind, antecedent=antecedent))


def _unknown(context: Context, pronoun: Token) -> Mention | None:
    """Somebody whom only a pronoun tells of: "Il a précisé que …"; whoever writes "je" is one and the same."""
    if pronoun.pos_ != "PRON":
        return None
    lexicon, tokens = context.lexicon, context.doc[pronoun.i : pronoun.i + 1]
    writes = lexicon.has("FirstPersonSingular", pronoun) or lexicon.has("FirstPersonPlural", pronoun)
    before = context.mentions.alike(pronoun) if writes else ()
    antecedent = next((m.root for m in before if m.type is MentionType.PRONOUN), None)
    return context.mentions.add(tokens, Mention(span_of(tokens), MentionType.PRONOUN, PERSON, antecedent=antecedent))
