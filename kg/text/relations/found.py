"""What every construction yields: a relation between mentions, and the words that carry it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as Tokens

from kg.model import Factuality, Mention, Time
from kg.ontology import Relation


@dataclass(frozen=True, slots=True)
class Found:
    """A relation between mentions, or a mention and a time, as a construction found it."""

    relation: Relation
    subject: Mention
    object: Mention | Time
    carrier: Tokens  # the words that carry it
    construction: str
    cue: str
    presupposed: bool = False  # named in passing, so that no verb above it decides
    standing: Factuality | None = None  # where the construction itself says it, whatever the clause does
    former: bool = False  # where the construction itself says that it is over
