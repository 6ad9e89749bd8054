"""Entries in, where their names and demonyms stand among the words of a text out.

Two spellings are one when they fold to the same words: case, accents, full stops and the kind of hyphen or apostrophe
do not count. In a text, a capital letter of a name must be one too ("us" is no country), and others may ("ÉTATS-UNIS").

A name that two entries bear is the one's whose preferred name it is ("Washington" is the city, the state's own name is
"Washington State"), and before all others that of an entry which the user added. It depends on the language too:
"Mexico" is a city in French and a country in English. Of two towns only one that is far larger stands in the files at
all. What stays open is nobody's: nothing is found rather than something wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.gazetteer.entries import Entry

_JOINTS = dict.fromkeys(map(ord, "-‐‑'’ʼʻ`´_"), " ")  # what may bind two words of a name, or part them
_LETTERS = (
    _JOINTS | str.maketrans("øØłŁđĐı", "oOlLdDi", "ʿʾ‘") | str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})
)
_WORDS = re.compile(r"[\w.]+|[^\w\s]")
_INITIALS = 3  # a name of so few letters, all capitals, is not sought among words that are all capitals

Words = tuple[str, ...]


class _Name(NamedTuple):
    text: str
    spelling: Words
    language: str
    rank: int  # who bears it goes before who has it with a lower one: preferred names, and above all the user's own
    entry: Entry


class Gazetteer:
    """Entries by identifier, and where their names stand; `load()` gives the packaged one."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._names, self._demonyms = _Index(), _Index()
        self._adherents: dict[tuple[str, str], list[Entry]] = defaultdict(list)  # (language, word) -> parties
        for entry in self.entries.values():
            for text, language in entry.names:
                rank = 2 * entry.own + (entry.labels.get(language) == text)
                self._names.add(_Name(text, _spell(text), language, rank, entry))
            for language, forms in entry.demonyms.items():
                for form in forms:
                    self._demonyms.add(_Name(form, _spell(form), language, 0, entry))
            for language, forms in entry.adherents.items():
                for form in forms:
                    self._adherents[language, form].append(entry)

    def contested(self) -> Iterator[tuple[Entry, Entry, _Name]]:
        """Two entries that bear a name in one language, both as their preferred one or both as another: nobody's."""
        for _, names in sorted(self._names.shared()):
            bearers: dict[tuple[str, int], Entry] = {}
            for name in sorted(names, key=lambda name: (name.entry.id, name.text)):
                other = bearers.setdefault((name.language, name.rank), name.entry)
                if other is not name.entry:
                    yield name.entry, other, name

    def find(self, words: Sequence[str], *, language: str | None = None) -> Iterator[tuple[int, int, Entry]]:
        """Where names stand among the tokens of a text, as (start, end, entry): end exclusive, none overlapping.

        The longest name from the left wins. With a language, only its names and those of any language count.
        """
        return self._names.find(words, language)

    def find_demonyms(self, words: Sequence[str], *, language: str | None = None) -> Iterator[tuple[int, int, Entry]]:
        """Where the peoples of places stand, adjectives and nouns alike, as `find` says: "South Koreans"."""
        return self._demonyms.find(words, language)

    def parties(self, word: str, *, language: str) -> list[Entry]:
        """The parties, of one country or of several, whose people a word tells of: "démocrate", "Labour"."""
        return self._adherents.get((language, word), [])

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
        self._names: dict[str, tuple[_Name, ...]] = {}
        self._longest: dict[tuple[str, bool], int] = {}  # first word, is it capital -> the most words of such a name
        self._reach = lru_cache(maxsize=1 << 14)(self._reach_of)  # a text asks it of every token

    def add(self, name: _Name) -> None:
        key = " ".join(name.spelling).casefold()
        self._names[key] = (*self._names.get(key, ()), name)
        first = key.partition(" ")[0]
        for capital in {True, name.spelling[0][0].isupper()}:
            self._longest[first, capital] = max(self._longest.get((first, capital), 0), len(name.spelling))

    def shared(self) -> Iterator[tuple[str, tuple[_Name, ...]]]:
        """The names that stand here more than once, with all that is called so."""
        return ((key, names) for key, names in self._names.items() if len(names) > 1)

    def find(self, words: Sequence[str], language: str | None) -> Iterator[tuple[int, int, Entry]]:
        """Matches begin and end where tokens do: "Irak" is not in the token "Irak-Syrie"."""
        read_to = 0
        for start, longest in enumerate(map(self._reach, words)):
            if longest and start >= read_to and (found := self._at(words, start, longest, language)):
                read_to, entry = found
                yield start, read_to, entry

    def _at(self, words: Sequence[str], start: int, longest: int, language: str | None) -> tuple[int, Entry] | None:
        """The end of the longest name that begins at a token, and the entry that bears it."""
        for end, spelling in reversed(_ahead(words, start, longest)):
            entry = self.whose(" ".join(spelling).casefold(), language, spelling)
            if entry and not (_is_short(spelling) and _is_shouted(words, start, end)):
                return end, entry
        return None

    def _reach_of(self, text: str) -> int:
        """How many words the longest name has that begins as a token does; 0 where none does, as with most."""
        first = next(iter(spell(text)), "")
        return self._longest.get((first.casefold(), first[:1].isupper()), 0)

    def whose(self, key: str, language: str | None, words: Words | None = None) -> Entry | None:
        """The one entry with a name that a folded spelling, and its words in a text, can be."""
        names = [
            name
            for name in self._names.get(key, ())
            if (language is None or name.language in ("", language)) and (words is None or _fits(name.spelling, words))
        ]
        if not names:
            return None
        rank = max(name.rank for name in names)
        bearers = {name.entry.id: name.entry for name in names if name.rank == rank}
        return next(iter(bearers.values())) if len(bearers) == 1 else None


