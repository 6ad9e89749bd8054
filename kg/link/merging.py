"""Matches and a person's decisions in, which entity stands for which out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from kg.errors import StoreError
from kg.gazetteer import Gazetteer
from kg.link import matching
from kg.link.matching import Match
from kg.model import Decisions, Profile

_Pair = tuple[str, str]


def accepted(matches: Iterable[Match], profiles: Iterable[Profile], *, threshold: float) -> list[Match]:
    """The matches at or above a threshold, but for those that would bring together, through others, what cannot be one.

    The surest come first. What a person decides has no say here: it is weighed against them in `replacements`.
    """
    known = {profile.iri: profile for profile in profiles}
    groups, found = Groups(Decisions()), []
    for match in matches:
        if match.score >= threshold and _fit(groups, match, known):
            groups.join(match.one, match.other)
            found.append(match)
    return found


def _fit(groups: Groups, match: Match, profiles: Mapping[str, Profile]) -> bool:
    """Whether all that would become one with a match could be, each with each."""
    pairs = set(product(groups.of(match.one), groups.of(match.other))) - {(match.one, match.other)}
    compared = (matching.compare(profiles[one], profiles[other]) for one, other in pairs if one != other)
    return all(found and not found.is_ruled_out for found in compared)


def replacements(
    pairs: Iterable[_Pair], decisions: Decisions, gazetteer: Gazetteer, *, base: str
) -> tuple[dict[str, str], Groups]:
    """Each entity that another stands for, and that other: one that the gazetteer knows, else the fullest name.

    A person's merges stand before all pairs, and what a person keeps apart no pair brings together. `base` is what the
    IRIs of entities begin with. Raises `StoreError` for decisions that contradict each other.
    """
    groups = Groups(decisions)
    for one, other in pairs:
        if groups.may_join(one, other):
            groups.join(one, other)
    found: dict[str, str] = {}
    for group in groups.all():
        chosen = min(group, key=lambda iri: _rank(iri.removeprefix(base), gazetteer))
        found.update(dict.fromkeys(group - {chosen}, chosen))
    return dict(sorted(found.items())), groups


def _rank(id: str, gazetteer: Gazetteer) -> tuple[bool, int, int, str]:
    return id not in gazetteer.entries, -id.count("-"), -len(id), id


class Groups:
    """Entities that are one, as they come together; what a person keeps apart stays so."""

    def __init__(self, decisions: Decisions) -> None:
        self._of: dict[str, frozenset[str]] = {}
        self._apart = decisions.apart
        for one, other in sorted(decisions.merged):
            if not self.may_join(one, other):
                raise StoreError(
                    f"{one} and {other} were merged, and others that they bring together kept apart: undo one"
                )
            self.join(one, other)

    def of(self, iri: str) -> frozenset[str]:
        """All that are one with an entity, itself included."""
        return self._of.get(iri, frozenset({iri}))

    def may_join(self, one: str, other: str) -> bool:
        """Whether nobody keeps apart what would come together."""
        return not any((min(pair), max(pair)) in self._apart for pair in product(self.of(one), self.of(other)))

    def join(self, one: str, other: str) -> None:
        """Make two one, with all that are one with either."""
        joined = self.of(one) | self.of(other)
        self._of.update(dict.fromkeys(joined, joined))

    def all(self) -> list[frozenset[str]]:
        """The groups of two and more, in an order that does not depend on how they came together."""
        return sorted(set(self._of.values()), key=sorted)
