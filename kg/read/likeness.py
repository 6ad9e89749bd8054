"""Two texts in, whether one dispatch is in both out; and keys of a text in which those that are alike meet.

The keys are a bottom-k sketch: the least of the hashes of all runs of five words, so that two texts share about as
many of them as they share of their runs (Broder, On the resemblance and containment of documents, 1997, section 4).
Whether one text holds the other is then told word by word, sentence by sentence, for a toll, a name or a denial that
only one of them has makes two dispatches.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from kg import ontology
from kg.model import Article

SHARED = 2  # keys that two texts share, at least, to be looked at
_KEYS = 16
_RUN = 5  # words a run: shorter ones are in any two texts
_LEAST = 50  # words in common: what is shorter is as often a template's as a dispatch's
_NOTICE = 30  # words of a site's notice, at most
_HEAD = 200  # characters that a dateline ends in
_ERRORS = 3  # typing errors in a sentence, at most
_TYPED = 5  # letters of a word that can be known in spite of a typing error, at least
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "Oe", "Æ": "Ae", "ß": "ss"})
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<![.!?…])[.!?…]++(?=[\s»”\"')\]]|\Z)|\n+")
_BRACKETS = re.compile(r"\(([^()\n]{2,60})\)|\[([^\[\]\n]{2,60})\]")
_DATELINE = re.compile(r"\s*(?P<place>[^\W\d_][^\n.!?:;()/\d]{1,40}?)[,\s]*(?P<day>[^\n.!?()/]{0,25}?)\s*"
                       r"(?:\((?P<agency>[^()\n]{2,40})\)|/(?P<slashed>[^/\n]{2,30})/)\s*[-–—.:]+\s+")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What a text says, without what a site adds: its sentences as words, folded, and what they are made of."""

    sentences: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    runs: frozenset[tuple[str, ...]]  # of three words within a sentence; a shorter sentence is one
    plain: frozenset[str]  # words that were never written with a capital or a digit
    title: frozenset[str]
    place: str  # of the dateline


def keys(text: str) -> tuple[int, ...]:
    """The keys of a text; none for one that is too short to be told from a template's."""
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(_folded(text))]
    if len(words) < _LEAST:
        return ()
    column = np.array(words, dtype=np.uint64)
    run = np.zeros(len(words) - _RUN + 1, dtype=np.uint64)
    for place in range(_RUN):
        run = _mixed(run * np.uint64(31) + column[place : place + len(run)])
    # as the signed integers that databases hold
    return tuple(int(key) for key in np.unique(run)[:_KEYS].astype(np.int64))


def covers(kept: Content, other: Content) -> bool:
    """Whether nothing is lost if the one stands for the other as well: each of its sentences is there, word by word.

    A word with a typing error counts as the one that was meant, unless it is a name or a number.
    """
    if kept.place and other.place and kept.place != other.place:
        return False
    if sum((_counted(kept) & _counted(other)).values()) < _LEAST:
        return False
    if any(word not in kept.words | kept.title for word in other.title if not word.isalpha()):
        return False
    return all(_stands(kept, sentence, other) for sentence in other.sentences)


def content(article: Article) -> Content:
    """What a text says, for comparing."""
    title = tuple(_words(article.title or ""))
    text, place = _without_dateline(_without_head(article.text, title, article.language or ""))
    sentences = list(_sentences(text, article.language or ""))
    written = _WORD.findall(" ".join(_sentence_bodies(text)))
    proper = {_folded(word) for word in written if not word.islower()}
    words = frozenset(word for sentence in sentences for word in sentence)
    runs = frozenset(run for sentence in sentences for run in _runs(sentence))
    return Content(tuple(sentences), words, runs, words - proper, frozenset(title), place)


def _stands(kept: Content, sentence: tuple[str, ...], other: Content) -> bool:
    if all(run in kept.runs for run in _runs(sentence)):
        return True
    if sum(word not in kept.words for word in sentence) > _ERRORS:
        return False
    mended = tuple(word if word in kept.words else _meant(word, kept, other) for word in sentence)
    cut = mended[:-1] if sentence is other.sentences[-1] and mended[-1] not in kept.words else mended  # "le minis…"
    return all(run in kept.runs or _is_part(run, kept) for run in _runs(cut))


