"""What was said and how sure, and whether it was right, in; how often each confidence was right out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_BOUNDS = (0.9, 0.8, 0.7, 0.6, 0.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """How sure the reader was of something, from 0 to 1, and whether the gold has it."""

    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """What was at least as sure as `low` and less than the bin above: how much, how much of it right, how sure."""

    low: float
    count: int
    right: int
    mean: float  # confidence

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.count if self.count else 0.0


def table(judged: Iterable[Judged]) -> list[Bin]:
    """A reliability table (after DeGroot and Fienberg 1983), the surest first; bins of nothing are left out."""
    rest, bins = sorted(judged, key=lambda one: -one.confidence), []
    for low in _BOUNDS:
        some = [one for one in rest if one.confidence >= low]
        rest = rest[len(some) :]
        if some:
            mean = sum(one.confidence for one in some) / len(some)
            bins.append(Bin(low, len(some), sum(one.is_right for one in some), mean))
    return bins
