"""What may be a name: a run of tokens, the class it may have, and how far its source is to be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.gazetteer import Entry, fold
from kg.text.tokens import Doc

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


def key_of(doc: Doc, candidate: Candidate) -> str:
    """What all places of a name in an article have in common."""
    return fold(doc[candidate.start : candidate.end].text)


@dataclass(frozen=True, slots=True)
class Taken:
    """Where some candidates stand, none of which overlap, so that others need not be held against each of them."""

    by_token: dict[int, Candidate]

    @classmethod
    def by(cls, candidates: Iterable[Candidate]) -> Taken:
        """The tokens that some candidates take."""
        return cls({token: one for one in candidates for token in range(one.start, one.end)})

    def under(self, candidate: Candidate) -> list[Candidate]:
        """Those that share a token with a candidate, in their order."""
        found = [one for token in range(candidate.start, candidate.end) if (one := self.by_token.get(token))]
        return list(dict.fromkeys(found)) if found else found
