"""Mentions and noun phrases in their order in, what the article speaks of out: each with its salience at every word.

A referent is the more salient the better the places that its mentions hold in their sentences; what stood in a sentence
counts half as much in the next (Lappin and Leass 1994).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.gazetteer import fold
from kg.model import Mention, MentionType, Span
from kg.text.agreement import FEMININE, MASCULINE, gender, gender_of_name, is_plural
from kg.text.context import PERSON, Context
from kg.text.first_names import full_names
from kg.text.nouns import modifiers
from kg.text.tokens import Token

_WINDOW = 8  # sentences after which what is no more spoken of is forgotten
_DECAY = 0.5
_ROLES = {"subject": 1.0, "passive_subject": 1.0, "agent": 0.7, "object": 0.7}
_OTHER_ROLE, _INSIDE, _OPENING = 0.5, 0.35, 0.5  # another dependent of a verb; of a noun; in a title or a caption

Key = str | Span | int | tuple[int, ...]


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something spoken of: a thing has no kind, and only what has a mention may get another."""

    head: Token  # of its last mention
    mention: Mention | None
    kind: str | None
    plural: bool
    gender: str | None
    order: int  # of its first mention
    fame: int = 0  # how often the whole article names it
    named: bool = False
    weight: float = 0.0
    sentence: int = 0
    nouns: set[str] = field(default_factory=set)  # lemmas of what it was called
    modifiers: set[str] = field(default_factory=set)  # lemmas of what tells which one is meant
    members: tuple[Referent, ...] = ()

    def salience(self, sentence: int) -> float:
        """How much it is in the reader's mind in a sentence."""
        return self.weight * _DECAY ** max(0, sentence - self.sentence)


