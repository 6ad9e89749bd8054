"""Verbs in, relations out: who does what the ontology's cues say to whom, in every voice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import combinations, product

from spacy.tokens import Token

from kg.model import Factuality, Mention, MentionType, Time
from kg.ontology import XSD_DATE, Relation
from kg.text.context import Context
from kg.text.factuality import factuality
from kg.text.lexicon import Carried
from kg.text.relations.bearers import bearers, things
from kg.text.relations.examples import those
from kg.text.relations.found import Found
from kg.text.relations.sides import becoming, excepted, first_to


def by_verbs(context: Context) -> Iterator[Found]:
    """What verbs say somebody is to somebody, or since when: active, passive, pronominal, with their prepositions."""
    for sentence in context.sentences:
        for verb in sentence:
            if verb.pos_ == "VERB":
                yield from _unrivalled(list(_by_cues(verb, context)), context)


def _by_cues(verb: Token, context: Context) -> Iterator[Found]:
    for carried in context.lexicon.carried_by(verb):
        if isinstance(carried.meaning, Relation):
            yield from _by_verb(verb, carried.meaning, carried, context)


def _unrivalled(found: list[Found], context: Context) -> list[Found]:
    """What a verb says but for what another of its readings rules out: who belongs to a party is not owned by it."""
    admits = context.lexicon.ontology.admits
    ruled_out = {
        (iri, frozenset({one.subject, one.object}))
        for one in found
        for iri in one.relation.precedes
        if isinstance(one.object, Mention) and admits(one.relation, one.subject.kind, one.object.kind)
    }
    return [one for one in found if (one.relation.iri, frozenset({one.subject, one.object})) not in ruled_out]


def _by_verb(verb: Token, relation: Relation, carried: Carried, context: Context) -> Iterator[Found]:
    syntax = context.lexicon.syntax
    who = _who(verb, relation, carried, context)
    agents, standing = who(syntax.agents(verb)), None
    if not agents and (agents := first_to(verb, context)):
        standing = factuality(becoming(verb.head, context) or syntax.predicate_verb(verb.head), context)
    fixed = carried.cue.words[1:]  # "reconnaître comme organisation terroriste": no organisation is recognised
    patients = who(t for t in syntax.patients(verb) if t.lemma_.lower() not in fixed)
    if syntax.qualifies(verb):
        patients = _described(syntax.patients(verb), context) or patients
    wanted = carried.cue.preposition
    if _means_otherwise(verb, carried, context):
        return
    reached = patients if wanted is None else who(syntax.brought_by(verb, wanted))
    if carried.construction == "patientVerb" and wanted in context.lexicon.words("InsidePreposition") and not reached:
        patients, reached = _based(verb, context)
    pairs = {
        "verb": (agents or (patients if syntax.is_passive(verb) and wanted else []), reached),
        "inverseVerb": (reached, agents),
        "patientVerb": (agents if carried.cue.reflexive else patients, reached),
    }
    subjects, objects = pairs[carried.construction]
    targets: list[Mention | Time] = [*objects]
    if XSD_DATE in relation.range:
        times = [t for t in context.times_of(verb) if t.begin and t.end and context.tokens(t.span).root.head == verb]
        targets = list(times[:1])  # a time that hangs on a noun dates that: "ministre de 1983 à 1985, est mort"
    carrier = context.doc[verb.i : verb.i + 1]
    if relation.symmetric and wanted is None and (not objects or objects == subjects):
        for one, other in combinations(subjects, 2):  # "X et Y se sont mariés", "X and Y married"
            yield Found(relation, one, other, carrier, "verb", carried.cue.text)
        return
    for subject in subjects:
        for target in targets:
            aside = syntax.qualifies(verb) or syntax.is_aside(verb)
            yield Found(relation, subject, target, carrier, "verb", carried.cue.text, aside, standing)
    if carried.construction == "verb":
        for one, object in product(excepted(verb, context), objects):
            yield Found(relation, one, object, carrier, "verb", carried.cue.text, standing=Factuality.DENIED)


def _who(
    verb: Token, relation: Relation, carried: Carried, context: Context
) -> Callable[[Iterable[Token]], list[Mention]]:
    """How nouns are read: where a side may be a group without a name, as one, if the verb has any side with a name."""
    syntax, wanted = context.lexicon.syntax, carried.cue.preposition
    nouns = [*syntax.agents(verb), *syntax.patients(verb), *(syntax.brought_by(verb, wanted) if wanted else [])]
    nameless = "GroupSides" in relation.constructions and any(those(nouns, context))
    return partial(those, context=context, nameless=nameless)


def _based(verb: Token, context: Context) -> tuple[list[Mention], list[Mention]]:
    """What a participle is said of, and the place that a hyphen ties to it: "Oslo-based X", "X, an Oslo-based bank"."""
    nouns = context.lexicon.syntax.patients(verb)
    names = [m for noun in nouns if (m := context.mentions.at(noun)) and m.type is MentionType.NAME]
    said = names or [m for noun in nouns for m, _ in bearers(context.doc[noun.i : noun.i + 1], context)]
    return said, context.mentions_of(context.lexicon.syntax.hyphened(verb))


def _described(nouns: list[Token], context: Context) -> list[Mention]:
    """Whom nouns without a name of their own are said of: "X est une société française située à Lyon"."""
    unnamed = [noun for noun in nouns if noun.pos_ == "NOUN" and _is_unnamed(context.mentions.at(noun))]
    return [m for noun in unnamed for m, _ in things(context.doc[noun.i : noun.i + 1], context)]


def _is_unnamed(mention: Mention | None) -> bool:
    """Whether a noun is none of the words that stand for something known elsewhere."""
    return mention is None or (mention.type is MentionType.NOMINAL and not mention.entry and not mention.antecedent)


def _means_otherwise(verb: Token, carried: Carried, context: Context) -> bool:
    """Whether an object gives a verb that stands alone another meaning: "jouer un rôle à", "move a motion to"."""
    cue = carried.cue
    alone = carried.construction == "verb" and cue.preposition and len(cue.words) == 1 and not cue.reflexive
    if not alone or context.lexicon.syntax.is_passive(verb):
        return False
    objects = context.lexicon.syntax.patients(verb)
    return any(token.pos_ == "NOUN" and not context.is_time(token) and not context.referent(token) for token in objects)
