"""What may be a name: a run of tokens, the class it may have, and how far its source is to be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from kg.gazetteer import Entry

SURE = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens from `start` up to, not including, `end`."""

    start: int
    end: int
    kind: str  # the IRI of a class
    entry: Entry | None = None
    weight: int = 1  # how many readings of the model's it outweighs

    def covers(self, other: Candidate) -> bool:
        """Whether all tokens of another candidate are its own too."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two share a token."""
        return self.start < other.end and other.start < self.end
