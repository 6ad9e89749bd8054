"""Profiles in, pairs that may be one entity out, the surest first; only what shares a key is ever compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

from kg.link import matching, spelling
from kg.link.matching import Match, Reason
from kg.link.names import core, spoken
from kg.link.people import PersonName
from kg.model import Profile

THRESHOLD = 0.8  # what scores as much is merged
FLOOR = 0.5  # what scores less is no proposal
_CROWD = 400  # entities under one key: what so many share does not tell
_HEAD = 4  # letters that names which are much alike begin with
_SURE = 0.9  # what a name must say to need no more
_RIVAL = Reason(-0.3, "the shorter name may be another's")
_Key = tuple[str, ...]
_Pair = tuple[str, str]


def propose(profiles: Iterable[Profile], *, known_apart: Container[str] = ()) -> list[Match]:
    """The pairs of entities that may be one, by falling score, then by IRI; the order of the profiles does not count.

    No two of `known_apart`, the IRIs of the gazetteer's entries, are a pair: who wrote it down knew them for two.
    Takes a time that grows with the number of profiles and of those that share a key, and not with its square.
    """
    known = {profile.iri: profile for profile in profiles}
    pairs = (pair for pair in sorted(_pairs(known)) if not all(iri in known_apart for iri in pair))
    compared = (matching.compare(known[one], known[other]) for one, other in pairs)
    found = {(match.one, match.other): match for match in compared if match}
    near: dict[str, set[str]] = defaultdict(set)
    for match in found.values():
        if match.score >= FLOOR:
            near[match.one].add(match.other)
            near[match.other].add(match.one)
    judged = (_judged(match, found, near) for match in found.values())
    return sorted((match for match in judged if match.score >= FLOOR), key=lambda m: (-m.score, m.one, m.other))


def _judged(match: Match, found: Mapping[_Pair, Match], near: Mapping[str, set[str]]) -> Match:
    """The match; less sure where one of the two may be a third as well, which the other cannot be: « George Bush »."""
    if max(match.reasons).weight >= _SURE:
        return match
    for this, that in ((match.one, match.other), (match.other, match.one)):
        for third in near[this] - {that}:
            rival = found.get((min(that, third), max(that, third)))
            if rival is None or rival.is_ruled_out:
                return replace(match, reasons=(*match.reasons, _RIVAL))
    return match


def _pairs(known: Mapping[str, Profile]) -> set[_Pair]:
    """The pairs that share a key; a short name is held against full ones, and no full one against another for it."""
    alike: dict[_Key, set[str]] = defaultdict(set)
    short: dict[_Key, set[str]] = defaultdict(set)
    full: dict[_Key, set[str]] = defaultdict(set)
    for iri, profile in known.items():
        for block, keys in zip((alike, short, full), _keys(profile), strict=True):
            for key in keys:
                block[key].add(iri)
    pairs = {pair for some in alike.values() if len(some) <= _CROWD for pair in combinations(sorted(some), 2)}
    for key, some in short.items():
        if len(full[key]) <= _CROWD:
            pairs |= {(min(pair), max(pair)) for pair in product(some, full[key]) if pair[0] != pair[1]}
    return pairs


def _keys(profile: Profile) -> tuple[set[_Key], set[_Key], set[_Key]]:
    """What an entity shares with all that may be it: with its like, by a short name of its own, by a full one."""
    alike: set[_Key] = {("elsewhere", iri) for iri in profile.same_as}
    short: set[_Key] = set()
    full: set[_Key] = set()
    if matching.PERSON in profile.kinds:
        for person in matching.full_forms(profile):
            alike.update(_personal_keys(person))
            ends = {person.sounds[0], person.sounds[-1], *person.family.parts[-1:]}
            (short if person.is_single else full).update(("name", sound) for sound in ends)
            initial = ("initial", person.sounds[-1], person.sounds[0][:1])
            full.add(initial)
            if person.units[0].initials:
                short.add(initial)
    else:
        for name in matching.telling_names(profile):
            words = core(name)
            alike.add(("body", "".join(spoken(name))))
            if len(words) > 2:
                full.add(("initials", "".join(word[0] for word in words)))
            elif name.isupper():
                short.add(("initials", spelling.letters(name)))
    return alike, short, full


def _personal_keys(person: PersonName) -> Iterator[_Key]:
    sounds = person.sounds
    if person.is_single:
        yield "single", sounds[0]
        return
    yield "ends", sounds[-1], sounds[0]
    yield "vowel", sounds[0], spelling.skeleton(sounds[-1])
    yield "near", sounds[0], sounds[-1][:_HEAD]
    yield "units", *sorted(sounds)
    yield "whole", person.whole
    if len(sounds) > 2:
        yield "ends", sounds[1], sounds[0]  # the name may go on after the family name,
        yield "ends", sounds[-1], sounds[-2]  # or begin before what another calls the first
