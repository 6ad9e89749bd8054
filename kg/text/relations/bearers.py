"""A noun in, whoever it is said of out: beside the noun, as its subject, or before a comma."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Mention, MentionType
from kg.text.context import Context
from kg.text.morphology import VERBAL, feature
from kg.text.nouns import is_definite, name_before_comma
from kg.text.offices import holder
from kg.text.tokens import Token, Tokens


def bearers(tokens: Tokens, context: Context) -> Iterator[tuple[Mention, str]]:
    """Who is what a noun says, and by which construction: beside the noun, or as its subject."""
    said = context.lexicon.syntax.is_predicate(tokens.root) or _named_as(tokens.root, context)
    name = None if said else holder(context, tokens)
    if name:
        yield name, "apposition"
    else:
        yield from things(tokens, context)


def things(tokens: Tokens, context: Context) -> Iterator[tuple[Mention, str]]:
    """What is what a noun says that stands for no person: as its subject, in apposition, or before a comma."""
    root, syntax = tokens.root, context.lexicon.syntax
    if syntax.is_predicate(root):
        verb = syntax.predicate_verb(root)
        for subject in syntax.subjects(verb) or syntax.children(verb, "expletive"):  # "il est maire": no mere filler
            yield from ((mention, "predicate") for mention in context.referents(subject))
    elif named := _named_as(root, context):
        yield from ((mention, "predicate") for mention in named)
    else:
        beside = _apposed(root, context) or _before_comma(tokens, context) or _named(tokens, context)
        yield from ((mention, "apposition") for mention in beside)


def _named(tokens: Tokens, context: Context) -> list[Mention]:
    """What a noun's own name says it is: "sa filiale Nissan", "la maison mère de Nissan, Renault, a …"."""
    doc, stop = context.doc, tokens.sent.end
    if tokens.end < stop and (name := _name_at(doc[tokens.end], context)):
        return [name]
    comma = next((t.i for t in doc[tokens.end : stop] if t.text == "," or t.pos_ in VERBAL), stop)
    if comma + 1 >= stop or doc[comma].text != "," or not _is_one(tokens.root, context):
        return []
    name = _name_at(doc[comma + 1], context)
    after = context.tokens(name.span).end if name else stop
    return [name] if name and after < stop and doc[after].text in {",", "."} else []


def _name_at(token: Token, context: Context) -> Mention | None:
    mention = context.mentions.at(token)
    return mention if mention and mention.type is MentionType.NAME else None


def _is_one(noun: Token, context: Context) -> bool:
    """Whether a noun means one known thing, so that a name between commas can only be its own."""
    possessed = any(context.lexicon.syntax.is_(child, "possessive") for child in noun.children)
    return "Plur" not in feature(noun, "Number") and (possessed or is_definite(noun) or bool(context.possessors(noun)))


def _named_as(noun: Token, context: Context) -> list[Mention]:
    """The names that a clause gives to its subject: "son père est Jacques Brun", "whose wife is Anne Brown"."""
    syntax = context.lexicon.syntax
    if not syntax.is_named(noun):
        return []
    verb = noun.head
    named = [verb] if syntax.is_predicate(verb) else [c for c in syntax.children(verb, "attribute") if c.i > verb.i]
    names = [mention for token in named for mention in context.referents(token)]
    return [mention for mention in names if mention.type is MentionType.NAME]


def _before_comma(tokens: Tokens, context: Context) -> list[Mention]:
    name = name_before_comma(context, tokens)
    if name is None or "Plur" not in feature(tokens.root, "Number"):
        return [name] if name else []
    syntax = context.lexicon.syntax
    together = syntax.conjuncts(syntax.first_conjunct(context.tokens(name.span).root))
    return [mention for token in together if token.i < tokens.start and (mention := context.referent(token))]


def _apposed(noun: Token, context: Context) -> list[Mention]:
    """What a noun stands in apposition to; a plural noun to all that is coordinated before it."""
    syntax = context.lexicon.syntax
    if not syntax.is_(noun, "apposition") or any(syntax.children(noun, "case")) or noun.head.i > noun.i:
        return []
    heads = [noun.head]
    if "Plur" in feature(noun, "Number"):
        heads = [token for token in syntax.conjuncts(syntax.first_conjunct(noun.head)) if token.i < noun.i]
    return [mention for head in heads if (mention := context.referent(head))]


def is_beside(words: str, carrier: Tokens, context: Context) -> bool:
    """Whether a word of a class qualifies what carries a relation: "l'ancien président", "ministre adjoint"."""
    doc, root = context.doc, carrier.root
    around = [*doc[max(carrier.start - 2, carrier.sent.start) : carrier.start], *doc[carrier.end : carrier.end + 1]]
    near = [token for token in around if token.pos_ not in VERBAL]
    below = [child for child in root.children if not context.lexicon.syntax.is_(child, "conjunct")]
    return any(context.lexicon.has(words, token) for token in {*below, *near})
