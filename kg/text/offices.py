"""Names in, the offices beside them out: people spoken of by what they are, named beside it or before.

"Sean Parnell, porte-parole du Pentagone", "le premier ministre irakien Mohammed al-Soudani", "Pentagon spokesman Sean
Parnell", and later "le premier ministre" alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import KG, Mention, MentionType, Span
from kg.text.agreement import gender, is_plural
from kg.text.body_words import ends_as_body
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context
from kg.text.nouns import describe, is_definite, name_before_comma, noun_phrase
from kg.text.tokens import Token, Tokens

_GOVERNMENT, _GOVERNS = KG + "Government", KG + "headOfGovernmentOf"
_FAR = 14  # tokens that what an office is of may take
_ENDS = frozenset({"VERB", "AUX", "PRON", "SCONJ", "SPACE"})
_CLOSING = {",": ",(", "(": ")", "–": "–", "—": "—", "-": "-"}
_STOPS = ".;:"  # may close what a comma opened, behind an office
_PARTS = frozenset((*_CLOSING, ".", ";", ":", ")", "»", "«", '"', "“", "”", "?", "!"))


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
    governments = [_heads(body, leader, context) for body, leader in cabinets(context)]
    for start, end, positions in context.positions:
        if context.mentions.at(context.doc[start]):  # a name may stand in it: "ministre de l'Intérieur"
            continue
        tokens, office = noun_phrase(context, start, end), positions[0].iri
        name = holder(context, tokens)
        if name is not None:
            named[office] = _held(tokens, name, context)
        elif is_definite(tokens.root) and not is_plural(tokens.root):
            earlier = [one for one in governments if one.holder.span.end <= tokens.start_char]
            known = named.get(office) or (earlier[-1] if earlier and _GOVERNS in positions[0].implies else None)
            name = known.holder if known and known.includes(_held(tokens, known.holder, context)) else None
        if name is not None:
            describe(context, tokens, PERSON, name)


def cabinets(context: Context) -> Iterator[tuple[Mention, Mention]]:
    """Governments with the person whose each is said to be: "le gouvernement de X", "l'administration Obama"."""
    belonging = context.lexicon.words("PositionPreposition")
    for body in context.mentions:
        if body.kind == _GOVERNMENT and body.type is MentionType.NOMINAL:
            tokens = context.tokens(body.span)
            after = [*context.doc[tokens.end : min(tokens.end + 2, tokens.sent.end)]]
            if after and context.lexicon.syntax.lemma(after[0]) in belonging:
                after.pop(0)
            if after and (leader := _known_person(context, after[0])):
                yield body, leader


def _heads(body: Mention, leader: Mention, context: Context) -> _Held:
    """Whoever has a government as the head of it."""
    lands = {context.identity(m) for m in context.possessors(context.tokens(body.span).root)}
    return _Held(leader, lands, set(), None)


def _held(tokens: Tokens, holder: Mention, context: Context) -> _Held:
    bodies = {context.identity(m) for m in context.owners(tokens.root)}
    bodies |= {context.identity(m) for token in tokens if (m := context.demonym(token))}
    return _Held(holder, bodies, _complements(tokens, context), gender(tokens.root, is_person=True))


def _complements(office: Tokens, context: Context) -> set[str]:
    """The lemmas of what an office is of, whether it is known or not: "président par intérim du parti"."""
    return {noun.lemma_ for _, noun in context.lexicon.syntax.obliques(office.root) if noun.i >= office.end}


def holder(context: Context, tokens: Tokens) -> Mention | None:
    """The person whose office some tokens name, where name and office stand beside each other."""
    name = _following(context, tokens) or _apposed(context, tokens.root) or _before_comma(context, tokens)
    name = name or _right_before(context, tokens)
    return name if name and not _is_parted(tokens, name, context) else None


def _is_parted(tokens: Tokens, name: Mention, context: Context) -> bool:
    """Whether a copula stands between a noun and a name that the parser took for its apposition: "… n'est pas X"."""
    between = context.doc[tokens.end : max(tokens.end, context.tokens(name.span).start)]
    return any(token.pos_ == "AUX" for token in between)


def _following(context: Context, tokens: Tokens) -> Mention | None:
    """The name after an office and what it is of: "le ministre ukrainien de l'Intérieur Arsen Avakov"."""
    end = phrase_end(context, tokens)
    if end >= tokens.sent.end:
        return None
    if context.doc[end].text in _PARTS:
        return _parted(context, tokens, end)
    return (_person if end == tokens.end else _known_person)(context, context.doc[end])


def phrase_end(context: Context, tokens: Tokens) -> int:
    """The token at which an office with all that it is of ends: a person's name, a mark, a verb, another office."""
    doc, limit = context.doc, min(tokens.end + _FAR, tokens.sent.end)
    end = tokens.end
    while end < limit:
        token, mention = doc[end], context.mentions.at(doc[end])
        if mention and mention.type is MentionType.NAME:
            name = context.tokens(mention.span)
            if context.is_a(mention, PERSON) and not _governed(context, name.start, tokens.end):
                return name.start
            end = max(end + 1, name.end)
        elif (
            (token.pos_ in _ENDS and not context.lexicon.has("ChargedWord", token))
            or token.text in _PARTS
            or end in context.office_starts
        ):
            return end
        else:
            end += 1
    return end


