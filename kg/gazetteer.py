"""`ontology/gazetteer/*.ttl` in, known names out: entries, and where their names and demonyms stand among words.

Two spellings are one when they fold to the same words: case, accents, full stops and the kind of hyphen or apostrophe
do not count. In a text, a capital letter of a name must be one too ("us" is no country), and others may ("ÉTATS-UNIS").

A name that two entries bear is the one's whose preferred name it is ("Washington" is the city, the state's own name is
"Washington State"). It depends on the language too: "Mexico" is a city in French and a country in English. What stays
open is nobody's: nothing is found rather than something wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from kg import ontology, resources
from kg.errors import DataError
from kg.model import KG
from kg.ontology import RDF, SKOS, Description

ENTITY = "https://w3id.org/dateline/entity/"

_JOINTS = dict.fromkeys(map(ord, "-‐‑'’ʼʻ`´_"), " ")  # what may bind two words of a name, or part them
_LETTERS = str.maketrans("øØłŁđĐı", "oOlLdDi", "ʿʾ‘") | {ord("œ"): "oe", ord("Œ"): "OE", ord("æ"): "ae", ord("Æ"): "AE"}
_WORDS = re.compile(r"[\w.]+|[^\w\s]")
_INITIALS = 3  # a name of so few letters, all capitals, is not sought among words that are all capitals

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One known entity; `id` is the last part of its IRI, languages are BCP 47, "" for a name of any language."""

    id: str
    kinds: frozenset[str]  # IRIs of classes
    labels: dict[str, str] = field(hash=False)  # by language
    names: frozenset[tuple[str, str]]  # (text, language), labels included
    demonyms: dict[str, frozenset[str]] = field(hash=False, default_factory=dict)  # by language
    same_as: frozenset[str] = frozenset()  # IRIs elsewhere
    seat_of: str | None = None  # the entry whose government the name can stand for
    located_in: str | None = None  # the entry it is a part of


@dataclass(frozen=True, slots=True)
class _Name:
    spelling: Words
    language: str
    preferred: bool
    entry: Entry


