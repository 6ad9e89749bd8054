"""Groups and bodies beside a name in, whom they are with, against or of out: "les partisans de X", "Roy (PS)"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.model import KG, Mention, MentionType
from kg.ontology import Relation
from kg.text.agreement import is_plural
from kg.text.context import PERSON, Context
from kg.text.lexicon import Carried, is_relation
from kg.text.nameless import participant
from kg.text.nouns import is_definite
from kg.text.relations.bearers import bearers
from kg.text.relations.echoes import echo
from kg.text.relations.examples import examples
from kg.text.relations.found import Found, built_by
from kg.text.relations.listed import listed
from kg.text.relations.nouns import noun_objects
from kg.text.tokens import Tokens

_PARTY = KG + "Party"
_EMPLOYERS = (KG + "Company", KG + "Media", KG + "InternationalOrganization")
_AFTER = frozenset(",.;:)»«")  # what may follow a body that tells whose somebody is


def by_stances(context: Context) -> Iterator[Found]:
    """Who supports, opposes, fights or belongs to whom, by what a group is called or by what follows a name."""
    yield from _by_groups(context)
    yield from _by_bodies_beside(context)


def _by_groups(context: Context) -> Iterator[Found]:
    """A group that is known by its stance alone: "les partisans de X", "ses supporters"."""
    for start, end, some in context.nouns:
        tokens = context.doc[start:end]
        for carried in filter(is_relation, some):
            if _names_group(tokens, carried, context):
                yield from _group(tokens, carried, context)


def _names_group(tokens: Tokens, carried: Carried[Relation], context: Context) -> bool:
    """Whether a noun stands for a group of which its cue tells something; all members of a body are the body."""
    root, constructions = tokens.root, carried.meaning.constructions
    if carried.construction != "noun" or root.pos_ != "NOUN" or context.lexicon.syntax.is_predicate(root):
        return False
    if "GroupByNoun" not in constructions and ("PartByNoun" not in constructions or is_definite(root)):
        return False
    return next(bearers(tokens, context), None) is None


def _group(tokens: Tokens, carried: Carried[Relation], context: Context) -> Iterator[Found]:
    group = participant(tokens.root, context) if _objects(tokens, carried, context) else None
    if group is None or group.type is not MentionType.NOMINAL:
        return
    if "GroupSides" in carried.meaning.constructions and not is_plural(
        tokens.root
    ):  # a rival of the day: « son adversaire »
        return
    groups = [(tokens, one) for one in (group, *examples(tokens.root, context))]
    if other := echo(tokens.root, context):
        groups.append((context.doc[other[0].i : other[0].i + 1], other[1]))
    members = {one for _, one in groups}
    for words, one in groups:
        for object in _objects(words, carried, context) or listed(words.end, context)[0]:
            if object not in members:
                yield Found(carried.meaning, one, object, words, "description", carried.cue.text, presupposed=True)


def _objects(tokens: Tokens, carried: Carried[Relation], context: Context) -> list[Mention]:
    """Whose a group is; an adjective of nationality says who they are: "les opposants russes", "nos alliés russes"."""
    adjectives = (part for child in tokens.root.children for part in context.lexicon.syntax.conjuncts(child))
    whose = {mention for adjective in adjectives if (mention := context.demonym(adjective))}
    return [one for one in noun_objects(tokens, carried, context) if one not in whose]


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
