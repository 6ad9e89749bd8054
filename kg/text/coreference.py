"""Names and descriptions in, what pronouns stand for out.

Words are read in their order; each pronoun takes up the most salient referent that syntax, number, gender and sense
allow, and thereby makes it more salient (Lappin and Leass 1994; the order of precise rules first: Lee et al. 2013).
"""

from __future__ import annotations

from dataclasses import replace
from heapq import nlargest

from spacy.tokens import Token

from kg.model import KG, Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.binding import barred, bound, coming_subject, is_anaphor, is_clitic, is_latter, is_possessive, is_source
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context, span_of
from kg.text.morphology import feature
from kg.text.descriptions import recognised
from kg.text.nouns import describe, is_phrase, kind_of, name_before_comma, noun_phrase
from kg.text.offices import holder
from kg.text.referents import Discourse, Referent

_COMPANY = KG + "Company"
_COUNTRY = KG + "Country"
_SENSE = {PERSON: 1.0, ORGANIZATION: 0.7, _COUNTRY: 0.4, PLACE: 0.15}  # how readily a class is taken up
_FAME = 0.15
_THING = 0.4
_CLITIC = 1.5  # how much more a thing is taken up by an object pronoun
_METONYM = 0.08  # "Washington" is no "il"
_CATAPHOR = 0.8  # how sure it is that a pronoun stands for the subject still to come
_LEAST = 0.05  # salience below which nobody is meant


def resolve_pronouns(context: Context) -> None:
    """Add the pronouns of the third person, relative and reflexive ones, to the mentions of what they stand for."""
    _Reader(context).read()


