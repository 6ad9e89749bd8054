"""A trigger with whoever takes part, as a construction found it, before it is an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Mention
from kg.ontology import EventType
from kg.text.context import Context
from kg.text.lexicon import Carried
from kg.text.tokens import Token


@dataclass(frozen=True, slots=True)
class Happening:
    """What a verb or a noun tells of; `words` are the nouns that stand for the patients, mentioned or not."""

    type: EventType
    trigger: Token
    construction: str
    cue: str
    agents: list[Mention]
    patients: list[Mention]
    words: tuple[Token, ...] = ()
    said: bool = False  # an act of speech: to say it is to do it, whatever becomes of what is said


@dataclass(frozen=True, slots=True)
class Side:
    """The words in one part of an event, and the mentions that they are."""

    words: Sequence[Token]
    mentions: list[Mention]

    def is_one_of(self, classes: frozenset[str], context: Context) -> bool:
        """Whether one of them is of one of some classes of things, or of words."""
        kinds = any(context.is_a(mention, kind) for mention in self.mentions for kind in classes)
        names = [name for iri in classes if (name := context.lexicon.word_class(iri))]
        return kinds or any(context.lexicon.has(name, word) for word in self.words for name in names)


def fits(carried: Carried[EventType], agents: Side, patients: Side, context: Context) -> bool:
    """Whether whoever takes part is of the kinds that a cue asks for: « condamner » by a court, by a state."""
    kind = carried.meaning
    sides = ((kind.agents, agents), (kind.patients, patients))
    return all(not asked or side.is_one_of(asked, context) for asked, side in sides)


def demands(carried: Carried[EventType]) -> tuple[bool, int, bool]:
    """What sorts the most demanding cue first: one with conditions, with more words, with a preposition."""
    conditions = bool(carried.meaning.agents or carried.meaning.patients)
    return not conditions, -len(carried.cue.words), carried.cue.preposition is None
