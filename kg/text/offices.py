"""Names in, the offices beside them out: people spoken of by what they are, named beside it or before.

"Sean Parnell, porte-parole du Pentagone", "le premier ministre irakien Mohammed al-Soudani", "Pentagon spokesman Sean
Parnell", and later "le premier ministre" alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import Mention, MentionType, Span
from kg.text.agreement import gender, is_plural
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context
from kg.text.nouns import describe, is_definite, name_before_comma, noun_phrase

_FAR = 12  # tokens that an office with its complement and a name may take


@dataclass(frozen=True, slots=True)
class _Held:
    """An office as it was held last: by whom, of what, and with which gender."""

    holder: Mention
    bodies: set[str | Span]
    complements: set[str]
    gender: str | None

    def includes(self, other: _Held) -> bool:
        """Whether an office spoken of later says nothing that was not told of this one."""
        same_sex = not (self.gender and other.gender) or self.gender == other.gender
        return same_sex and other.bodies <= self.bodies and other.complements <= self.complements


def find_holders(context: Context) -> None:
    """People spoken of by their office: with their name beside it, or by the office alone once they were named."""
    named: dict[str, _Held] = {}
    for start, end, positions in context.positions:
        if context.mentions.at(context.doc[start]):  # a name may stand in it: "ministre de l'Intérieur"
            continue
        tokens, office = noun_phrase(context, start, end), positions[0].iri
        name = holder(context, tokens)
        if name is not None:
            named[office] = _held(tokens, name, context)
        elif office in named and is_definite(tokens.root) and not is_plural(tokens.root):
            before = named[office]
            name = before.holder if before.includes(_held(tokens, before.holder, context)) else None
        if name is not None:
            describe(context, tokens, PERSON, name)


def _held(tokens: Tokens, holder: Mention, context: Context) -> _Held:
    bodies = {context.identity(m) for m in context.owners(tokens.root)}
    return _Held(holder, bodies, _complements(tokens, context), gender(tokens.root, is_person=True))


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
