"""What gold and readings are compared as: facts, events, quotations and times between entities by a common key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg import ontology
from kg.model import Factuality, Span

# what a gold annotation of news looks for; other relations are no part of it, so that stating them is not wrong
ANNOTATED = frozenset(
    {
        *("spokespersonOf", "leaderOf", "memberOf", "employedBy", "founderOf", "ownerOf", "representativeOf"),
        *("headOfStateOf", "headOfGovernmentOf", "ministerOf", "subsidiaryOf", "partOf"),
        *("headquarteredIn", "locatedIn", "citizenOf", "residentOf", "bornIn", "diedIn"),
        *("spouseOf", "parentOf", "siblingOf", "successorOf", "fights", "alliedWith", "supports", "opposes"),
        *("designatedTerroristBy", "bannedIn", "foundedOn", "bornOn", "diedOn"),
    }
)
_EITHER_WAY = frozenset({"spouseOf", "siblingOf", "alliedWith", "fights"})
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between keys of entities, or one and a day, a month or a year in ISO form; `sources` say so."""

    subject: str
    relation: str
    object: str
    factuality: str = Factuality.ASSERTED
    sources: frozenset[str] = frozenset()

    def same(self, other: Fact) -> bool:
        """Whether both say the same of the same; dates agree where one is the other's beginning."""
        if self.relation != other.relation:
            return False
        straight = self.subject == other.subject and _same_end(self.object, other.object)
        turned = self.subject == other.object and self.object == other.subject
        return straight or (self.relation in _EITHER_WAY and turned)

    def same_standing(self, other: Fact) -> bool:
        """Whether the article stands to both alike, too."""
        return self.same(other) and self.factuality == other.factuality

    def same_source(self, other: Fact) -> bool:
        """Whether the same say so, too."""
        return self.same_standing(other) and _meet(self.sources, other.sources)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event by the keys of who takes part."""

    type: str
    agents: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    factuality: str = Factuality.ASSERTED

    def same_type(self, other: Happening) -> bool:
        """Whether both are of one type."""
        return self.type == other.type

    def same_agents(self, other: Happening) -> bool:
        """Whether one of those who do it is the same, too, or nobody does in both."""
        return self.same_type(other) and _meet(self.agents, other.agents)

    def same(self, other: Happening) -> bool:
        """Whether one of those to whom it is done is the same, too."""
        return self.same_agents(other) and _meet(self.patients, other.patients)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whose words stand where: the places of the letters, without blanks and quotation marks."""

    speaker: str | None
    places: frozenset[int]

    def fits(self, other: Quoted, *, least: float, speaker: bool = False) -> bool:
        """Whether both share so much of the longer, and, if that is asked for, the speaker."""
        if not (self.places and other.places) or (speaker and self.speaker != other.speaker):
            return False
        return len(self.places & other.places) / max(len(self.places), len(other.places)) >= least


@dataclass(frozen=True, slots=True)
class Dated:
    """Words and the first and last day that they mean."""

    span: Span
    days: Days

    def same(self, other: Dated) -> bool:
        """Whether the words overlap and the days are the same."""
        return self.span.overlaps(other.span) and self.days == other.days


def letters(text: str, span: Span, language: str) -> frozenset[int]:
    """Where the letters of a quotation stand; quotation marks and what only opens its clause ("that") are none."""
    vocabulary, words = ontology.load(), text[span.start : span.end]
    opening = max((_opening(words, word) for word in vocabulary.words("Complementizer", language)), default=0)
    marks = vocabulary.words("QuotationOpener", language) | vocabulary.words("QuotationCloser", language)
    places = range(span.start + opening, min(span.end, len(text)))
    return frozenset(place for place in places if not text[place].isspace() and text[place] not in marks)


def _opening(words: str, opener: str) -> int:
    """How many letters the opener of a clause takes at the start of some words."""
    rest = words[len(opener) :]
    starts = words.casefold().replace("’", "'").startswith(opener) and (opener.endswith("'") or rest[:1].isspace())
    return len(opener) if starts else 0


def _same_end(one: str, other: str) -> bool:
    return one == other or (
        one[:4].isdigit() and other[:4].isdigit() and (one.startswith(other) or other.startswith(one))
    )


def _meet(some: frozenset[str], others: frozenset[str]) -> bool:
    return bool(some & others) or some == others
