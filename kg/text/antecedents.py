"""A pronoun and what was spoken of before it in, whom it takes up out, and how sure that is.

Of the referents that number, gender and syntax allow, the one with the greatest salience (Lappin and Leass 1994),
weighed by how readily its class is taken up, by how often the article names it, and by who spoke last.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest

from kg.model import KG, MentionType
from kg.text.anaphors import Anaphor
from kg.text.binding import barred, coming_subject, owned
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context
from kg.text.morphology import VERBAL
from kg.text.referents import Discourse, Referent
from kg.text.tokens import Token

_SENSE = {PERSON: 1.0, ORGANIZATION: 0.7, KG + "Country": 0.4, PLACE: 0.15}  # how readily a class is taken up
_THING, _THING_AS_OBJECT, _THING_AS_SOURCE = 0.4, 0.6, 0.02
_METONYM = 0.08  # "Washington … il" is rare, "Washington … son" is not
_PLACE_AS_SOURCE = 0.3
_FAME, _FAMOUS = 0.15, 6  # what each further name of it in the article adds, up to so many
_LAST_SPEAKER = _CLAUSE_SUBJECT = 3.0  # how much more likely for a source, and for a possessive in its clause
_CLAUSE_THING = 1.5
_LEAST = 0.05  # below which nobody is meant
_COMING = 0.8  # how sure it is that a pronoun stands for the subject still to come


def antecedent(one: Anaphor, discourse: Discourse, speaker: Referent | None) -> tuple[Referent | None, float]:
    """Whom a pronoun takes up, and the share of that referent's score in those of the best two."""
    if coming := _coming(one, discourse):
        return coming, _COMING
    context = discourse.context
    words = (owned if one.is_possessive else barred)(one.token, context)
    excluded = [discourse.at[word.i] for word in words if word.i in discourse.at]
    likely = _likely(one, discourse, speaker)
    number = context.sentence_number(one.token)
    allowed = [r for r in discourse.recent(number) if r not in excluded and agrees(r, one, context)]
    scores = [(r.salience(number) * _sense(r, one, context) * likely.get(r, 1.0), r.order, r) for r in allowed]
    best = nlargest(2, (score for score in scores if score[0] > _LEAST), key=lambda score: score[:2])
    return (best[0][2], best[0][0] / sum(score for score, *_ in best)) if best else (None, 0.0)


def agrees(referent: Referent, one: Anaphor, context: Context) -> bool:
    """Whether number and gender, as far as both show them, and personhood allow it."""
    person = referent.kind is not None and context.is_a_kind(referent.kind, PERSON)
    if one.many != referent.plural or (one.is_person is not None and one.is_person != person):
        return False
    return not one.genders or referent.gender is None or referent.gender in one.genders


def _likely(one: Anaphor, discourse: Discourse, speaker: Referent | None) -> dict[Referent, float]:
    """Who is more likely than salience tells: the last speaker for a source, the subject of its clause for an owner."""
    if one.is_possessive:
        owners = _likely_owners(one.token, discourse.context)
        found = [discourse.at[owner.i] for owner in owners if owner.i in discourse.at]
        return {referent: _CLAUSE_SUBJECT if referent.kind else _CLAUSE_THING for referent in found}
    return {speaker: _LAST_SPEAKER} if speaker and one.is_source else {}


def _likely_owners(possessive: Token, context: Context) -> Sequence[Token]:
    """What the thing owned is coordinated with, "Paul et ses alliés", else the subject of its clause."""
    syntax, noun = context.lexicon.syntax, possessive.head
    if syntax.is_(noun, "conjunct"):
        return [token for token in syntax.conjuncts(syntax.first_conjunct(noun)) if token.i < possessive.i][-1:]
    verb = next((token for token in possessive.ancestors if token.pos_ in VERBAL), None)
    return syntax.subjects(verb) if verb is not None else []


def _sense(referent: Referent, one: Anaphor, context: Context) -> float:
    """How well a referent fits a pronoun by what it is."""
    if referent.kind is None:
        return _THING_AS_SOURCE if one.is_source else _THING_AS_OBJECT if one.is_object else _THING
    metonym = referent.mention is not None and referent.mention.type is MentionType.METONYM
    if metonym and not one.is_possessive:
        return _METONYM
    sense = next((weight for kind, weight in _SENSE.items() if context.is_a_kind(referent.kind, kind)), _THING)
    if one.is_source and context.is_a_kind(referent.kind, PLACE):
        sense *= _PLACE_AS_SOURCE
    return sense * (1 + _FAME * min(referent.fame, _FAMOUS))


def _coming(one: Anaphor, discourse: Discourse) -> Referent | None:
    """The person who is named only after a pronoun, as the subject of the clause that its own stands before."""
    context = discourse.context
    subject = coming_subject(one.token, context)
    mention = context.mentions.at(subject) if subject is not None else None
    if subject is None or mention is None or mention.type is not MentionType.NAME or not context.is_a(mention, PERSON):
        return None
    referent = discourse.foresee(subject, mention)
    return referent if agrees(referent, one, context) else None
