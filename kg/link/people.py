"""Names of people in, which of them can be one person's out: by family name, given names, initials and generation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from kg import ontology
from kg.link import spelling

_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]?|[^\W\d_]")
_NUMERAL = re.compile(r"[IVX]{2,}|I(?:er|re)?|[VX]", re.ASCII)  # « Benoît XVI », « François Ier »
_JOINTS = re.compile("[-‐‑'’ʼʻʿʾ`´]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A given or a family name: what it sounds like, whether it is but initials, and its parts at hyphens.

    "Jean-Luc" is one unit, "al-Soudani" the unit "Soudani", "ben Salmane" one that is not "Salmane".
    """

    sound: str
    initials: bool = False
    parts: tuple[str, ...] = ()

    def fits(self, other: Unit) -> bool:
        """Whether two units can be one: the same, or initials of the other ("J.-L.", "Jean-Luc")."""
        if self.initials and other.initials:
            return self.sound.startswith(other.sound) or other.sound.startswith(self.sound)
        if self.initials or other.initials:
            short, full = (self, other) if self.initials else (other, self)
            heads = "".join(part[0] for part in full.parts)
            return heads.startswith(short.sound) or (len(short.sound) == 1 and short.sound == full.sound[0])
        return self.sound == other.sound


@dataclass(frozen=True, slots=True)
class PersonName:
    """The units of a name in their order, particles and titles left out, and its generation ("jr", "xvi", "")."""

    units: tuple[Unit, ...]
    generation: str = ""

    @property
    def family(self) -> Unit:
        """The last unit."""
        return self.units[-1]

    @property
    def is_single(self) -> bool:
        """Whether the name has one unit, as surnames by themselves have."""
        return len(self.units) == 1

    @property
    def sounds(self) -> tuple[str, ...]:
        """What the units sound like, in their order."""
        return tuple(unit.sound for unit in self.units)

    @property
    def whole(self) -> str:
        """All units in one: « Jean-Luc » and « Jean Luc » do not differ there."""
        return "".join(self.sounds)

    def is_short_for(self, other: PersonName) -> bool:
        """Whether this name says no more than another and can be the same person's; one that says the same does."""
        if self.is_single and not other.is_single:
            return self._is_part_of(other)
        if self.generation != other.generation:
            return False
        if self.whole == other.whole:
            return True
        if len(self.units) > len(other.units):
            return False
        return self._has_ends_of(other) or self._is_run_of(other) or self.same_units(other)

    def same_units(self, other: PersonName) -> bool:
        """Whether two names have the same units, in whatever order ("MACRON Emmanuel")."""
        return sorted(self.sounds) == sorted(other.sounds)

    def is_surname_of(self, other: PersonName) -> bool:
        """Whether a name of one unit is a longer one's family name, or the end of it at a hyphen."""
        return not other.is_single and self.family.sound in {other.family.sound, *other.family.parts[-1:]}

    def _is_part_of(self, other: PersonName) -> bool:
        """Whether a name of one unit is another's family name or its first name."""
        if self.family.initials or self.generation not in ("", other.generation):
            return False
        return self.is_surname_of(other) or self.family.sound == other.units[0].sound

    def _has_ends_of(self, other: PersonName) -> bool:
        """First and last name agree, and so do those between, as far as this name tells them."""
        ends = self.family.fits(other.family) and self.units[0].fits(other.units[0])
        return ends and all(a.fits(b) for a, b in zip(self.units[1:-1], other.units[1:-1], strict=False))

    def _is_run_of(self, other: PersonName) -> bool:
        """« Giscard d'Estaing » ends another name; « Pedro Sánchez » begins it, and a second family name follows."""
        count = len(self.units)
        runs = [other.units[-count:], [] if any(unit.initials for unit in self.units) else other.units[:count]]
        return count > 1 and any(len(run) == count and all(map(Unit.fits, self.units, run)) for run in runs)


