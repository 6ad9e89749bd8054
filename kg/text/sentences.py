"""The words of an article and its layout in, the places out at which its sentences begin."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

_LONGEST = 300  # words in a sentence: the parser's time and ours grow faster than a sentence does
_PAUSES = frozenset(";,:–—)")
_TERMINAL = frozenset(".!?…") | {"...", ".."}
_CLOSING = frozenset("»”\"')]›’") | {"''"}
_OPENING = frozenset("«“\"'([‹-–—")
_NEVER_OPENING = (_CLOSING - _OPENING) | _TERMINAL


def openings(texts: Sequence[str], spaces: Sequence[bool], starts: Iterable[int]) -> list[int]:
    """Where sentences begin: with a paragraph, after a full stop; and within what is longer than any.

    `texts` are the words, `spaces` whether one follows each, `starts` the offsets at which a paragraph begins.
    """
    if not texts:
        return []
    found = {0, *_at_starts(texts, spaces, starts)}
    for place, text in enumerate(texts):
        if text in _TERMINAL and (fresh := _after(place, texts, spaces)):
            found.add(fresh)
    return list(_bounded(sorted(found), texts))


def _at_starts(texts: Sequence[str], spaces: Sequence[bool], starts: Iterable[int]) -> Iterator[int]:
    """The first words at or after some offsets, but for the first word of all."""
    offsets = list(accumulate(map(_length, texts, spaces), initial=0))
    first = _visible(0, texts)
    return (place for start in starts if first < (place := _visible(bisect_left(offsets, start), texts)) < len(texts))


def _length(text: str, space: bool) -> int:
    return len(text) + space


def _visible(place: int, texts: Sequence[str]) -> int:
    """The first place from one on that holds more than spaces."""
    while place < len(texts) and texts[place].isspace():
        place += 1
    return place


def _after(stop: int, texts: Sequence[str], spaces: Sequence[bool]) -> int | None:
    """Where a sentence begins after a full stop: behind closing marks, if at all, with what may begin one."""
    place = stop + 1
    while place < len(texts) and (texts[place].isspace() or _closes(place, texts, spaces)):
        place += 1
    if place == len(texts) or texts[place] in _NEVER_OPENING or not _may_begin(texts[place]):
        return None
    parted = place - stop > 1 or spaces[stop] or texts[place].istitle() or texts[place] in _OPENING
    return place if parted else None


def _closes(place: int, texts: Sequence[str], spaces: Sequence[bool]) -> bool:
    """Whether a mark closes: one that may open as well does when nothing parts it from what stands before."""
    return texts[place] in _CLOSING and not (texts[place] in _OPENING and spaces[place - 1])


def _may_begin(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word in _OPENING


def _bounded(openings: Sequence[int], texts: Sequence[str]) -> Iterator[int]:
    """Part what is longer than any sentence, at a pause where there is one, so that time and memory stay bounded."""
    for start, end in pairwise([*openings, len(texts)]):
        yield start
        while end - start > _LONGEST:
            last = start + _LONGEST
            earlier = range(last, start + _LONGEST // 2, -1)
            start = next((place for place in earlier if texts[place - 1] in _PAUSES), last)
            yield start
