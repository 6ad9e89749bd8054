"""Profiles in, pairs that may be one entity out, the surest first; only what shares a key is ever compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product

from kg.link import matching, spelling
from kg.link.matching import Match, Reason
from kg.link.names import core
from kg.link.people import PersonName
from kg.model import Profile

THRESHOLD = 0.8  # what scores as much is merged
FLOOR = 0.5  # what scores less is no proposal
_CROWD = 400  # entities under one key: what so many share does not tell
_SURE = 0.9  # what a name must say to need no more
_RIVAL = Reason(-0.3, "the shorter name may be another's")
_Key = tuple[str, ...]
_Pair = tuple[str, str]


def propose(profiles: Iterable[Profile]) -> list[Match]:
    """The pairs of entities that may be one, by falling score, then by IRI; the order of the profiles does not count.

    Takes a time that grows with the number of profiles and of those that share a key, and not with its square.
    """
    known = {profile.iri: profile for profile in profiles}
    compared = (matching.compare(known[one], known[other]) for one, other in sorted(_pairs(known)))
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
    """The pairs that share a key; single names are held against full ones, and not full ones against each other."""
    blocks: dict[_Key, set[str]] = defaultdict(set)
    bearers: dict[str, set[str]] = defaultdict(set)
    singles: dict[str, set[str]] = defaultdict(set)
    for iri, profile in known.items():
        for key in _keys(profile):
            blocks[key].add(iri)
        for name in matching.full_forms(profile) if matching.PERSON in profile.kinds else ():
            for sound in {name.sounds[0], name.sounds[-1], *name.family.parts[-1:]}:
                (singles if name.is_single else bearers)[sound].add(iri)
    pairs = {pair for block in blocks.values() if len(block) <= _CROWD for pair in combinations(sorted(block), 2)}
    for sound, some in singles.items():
        if len(bearers[sound]) <= _CROWD:
            pairs |= {(min(pair), max(pair)) for pair in product(some, bearers[sound]) if pair[0] != pair[1]}
    return pairs


def _keys(profile: Profile) -> Iterator[_Key]:
    """What an entity shares with all that `matching` could take for it."""
    yield from (("elsewhere", iri) for iri in profile.same_as)
    if matching.PERSON in profile.kinds:
        for person in matching.full_forms(profile):
            yield from _personal_keys(person)
    else:
        for name in matching.telling_names(profile):
            yield from _body_keys(name)


def _personal_keys(person: PersonName) -> Iterator[_Key]:
    sounds = person.sounds
    if person.is_single:
        yield "single", sounds[0]
        return
    yield "ends", sounds[-1], sounds[0][:1]
    yield "near", sounds[0], spelling.skeleton(sounds[-1])[1:3]
    yield "units", *sorted(sounds)
    yield "whole", person.whole
    if len(sounds) > 2:
        yield "ends", sounds[1], sounds[0][:1]  # the name may go on after the family name,
        yield "ends", sounds[-1], sounds[-2][:1]  # or begin before what another calls the first


def _body_keys(name: str) -> Iterator[_Key]:
    words = core(name)
    yield "body", "".join(map(spelling.sound, words))
    if len(words) > 2:
        yield "initials", "".join(word[0] for word in words)
    elif name.isupper():
        yield "initials", spelling.letters(name)