def full_names(names: Iterable[str], language: str | None = None) -> dict[str, str]:
    """Each name of an article's people, and the one among them that says most of the same person.

    A name that several people may bear ("Bush") stands for itself. Of names that say the same the longest is chosen, in
    small letters where it is there so; the order of the names does not count.
    """
    parsed = {name: parse(name, language) for name in set(names)}
    bearers: dict[str, set[str]] = defaultdict(set)
    for name, person in parsed.items():
        for sound in {unit.sound for unit in person.units} | set(person.family.parts[-1:]):
            bearers[sound].add(name)
    return {name: _fullest(name, parsed, bearers) for name in parsed}


def _fullest(name: str, parsed: Mapping[str, PersonName], bearers: Mapping[str, set[str]]) -> str:
    short = parsed[name]
    near = bearers[short.family.sound] | bearers[short.units[0].sound]
    fitting = [other for other in near if short.is_short_for(parsed[other])]
    if (
        short.is_single
    ):  # « Trump » is the father where father and son are named, and the family rather than a first name
        own = [other for other in fitting if parsed[other].generation == short.generation]
        fitting = own or fitting
        fitting = [other for other in fitting if short.is_surname_of(parsed[other])] or fitting
    best = min(fitting, key=lambda other: (-len(parsed[other].units), sum(map(str.isupper, other)), -len(other), other))
    return best if all(parsed[other].is_short_for(parsed[best]) for other in fitting) else name


@lru_cache(maxsize=1 << 15)  # every name is held against every other of its article
def parse(name: str, language: str | None = None) -> PersonName:
    """The units of a person's name; titles before it and particles in it are left out.

    Titles are those of a language, or of any where none is known, and then "M." is taken for an initial.
    """
    words, generation = _without_generation(_without_titles(name.replace(",", " ").split(), language))
    units = tuple(_units(words))
    if len(units) == 1 and len(words) > 1:  # « Ben Affleck », « Ben Laden »: nothing else to be called by
        units = (replace(units[0], parts=(spelling.sound(words[-1]),)),)
    return PersonName(units or (Unit(spelling.sound(name)),), generation)


def _without_titles(words: list[str], language: str | None) -> list[str]:
    known = ontology.load()
    anywhere = frozenset().union(*known.word_classes["Honorific"].values())
    titles = known.words("Honorific", language) if language else anywhere
    while len(words) > 1 and words[0].lower() in titles and (language or not _is_initials(words[0])):
        words = words[1:]
    return words


def _without_generation(words: list[str]) -> tuple[list[str], str]:
    marks = spelling.variants("GenerationMark")
    last = spelling.letters(words[-1]) if len(words) > 1 else ""
    if last and (last in marks or _NUMERAL.fullmatch(words[-1])):
        return words[:-1], marks.get(last, last)
    return words, ""


def _units(words: list[str]) -> Iterator[Unit]:
    particles, fathers = spelling.words("NameParticle"), spelling.variants("PatronymicParticle")
    held = ""  # what waits for the name that it makes another of: "ben", "abou"
    for place, word in enumerate(words):
        if _is_initials(word):
            yield Unit(spelling.letters(word), initials=True)
            continue
        pieces = [piece for piece in map(spelling.letters, _JOINTS.split(word)) if piece]
        rest = len(words) - place - 1  # the last word is a name, whatever it looks like
        while pieces and (rest or len(pieces) > 1) and (pieces[0] in particles or pieces[0] in fathers):
            held += fathers.get(pieces.pop(0), "")
        if pieces:
            yield _unit(held, pieces)
            held = ""


def _unit(held: str, pieces: list[str]) -> Unit:
    given = spelling.variants("GivenName")
    parts = tuple(spelling.sound(given.get(piece, piece)) for piece in pieces)
    whole = held + "".join(parts)
    return Unit(whole, parts=(whole,) if held else parts)


def _is_initials(word: str) -> bool:
    return bool(_INITIALS.fullmatch(word)) and word[0].isupper()