def fold(name: str) -> str:
    """What all spellings of a name have in common: "État islamique", "ETAT ISLAMIQUE" give "etat islamique"."""
    return " ".join(spell(name)).casefold()


@lru_cache(maxsize=1 << 16)
def spell(text: str) -> Words:
    """The words of a text without accents: hyphens and apostrophes part them, full stops inside them fall ("U.S.").

    Other punctuation and a paragraph's end are words of their own, so that no name goes across.
    """
    return _spell(text)


def _spell(text: str) -> Words:
    if text.isspace():
        return (text,) if text.count("\n") > 1 else ()
    if text.isascii():
        return (text,) if text.isalpha() else _split(text)
    return _split("".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)))


def _split(text: str) -> Words:
    return tuple(word.replace(".", "") or word for word in _WORDS.findall(text.translate(_LETTERS)))


def _fits(name: Words, words: Words) -> bool:
    """Whether every capital letter of a name is one among the words."""
    return all(
        not ours.isupper() or theirs.isupper()
        for one, other in zip(name, words, strict=True)
        for ours, theirs in zip(one, other, strict=False)
    )


def _ahead(words: Sequence[str], start: int, longest: int) -> list[tuple[int, Words]]:
    """The ends of the tokens that have, from `start` on, so many words or fewer, and these words."""
    found: list[tuple[int, Words]] = []
    spelling: Words = ()
    for at in range(start, len(words)):
        more = spell(words[at])
        spelling += more
        if len(spelling) > longest:
            break
        if more:
            found.append((at + 1, spelling))
    return found


def _is_short(words: Words) -> bool:
    return len(words) == 1 and len(words[0]) <= _INITIALS and words[0].isupper()


def _is_shouted(words: Sequence[str], start: int, end: int) -> bool:
    """Whether a neighbour is all capitals and no initials: "WHO IS IT" names no organisation."""
    before = next((some[-1] for at in reversed(range(start)) if (some := spell(words[at]))), "")
    after = next((some[0] for at in range(end, len(words)) if (some := spell(words[at]))), "")
    return any(word.isupper() and len(word) > 1 for word in (before, after))