def _is_part(run: tuple[str, ...], kept: Content) -> bool:
    """Whether a run shorter than three words begins one; the last sentence may be cut."""
    return len(run) < 3 and any(whole[: len(run)] == run for whole in kept.runs)


def _meant(word: str, kept: Content, other: Content) -> str:
    """The word that a plain one with a typing error stands for; itself where there is none."""
    if len(word) < _TYPED or word not in other.plain:
        return word
    return next((known for known in sorted(kept.plain) if _is_typing_error(word, known)), word)


def _is_typing_error(one: str, other: str) -> bool:
    """Two letters the wrong way round, or one too many: "acceuil"; another letter may make another word: "million"."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        differing = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        first = differing[0] if differing else 0
        return differing == [first, first + 1] and one[first] == other[first + 1] and one[first + 1] == other[first]
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(1, len(long)))


def _counted(content: Content) -> Counter[str]:
    return Counter(word for sentence in content.sentences for word in sentence)


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (words[place : place + 3] for place in range(max(1, len(words) - 2)))


def _sentences(text: str, language: str) -> Iterator[tuple[str, ...]]:
    credits = _said("Credit", language)
    for line in filter(str.strip, text.split("\n")):
        line = _BRACKETS.sub(lambda found: " " if _is_credit(found[1] or found[2], credits) else found[0], line)
        if not _is_credit(line, credits) and not _is_sites(line, language):
            yield from filter(None, (tuple(_words(sentence)) for sentence in _SENTENCE.split(line)))


def _is_sites(line: str, language: str) -> bool:
    """Whether a line is the site's and not the dispatch's: "Lire aussi : …", "Par Maëlle Tardivel"."""
    words = tuple(_words(line))
    if len(words) > _NOTICE:
        return False
    begun = {words[:length] for length in range(1, len(words) + 1)}
    if begun & _said("SiteNotice", language) or any(_holds(words, mark) for mark in _said("SiteMark", language)):
        return True
    named = all(word[0].isupper() for word in _WORD.findall(line))
    return words[:1] in _said("Byline", language) and 2 < len(words) < 7 and named and line.rstrip()[-1].isalpha()


def _sentence_bodies(text: str) -> Iterator[str]:
    """The sentences without their first words, which bear a capital whatever they are."""
    for sentence in _SENTENCE.split(text):
        yield sentence.strip().partition(" ")[2]


def _without_head(text: str, title: tuple[str, ...], language: str) -> str:
    """A text without the lines of the site above it, which hide the dateline: its headline, who wrote it."""
    while text := text.lstrip():
        first, _, rest = text.partition("\n")
        if tuple(_words(first)) != title and not _is_sites(first, language):
            break
        text = rest
    return text


def _without_dateline(text: str) -> tuple[str, str]:
    found = _DATELINE.match(text[:_HEAD])
    return (text[found.end() :], " ".join(_words(found["place"]))) if found else (text, "")


def _is_credit(text: str, credits: frozenset[tuple[str, ...]]) -> bool:
    """Whether words are all those of a credit: "(avec AFP)", "© AFP"."""
    words, place = tuple(_words(text)), 0
    while place < len(words):
        length = max((len(c) for c in credits if words[place : place + len(c)] == c), default=0)
        if not length:
            return False
        place += length
    return bool(words)


def _holds(words: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(words[place : place + len(part)] == part for place in range(len(words) - len(part) + 1))


@cache
def _said(name: str, language: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(_words(words)) for words in ontology.load().words(name, language))


def _words(text: str) -> list[str]:
    return _WORD.findall(_folded(text))


def _folded(text: str) -> str:
    """Without accents, capitals, and the many ways to write a sign."""
    apart = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finalizer of SplitMix64 (Steele, Lea and Flood, 2014), which spreads alike numbers."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
