"""What the constructions found in, statements out: what may be stated, with its evidence, standing and source."""

from __future__ import annotations

from math import prod

from spacy.tokens import Token

from kg.model import Factuality, Mention, Quotation, Statement, Time
from kg.ontology import XSD_DATE
from kg.text.context import Context, span_of
from kg.text.factuality import factuality
from kg.text.nouns import is_crowd
from kg.text.relations.bearers import is_beside
from kg.text.relations.found import Found
from kg.text.relations.nouns import by_nouns
from kg.text.relations.offices import by_offices
from kg.text.relations.places import by_places
from kg.text.relations.verbs import by_verbs
from kg.text.speech import speaker_at

_FINDERS = (by_offices, by_nouns, by_verbs, by_places)
_SURE_ENOUGH = 0.7  # of whom a pronoun stands for: below it, a third and more are wrong, and nothing is stated
_CONFIDENCE = {"apposition": 0.95, "predicate": 0.9, "verb": 0.85, "action": 0.75}


def find_statements(context: Context, quotations: list[Quotation]) -> list[Statement]:
    """The relations that an article states, plans, denies or reports, in the order of its words."""
    found = (one for find in _FINDERS for one in find(context))
    stated = (_statement(one, context, quotations) for one in found if _admitted(one, context))
    unique = {_key(statement): statement for statement in stated}
    return sorted(unique.values(), key=lambda s: (s.evidence.span, s.predicate, s.subject, str(s.object)))


def _key(statement: Statement) -> tuple[object, ...]:
    return (statement.subject, statement.predicate, statement.object, statement.factuality, statement.attributed_to)


def _admitted(found: Found, context: Context) -> bool:
    kind = XSD_DATE if isinstance(found.object, Time) else found.object.kind
    distinct = isinstance(found.object, Time) or context.identity(found.subject) != context.identity(found.object)
    mentions = [one for one in (found.subject, found.object) if isinstance(one, Mention)]
    if any(is_crowd(one, context) or one.confidence < _SURE_ENOUGH for one in mentions):
        return False
    return distinct and context.lexicon.ontology.admits(found.relation, found.subject.kind, kind)


def _statement(found: Found, context: Context, quotations: list[Quotation]) -> Statement:
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
        former=is_beside("FormerWord", found.carrier, context)
        or context.lexicon.has("PartingWord", found.carrier.root),
        attributed_to=told if context.quote_of(carrier) or not found.presupposed else None,
        title=carrier if found.construction in ("apposition", "predicate") else None,
        time=None if is_time or found.presupposed else context.time_of(root),
        confidence=_confidence(found),
    )


def _confidence(found: Found) -> float:
    """How sure it is: as far as the construction, and whom the pronouns in it stand for, are."""
    mentions = [one for one in (found.subject, found.object) if isinstance(one, Mention)]
    return round(_CONFIDENCE[found.construction] * prod(one.confidence for one in mentions), 2)


def _standing(found: Found, root: Token, context: Context) -> Factuality:
    """How the article stands to it: what is named in passing is a fact, unless a word says that it is to come."""
    if found.standing:
        return found.standing
    if is_beside("FutureWord", found.carrier, context) or is_beside("CandidateWord", found.carrier, context):
        return Factuality.PLANNED
    return Factuality.ASSERTED if found.presupposed else factuality(root, context)
