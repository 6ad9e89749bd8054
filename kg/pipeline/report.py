"""What became of each article in, counts and the lines that are said of them out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.errors import PassedOver, Reason, SourceError
from kg.model import KG, Article
from kg.pipeline.distinct import Distinct
from kg.pipeline.log import Log
from kg.pipeline.outcome import Outcome, Status
from kg.pipeline.shard import Result

_NO_FAULT = {Reason.SUPERSEDED: Status.SUPERSEDED, Reason.WITHDRAWN: Status.WITHDRAWN}
SAID = 20  # messages that are kept, for people; the log has all of them


@dataclass(slots=True)
class Report:
    """What a run has done so far; it grows while the run goes on, in bounded memory.

    `articles` were read. None of these was: `unchanged` stood in the store already, `duplicates` are printings of an
    article that does, `earlier` ones were issued before the day that was asked for, `superseded` ones are older
    versions of others, `withdrawn` ones were taken back by their publishers. `passed_over` are files that hold no
    articles. `statements`, `events` and `quotations` are those of the articles read. `reasons` counts the articles and
    files that could not be read, `messages` has the first 20 of what is said of them, `notes` whatever else went
    wrong. A `log` is told of every outcome.
    """

    articles: int = 0
    unchanged: int = 0
    duplicates: int = 0
    earlier: int = 0
    superseded: int = 0
    withdrawn: int = 0
    passed_over: int = 0
    statements: int = 0
    events: int = 0
    quotations: int = 0
    reasons: Counter[Reason] = field(default_factory=Counter)
    messages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    log: Log | None = None
    _entities: Distinct = field(default_factory=Distinct)

    @property
    def entities(self) -> int:
        """How many different ones were met in the articles read."""
        return len(self._entities)

    @property
    def skipped(self) -> int:
        """How many articles and files could not be read."""
        return self.reasons.total()

    @property
    def seen(self) -> int:
        """How many articles are done with, one way or another."""
        passed = self.duplicates + self.earlier + self.superseded + self.withdrawn
        return self.articles + self.unchanged + passed + self.skipped

    def expect(self, article: Article) -> None:
        """Keep the place of an article that is about to be read; its outcome may come after those of others."""
        if self.log:
            self.log.expect(article)

    def add(self, result: Result | SourceError | Outcome) -> None:
        """Count one article, or one file. Raises `OSError` where the log cannot be written."""
        if isinstance(result, Result):
            self._count(result)
        outcome = _outcome(result)
        match outcome.status:
            case Status.READ:
                self.articles += 1
            case Status.UNCHANGED:
                self.unchanged += 1
            case Status.DUPLICATE:
                self.duplicates += 1
            case Status.SUPERSEDED:
                self.superseded += 1
            case Status.WITHDRAWN:
                self.withdrawn += 1
            case Status.PASSED_OVER if outcome.id:
                self.earlier += 1
            case Status.PASSED_OVER:
                self.passed_over += 1
            case Status.SKIPPED:
                self.reasons[outcome.reason or Reason.UNREADABLE] += 1
                _keep(outcome.message, self.messages)
        if self.log:
            self.log.add(outcome)

    def _count(self, result: Result) -> None:
        self.statements += result.proven[KG + "Statement"]
        self.events += result.proven[KG + "Event"]
        self.quotations += result.proven[KG + "Quotation"]
        self._entities.add(result.entities)
        if result.note and result.note not in self.notes:
            _keep(result.note, self.notes)


def _outcome(result: Result | SourceError | Outcome) -> Outcome:
    if isinstance(result, SourceError):
        status = Status.PASSED_OVER if isinstance(result, PassedOver) else Status.SKIPPED
        return Outcome.failed(result, _NO_FAULT.get(result.reason, status))
    return Outcome.of(result.article, Status.READ, result.note) if isinstance(result, Result) else result


def _keep(message: str, messages: list[str]) -> None:
    if len(messages) < SAID:
        messages.append(message)
