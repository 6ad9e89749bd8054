"""What the constructions found in, statements out: what may be stated, with its evidence, standing and source."""

from __future__ import annotations

from math import prod

from kg.model import Evidence, Factuality, Mention, MentionType, Quotation, Reason, Refusal, Span, Statement, Time
from kg.ontology import XSD_DATE
from kg.text.context import Context
from kg.text.deciding import decider
from kg.text.factuality import factuality
from kg.text.mentions import span_of
from kg.text.nouns import is_crowd
from kg.text.relations.adherents import by_adherents
from kg.text.relations.attacks import by_attacks
from kg.text.relations.bans import by_bans
from kg.text.relations.bearers import is_beside
from kg.text.relations.cabinets import by_cabinets
from kg.text.relations.found import Found
from kg.text.relations.headquarters import by_headquarters
from kg.text.relations.kinds import by_kinds, by_settings
from kg.text.relations.lives import by_lives
from kg.text.relations.memberships import by_memberships
from kg.text.relations.nationality import by_nationality
from kg.text.relations.nouns import by_nouns
from kg.text.relations.offices import by_offices
from kg.text.relations.places import by_places, wider
from kg.text.relations.quarrels import by_quarrels
from kg.text.relations.seats import by_seats
from kg.text.relations.stances import by_stances
from kg.text.relations.verbs import by_verbs
from kg.text.speech import speaker_at
from kg.text.tokens import Token, Tokens

_FINDERS = (
    by_offices,
    by_cabinets,
    by_nouns,
    by_verbs,
    by_places,
    by_kinds,
    by_settings,
    by_seats,
    by_headquarters,
    by_lives,
    by_nationality,
    by_stances,
    by_quarrels,
    by_attacks,
    by_bans,
    by_memberships,
    by_adherents,  # last: the parties that it finds are nobody's owners
)
_COLLECTIVE = frozenset({"GroupByNoun", "PartByNoun"})  # of relations that groups have too
_SURE_ENOUGH = 0.7  # of whom a pronoun stands for: below it, a third and more are wrong, and nothing is stated
# how often each construction is right, as `kg eval` measures it, rounded down where it found little: what is stated
# with 0.9 or more must be right nine times in ten; a construction without words of its own stands here by its name
_CONFIDENCE = {
    "BodyOfState": 0.6,
    "apposition": 0.95,
    "predicate": 0.9,
    "appointment": 0.85,
    "description": 0.85,
    "context": 0.75,
    "verb": 0.85,
    "action": 0.75,
}
_TITLED = frozenset({"apposition", "predicate", "appointment", "description", "context"})


def find_statements(context: Context, quotations: list[Quotation]) -> tuple[list[Statement], list[Refusal]]:
    """The relations that an article states, plans, denies or reports, in the order of its words, and what it does not.

    What was found and may not be stated comes second, each with the reason.
    """
    unique: dict[tuple[object, ...], Statement] = {}
    refusals: list[Refusal] = []
    found = [one for find in _FINDERS for one in find(context)]
    for one in [*found, *wider(found, context)]:
        if obstacle := _obstacle(one, context):
            refusals.append(_refusal(one, *obstacle, context))
        else:
            statement = _statement(one, context, quotations)
            known = unique.get(_key(statement))
            if known is None or statement.confidence > known.confidence:
                unique[_key(statement)] = statement
    stated = sorted(unique.values(), key=lambda s: (s.evidence.span, s.predicate, s.subject, str(s.object)))
    return stated, refusals


def _key(statement: Statement) -> tuple[object, ...]:
    return (statement.subject, statement.predicate, statement.object, statement.factuality, statement.attributed_to)


def _obstacle(found: Found, context: Context) -> tuple[Reason, Span] | None:
    """Why a relation may not be stated, and at which end of it."""
    subject, object = found.subject, found.object
    for one in (subject, object):
        if isinstance(one, Mention) and not _COLLECTIVE & found.relation.constructions and is_crowd(one, context):
            return Reason.CROWD, one.span
        if isinstance(one, Mention) and one.confidence < _SURE_ENOUGH:
            return Reason.UNSURE, one.span
    if isinstance(object, Mention) and context.identity(subject) == context.identity(object):
        return Reason.SAME, object.span
    if context.lexicon.ontology.admits(found.relation, subject.kind, _kind(object)):
        return None
    fits = any(context.lexicon.ontology.admits(found.relation, subject.kind, kind) for kind in found.relation.range)
    return (Reason.RANGE, object.span) if fits else (Reason.DOMAIN, subject.span)


