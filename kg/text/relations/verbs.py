"""Verbs in, relations out: who does what the ontology's cues say to whom, in every voice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations, product, starmap

from kg.model import Factuality, Mention, MentionType, Time
from kg.ontology import XSD_DATE, Relation
from kg.text.context import Context
from kg.text.factuality import factuality
from kg.text.lexicon import Carried, is_relation
from kg.text.relations.bearers import bearers, things
from kg.text.relations.examples import those
from kg.text.relations.found import Found
from kg.text.relations.sides import becoming, excepted, first_to
from kg.text.tokens import Token


def by_verbs(context: Context) -> Iterator[Found]:
    """What verbs say somebody is to somebody, or since when: active, passive, pronominal, with their prepositions."""
    for sentence in context.sentences:
        for verb in sentence:
            if verb.pos_ == "VERB":
                yield from _unrivalled(list(_by_cues(verb, context)), context)


def _by_cues(verb: Token, context: Context) -> Iterator[Found]:
    for carried in filter(is_relation, context.carried_by(verb)):
        yield from _by_verb(verb, carried, context)


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


def _by_verb(verb: Token, carried: Carried[Relation], context: Context) -> Iterator[Found]:
    relation, syntax, who = carried.meaning, context.lexicon.syntax, _who(verb, carried, context)
    agents, standing = who(syntax.agents(verb)), None
    if not agents and (agents := first_to(verb, context)):
        standing = factuality(becoming(verb.head, context) or syntax.predicate_verb(verb.head), context)
    patients = _patients(verb, carried, who, context)
    if _means_otherwise(verb, carried, context):  # asked last: whom `who` found is somebody, with a name or without
        return
    subjects, objects = _sides(verb, carried, agents, patients, who, context)
    found = partial(
        Found, relation, carrier=context.doc[verb.i : verb.i + 1], construction="verb", cue=carried.cue.text
    )
    if relation.symmetric and carried.cue.preposition is None and (not objects or objects == subjects):
        yield from starmap(found, combinations(subjects, 2))  # "X et Y se sont mariés", "X and Y married"
        return
    aside = syntax.qualifies(verb) or syntax.is_aside(verb)
    targets: Sequence[Mention | Time] = _times(verb, context) if XSD_DATE in relation.range else objects
    for subject, target in product(subjects, targets):
        yield found(subject, target, presupposed=aside, standing=standing)
    if objects and carried.construction == "verb":
        for one, object in product(excepted(verb, context), objects):
            yield found(one, object, standing=Factuality.DENIED)


_Who = Callable[[Iterable[Token]], list[Mention]]


def _who(verb: Token, carried: Carried[Relation], context: Context) -> _Who:
    """How nouns are read: where a side may be a group without a name, as one, if the verb has any side with a name."""
    if "GroupSides" not in carried.meaning.constructions:
        return partial(those, context=context)
    syntax, wanted = context.lexicon.syntax, carried.cue.preposition
    nouns = [*syntax.agents(verb), *syntax.patients(verb), *(syntax.brought_by(verb, wanted) if wanted else [])]
    return partial(those, context=context, nameless=any(those(nouns, context)))


def _patients(verb: Token, carried: Carried[Relation], who: _Who, context: Context) -> list[Mention]:
    """Whom it is done to; a participle may tell it of whom its noun describes."""
    syntax, fixed = context.lexicon.syntax, carried.cue.words[1:]
    # "reconnaître comme organisation terroriste": no organisation is recognised
    patients = who(t for t in syntax.patients(verb) if t.lemma_.lower() not in fixed)
    return (_described(syntax.patients(verb), context) if syntax.qualifies(verb) else []) or patients


def _sides(
    verb: Token,
    carried: Carried[Relation],
    agents: list[Mention],
    patients: list[Mention],
    who: _Who,
    context: Context,
) -> tuple[list[Mention], list[Mention]]:
    """The subjects and the objects of the relation, as the construction of the cue has them."""
    syntax, wanted = context.lexicon.syntax, carried.cue.preposition
    reached = patients if wanted is None else who(syntax.brought_by(verb, wanted))
    if carried.construction == "patientVerb":
        if wanted in context.lexicon.words("InsidePreposition") and not reached:
            patients, reached = _based(verb, context)
        return (agents if carried.cue.reflexive else patients), reached
    if carried.construction == "inverseVerb":
        return reached, agents
    return agents or (patients if syntax.is_passive(verb) and wanted else []), reached


def _times(verb: Token, context: Context) -> list[Time]:
    """When it is; a time that hangs on a noun dates that: "ministre de 1983 à 1985, est mort"."""
    times = (time for time in context.times_of(verb) if time.begin and time.end)
    return [time for time in times if context.tokens(time.span).root.head == verb][:1]


def _based(verb: Token, context: Context) -> tuple[list[Mention], list[Mention]]:
    """What a participle is said of, and the place that a hyphen ties to it: "Oslo-based X", "X, an Oslo-based bank"."""
    nouns = context.lexicon.syntax.patients(verb)
    names = [m for noun in nouns if (m := context.mentions.at(noun)) and m.type is MentionType.NAME]
    said = names or [m for noun in nouns for m, _ in bearers(context.doc[noun.i : noun.i + 1], context)]
    return said, context.mentions_of(context.lexicon.syntax.hyphened(verb))


def _described(nouns: Iterable[Token], context: Context) -> list[Mention]:
    """Whom nouns without a name of their own are said of: "X est une société française située à Lyon"."""
    unnamed = [noun for noun in nouns if noun.pos_ == "NOUN" and _is_unnamed(context.mentions.at(noun))]
    return [m for noun in unnamed for m, _ in things(context.doc[noun.i : noun.i + 1], context)]


def _is_unnamed(mention: Mention | None) -> bool:
    """Whether a noun is none of the words that stand for something known elsewhere."""
    return mention is None or (mention.type is MentionType.NOMINAL and not mention.entry and not mention.antecedent)


def _means_otherwise(verb: Token, carried: Carried[Relation], context: Context) -> bool:
    """Whether an object gives a verb that stands alone another meaning: "jouer un rôle à", "move a motion to"."""
    cue = carried.cue
    alone = carried.construction == "verb" and cue.preposition and len(cue.words) == 1 and not cue.reflexive
    if not alone or context.lexicon.syntax.is_passive(verb):
        return False
    objects = context.lexicon.syntax.patients(verb)
    return any(token.pos_ == "NOUN" and not context.is_time(token) and not context.referent(token) for token in objects)
