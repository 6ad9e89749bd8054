"""What every construction yields: a relation between mentions, and the words that carry it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Factuality, Mention, Time
from kg.ontology import Relation
from kg.text.context import Context
from kg.text.tokens import Tokens


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
    lasting: bool = False  # what a word such as "ancien" beside it does not end: "l'ancien joueur français"
    former: bool = False  # where the construction itself says that it is over


def built_by(construction: str, context: Context) -> list[Relation]:
    """The relations that a construction without a word of its own carries."""
    return [r for r in context.lexicon.ontology.relations.values() if construction in r.constructions]
