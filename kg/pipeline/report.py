"""What became of each article in, counts and the lines that are said of them out."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.errors import SourceError
from kg.model import KG
from kg.pipeline.shard import Result


@dataclass(slots=True)
class Report:
    """What a run has done so far; it grows while the run goes on.

    `articles` were read, `unchanged` stood in the store already and were not, nor were those that were issued `earlier`
    than was wanted; `entities`, `statements`, `events` and
    `quotations` are those of the articles read. `skipped` has a line for each article that could not be read, `notes`
    one for whatever else went wrong.
    """

    articles: int = 0
    unchanged: int = 0
    earlier: int = 0
    statements: int = 0
    events: int = 0
    quotations: int = 0
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    entity_iris: set[str] = field(default_factory=set)

    @property
    def entities(self) -> int:
        """How many different ones were met."""
        return len(self.entity_iris)

    @property
    def seen(self) -> int:
        """How many articles are done with, one way or another."""
        return self.articles + self.unchanged + self.earlier + len(self.skipped)

    def add(self, result: Result | SourceError) -> None:
        """Count one article."""
        if isinstance(result, SourceError):
            self.skipped.append(str(result))
            return
        self.articles += 1
        self.statements += result.proven[KG + "Statement"]
        self.events += result.proven[KG + "Event"]
        self.quotations += result.proven[KG + "Quotation"]
        self.entity_iris |= result.entities
        self.notes += [result.note] * (bool(result.note) and result.note not in self.notes)