class Discourse:
    """What one article has spoken of up to a word."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.at: dict[int, Referent] = {}  # head token -> what it stands for
        self._by_key: dict[Key, Referent] = {}
        self._recent: dict[Referent, None] = {}  # in the order in which they came up
        self._recent_to = -1  # the last sentence that was read with them
        self._names = full_names(context)
        self._fame = Counter(self.key(m) for m in context.mentions if m.type is MentionType.NAME)

    def meet(self, token: Token) -> Referent | None:
        """Note what a token speaks of, if it heads a mention or a noun phrase; a pronoun is met with `take_up`."""
        mention = self.context.mentions.at(token)
        return self._meet_mention(token, mention) if mention is not None else None

    def introduce(self, noun: Token, kind: str | None) -> Referent:
        """Note a noun phrase that speaks of somebody or something new."""
        return self._add(noun.i, noun, None, kind)

    def of(self, token: Token) -> Referent | None:
        """What a token stands for by itself or inside a mention."""
        if token.i not in self.at and (mention := self.context.mentions.at(token)):
            return self.at.get(self.context.tokens(mention.span).root.i)
        return self.at.get(token.i)

    def join(self, last: Token) -> None:
        """Note that those of whom a coordination's last word speaks are spoken of together: "A et B … ils"."""
        syntax = self.context.lexicon.syntax
        if not syntax.is_(last, "conjunct"):
            return
        heads = list(syntax.conjuncts(syntax.first_conjunct(last)))
        members = tuple(dict.fromkeys(r for head in heads if (r := self.of(head)) and r.kind))
        if len(members) < len(heads) or len(members) < 2 or heads[-1] != last:
            return
        key = tuple(sorted(member.order for member in members))
        if key not in self._by_key:
            kind = members[0].kind if len({member.kind for member in members}) == 1 else None
            genders = {member.gender for member in members}
            gender = genders.pop() if len(genders) == 1 else MASCULINE if MASCULINE in genders else None
            group = Referent(heads[0], None, kind or members[0].kind, True, gender, last.i, members=members)
            self._by_key[key] = group
        self.take_up(self._by_key[key], heads[0], heads=False)

    def foresee(self, token: Token, mention: Mention) -> Referent:
        """What a mention that is still to come stands for."""
        key = self.key(mention)
        return self._by_key.get(key) or self._new(key, token, mention)

    def _meet_mention(self, token: Token, mention: Mention) -> Referent | None:
        if token.pos_ == "ADJ" or mention.type is MentionType.PRONOUN:
            return None
        if self.context.tokens(mention.span).root != token:
            return None
        key = self.key(mention)
        referent = self._by_key.get(key)
        if referent is None:
            return self._add(key, token, mention)
        self.refine(referent, token, mention)
        if not _is_beside_its_name(mention):
            self.take_up(referent, token)
        return referent

    def key(self, mention: Mention) -> Key:
        """What tells who is meant: an entry, a person's name in full, or the mention that another stands for."""
        identity = self.context.identity(mention)
        if isinstance(identity, str):
            return identity
        root = self.context.mentions.by_span.get(identity, mention)
        if root.type is not MentionType.NAME:
            return identity
        words = fold(self.context.article.words(root.name or root.span))
        return self._names.get(words, words) if root.kind == PERSON else words

    def _add(self, key: Key, token: Token, mention: Mention | None, kind: str | None = None) -> Referent:
        referent = self._new(key, token, mention, kind)
        self.take_up(referent, token)
        return referent

    def _new(self, key: Key, token: Token, mention: Mention | None, kind: str | None = None) -> Referent:
        referent = Referent(
            head=token,
            mention=mention,
            kind=mention.kind if mention else kind,
            plural=is_plural(token),
            gender=None,
            order=token.i,
            fame=self._fame[key],
        )
        self._by_key[key] = referent
        self.refine(referent, token, mention)
        return referent

    def refine(self, referent: Referent, token: Token, mention: Mention | None) -> None:
        """Learn what a mention tells of a referent: what it is called, and its gender."""
        context, is_name = self.context, mention is not None and mention.type is not MentionType.NOMINAL
        referent.named = referent.named or is_name
        if not is_name:
            referent.nouns.add(token.lemma_.lower())
            referent.modifiers |= modifiers(token)
        if referent.gender is not None:
            return
        if mention and is_name and context.is_a(mention, PERSON):
            told = gender_of_name(context.tokens(mention.span), context.lexicon)
        else:
            told = gender(token, is_person=referent.kind == PERSON)
        if referent.named and not is_name and told != FEMININE:  # a masculine office may be a woman's
            return
        referent.gender = told

    def take_up(self, referent: Referent, token: Token, *, heads: bool = True) -> None:
        """Note that a token speaks of a referent: it weighs more, and will do so for some sentences."""
        sentence = self.context.sentence_number(token)
        weight = self._weight(token)
        referent.weight = referent.salience(sentence) + weight
        referent.sentence, referent.head = sentence, token
        self._recent[referent] = None  # also where it was forgotten meanwhile
        if heads:
            self.at[token.i] = referent
        for member in referent.members if heads else ():
            member.weight, member.sentence = member.salience(sentence) + weight / 2, sentence

    def _weight(self, token: Token) -> float:
        """How much the place of a token in its sentence adds to the salience of what it speaks of."""
        syntax = self.context.lexicon.syntax
        head = syntax.first_conjunct(token)
        for role, weight in _ROLES.items():
            if syntax.is_(head, role):
                return weight
        if head.head == head:
            return _OPENING
        return _INSIDE if head.head.pos_ in {"NOUN", "PROPN"} else _OTHER_ROLE

    def recent(self, sentence: int) -> Iterator[Referent]:
        """What was spoken of not long before a sentence."""
        if sentence != self._recent_to:
            self._recent = {r: None for r in self._recent if sentence - r.sentence <= _WINDOW}
            self._recent_to = sentence
        return iter(self._recent)


def _is_beside_its_name(mention: Mention) -> bool:
    """Whether a description and the name it goes with are one phrase: "l'écrivain Paul Morel" counts once."""
    return mention.antecedent is not None and 0 <= mention.antecedent.start - mention.span.end < 3