class Gazetteer:
    """Entries by identifier, and where their names stand; `load()` gives the packaged one."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._names, self._demonyms = _Index(), _Index()
        for entry in self.entries.values():
            for text, language in sorted(entry.names):
                self._names.add(_Name(spell(text), language, entry.labels.get(language) == text, entry))
            for language, forms in sorted(entry.demonyms.items()):
                for form in sorted(forms):
                    self._demonyms.add(_Name(spell(form), language, False, entry))

    def find(self, words: Sequence[str], *, language: str | None = None) -> Iterator[tuple[int, int, Entry]]:
        """Where names stand among the tokens of a text, as (start, end, entry): end exclusive, none overlapping.

        The longest name from the left wins. With a language, only its names and those of any language count.
        """
        return self._names.find(words, language)

    def find_demonyms(self, words: Sequence[str], *, language: str | None = None) -> Iterator[tuple[int, int, Entry]]:
        """Where the peoples of places stand, adjectives and nouns alike, as `find` says: "South Koreans"."""
        return self._demonyms.find(words, language)

    def named(self, name: str, *, language: str | None = None) -> Entry | None:
        """The entry that bears a name, however it is spelled; None where there is none, or no telling which."""
        return self._names.whose(fold(name), language)

    def demonym(self, word: str, language: str | None) -> Entry | None:
        """The place whose people or things a word tells of: "irakien", "Irakiens"; None as in `named`."""
        found = list(self._demonyms.find([word], language))
        return found[0][2] if found else None


class _Index:
    """Names by their folded words, found in the time it takes to look their first words up."""

    def __init__(self) -> None:
        self._names: dict[str, list[_Name]] = defaultdict(list)
        self._longest: dict[str, int] = {}  # first word -> the most words of a name that begins so

    def add(self, name: _Name) -> None:
        key = " ".join(name.spelling).casefold()
        self._names[key].append(name)
        first = key.partition(" ")[0]
        self._longest[first] = max(self._longest.get(first, 0), len(name.spelling))

    def find(self, words: Sequence[str], language: str | None) -> Iterator[tuple[int, int, Entry]]:
        """Matches begin and end where tokens do: "Irak" is not in the token "Irak-Syrie"."""
        spelling = [(word, token) for token, text in enumerate(words) for word in spell(text)]
        position = 0
        while position < len(spelling):
            length, entry = self._at(spelling, position, language)
            if entry:
                yield spelling[position][1], spelling[position + length - 1][1] + 1, entry
            position += length

    def _at(self, spelling: list[tuple[str, int]], start: int, language: str | None) -> tuple[int, Entry | None]:
        """How many words to go on from `start`, and the entry that they name."""
        for length in range(self._longest.get(spelling[start][0].casefold(), 0), 0, -1):
            end = start + length
            if not _whole(spelling, start, end):
                continue
            words = tuple(word for word, _ in spelling[start:end])
            entry = self.whose(" ".join(words).casefold(), language, words)
            if entry and not (_is_short(words) and _is_shouted(spelling, start, end)):
                return length, entry
        return 1, None

    def whose(self, key: str, language: str | None, words: Words | None = None) -> Entry | None:
        """The one entry with a name that a folded spelling, and its words in a text, can be."""
        names = [
            name
            for name in self._names.get(key, ())
            if (language is None or name.language in ("", language)) and (words is None or _fits(name.spelling, words))
        ]
        best = [name for name in names if name.preferred] or names
        return best[0].entry if len({name.entry.id for name in best}) == 1 else None


def fold(name: str) -> str:
    """What all spellings of a name have in common: "État islamique", "ETAT ISLAMIQUE" give "etat islamique"."""
    return " ".join(spell(name)).casefold()


@lru_cache(maxsize=1 << 16)
def spell(text: str) -> Words:
    """The words of a text without accents: hyphens and apostrophes part them, full stops inside them fall ("U.S.").

    Other punctuation and a paragraph's end are words of their own, so that no name goes across.
    """
    if text.isspace():
        return (text,) if text.count("\n") > 1 else ()
    letters = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = _WORDS.findall(letters.translate(_LETTERS).translate(_JOINTS))
    return tuple(word.replace(".", "") or word for word in words)


def _fits(name: Words, words: Words) -> bool:
    """Whether every capital letter of a name is one among the words."""
    return all(
        not ours.isupper() or theirs.isupper()
        for one, other in zip(name, words, strict=True)
        for ours, theirs in zip(one, other, strict=False)
    )


def _whole(spelling: list[tuple[str, int]], start: int, end: int) -> bool:
    """Whether the words from `start` to `end` fill their tokens."""
    if end > len(spelling) or (start and spelling[start - 1][1] == spelling[start][1]):
        return False
    return end == len(spelling) or spelling[end][1] != spelling[end - 1][1]


def _is_short(words: Words) -> bool:
    return len(words) == 1 and len(words[0]) <= _INITIALS and words[0].isupper()


def _is_shouted(spelling: list[tuple[str, int]], start: int, end: int) -> bool:
    """Whether a neighbour is all capitals and no initials: "WHO IS IT" names no organisation."""
    neighbours = [word for word, _ in (*spelling[max(start - 1, 0) : start], *spelling[end : end + 1])]
    return any(word.isupper() and len(word) > 1 for word in neighbours)


@cache
def load() -> Gazetteer:
    """The gazetteer of `resources.root()`, read once.

    Raises `DataError` with the file and the entry that is wrong.
    """
    return read(resources.files("ontology/gazetteer", ".ttl"), classes=ontology.load().parents)


def read(paths: Iterable[Path], *, classes: Mapping[str, object]) -> Gazetteer:
    """The gazetteer of some Turtle files: what several say of one entry adds up.

    `classes` are the IRIs of the classes that an entry may have. Raises `DataError` with the file and the entry that
    has none of them or no label, points at an entry that is nowhere, or bears another one's name.
    """
    about: dict[str, Description] = defaultdict(lambda: defaultdict(list))
    files: dict[str, Path] = {}
    for path in paths:
        for iri, description in ontology.read_turtle(path).items():
            files.setdefault(iri, path)
            for predicate, objects in description.items():
                about[iri][predicate] += objects
    checker = _Checker(files, classes)
    entries = [checker.entry(iri, about[iri]) for iri in sorted(about)]
    checker.check_names(entries)
    return Gazetteer(entries)


@dataclass(frozen=True, slots=True)
class _Checker:
    """Descriptions in, entries out; or a `DataError` that names the file and the entry."""

    files: Mapping[str, Path]
    classes: Mapping[str, object]

    def entry(self, iri: str, about: Description) -> Entry:
        labels = ontology.by_language(about, SKOS + "prefLabel")
        if not iri.startswith(ENTITY) or not labels:
            raise self._error(iri, f"an entry needs an IRI that begins with {ENTITY} and a skos:prefLabel")
        demonyms: dict[str, set[str]] = defaultdict(set)
        for form, language in ontology.literals(about, KG + "demonym"):
            demonyms[language].add(form)
        self._entry_of(iri, about, "capital")
        return Entry(
            id=iri.removeprefix(ENTITY),
            kinds=self._kinds(iri, about),
            labels=labels,
            names=frozenset(n for p in ("prefLabel", "altLabel") for n in ontology.literals(about, SKOS + p)),
            demonyms={language: frozenset(forms) for language, forms in demonyms.items()},
            same_as=frozenset(ontology.iris(about, SKOS + "exactMatch")),
            seat_of=self._entry_of(iri, about, "seatOf"),
            located_in=self._entry_of(iri, about, "locatedIn"),
        )

    def _kinds(self, iri: str, about: Description) -> frozenset[str]:
        kinds = ontology.iris(about, RDF + "type")
        if unknown := [kind for kind in kinds if kind not in self.classes]:
            raise self._error(iri, f"<{unknown[0]}> is no class of ontology/kg.ttl")
        if not kinds:
            raise self._error(iri, "an entry needs a class, such as kg:Organization")
        return frozenset(kinds)

    def _entry_of(self, iri: str, about: Description, name: str) -> str | None:
        for other in ontology.iris(about, KG + name):
            if other not in self.files:
                raise self._error(iri, f"kg:{name} <{other}> is no entry of the gazetteer")
            return other.removeprefix(ENTITY)
        return None

    def check_names(self, entries: Iterable[Entry]) -> None:
        """A name may be two entries' only if it is the preferred one of one of them, or in another language."""
        taken: dict[tuple[str, str, bool], Entry] = {}
        for entry in entries:
            for text, language in sorted(entry.names):
                key = (fold(text), language, entry.labels.get(language) == text)
                if (other := taken.setdefault(key, entry)) is not entry:
                    raise self._error(ENTITY + entry.id, f"the name {text!r}@{language} is already that of {other.id}")

    def _error(self, iri: str, problem: str) -> DataError:
        return DataError(f"{self.files[iri]}: <{iri}>: {problem}")
