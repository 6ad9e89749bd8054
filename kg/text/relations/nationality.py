"""Demonyms in, whose citizens people are out: "la chanteuse belge X", "le Français X", "X, un Tunisien de 24 ans"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import KG, Factuality, Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.context import PERSON, Context
from kg.text.nouns import noun_phrase
from kg.text.relations.bearers import bearers
from kg.text.relations.found import Found, built_by
from kg.text.tokens import Token

_COUNTRY = KG + "Country"


def by_nationality(context: Context) -> Iterator[Found]:
    """Who is a citizen of the country that an adjective or a noun of nationality names."""
    relations = built_by("Nationality", context)
    for demonym in list(context.mentions):
        if demonym.type is MentionType.NOMINAL and demonym.entry and demonym.kind == _COUNTRY:
            token = context.tokens(demonym.span).root
            for person, how in _citizens(demonym, token, context):
                if person.type is MentionType.NAME or how == "predicate":
                    carrier = context.tokens(demonym.span)
                    standing = None if how == "predicate" else Factuality.ASSERTED
                    for relation in relations:
                        yield Found(
                            relation, person, demonym, carrier, how, token.lower_, bool(standing), standing, True
                        )


def _citizens(demonym: Mention, token: Token, context: Context) -> list[tuple[Mention, str]]:
    tokens = context.tokens(demonym.span)
    if name := _named_right_after(demonym, context):
        return [(one, "apposition") for one in _together(name, demonym, context)]
    if token.pos_ in {"NOUN", "PROPN"} and _is_noun(token):
        return _people(list(bearers(tokens, context)), context)
    noun = token.head
    if context.lexicon.has("NationalityNoun", noun) and not context.lexicon.syntax.is_(noun, "object"):
        return _people(list(_of_nationality(noun, context)), context)
    if token.pos_ == "ADJ" and context.lexicon.syntax.is_predicate(token):
        subjects = context.lexicon.syntax.subjects(context.lexicon.syntax.predicate_verb(token))
        return _people([(m, "predicate") for m in context.mentions_of(subjects)], context)
    if noun == token or not _is_private(noun, context):
        return []
    start = min(noun.i, tokens.start) if noun.i + 1 == tokens.start else noun.i
    return _people(list(bearers(noun_phrase(context, start, noun.i + 1), context)), context)


def _of_nationality(noun: Token, context: Context) -> Iterator[tuple[Mention, str]]:
    """Who is "de nationalité française": the name before the comma, or the noun, or the subject, that it hangs on."""
    start = context.doc[noun.i - 1 : noun.i + 1]
    before = context.doc[max(start.start - 2, noun.sent.start) : start.start]
    if len(before) == 2 and before[1].text == "," and (name := context.mentions.at(before[0])):
        yield name, "apposition"
    elif (subject := next(iter(context.lexicon.syntax.subjects(noun)), None)) is not None:
        yield from ((mention, "predicate") for mention in context.referents(subject))
    elif mention := context.referent(noun.head):
        yield mention, "apposition"


def _people(found: list[tuple[Mention, str]], context: Context) -> list[tuple[Mention, str]]:
    return [(mention, how) for mention, how in found if context.is_a(mention, PERSON)]


def _is_noun(token: Token) -> bool:
    """Whether a demonym is a noun for somebody: "un Tunisien", "a Tunisian", and no adjective before a noun."""
    return any(child.pos_ == "DET" for child in token.lefts)


def _named_right_after(demonym: Mention, context: Context) -> Mention | None:
    """ "Le Français Jean Dupont", "Kenyan Eliud Kipchoge": a demonym in capitals right before a person's name."""
    tokens = context.tokens(demonym.span)
    after = context.doc[tokens.end : tokens.end + 1]
    name = context.mentions.at(after[0]) if len(after) and tokens[0].text[0].isupper() else None
    alone = name is not None and name.type is MentionType.NAME and context.tokens(name.span).start == tokens.end
    return name if name and alone and context.is_a(name, PERSON) and len(context.tokens(name.span)) > 1 else None


def _together(first: Mention, demonym: Mention, context: Context) -> list[Mention]:
    """A name, and after a plural the ones coordinated with it: "les Français Paul Roy, Luc Brun et Jean Dupont"."""
    if not is_plural(context.tokens(demonym.span).root):
        return [first]
    root = context.tokens(first.span).root
    beside = context.lexicon.syntax.children(context.tokens(demonym.span).root, "apposition")
    roots = dict.fromkeys(part for one in (root, *beside) for part in context.lexicon.syntax.conjuncts(one))
    names = [m for token in roots if (m := context.mentions.at(token)) and m.type is MentionType.NAME]
    return list(
        dict.fromkeys([first, *(m for m in names if context.is_a(m, PERSON) and first.span.end < m.span.start)])
    )


def _is_private(noun: Token, context: Context) -> bool:
    """Whether a noun says who somebody is and no office of a state: "chanteuse", "entraîneur", but not "ministre"."""
    vocabulary = context.lexicon.ontology
    offices = context.lexicon.positions.at(noun.doc, noun.i)
    for _, position in offices:
        relations = [vocabulary.relations[iri] for iri in position.implies]
        ranges = position.range or tuple(kind for r in relations for kind in r.range)
        if any(context.is_a_kind(_COUNTRY, kind) for kind in ranges):
            return False
    return bool(offices) or any(context.lexicon.has(name, noun) for name in ("PersonNoun", "RoleNoun"))
