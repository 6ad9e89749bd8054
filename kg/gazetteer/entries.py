"""What is known of one entity that has a name in the news."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

ENTITY = "https://w3id.org/dateline/entity/"


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office that somebody held, with the first and the last day of its years; no end was known then, not now."""

    office: str  # in English, as the source has it
    of: str  # the entry of the country
    begin: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One known entity; `id` is the last part of its IRI, languages are BCP 47, "" for a name of any language.

    A `weak` one has names that are words or people's names too ("Nice"): a text means it only where more says so. An
    `own` one was added by the user, whose names go before all others.
    """

    id: str
    kinds: frozenset[str]  # IRIs of classes
    labels: dict[str, str]  # by language
    names: frozenset[tuple[str, str]]  # (text, language), labels included
    demonyms: dict[str, frozenset[str]] = field(default_factory=dict)  # by language
    adherents: dict[str, frozenset[str]] = field(default_factory=dict)  # who is of a party, by language
    same_as: frozenset[str] = frozenset()  # IRIs elsewhere
    seat_of: str | None = None  # the entry whose government the name can stand for
    located_in: str | None = None  # the entry it is a part of
    party_of: str | None = None  # of a party, the entry of the country whose people mean it by those words
    code: str | None = None  # of a country, ISO 3166-1
    weak: bool = False
    own: bool = False
    tenures: tuple[Tenure, ...] = ()  # by their beginning

    def __hash__(self) -> int:
        return hash(self.id)  # all else of it would be hashed anew each time
