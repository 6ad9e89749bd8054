"""What the vocabulary is made of: cues, relations, event types, positions, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.errors import UnknownTerm

XSD_DATE = "http://www.w3.org/2001/XMLSchema#date"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word in dictionary form that carries a relation, and what must stand with it.

    "s'emparer de" is the reflexive head "emparer" whose object comes after "de"; "faire partie de" the head "faire"
    with the fixed word "partie"; "diriger" has no preposition, so that its object is direct.
    """

    text: str
    language: str
    words: tuple[str, ...]  # the head and what is fixed beside it, in the cue's order
    preposition: str | None = None
    reflexive: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """What every term has: an IRI, names by language, and one-line meanings by language."""

    iri: str
    labels: dict[str, str]

    @property
    def name(self) -> str:
        """The part of the IRI after the last `#` or `/`."""
        return self.iri.replace("#", "/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Relation(Term):
    """A property between entities, with the cues that carry it, by construction.

    `cues` maps a construction (`verb`, `inverseVerb`, `patientVerb`, `noun`, `inverseNoun`, `action`) to its cues.
    """

    domain: frozenset[str]
    range: frozenset[str]
    cues: dict[str, tuple[Cue, ...]]
    symmetric: bool = False
    constructions: frozenset[str] = frozenset()  # turns without a word of their own that carry it too: "PlaceInPlace"
    never_between: frozenset[str] = frozenset()  # classes of which it never joins two: no company is another's member
    precedes: frozenset[str] = frozenset()  # IRIs of relations that it rules out where one word would say both
    kinds: frozenset[str] = frozenset()  # classes of relations that it is of: kg:Ownership
    wider: frozenset[str] = frozenset()  # IRIs of properties that it is a kind of
    examples: tuple[tuple[str, str], ...] = ()  # (sentence, language)
    counter_examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EventType(Term):
    """A kind of event, with the verbs and nouns that tell of one, if need be only of some agents and patients.

    `agents` and `patients` are IRIs of classes of things and of words, one of which must fit; none: whoever it is.
    """

    cues: dict[str, tuple[Cue, ...]]
    agents: frozenset[str] = frozenset()
    patients: frozenset[str] = frozenset()
    absorbs: bool = False  # what it asks for, refuses or threatens with is no event beside it
    local: bool = False  # a place where it happens is whom it is done to: "imposed a curfew in the town"
    directed: bool = False  # done to whoever owns or is behind what the words name: "saluer les efforts de la Grèce"


@dataclass(frozen=True, slots=True)
class Position(Term):
    """An office or a role: what holding it implies, and all the forms of its name by language."""

    implies: tuple[str, ...]
    range: tuple[str, ...]  # IRIs of the only classes whose things it is held of; none: as its relations have it
    forms: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Ontology:
    """The vocabulary as loaded; `load()` gives the packaged one."""

    parents: dict[str, frozenset[str]]  # class IRI -> itself and all its superclasses
    labels: dict[str, dict[str, str]]  # class IRI -> language -> what such a thing is called
    head_nouns: dict[str, dict[str, str]]  # language -> noun -> class IRI
    relations: dict[str, Relation]
    event_types: dict[str, EventType]
    conditional_events: tuple[EventType, ...]  # what words tell of only where some kind of thing takes part
    positions: dict[str, Position]
    one_each: frozenset[str] = frozenset()  # classes of which a country has one: "gouvernement", "autorités", "régime"
    numerals: dict[str, dict[str, int]] = field(default_factory=dict)  # language -> number word -> its value
    word_classes: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)  # class -> language -> words
    directions: dict[str, dict[str, str]] = field(default_factory=dict)  # language -> words -> "northeast"

    def is_a(self, kind: str, ancestor: str) -> bool:
        """Whether `kind` is `ancestor` or one of its subclasses; both are IRIs of classes."""
        return ancestor in self.parents.get(kind, ())

    def of_kind(self, kind: str) -> list[str]:
        """The IRIs of the relations of a class, such as kg:Ownership, and of those that are kinds of these, sorted."""
        found = {iri for iri, relation in self.relations.items() if any(self.is_a(one, kind) for one in relation.kinds)}
        while more := {iri for iri, one in self.relations.items() if one.wider & found} - found:
            found |= more
        return sorted(found)

    def admits(self, relation: Relation, subject: str, object: str) -> bool:
        """Whether a relation may hold between two kinds of things (`XSD_DATE` for a day)."""
        alike = any(self.is_a(subject, kind) and self.is_a(object, kind) for kind in relation.never_between)
        return self._any(subject, relation.domain) and self._any(object, relation.range) and not alike

    def _any(self, kind: str, allowed: frozenset[str]) -> bool:
        return kind in allowed or not allowed.isdisjoint(self.parents.get(kind, ()))

    def words(self, name: str, language: str) -> frozenset[str]:
        """The words of a class of `ontology/words.ttl` in a language.

        Raises `UnknownTerm` for a class that no file defines; a class without words in that language has those of all.
        """
        try:
            by_language = self.word_classes[name]
            return by_language.get(language, by_language[""])
        except KeyError:
            raise UnknownTerm(f"ontology/words.ttl has no kg:WordClass kg:{name}") from None
