"""Which of the versions of one item an article is: the greater one is the newer, whatever came first."""

from __future__ import annotations

from typing import NamedTuple


class Version(NamedTuple):
    """A version of an item: its number, 0 if it has none, when it was made, and whether its publisher took it back.

    `time` is in UTC, as ISO 8601 writes it. What takes an item back counts for more than what has the same number and
    time: NewsML 1 withdraws a revision under its own number.
    """

    number: int = 0
    time: str = ""
    withdrawn: bool = False


def is_outdated(version: Version | None, known: Version | None) -> bool:
    """Whether a version is older than one that is known; where it says none, whether the item was taken back."""
    if known is None or version is None:
        return known is not None and known.withdrawn
    return version < known