def _kind(object: Mention | Time) -> str:
    return XSD_DATE if isinstance(object, Time) else object.kind


def _refusal(found: Found, reason: Reason, at: Span, context: Context) -> Refusal:
    subject, object = found.subject.span, found.object
    return Refusal(
        subject=subject,
        predicate=found.relation.iri,
        object=object if isinstance(object, Time) else object.span,
        rule=_rule(found),
        evidence=context.evidence(subject, span_of(found.carrier), object.span, at=found.carrier.root),
        reason=reason,
        at=at,
    )


def _rule(found: Found) -> str:
    return f"{found.construction}:{found.cue}"


def _statement(found: Found, context: Context, quotations: list[Quotation]) -> Statement:
    carrier = span_of(found.carrier)
    target = found.object
    root = context.lexicon.syntax.predicate_verb(found.carrier.root)
    told = speaker_at(quotations, carrier, context)
    return Statement(
        subject=found.subject.span,
        predicate=found.relation.iri,
        object=target if isinstance(target, Time) else target.span,
        rule=_rule(found),
        evidence=_evidence(found, context),
        factuality=_standing(found, root, context),
        former=found.former or (not found.lasting and _is_over(found.carrier, context)),
        attributed_to=told if context.quote_of(carrier) or not found.presupposed else None,
        title=carrier if _is_title(carrier, found) else None,
        time=None if isinstance(target, Time) or found.presupposed else context.time_of(root),
        confidence=_confidence(found),
        carrier=carrier,
        decider=_decider(found, root, context),
    )


def _is_title(carrier: Span, found: Found) -> bool:
    """Whether what carries a relation says what one is to the other, and is no comma or bracket: "Lyon, France"."""
    return found.construction in _TITLED and any(map(str.isalpha, found.carrier.text)) and not _is_name(carrier, found)


def _is_name(carrier: Span, found: Found) -> bool:
    """Whether what carries a relation is only the name of one of the two: "université de Lyon", "Tulsa Oklahoma"."""
    ends = [one for one in (found.subject, found.object) if isinstance(one, Mention) and one.type is MentionType.NAME]
    return any(carrier in one.span for one in ends)


def _evidence(found: Found, context: Context) -> Evidence:
    """The words from the first to the last that say it, in its sentence: a land in the air is elsewhere."""
    spans = [one.span for one in (found.subject, found.object)]
    sentence = span_of(found.carrier.sent)
    return context.evidence(span_of(found.carrier), *(s for s in spans if s in sentence), at=found.carrier.root)


def _confidence(found: Found) -> float:
    """How sure it is: as far as the construction, and whom the pronouns in it stand for, are."""
    mentions = [one for one in (found.subject, found.object) if isinstance(one, Mention)]
    known = _CONFIDENCE.get(found.cue) or _CONFIDENCE[found.construction]
    return round(known * prod(one.confidence for one in mentions), 2)


def _decider(found: Found, root: Token, context: Context) -> Span | None:
    """The word that makes it less than asserted, where the clause does and not the construction itself."""
    word = None if found.standing or found.presupposed else decider(root, context)
    return span_of(word) if word is not None else None


def _standing(found: Found, root: Token, context: Context) -> Factuality:
    """How the article stands to it: what is named in passing is a fact, unless a word says that it is to come."""
    if found.standing:
        return found.standing
    if is_beside("FutureWord", found.carrier, context) or is_beside("CandidateWord", found.carrier, context):
        return Factuality.PLANNED
    return Factuality.ASSERTED if found.presupposed else factuality(root, context)


def _is_over(carrier: Tokens, context: Context) -> bool:
    """Whether words say that a relation is no more: one beside them, or they themselves ("divorcé de")."""
    return is_beside("FormerWord", carrier, context) or context.lexicon.has("PartingWord", carrier.root)
