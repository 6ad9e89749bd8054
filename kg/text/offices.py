"""Names in, the offices beside them out: people spoken of by what they are, named beside it or before.

"Sean Parnell, porte-parole du Pentagone", "le premier ministre irakien Mohammed al-Soudani", "Pentagon spokesman Sean
Parnell", and later "le premier ministre" alone.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import Mention, MentionType, Span
from kg.text.agreement import is_plural
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context
from kg.text.nouns import describe, is_definite, name_before_comma, noun_phrase

_FAR = 12  # tokens that an office with its complement and a name may take


def find_holders(context: Context) -> None:
    """People spoken of by their office: with their name beside it, or by the office alone once they were named."""
    doc = context.doc
    named: dict[str, tuple[Mention, set[str | Span], set[str]]] = {}  # office -> who held it last, and of what
    for start, end, positions in context.lexicon.positions.find(doc):
        if not context.mentions.free(doc[start:end]):
            continue
        tokens = noun_phrase(context, start, end)
        name = holder(context, tokens)
        key, places = positions[0].iri, {context.identity(m) for m in context.owners(tokens.root)}
        if name is not None:
            named[key] = name, places, _complements(tokens, context)
        elif key in named and is_definite(tokens.root) and not is_plural(tokens.root):
            before, of, told = named[key]
            name = before if places <= of and _complements(tokens, context) <= told else None
        if name is not None:
            describe(context, tokens, PERSON, name)


def _complements(office: Tokens, context: Context) -> set[str]:
    """The lemmas of what an office is of, whether it is known or not: "président par intérim du parti"."""
    return {noun.lemma_ for _, noun in context.lexicon.syntax.obliques(office.root) if noun.i >= office.end}


def holder(context: Context, tokens: Tokens) -> Mention | None:
    """The person whose office some tokens name, where name and office stand beside each other."""
    return _following(context, tokens) or _apposed(context, tokens.root) or _before_comma(context, tokens)


def _following(context: Context, tokens: Tokens) -> Mention | None:
    doc, after = context.doc, tokens.end
    if after < len(doc) and doc[after].sent == tokens.sent and (person := _person(context, doc[after])):
        return person
    return _between_commas(context, tokens)


def _between_commas(context: Context, tokens: Tokens) -> Mention | None:
    """ "La porte-parole de l'ONU, Alessandra Vellucci, …": a name between commas after an office and its complement."""
    if not is_definite(tokens.root):
        return None
    rest = context.doc[tokens.end : min(tokens.end + _FAR, tokens.sent.end)]
    comma = next((t.i for t in rest if t.text == "," or t.pos_ in {"VERB", "AUX", "PUNCT"}), None)
    if comma is None or context.doc[comma].text != "," or comma + 1 >= tokens.sent.end:
        return None
    person = _person(context, context.doc[comma + 1])
    closing = None if person is None else next((t for t in rest if t.idx >= person.span.end), None)
    return person if closing is not None and closing.text == "," else None


def _before_comma(context: Context, tokens: Tokens) -> Mention | None:
    """A name, a comma, an office: "Abbas Akhoundi, le ministre iranien des Transports, a …"."""
    name = name_before_comma(context, tokens)
    return _as_person(context, name) if name else None


def _apposed(context: Context, office: Token) -> Mention | None:
    syntax = context.lexicon.syntax
    if syntax.is_(office, "apposition") and not any(syntax.children(office, "case")):
        first = syntax.first_conjunct(office)
        if first.head.i < first.i and (person := _person(context, first.head)):
            return person
    for name in syntax.appositions(office):
        if not any(syntax.children(name, "case")) and (person := _person(context, name)):
            return person
    return None


def _person(context: Context, token: Token) -> Mention | None:
    mention = context.mentions.at(token)
    return _as_person(context, mention) if mention and mention.type is MentionType.NAME else None


def _as_person(context: Context, mention: Mention) -> Mention | None:
    """A name as a person's; one of two words that no source is sure of is a person beside an office."""
    if not mention.entry and mention.kind in {PLACE, ORGANIZATION} and " " in context.article.words(mention.span):
        mention = replace(mention, kind=PERSON)
        context.mentions.replace(mention)
    return mention if context.is_a(mention, PERSON) else None
