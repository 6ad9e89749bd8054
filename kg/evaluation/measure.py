"""Gold and guesses in, precision and recall out; each guess answers one gold item at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

G = TypeVar("G")
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Score:
    """How many guesses were right, how many there were, and how many there were to find."""

    right: int = 0
    guessed: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.guessed + other.guessed, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The share of the guesses that is right; 0 where nothing was guessed."""
        return self.right / self.guessed if self.guessed else 0.0

    @property
    def recall(self) -> float:
        """The share of what there was to find that was found; 0 where there was nothing."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def total(scores: Iterable[Score]) -> Score:
    """The counts of several scores together."""
    return sum(scores, Score())


def score(wanted: Sequence[G], guesses: Sequence[P], fits: Callable[[G, P], bool]) -> Score:
    """The score of guesses of one article against its gold."""
    return Score(len(matching(wanted, guesses, fits)), len(guesses), len(wanted))


def matching(wanted: Sequence[G], guesses: Sequence[P], fits: Callable[[G, P], bool]) -> dict[int, int]:
    """A largest one-to-one matching, guess by gold item, as places in the two (Kuhn's augmenting paths)."""
    edges = [[place for place, guess in enumerate(guesses) if fits(one, guess)] for one in wanted]
    owner: dict[int, int] = {}

    def settle(one: int, tried: set[int]) -> bool:
        for guess in edges[one]:
            if guess not in tried:
                tried.add(guess)
                if guess not in owner or settle(owner[guess], tried):
                    owner[guess] = one
                    return True
        return False

    for one in range(len(wanted)):
        settle(one, set())
    return owner
