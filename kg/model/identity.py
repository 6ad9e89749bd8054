"""The nouns of identity: what a store knows of its entities, and which of them may be one or stand elsewhere too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """What the articles of a store together say of an entity."""

    iri: str
    kinds: frozenset[str]  # IRIs of classes
    names: frozenset[str]
    same_as: frozenset[str] = frozenset()  # IRIs elsewhere
    relations: frozenset[tuple[str, str]] = frozenset()  # (a relation's IRI, "^" before an inverse one; IRI or day)
    articles: frozenset[int] = frozenset()  # those that tell of it, by their place in the store


@dataclass(frozen=True, slots=True)
class Merge:
    """Two entities that are taken for one, the lesser IRI first; how sure, from 0 to 1, and why in words."""

    one: str
    other: str
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item elsewhere that bears the name of an entity, and what is told of it there."""

    item: str  # IRI
    preferred: bool  # whether the name is its label, and not another name
    kinds: frozenset[str] = frozenset()  # IRIs of our classes
    countries: frozenset[str] = frozenset()  # IRIs of items
    days: frozenset[tuple[str, str]] = frozenset()  # (IRI of our relation, ISO date)


@dataclass(frozen=True, slots=True)
class Link:
    """An entity and an item elsewhere that may well be the same; how sure, from 0 to 1, and why in words."""

    entity: str
    item: str
    confidence: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person has decided of pairs of entities, the lesser IRI first: they are one, or they are kept apart."""

    merged: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()
