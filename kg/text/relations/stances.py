"""Groups and quarrels in, who is with or against whom out: "les partisans de X", "la guerre entre A et B"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import KG, Mention, MentionType
from kg.ontology import Relation
from kg.text.context import PERSON, Context
from kg.text.lexicon import Carried
from kg.text.nameless import participant, participants
from kg.text.nouns import is_definite
from kg.text.relations.bearers import bearers
from kg.text.relations.examples import examples
from kg.text.relations.found import Found, built_by
from kg.text.relations.nouns import noun_objects

_QUARRELS = {"WarNoun": "WarBetween", "DisputeNoun": "DisputeBetween"}  # words -> the construction they make
_PARTY = KG + "Party"
_EMPLOYERS = (KG + "Company", KG + "Media", KG + "InternationalOrganization")
_AFTER = frozenset(",.;:)»«")  # what may follow a body that tells whose somebody is


def by_stances(context: Context) -> Iterator[Found]:
    """Who supports, opposes, fights or belongs to whom, by what a group is called or by what parts them."""
    yield from _by_groups(context)
    yield from _by_quarrels(context)
    yield from _by_bodies_beside(context)


def _by_groups(context: Context) -> Iterator[Found]:
    """A group that is known by its stance alone: "les partisans de X", "ses supporters"."""
    for start, end, some in context.lexicon.nouns.find(context.doc):
        tokens = context.doc[start:end]
        for carried in some:
            relation = carried.meaning
            if isinstance(relation, Relation) and _names_group(tokens, relation, carried, context):
                yield from _group(tokens, relation, carried, context)


def _names_group(tokens: Tokens, relation: Relation, carried: Carried, context: Context) -> bool:
    """Whether a noun stands for a group of which its cue tells something; all members of a body are the body."""
    root = tokens.root
    if carried.construction != "noun" or root.pos_ != "NOUN" or context.lexicon.syntax.is_predicate(root):
        return False
    if "GroupByNoun" not in relation.constructions and (
        "PartByNoun" not in relation.constructions or is_definite(root)
    ):
        return False
    return next(bearers(tokens, context), None) is None


def _group(tokens: Tokens, relation: Relation, carried: Carried, context: Context) -> Iterator[Found]:
    objects = noun_objects(tokens, carried, context)
    group = participant(tokens.root, context) if objects else None
    if group is not None and group.type is MentionType.NOMINAL and group not in objects:
        for subject, object in product([group, *examples(tokens.root, context)], objects):
            yield Found(relation, subject, object, tokens, "description", carried.cue.text, presupposed=True)


def _by_quarrels(context: Context) -> Iterator[Found]:
    """Who stands against whom in a war or a dispute: "entre A et B", "entre A et B contre C", "opposant A à B"."""
    for noun in context.doc:
        if noun.pos_ == "NOUN" and (construction := _quarrel(noun, context)):
            for one, other in _sides(noun, context):
                for relation in built_by(construction, context):
                    carrier = context.doc[noun.i : noun.i + 1]
                    yield Found(relation, one, other, carrier, "action", noun.lemma_, presupposed=True)


def _quarrel(noun: Token, context: Context) -> str | None:
    return next((made for words, made in _QUARRELS.items() if context.lexicon.has(words, noun)), None)


def _sides(noun: Token, context: Context) -> list[tuple[Mention, Mention]]:
    lexicon, syntax = context.lexicon, context.lexicon.syntax
    between = participants((n for p, n in syntax.obliques(noun) if p in lexicon.words("BetweenPreposition")), context)
    if between and (against := participants(_against(noun, context), context)):
        return [(one, other) for one in between for other in against if one not in against]
    if len(between) == 2:
        return [(between[0], between[1])]
    return [pair for verb in _opposing(noun, context) for pair in _opposed(verb, context)]


def _against(noun: Token, context: Context) -> list[Token]:
    """Against whom those are between whom it is: wherever the parser hung it after the noun."""
    words = context.lexicon.words("AgainstPreposition")
    marks = [token for token in noun.subtree if token.i > noun.i and token.pos_ == "ADP" and token.lower_ in words]
    return [mark.head for mark in marks]


def _opposing(noun: Token, context: Context) -> list[Token]:
    """The verbs that say whom a quarrel sets against whom: "une guerre opposant A à B", "le conflit oppose A à B"."""
    verbs = [*(c for c in noun.children if c.pos_ == "VERB"), *(c for c in _coordinated(noun)), noun.head]
    return [verb for verb in verbs if verb.pos_ == "VERB" and context.lexicon.has("OpposingVerb", verb)]


def _coordinated(noun: Token) -> Iterator[Token]:
    """« sévissant dans ce pays et opposant »: the verbs coordinated with one that qualifies a noun."""
    return (below for verb in noun.children if verb.pos_ == "VERB" for below in verb.children if below.pos_ == "VERB")


def _opposed(verb: Token, context: Context) -> Iterator[tuple[Mention, Mention]]:
    syntax = context.lexicon.syntax
    words = context.lexicon.words("OpponentPreposition")
    first = participants(syntax.patients(verb), context)
    others = [n for p in sorted(words) for n in syntax.brought_by(verb, p)]
    yield from ((one, other) for one in first for other in participants(others, context) if one != other)


def _by_bodies_beside(context: Context) -> Iterator[Found]:
    """Whose somebody is by what follows the name: "Paul Roy, de l'université de Lyon", "Paul Roy (PS)"."""
    names = [m for m in context.mentions if m.type is MentionType.NAME]
    for person, body in pairwise(names):
        between = context.doc[context.tokens(person.span).end : context.tokens(body.span).start]
        if person.kind == PERSON and 0 < len(between) < 5 and (construction := _beside(between, body, context)):
            for relation in built_by(construction, context):
                yield Found(relation, person, body, between[:1], "apposition", construction, presupposed=True)


def _beside(between: Tokens, body: Mention, context: Context) -> str | None:
    """The construction that parts a person from the body named next, by the words in between and the body's class."""
    tokens, doc = context.tokens(body.span), context.doc
    after = doc[tokens.end].text if tokens.end < len(doc) else ""
    if between[0].text == "(" and after == ")" and len(between) == 1:
        return "PersonOfParty" if body.kind == _PARTY else None
    words = [t for t in between[1:] if t.pos_ not in {"DET", "PUNCT"}]
    if between[0].text != "," or after not in _AFTER or not words or between[0].sent != tokens[0].sent:
        return None
    if not all(context.lexicon.syntax.lemma(t) in context.lexicon.words("PositionPreposition") for t in words):
        return None
    if body.kind == _PARTY:
        return "PersonOfParty"
    employs = body.kind in _EMPLOYERS or any(context.lexicon.has("EmployerNoun", t) for t in tokens)
    return "PersonOfEmployer" if employs else None
