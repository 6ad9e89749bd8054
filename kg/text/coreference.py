"""Names in, all other words for whom they name out: pronouns, descriptions, possessives; and some whom nobody names.

Words are read in their order, surer rules before less sure ones (Raghunathan et al. 2010); whoever is taken up is from
then on more in mind. A noun phrase that is never taken up is no mention: the graph knows whom the article follows.
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import KG, Mention, MentionType
from kg.text.anaphors import anaphor, is_latter, is_possessive
from kg.text.antecedents import antecedent
from kg.text.binding import bound
from kg.text.context import ORGANIZATION, PLACE, Context
from kg.text.descriptions import latter, name_beside, recognised
from kg.text.first_names import join_first_names
from kg.text.mentions import span_of
from kg.text.nouns import describe, is_phrase, kind_of, noun_phrase
from kg.text.referents import Discourse, Referent
from kg.text.tokens import Token

_COMPANY = KG + "Company"
_SILENT = frozenset({"PUNCT", "SPACE", "ADP", "CCONJ", "SCONJ", "VERB", "AUX", "NUM", "SYM", "INTJ"})


def resolve_mentions(context: Context) -> None:
    """Add pronouns and descriptions to the mentions of what they stand for."""
    join_first_names(context)
    _Pass(context).read()


class _Pass:
    """One reading of an article from its first word to its last."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.discourse = Discourse(context)
        self.speaker: Referent | None = None
        self.near = context.lexicon.words("NearPronoun")
        self.attributed = frozenset(context.lexicon.attributions.starts(context.doc))

    def read(self) -> None:
        for sentence in self.context.sentences:
            for token in sentence:
                if not self._is_silent(token):
                    self._read(token)
            for token in sentence:
                self.speaker = self._speaker(token) or self.speaker

    def _is_silent(self, token: Token) -> bool:
        """Whether a word speaks of nobody, as most do, so that nothing more need be asked of it."""
        return token.pos_ in _SILENT and token.lower_ not in self.near and self.context.mentions.at(token) is None

    def _read(self, token: Token) -> None:
        if is_latter(token, self.context):
            self._describe(token, latter(token, self.discourse))
        elif one := anaphor(token, self.context):
            self._take_up(token, *antecedent(one, self.discourse, self.speaker))
        elif (before := bound(token, self.context)) is not None:
            self._take_up(token, self.discourse.of(before), binds=True)
        else:
            self._anchor(token)
            if self.discourse.meet(token) is None and is_phrase(token, self.context):
                self._read_phrase(token)
            self.discourse.join(token)

    def _anchor(self, noun: Token) -> None:
        """Let a body be known by whose it is, now that the possessive before it is taken up: "son armée"."""
        mention = self.context.mentions.at(noun)
        if mention is None or mention.entry or mention.antecedent or mention.anchors:
            return
        owners = [self.discourse.at.get(c.i) for c in noun.lefts if is_possessive(c, self.context)]
        anchors = tuple(owner.mention.root for owner in owners if owner and owner.mention)
        if anchors and self.context.is_a(mention, ORGANIZATION) and not self.context.is_a(mention, _COMPANY):
            self.context.mentions.replace(replace(mention, anchors=anchors))

    def _read_phrase(self, noun: Token) -> None:
        """A noun phrase speaks of whom a name beside it names, of somebody again, or of somebody or something new."""
        kind = kind_of(noun, self.context)
        if kind and (name := name_beside(noun, kind, self.context)):
            describe(self.context, noun_phrase(self.context, noun.i, noun.i + 1), name.kind, name)
            self.discourse.meet(noun)
        elif known := recognised(noun, kind, self.discourse):
            self._describe(noun, known)
        else:
            self.discourse.introduce(noun, kind)

    def _describe(self, noun: Token, referent: Referent | None) -> None:
        """Let a noun speak of a referent again."""
        if referent is None:
            return
        if mention := self._mention(referent):
            describe(self.context, noun_phrase(self.context, noun.i, noun.i + 1), mention.kind, mention)
        self.discourse.refine(referent, noun, None)
        self.discourse.take_up(referent, noun)

    def _take_up(self, pronoun: Token, referent: Referent | None, sure: float = 1.0, *, binds: bool = False) -> None:
        """Let a pronoun stand for a referent; a relative pronoun alone makes no mention of a noun phrase."""
        if referent is None:
            return
        self.discourse.take_up(referent, pronoun)
        several = referent.members or (referent,)
        mentions = [m for one in several if (m := one.mention if binds else self._mention(one))]
        if len(mentions) == len(several):
            self.context.mentions.add_pronoun(pronoun, mentions, round(sure, 2))

    def _mention(self, referent: Referent) -> Mention | None:
        """What a referent is known by; somebody or a body that was but a noun phrase gets a mention now."""
        if referent.mention is None and referent.kind is not None:
            tokens = noun_phrase(self.context, referent.order, referent.order + 1)
            new = Mention(span_of(tokens), MentionType.NOMINAL, referent.kind)
            referent.mention = self.context.mentions.add(tokens, new)
        return referent.mention

    def _speaker(self, token: Token) -> Referent | None:
        """Who speaks by a verb of speech or after a word of attribution."""
        lexicon, at = self.context.lexicon, self.discourse.at
        if token.pos_ == "VERB" and lexicon.has("SpeechVerb", token):
            found = [at.get(agent.i) for agent in lexicon.syntax.agents(token)]
            return next((r for r in found if r and r.kind and not self.context.is_a_kind(r.kind, PLACE)), None)
        if token.i in self.attributed and lexicon.attributions.at(token.doc, token.i):
            return at.get(token.head.i) if token.head != token else None
        return None
