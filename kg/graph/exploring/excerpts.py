"""A text and a stretch of it in, some of what stands before and after it in its line out; and how a text begins."""

from __future__ import annotations

MOST = 80  # characters on either side


def around(text: str | None, start: int | None, end: int | None, words: str) -> tuple[str | None, str | None]:
    """What stands around `text[start:end]`, whole words, offsets counted in code points; None, None where these are not
    the words that stand there.
    """
    if text is None or start is None or end is None or not 0 <= start <= end or text[start:end] != words:
        return None, None
    before = text[max(0, start - MOST - 1) : start].rpartition("\n")[2]
    after = text[end : end + MOST + 1].partition("\n")[0]
    return _last_words(before), _first_words(after)


def _last_words(before: str) -> str:
    if len(before) <= MOST:
        return before
    _, space, rest = before.partition(" ")
    return rest if space else before[1:]


def _first_words(after: str) -> str:
    if len(after) <= MOST:
        return after
    first, space, _ = after.rpartition(" ")
    return first if space else after[:-1]


def opening(text: str | None) -> str | None:
    """The first line of a text, cut after a word where it is long: what an article without a title is called by."""
    line = " ".join(next(filter(str.strip, (text or "").splitlines()), "").split())
    return (line if len(line) <= MOST else f"{_first_words(line[: MOST + 1])} …") or None