class _Reader:
    """One pass over an article."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.discourse = Discourse(context)
        self.speaker: Referent | None = None

    def read(self) -> None:
        for sentence in self.context.sentences:
            for token in sentence:
                if is_latter(token, self.context):
                    self._name_last(token)
                elif is_anaphor(token, self.context):
                    self._take_up(token, *self._antecedent(token))
                elif (before := bound(token, self.context)) is not None:
                    self._take_up(token, self.discourse.of(before), 1.0, binds=True)
                else:
                    self._anchor(token)
                    if self.discourse.meet(token) is None and is_phrase(token, self.context):
                        self._describe(token)
                    self.discourse.join(token)
            for token in sentence:
                self.speaker = self._speaker(token) or self.speaker

    def _anchor(self, noun: Token) -> None:
        """Let a body be known by whose it is, once a possessive before it has been taken up: "son armée"."""
        mention = self.context.mentions.at(noun)
        if mention is None or mention.entry or mention.antecedent or mention.anchors:
            return
        owners = [self.discourse.at.get(c.i) for c in noun.lefts if is_possessive(c, self.context)]
        spans = tuple(r.mention.root for r in owners if r and r.mention)
        if spans and self.context.is_a(mention, ORGANIZATION) and not self.context.is_a(mention, _COMPANY):
            self.context.mentions.replace(replace(mention, anchors=spans))

    def _describe(self, noun: Token) -> None:
        """Let a noun phrase speak of somebody again, or of somebody or something new."""
        kind = kind_of(noun, self.context)
        if kind and (name := self._name_beside(noun, kind)):
            describe(self.context, noun_phrase(self.context, noun.i, noun.i + 1), name.kind, name)
            self.discourse.meet(noun)
            return
        known = recognised(noun, kind, self.discourse)
        if known is None:
            self.discourse.introduce(noun, kind)
            return
        if mention := self._mention(known):
            tokens = noun_phrase(self.context, noun.i, noun.i + 1)
            describe(self.context, tokens, mention.kind, mention)
        self.discourse.refine(known, noun, None)
        self.discourse.take_up(known, noun)

    def _name_last(self, token: Token) -> None:
        """Let "ce dernier" stand for the last person or body that agrees with it."""
        number, sentence = is_plural(token), self.context.sentence_number(token)
        shown = feature(token, "Gender")
        found = [r for r in self.discourse.recent(sentence) if r.kind and r.plural == number and sentence - r.sentence < 2]
        fitting = [r for r in found if not shown or r.gender is None or r.gender in shown]
        last = max(fitting, key=lambda r: (not self.context.is_a_kind(r.kind or "", PLACE), r.head.i), default=None)
        if last and (mention := self._mention(last)):
            describe(self.context, token.doc[token.i : token.i + 1], mention.kind, mention)
            self.discourse.take_up(last, token)

    def _name_beside(self, noun: Token, kind: str) -> Mention | None:
        """The name that a noun describes, before or after it: "le brigadier Gilbert Combat", "Korisa, le village"."""
        tokens = noun_phrase(self.context, noun.i, noun.i + 1)
        if kind == PERSON:
            return holder(self.context, tokens)
        name = name_before_comma(self.context, tokens)
        return name if name and self.context.is_a(name, PLACE) == self.context.is_a_kind(kind, PLACE) else None

    def _take_up(self, pronoun: Token, referent: Referent | None, sure: float, *, binds: bool = False) -> None:
        """Let a pronoun stand for a referent, which is from now on spoken of."""
        if referent is None:
            return
        self.discourse.take_up(referent, pronoun)
        people = referent.members or (referent,)
        mentions = [m for one in people if (m := one.mention if binds else self._mention(one))]
        if mentions and len(mentions) == len(people):
            first, *others = mentions
            taken = Mention(
                span_of(pronoun),
                MentionType.PRONOUN,
                first.kind,
                antecedent=first.root,
                together=tuple(other.root for other in others),
                confidence=round(sure, 2),
            )
            self.context.mentions.add(self.context.doc[pronoun.i : pronoun.i + 1], taken)

    def _mention(self, referent: Referent) -> Mention | None:
        """What a referent is known by; a person or a body that was but a noun phrase gets a mention now."""
        if referent.mention is None and referent.kind is not None:
            noun = self.context.doc[referent.order]
            tokens = noun_phrase(self.context, noun.i, noun.i + 1)
            new = Mention(span_of(tokens), MentionType.NOMINAL, referent.kind)
            referent.mention = self.context.mentions.add(tokens, new)
        return referent.mention

    def _antecedent(self, pronoun: Token) -> tuple[Referent | None, float]:
        """The most salient of what a pronoun may stand for, and its share among the two that are most so."""
        if coming := self._coming(pronoun):
            return coming, _CATAPHOR
        sentence = self.context.sentence_number(pronoun)
        excluded = {id(self.discourse.at[t.i]) for t in barred(pronoun, self.context) if t.i in self.discourse.at}
        scores = [
            (self._score(referent, pronoun, sentence), referent.order, referent)
            for referent in self.discourse.recent(sentence)
            if id(referent) not in excluded and self._agrees(referent, pronoun)
        ]
        best = nlargest(2, (one for one in scores if one[0] > _LEAST), key=lambda score: score[:2])
        if not best:
            return None, 0.0
        return best[0][2], best[0][0] / sum(score for score, *_ in best)

    def _score(self, referent: Referent, pronoun: Token, sentence: int) -> float:
        score = referent.salience(sentence) * self._sense(referent, pronoun) * (1 + _FAME * min(referent.fame, 6))
        if is_source(pronoun, self.context) and referent is self.speaker:
            score *= 3
        if is_possessive(pronoun, self.context) and self._is_clause_subject(referent, pronoun):
            score *= 3
        return score

    def _is_clause_subject(self, referent: Referent, possessive: Token) -> bool:
        """Whether a referent is the subject of the verb whose object a possessive belongs to."""
        verb = next((token for token in possessive.ancestors if token.pos_ in {"VERB", "AUX"}), None)
        subjects = self.context.lexicon.syntax.subjects(verb) if verb is not None else []
        return any(self.discourse.at.get(s.i) is referent for s in subjects)

    def _sense(self, referent: Referent, pronoun: Token) -> float:
        """How well a class of referents fits a pronoun."""
        clitic = is_clitic(pronoun, self.context)
        if referent.kind is None:
            return 0.02 if is_source(pronoun, self.context) else _THING * (_CLITIC if clitic else 1)
        kinds = self.context.is_a_kind
        acting = referent.mention is not None and referent.mention.type is MentionType.METONYM
        if acting and not is_possessive(pronoun, self.context):
            return _METONYM
        fitting = next((weight for kind, weight in _SENSE.items() if kinds(referent.kind, kind)), _THING)
        return fitting * 0.3 if is_source(pronoun, self.context) and kinds(referent.kind, PLACE) else fitting

    def _agrees(self, referent: Referent, pronoun: Token) -> bool:
        """Whether number and gender, as far as both show them, and personhood allow it."""
        lexicon = self.context.lexicon
        if self._for_many(pronoun) != referent.plural:
            return False
        person = referent.kind is not None and self.context.is_a_kind(referent.kind, PERSON)
        if lexicon.has("PersonalPronoun", pronoun) and not person:
            return False
        if lexicon.has("NeuterPronoun", pronoun) and person:
            return False
        if is_possessive(pronoun, self.context) and not lexicon.has("PersonalPronoun", pronoun):
            return True
        shown = feature(pronoun, "Gender")
        return not shown or referent.gender is None or referent.gender in shown

    def _for_many(self, pronoun: Token) -> bool:
        """Whether a pronoun takes up several, or a name in the plural; a possessive agrees with what is owned."""
        if is_possessive(pronoun, self.context):
            return self.context.lexicon.has("PluralPossessor", pronoun)
        return is_plural(pronoun)

    def _coming(self, pronoun: Token) -> Referent | None:
        """Who is named only after a pronoun in a clause that stands first."""
        subject = coming_subject(pronoun, self.context)
        if subject is None:
            return None
        mention = self.context.mentions.at(subject)
        if mention is None or mention.type is not MentionType.NAME or not self.context.is_a(mention, PERSON):
            return None
        referent = self.discourse.foresee(subject, mention)
        return referent if self._agrees(referent, pronoun) else None

    def _speaker(self, token: Token) -> Referent | None:
        """Who speaks by a verb of speech or after a word of attribution."""
        lexicon = self.context.lexicon
        if token.pos_ == "VERB" and lexicon.has("SpeechVerb", token):
            found = [self.discourse.at.get(agent.i) for agent in lexicon.syntax.agents(token)]
            return next((r for r in found if r and r.kind and not self.context.is_a_kind(r.kind, PLACE)), None)
        if next(lexicon.attributions.at(token.doc, token.i), None):
            return self.discourse.at.get(token.head.i) if token.head != token else None
        return None
