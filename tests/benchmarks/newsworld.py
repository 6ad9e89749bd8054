"""A seed in, a made-up world for made-up news out: who there is, how well known each is, and what is true of them.

Kinds, relations and their words are the ontology's, so that nothing is related that the product would not relate. The
names are syllables in a row. How often what is met follows 964 articles of Wikinews as Dateline reads them: of ten
things nine are met in one article alone, and one is met in every third (`_WEIGHT` flattens Zipf's law that much).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeVar

from kg import ontology
from kg.model import KG, WIKIDATA, Entity
from kg.ontology import XSD_DATE, Relation

LANGUAGES = "fr", "en"
_KINDS = {  # how many of each kind many articles tell of
    "Person": 2500,
    "City": 800,
    "Organization": 400,
    "Company": 400,
    "Region": 250,
    "Party": 200,
    "Country": 190,
    "Government": 100,
    "ArmedGroup": 100,
    "Media": 60,
    "ArmedForce": 60,
    "InternationalOrganization": 60,
    "Legislature": 40,
    "Court": 40,
    "Coalition": 20,
    "Operation": 20,
}
_SHARES = {"locatedIn": 250, "citizenOf": 200, "partOf": 100, "leaderOf": 70, "headOfStateOf": 50, "memberOf": 50}
_OTHERS = 6  # per thousand statements, of a relation that is not among the commonest
_FACTS = 12_000
_SYLLABLES = [first + rest for first in "bcdfglmnprstvz" for rest in ("a", "e", "i", "o", "u", "an", "el", "or")]

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody or something, and what it is called in each language."""

    id: str
    kind: str  # IRI
    names: tuple[str, ...]  # by language
    other: str | None = None
    same_as: str | None = None

    def entity(self, language: str) -> Entity:
        """As an article in a language has it."""
        others, same_as = (frozenset(filter(None, [it])) for it in (self.other, self.same_as))
        return Entity(self.id, frozenset({self.kind}), self.names[LANGUAGES.index(language)], others, same_as)


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between two; `object` is None where it is one to a day."""

    subject: Known
    relation: Relation
    object: Known | None


class Often:
    """Things of which the first are met far oftener than the last."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = things
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(things))))

    def some(self, chance: random.Random, count: int = 1) -> list[Thing]:
        """As many draws; one may come twice."""
        return chance.choices(self.things, cum_weights=self._weights, k=count)


class World:
    """Who and what many articles tell of, the best known first, and what is true of them."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"world {seed}")
        self.terms = ontology.load()
        known = [_known(chance, KG + kind) for kind, count in _KINDS.items() for _ in range(count)]
        chance.shuffle(known)
        known = list({one.id: one for one in known}.values())
        self.known = Often(known)
        self.by_kind = {kind: Often([one for one in known if one.kind == kind]) for kind in {it.kind for it in known}}
        self.relations = sorted(self.terms.relations.values(), key=lambda relation: relation.iri)
        self._shares = [_SHARES.get(relation.name, _OTHERS) for relation in self.relations]
        self._fitting = {relation.iri: self._kinds(relation) for relation in self.relations}
        self.facts = Often([self.fact(chance) for _ in range(_FACTS)])

    def fact(self, chance: random.Random, about: Known | None = None) -> Fact:
        """Something that may hold, of somebody who is given or of anybody."""
        while True:
            (relation,) = chance.choices(self.relations, weights=self._shares)
            pairs = [pair for pair in self._fitting[relation.iri] if about is None or pair[0] == about.kind]
            if pairs:
                subject, object = (self._of(kind, chance) for kind in chance.choice(pairs))
                subject = about or subject
                if subject and subject != object:
                    return Fact(subject, relation, object)

    def _of(self, kind: str, chance: random.Random) -> Known | None:
        return None if kind == XSD_DATE else self.by_kind[kind].some(chance)[0]

    def _kinds(self, relation: Relation) -> list[tuple[str, str]]:
        kinds = sorted(self.by_kind)
        return [(a, b) for a in kinds for b in (*kinds, XSD_DATE) if self.terms.admits(relation, a, b)]


def word(chance: random.Random, syllables: int = 0) -> str:
    """Something that can be spelled."""
    return "".join(chance.choices(_SYLLABLES, k=syllables or chance.choice((1, 2, 2, 3, 3, 4))))


def passing(chance: random.Random, kind: str, article: str) -> Known:
    """Somebody whom no other article tells of."""
    name = _name(chance, kind)
    return Known(f"{_slug(name)}-{article}", kind, (name, name))


def _known(chance: random.Random, kind: str) -> Known:
    name = _name(chance, kind)
    translated = name if kind == KG + "Person" or chance.random() < 0.7 else f"{name[:-1]}y"
    other = name.split()[-1] + "s" if chance.random() < 0.2 else None
    same_as = f"{WIKIDATA}Q{chance.randrange(10**7)}" if chance.random() < 0.4 else None
    return Known(_slug(name), kind, (name, translated), other, same_as)


def _name(chance: random.Random, kind: str) -> str:
    words = 1 if kind in (KG + "Country", KG + "City") else 2
    return " ".join(word(chance, chance.choice((2, 3, 3, 4))).capitalize() for _ in range(words))


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")
