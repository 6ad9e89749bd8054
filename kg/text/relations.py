"""Mentions in, statements out: cues compiled from the ontology, found by the constructions that carry them.

Every construction yields who, by which cue, to whom; the ontology's domains and ranges then say what may be stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import KG, Factuality, Mention, MentionType, Quotation, Statement, Time
from kg.ontology import XSD_DATE, Position, Relation
from kg.text.context import PLACE, Context, span_of
from kg.text.factuality import factuality
from kg.text.lexicon import Carried
from kg.text.morphology import VERBAL, feature
from kg.text.nouns import is_crowd, name_before_comma, noun_phrase
from kg.text.offices import holder
from kg.text.speech import speaker_at

_COUNTRY, _REGION = KG + "Country", KG + "Region"
_SURE_ENOUGH = 0.7  # of whom a pronoun stands for: below it, a third and more are wrong, and nothing is stated
_CONFIDENCE = {"apposition": 0.95, "predicate": 0.9, "verb": 0.85, "action": 0.75}


@dataclass(frozen=True, slots=True)
class _Found:
    """A relation between mentions, or a mention and a time, as a construction found it."""

    relation: Relation
    subject: Mention
    object: Mention | Time
    carrier: Tokens  # the words that carry it
    construction: str
    cue: str
    presupposed: bool = False  # named in passing, so that no verb above it decides


def find_statements(context: Context, quotations: list[Quotation]) -> list[Statement]:
    """The relations that an article states, plans, denies or reports, in the order of its words."""
    found = [*_by_nouns(context), *_by_verbs(context), *_by_places(context)]
    stated = (_statement(one, context, quotations) for one in found if _admitted(one, context))
    unique = {_key(statement): statement for statement in stated}
    return sorted(unique.values(), key=lambda s: (s.evidence.span, s.predicate, s.subject, str(s.object)))


def _key(statement: Statement) -> tuple[object, ...]:
    return (statement.subject, statement.predicate, statement.object, statement.factuality, statement.attributed_to)


def _admitted(found: _Found, context: Context) -> bool:
    kind = XSD_DATE if isinstance(found.object, Time) else found.object.kind
    distinct = isinstance(found.object, Time) or context.identity(found.subject) != context.identity(found.object)
    mentions = [one for one in (found.subject, found.object) if isinstance(one, Mention)]
    if any(is_crowd(one, context) or one.confidence < _SURE_ENOUGH for one in mentions):
        return False
    return distinct and context.lexicon.ontology.admits(found.relation, found.subject.kind, kind)


# Nouns: offices and other words that say what somebody is of something


def _by_nouns(context: Context) -> Iterator[_Found]:
    for start, end, positions in context.positions:
        tokens = context.doc[start:end]
        if _is_beside("DeputyWord", tokens, context):  # a deputy prime minister heads no government
            continue
        for subject, how in _bearers(noun_phrase(context, start, end), context):
            for relation, object in _office_relations(tokens, positions, subject, context):
                yield _Found(relation, subject, object, tokens, how, tokens.text.lower(), how == "apposition")
    for start, end, some in context.lexicon.nouns.find(context.doc):
        for carried in some:
            if isinstance(carried.meaning, Relation):
                yield from _by_noun(context.doc[start:end], carried.meaning, carried, context)


def _office_relations(
    tokens: Tokens, positions: list[Position], subject: Mention, context: Context
) -> list[tuple[Relation, Mention]]:
    """What an office implies: by the first construction that names a body which one of its relations admits."""
    for bodies in _office_objects(tokens, context):
        fitting = [(next(_implied(positions, subject, body, context), None), body) for body in bodies]
        if found := [(relation, body) for relation, body in fitting if relation]:
            return found
    return []


def _implied(positions: list[Position], subject: Mention, body: Mention, context: Context) -> Iterator[Relation]:
    """The relations that offices imply between who holds them and a body: a coach leads a club, never a city."""
    vocabulary = context.lexicon.ontology
    for position in positions:
        if not position.range or any(context.is_a(body, kind) for kind in position.range):
            relations = (vocabulary.relations[iri] for iri in position.implies)
            yield from (r for r in relations if vocabulary.admits(r, subject.kind, body.kind))


def _by_noun(tokens: Tokens, relation: Relation, carried: Carried, context: Context) -> Iterator[_Found]:
    objects = _noun_objects(tokens, carried, context)
    if carried.construction == "action":
        bearers = [(mention, "action") for mention in _actors(tokens.root, context)]
    else:
        bearers = list(_bearers(tokens, context))
    for subject, how in bearers:
        for object in objects:
            pair = (object, subject) if carried.construction == "inverseNoun" else (subject, object)
            named = how == "apposition" or (how == "action" and tokens.root.head.pos_ in {"NOUN", "PROPN"})
            yield _Found(relation, *pair, tokens, how, carried.cue.text, named)


def _office_objects(tokens: Tokens, context: Context) -> Iterator[list[Mention]]:
    """What an office is of: "porte-parole du Pentagone", "ministre irakien", "ministre de la Justice du pays"."""
    yield [m for token in tokens for m in context.complements(token)]
    yield [m for token in tokens for m in context.possessors(token)]
    yield [m for token in context.doc[tokens.end : tokens.end + 1] if (m := context.demonym(token))]
    complements = [noun for token in tokens for _, noun in context.lexicon.syntax.obliques(token)]
    yield [m for noun in complements if not context.mentions.at(noun) for m in context.owners(noun)]


def _noun_objects(tokens: Tokens, carried: Carried, context: Context) -> list[Mention]:
    wanted = carried.cue.preposition
    if wanted is None:
        return context.owners(tokens.root)
    pairs = [pair for token in tokens for pair in context.lexicon.syntax.obliques(token)]
    found = [m for preposition, noun in pairs if preposition == wanted for m in context.referents(noun)]
    if wanted in context.lexicon.words("PositionPreposition"):
        found += context.owners(tokens.root)
    return list(dict.fromkeys(found))


def _bearers(tokens: Tokens, context: Context) -> Iterator[tuple[Mention, str]]:
    """Who is what a noun says, and by which construction: beside the noun, or as its subject."""
    root, syntax = tokens.root, context.lexicon.syntax
    if syntax.is_predicate(root):
        for subject in syntax.subjects(syntax.predicate_verb(root)):
            yield from ((mention, "predicate") for mention in context.referents(subject))
    elif name := holder(context, tokens):
        yield name, "apposition"
    else:
        beside = _apposed(root, context) or _before_comma(tokens, context)
        yield from ((mention, "apposition") for mention in beside)


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


def _actors(action: Token, context: Context) -> list[Mention]:
    """Who does what a noun of action names: "la lutte de X contre Y", "la coalition de lutte contre Y"."""
    syntax = context.lexicon.syntax
    by = [n for p, n in syntax.obliques(action) if p in context.lexicon.words("AgentPreposition")]
    found = [m for noun in by for m in context.referents(noun)] or context.owners(action)
    holds = action.head != action and action.head.pos_ in {"NOUN", "PROPN"}
    if not found and holds and (bearer := context.referent(action.head)):
        found = [bearer]
    if not found and action.head.pos_ == "VERB" and context.lexicon.has("LightVerb", action.head):
        found = [m for agent in syntax.agents(action.head) for m in context.referents(agent)]
    return found


# Verbs


def _by_verbs(context: Context) -> Iterator[_Found]:
    for sentence in context.sentences:
        for verb in sentence:
            if verb.pos_ == "VERB":
                for carried in context.lexicon.carried_by(verb):
                    if isinstance(carried.meaning, Relation):
                        yield from _by_verb(verb, carried.meaning, carried, context)


def _by_verb(verb: Token, relation: Relation, carried: Carried, context: Context) -> Iterator[_Found]:
    syntax = context.lexicon.syntax
    agents = context.mentions_of(syntax.agents(verb))
    fixed = carried.cue.words[1:]  # "reconnaître comme organisation terroriste": no organisation is recognised
    patients = context.mentions_of(t for t in syntax.patients(verb) if t.lemma_.lower() not in fixed)
    wanted = carried.cue.preposition
    reached = patients if wanted is None else context.mentions_of(syntax.brought_by(verb, wanted))
    pairs = {
        "verb": (agents or (patients if syntax.is_passive(verb) and wanted else []), reached),
        "inverseVerb": (reached, agents),
        "patientVerb": (agents if carried.cue.reflexive else patients, reached),
    }
    subjects, objects = pairs[carried.construction]
    targets: list[Mention | Time] = [*objects]
    if XSD_DATE in relation.range:
        targets = [t for t in context.times_of(verb) if t.begin and t.end]
    carrier = context.doc[verb.i : verb.i + 1]
    for subject in subjects:
        for target in targets:
            yield _Found(relation, subject, target, carrier, "verb", carried.cue.text, syntax.qualifies(verb))


def _by_places(context: Context) -> Iterator[_Found]:
    """A place that the place after it holds: "à Douai, en France", "Lyon, France", "Valence (Drôme)"."""
    relations = [r for r in context.lexicon.ontology.relations.values() if r.enclosing]
    named = [m for m in context.mentions if m.type is MentionType.NAME and context.is_a(m, PLACE)]
    for inner, outer in pairwise(named):
        between = context.doc[context.tokens(inner.span).end : context.tokens(outer.span).start]
        if _may_hold(outer, inner, context) and _encloses(between, context):
            for relation in relations:
                yield _Found(relation, inner, outer, between[:1], "apposition", between.text, presupposed=True)


def _may_hold(outer: Mention, inner: Mention, context: Context) -> bool:
    """Whether one place may hold another: a country or a region does, and not what is known to lie elsewhere."""
    large = outer.kind in {_COUNTRY, _REGION} and inner.kind not in {_COUNTRY, outer.kind}
    known = context.gazetteer.entries[inner.entry].located_in if inner.entry else None
    return large and not (known and outer.entry and outer.kind == _COUNTRY and known != outer.entry)


def _encloses(between: Tokens, context: Context) -> bool:
    """Whether what parts two places says that the second holds the first: a bracket, or a comma, then at most "en"."""
    words = [token.text for token in between]
    if not words or words[0] not in {",", "("} or between[0].sent != between[-1].sent:
        return False
    return all(token.pos_ == "DET" or context.lexicon.has("LocationPreposition", token) for token in between[1:])


# From what was found to what is stated


def _statement(found: _Found, context: Context, quotations: list[Quotation]) -> Statement:
    carrier = span_of(found.carrier)
    target = found.object
    is_time = isinstance(target, Time)
    root = context.lexicon.syntax.predicate_verb(found.carrier.root)
    told = speaker_at(quotations, carrier, context)
    return Statement(
        subject=found.subject.span,
        predicate=found.relation.iri,
        object=target if isinstance(target, Time) else target.span,
        rule=f"{found.construction}:{found.cue}",
        evidence=context.evidence(found.subject.span, carrier, target.span, at=found.carrier.root),
        factuality=_standing(found, root, context),
        former=_is_beside("FormerWord", found.carrier, context),
        attributed_to=told if context.quote_of(carrier) or not found.presupposed else None,
        title=carrier if found.construction in ("apposition", "predicate") else None,
        time=None if is_time or found.presupposed else context.time_of(root),
        confidence=_confidence(found),
    )


def _confidence(found: _Found) -> float:
    """How sure it is: as far as the construction, and whom the pronouns in it stand for, are."""
    mentions = [one for one in (found.subject, found.object) if isinstance(one, Mention)]
    return round(_CONFIDENCE[found.construction] * prod(one.confidence for one in mentions), 2)


def _standing(found: _Found, root: Token, context: Context) -> Factuality:
    """How the article stands to it: what is named in passing is a fact, unless a word says that it is to come."""
    if _is_beside("FutureWord", found.carrier, context) or _is_beside("CandidateWord", found.carrier, context):
        return Factuality.PLANNED
    return Factuality.ASSERTED if found.presupposed else factuality(root, context)


def _is_beside(words: str, carrier: Tokens, context: Context) -> bool:
    """Whether a word of a class qualifies what carries a relation: "l'ancien président", "ministre adjoint"."""
    doc, root = context.doc, carrier.root
    around = [*doc[max(carrier.start - 2, carrier.sent.start) : carrier.start], *doc[carrier.end : carrier.end + 1]]
    near = [token for token in around if token.pos_ not in VERBAL]
    return any(context.lexicon.has(words, token) for token in {*root.children, *near})
