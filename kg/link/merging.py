"""Matches and a person's decisions in, which entity stands for which out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from kg.errors import StoreError
from kg.gazetteer import Gazetteer
from kg.link import matching
from kg.link.matching import Match
from kg.model import Decisions, Profile


def merge(
    matches: Iterable[Match], decisions: Decisions, profiles: Mapping[str, Profile], *, threshold: float
) -> tuple[list[Match], list[Match]]:
    """The matches that are applied, those at or above the threshold, and those that are left to a person.

    A match is left where it would bring together, through others, what a person keeps apart or what cannot be one; a
    person's merges stand before all. Raises `StoreError` for decisions that contradict each other.
    """
    groups = Groups(decisions)
    applied, left = [], []
    for match in matches:
        if groups.together(match.one, match.other):
            applied.append(match)
        elif match.score >= threshold and _fit(groups, match, profiles):
            groups.join(match.one, match.other)
            applied.append(match)
        elif groups.may_join(match.one, match.other):
            left.append(match)
    return applied, left


def _fit(groups: Groups, match: Match, profiles: Mapping[str, Profile]) -> bool:
    """Whether everything that would become one with a match could be, each with each."""
    if not groups.may_join(match.one, match.other):
        return False
    for pair in product(groups.of(match.one), groups.of(match.other)):
        if pair != (match.one, match.other) and all(iri in profiles for iri in pair):
            found = matching.compare(profiles[pair[0]], profiles[pair[1]])
            if found is None or found.is_ruled_out:
                return False
    return True


class Groups:
    """Entities that are one, as they come together; what a person keeps apart stays so."""

    def __init__(self, decisions: Decisions) -> None:
        self._of: dict[str, frozenset[str]] = {}
        self._apart = decisions.apart
        for one, other in sorted(decisions.merged):
            if not self.may_join(one, other):
                raise StoreError(f"{one} and {other} are said to be one, and to be kept apart: undo one of the two")
            self.join(one, other)

    def of(self, iri: str) -> frozenset[str]:
        """All that are one with an entity, itself included."""
        return self._of.get(iri, frozenset({iri}))

    def together(self, one: str, other: str) -> bool:
        """Whether two are one by now."""
        return other in self.of(one)

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


def replacements(
    pairs: Iterable[tuple[str, str]], decisions: Decisions, gazetteer: Gazetteer, base: str
) -> dict[str, str]:
    """Each entity that another stands for, and that other: one that the gazetteer knows, else the fullest name."""
    groups = Groups(decisions)
    for one, other in pairs:
        if groups.may_join(one, other):
            groups.join(one, other)
    found: dict[str, str] = {}
    for group in groups.all():
        chosen = min(group, key=lambda iri: _rank(iri.removeprefix(base), gazetteer))
        found.update(dict.fromkeys(group - {chosen}, chosen))
    return dict(sorted(found.items()))


def _rank(id: str, gazetteer: Gazetteer) -> tuple[bool, int, int, str]:
    return id not in gazetteer.entries, -id.count("-"), -len(id), id
