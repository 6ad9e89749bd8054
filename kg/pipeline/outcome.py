"""An article or a file that a run met in, what became of it out: a line of `kg ingest --report`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from kg.errors import Reason, SourceError
from kg.model import Article


class Status(StrEnum):
    """What became of an article or a file, in a word for programs."""

    READ = "read"
    UNCHANGED = "unchanged"  # the store has it already, as this very reader reads it
    DUPLICATE = "duplicate"  # another article of the store is the same dispatch
    SUPERSEDED = "superseded"  # a newer version of it is known
    WITHDRAWN = "withdrawn"  # its publisher took it back: nothing of it is in the store, or no more
    SKIPPED = "skipped"  # it cannot be read; `reason` says why
    PASSED_OVER = "passed-over"  # a file that is none of ours: a picture in a folder; or an article of earlier days


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article, or of a file where `id` is empty; `where` says where it stands."""

    status: Status
    where: str
    id: str = ""
    reason: Reason | None = None
    message: str = ""
    same_as: str = ""  # the stored article that stands for a duplicate

    @classmethod
    def of(cls, article: Article, status: Status, message: str = "", *, same_as: str = "") -> Self:
        """What became of an article that is no fault."""
        return cls(status, article.where, article.id, message=message, same_as=same_as)

    @classmethod
    def failed(cls, error: SourceError, status: Status = Status.SKIPPED) -> Self:
        """What became of what cannot be read."""
        return cls(status, error.where, error.id, error.reason, str(error))

    def line(self) -> bytes:
        """One line of JSON, whatever is in the names: what is no character is written as JSON escapes it."""
        fields: dict[str, str | None] = {
            "where": self.where,
            "id": self.id,
            "status": self.status,
            "reason": self.reason,
        }
        if self.same_as:
            fields["of"] = self.same_as
        line = json.dumps({**fields, "message": self.message}, ensure_ascii=False)
        return line.encode(errors="backslashreplace") + b"\n"