def _governed(context: Context, name: int, office: int) -> bool:
    """Whether a name after an office belongs to something else: "ministre de Mariano Rajoy", "de la société X"."""
    before = name - 1
    while before >= office and context.lexicon.has("Honorific", context.doc[before]):
        before -= 1
    token = context.doc[before]
    named = context.lexicon.has("NamesakeNoun", token) or context.lexicon.has("CabinetNoun", token)
    return before >= office and (token.pos_ in {"ADP", "DET", "CCONJ"} or named)


def _parted(context: Context, tokens: Tokens, mark: int) -> Mention | None:
    """ "La porte-parole de l'ONU, Alessandra Vellucci, …": a name between marks after an office and its complement.

    A rank may stand before the name: "Son porte-parole, le général Hulusi Akar, …".
    """
    doc, start = context.doc, mark + 1
    if not (is_definite(tokens.root) or _is_owned(tokens.root, context)):
        return None
    while start < tokens.sent.end and doc[start].pos_ in {"DET", "ADJ"} and not context.mentions.at(doc[start]):
        start += 1
    if start < tokens.sent.end and start in context.office_starts:
        start = context.office_starts[start]
    while start < tokens.sent.end and context.lexicon.has("Honorific", doc[start]):
        start += 1
    person = _person(context, doc[start]) if start < tokens.sent.end else None
    if person is None or (closing := context.tokens(person.span).end) >= len(doc):
        return person
    ends = _CLOSING.get(doc[mark].text, "")
    if doc[mark].text == "," and tokens.start in context.office_starts:
        ends += _STOPS
    return person if doc[closing].text in {*ends} else None


def _is_owned(noun: Token, context: Context) -> bool:
    """Whether a possessive says whose a noun is: "son porte-parole"."""
    return any(context.lexicon.has("ThirdPersonPossessive", child) for child in noun.lefts)


def _before_comma(context: Context, tokens: Tokens) -> Mention | None:
    """A name, a comma, an office: "Abbas Akhoundi, le ministre iranien des Transports, a …"."""
    name = name_before_comma(context, tokens)
    return _as_person(context, name) if name else None


def _right_before(context: Context, tokens: Tokens) -> Mention | None:
    """A name, and with no comma an office and what it is of, as headlines have it: "Elon Musk CEO of SpaceX"."""
    doc, start, at = context.doc, tokens.start, context.mentions.at
    belonging = context.lexicon.words("PositionPreposition")
    after = doc[tokens.end : min(tokens.end + 1, tokens.sent.end)]
    if not len(after) or context.lexicon.syntax.lemma(after[0]) not in belonging or is_plural(tokens.root):
        return None
    while start > tokens.sent.start and doc[start - 1].pos_ in {"DET", "ADJ"} and not at(doc[start - 1]):
        start -= 1
    name = _person(context, doc[start - 1]) if start > tokens.sent.start else None
    alone = name is not None and " " in context.article.words(name.span) and name.span.end <= doc[start].idx
    return name if alone and not _is_object(tokens.root, context) else None


def _is_object(office: Token, context: Context) -> bool:
    """Whether an office is what a verb makes of somebody: "elected Paul Brown president of the club"."""
    return any(context.lexicon.has(kind, office.head) for kind in ("AppointmentVerb", "BecomingVerb", "HoldingVerb"))


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


def _known_person(context: Context, token: Token) -> Mention | None:
    """A person's name by its own right: far from the office, a body's name is a body's."""
    mention = context.mentions.at(token)
    named = mention and mention.type is MentionType.NAME and context.is_a(mention, PERSON)
    return mention if named else None


def _as_person(context: Context, mention: Mention) -> Mention | None:
    """A name as a person's; one of two words that no source is sure of is a person beside an office."""
    unsure = not mention.entry and mention.kind in {PLACE, ORGANIZATION} and not _is_called_by_kind(mention, context)
    if unsure and " " in context.article.words(mention.span):
        mention = replace(mention, kind=PERSON)
        context.mentions.replace(mention)
    return mention if context.is_a(mention, PERSON) else None


def _is_called_by_kind(mention: Mention, context: Context) -> bool:
    """Whether a name's first or last word says what bears it: "Nazareth Academy", "Banque Morel"."""
    tokens = context.tokens(mention.span)
    heads = any(context.lexicon.head_nouns.at(context.doc, token.i) for token in (tokens[0], tokens[-1]))
    return heads or ends_as_body(tokens, context)
