"""Two profiles in, how far they can be one entity out: a sum of reasons, each with its weight in words.

The rules are a table, as in nomenklatura's logic_v2: what names say, what facts add, what speaks against. A reason that
rules out weighs -1, so that nothing outweighs it but the same item of Wikidata.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from kg.link import people, spelling
from kg.link.names import ACRONYM, compatible, core, is_common, is_name, spoken
from kg.link.people import PersonName
from kg.model import KG, WIKIDATA, Profile

PERSON = KG + "Person"
_DAYS = frozenset(KG + name for name in ("bornOn", "diedOn", "foundedOn"))  # what happens once
_OWNER = re.compile(r"\(([^()]*)\)\s*$")

SAME, RESPELLED, REORDERED, FULLER = 0.95, 0.9, 0.9, 0.85
VOWEL, INITIALS, RUN, MONONYM, SURNAME = 0.8, 0.6, 0.6, 0.55, 0.4
NEAR = 0.5  # no number of shared offices makes it sure: who comes after another has them all
MIDDLE = 0.6  # father and son, or two of a common name, are told apart by no more: a shared office must say the rest
ABBREVIATION, SHARED_ACRONYM = 0.5, 0.6
ITEM, RELATION, MORE, NEIGHBOUR, DAY = 1.0, 0.2, 0.04, 0.05, 0.3
TOGETHER, RULED_OUT = -0.4, -1.0


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Something that speaks for or against, from 1 to -1, in words."""

    weight: float
    words: str

    def __str__(self) -> str:
        return f"{self.words} {self.weight:+.2f}"


def total(reasons: Iterable[Reason]) -> float:
    """What some reasons come to, from 0 to 1."""
    return round(min(1.0, max(0.0, sum(reason.weight for reason in reasons))), 2)


@dataclass(frozen=True, slots=True)
class Match:
    """Two entities, the lesser IRI first, and what speaks for and against their being one."""

    one: str
    other: str
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """From 0 to 1: certainly two, certainly one."""
        return total(self.reasons)

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return "; ".join(map(str, self.reasons))

    @property
    def is_ruled_out(self) -> bool:
        """Whether a reason says that the two are not one, whatever else."""
        return self.score == 0


def compare(one: Profile, other: Profile) -> Match | None:
    """What speaks for and against two entities being one; None where nothing speaks for it."""
    if other.iri < one.iri:
        one, other = other, one
    for_it = [reason for reason in (_items(one, other), _names(one, other)) if reason]
    if not for_it or not compatible(one.kinds, other.kinds):
        return None
    return Match(one.iri, other.iri, (*for_it, *_facts(one, other)))


def _items(one: Profile, other: Profile) -> Reason | None:
    ours, theirs = ({iri for iri in profile.same_as if iri.startswith(WIKIDATA)} for profile in (one, other))
    if ours and theirs:
        return Reason(ITEM, "same Wikidata item") if ours & theirs else Reason(RULED_OUT, "other Wikidata items")
    return None


def _names(one: Profile, other: Profile) -> Reason | None:
    """The best that two names say of the entities."""
    told = _people if PERSON in one.kinds & other.kinds else _bodies
    return max(told(one, other), default=None)


def _people(one: Profile, other: Profile) -> Iterator[Reason]:
    for name in full_forms(one):
        for another in full_forms(other):
            yield from _person(name, another)


def _person(name: PersonName, another: PersonName) -> Iterator[Reason]:
    if name.is_single or another.is_single:
        yield from _single(name, another)
    elif name.generation != another.generation:
        yield from ()
    elif name.whole == another.whole:
        yield Reason(SAME, "same name, but perhaps for spelling")
    elif name.same_units(another):
        yield Reason(REORDERED, "same name in another order")
    elif name.is_short_for(another) or another.is_short_for(name):
        yield _fuller(name, another)
    elif name.units[0].fits(another.units[0]) and not name.units[0].initials:
        yield from _alike(name, another)


def _single(name: PersonName, another: PersonName) -> Iterator[Reason]:
    if name.is_single and another.is_single:
        if name.family.sound == another.family.sound and name.generation == another.generation:
            told = bool(name.generation)
            yield Reason(SAME if told else MONONYM, "same name and number" if told else "same single name")
    elif name.is_short_for(another) or another.is_short_for(name):
        yield Reason(SURNAME, "one name is the other's surname or first name")


def _fuller(name: PersonName, another: PersonName) -> Reason:
    if any(unit.initials for unit in (name.units[0], another.units[0])):
        return Reason(INITIALS, "initials of the same name")
    if name.family.sound == another.family.sound and name.units[0].sound == another.units[0].sound:
        if len(name.units) != len(another.units) and any(unit.initials for unit in (*name.units, *another.units)):
            return Reason(MIDDLE, "same first and last name, one has an initial between")
        return Reason(FULLER, "same first and last name, one has more between")
    return Reason(RUN, "one name is a part of the other")


def _alike(name: PersonName, another: PersonName) -> Iterator[Reason]:
    """Names that differ in their last unit, or in one between: "George W." is no other "George H. W."."""
    between = zip(name.units[1:-1], another.units[1:-1], strict=False)
    unlike = [(one, other) for one, other in (*between, (name.family, another.family)) if not one.fits(other)]
    if len(unlike) == 1:
        yield from _near(*(unit.sound for unit in unlike[0]))


def _near(sound: str, another: str) -> Iterator[Reason]:
    """Names that differ in a vowel ("Poutine", "Putin"), or are just much alike."""
    consonants = spelling.skeleton(sound)
    near = Levenshtein.distance(sound, another, score_cutoff=1) == 1
    if near and len(consonants) > 2 and consonants == spelling.skeleton(another):
        yield Reason(VOWEL, "names that differ in a vowel")
    elif min(len(sound), len(another)) > 4 and JaroWinkler.similarity(sound, another) >= 0.88:
        yield Reason(NEAR, "names much alike")


def _bodies(one: Profile, other: Profile) -> Iterator[Reason]:
    for name in telling_names(one):
        for another in telling_names(other):
            if _owner(name) == _owner(another):
                yield from _body(core(name), core(another), name, another)


def _body(words: tuple[str, ...], others: tuple[str, ...], name: str, another: str) -> Iterator[Reason]:
    if words == others:
        is_acronym = len(words) == 1 and len(words[0]) <= ACRONYM and name.isupper() and another.isupper()
        yield Reason(SHARED_ACRONYM, "same acronym") if is_acronym else Reason(SAME, "same name")
    elif spoken(name) == spoken(another):
        yield Reason(RESPELLED, "same name, spelled otherwise")
    elif "".join(words) == "".join(others):
        yield Reason(RESPELLED, "same name, parted otherwise")
    elif _abbreviates(name, others) or _abbreviates(another, words):
        yield Reason(ABBREVIATION, "initials of the same name")


def _abbreviates(name: str, words: tuple[str, ...]) -> bool:
    return name.isupper() and len(words) > 2 and spelling.letters(name) == "".join(word[0] for word in words)


def _owner(name: str) -> tuple[str, ...]:
    """Whose a body is, where its label says so in brackets: "Cour suprême (Irak)"."""
    match = _OWNER.search(name)
    return core(match[1]) if match else ()


def _facts(one: Profile, other: Profile) -> Iterator[Reason]:
    ours, theirs = days(one), days(other)
    for relation in sorted(ours.keys() & theirs.keys()):
        name = relation.removeprefix(KG)
        if agree(ours[relation], theirs[relation]):
            yield Reason(DAY, f"same day ({name})")
        else:
            yield Reason(RULED_OUT, f"other days ({name})")
    if one.iri in _others(other) or other.iri in _others(one):
        yield Reason(RULED_OUT, "related to each other")
    elif one.articles & other.articles:
        yield Reason(TOGETHER, "told apart in one article")
    yield from _company(one, other)


def _company(one: Profile, other: Profile) -> Iterator[Reason]:
    shared = sorted(pair for pair in one.relations & other.relations if pair[0].lstrip("^") not in _DAYS)
    for place, (relation, whom) in enumerate(shared[:3]):
        what = f"both {relation.removeprefix('^').removeprefix(KG)} {whom.rsplit('/', 1)[-1]}"
        yield Reason(MORE if place else RELATION, what)
    if not shared and (common := _others(one) & _others(other)):
        yield Reason(NEIGHBOUR, f"both with {min(common).rsplit('/', 1)[-1]}")


def days(profile: Profile) -> Mapping[str, frozenset[str]]:
    """The days of what happens to an entity once, by the relation that tells them."""
    return {r: frozenset(v for p, v in profile.relations if p == r) for r, _ in profile.relations if r in _DAYS}


def agree(days: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two days can be one, as far as both are told: 1970 and 1970-03-04 can."""
    return any(day.startswith(other) or other.startswith(day) for day in days for other in others)


def _others(profile: Profile) -> frozenset[str]:
    return frozenset(whom for relation, whom in profile.relations if relation.lstrip("^") not in _DAYS)


@lru_cache(maxsize=1 << 17)
def full_forms(profile: Profile) -> tuple[PersonName, ...]:
    """The names of a person that are not short for another of them."""
    names = {people.parse(name): name for name in sorted(profile.names) if is_name(name)}
    return tuple(n for n in names if not any(n != m and n.is_short_for(m) and not m.is_short_for(n) for m in names))


@lru_cache(maxsize=1 << 17)
def telling_names(profile: Profile) -> tuple[str, ...]:
    """The names of a body or a place that are no descriptions: many countries have a « Cour suprême »."""
    return tuple(sorted(name for name in profile.names if is_name(name) and not is_common(name)))
