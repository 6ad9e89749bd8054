"""Mentions in, the land that an office without one is of out: the one country that the article speaks of.

"Le président Kiir" in an article about South Sudan; nothing where the article speaks of several countries alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Span as Tokens

from kg.model import KG, Mention, MentionType
from kg.ontology import Position, Relation
from kg.text.context import Context
from kg.text.relations.found import Found

_COUNTRY = KG + "Country"
_STATE = frozenset(KG + name for name in ("headOfStateOf", "headOfGovernmentOf", "ministerOf"))
_ENOUGH = 2  # mentions of a country before an article can be said to be about it
_CLEARLY = 2.0  # times as many as of any other


@dataclass
class Lands:
    """The countries of one article, and who is known to be what elsewhere in it."""

    context: Context
    main: str | None
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    offices: dict[object, set[str]] = field(default_factory=dict)  # who holds something explicitly -> relations

    @classmethod
    def of(cls, context: Context, found: Iterable[Found]) -> Lands:
        """The lands of an article whose explicit offices were found."""
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in context.mentions:
            entry = mention.origin(context.mentions.by_span).entry
            if mention.kind == _COUNTRY and entry and mention.type is not MentionType.PRONOUN:
                mentions[entry].append(mention)
        offices: dict[object, set[str]] = defaultdict(set)
        for one in found:
            offices[context.identity(one.subject)].add(one.relation.iri)
        return cls(context, _main({land: len(some) for land, some in mentions.items()}), mentions, offices)

    def of_office(self, tokens: Tokens, positions: list[Position], holder: Mention) -> Iterator[tuple[Relation, Mention]]:
        """The relation to the article's land that an office of state has which names none."""
        iris = [iri for position in positions for iri in position.implies if iri in _STATE][:1]
        known = self.offices.get(self.context.identity(holder), set())
        land = self._land(tokens, holder) if iris and not known else None
        if land and self._stands_alone(tokens):
            yield self.context.lexicon.ontology.relations[iris[0]], self._nearest(land, tokens)

    def _land(self, tokens: Tokens, holder: Mention) -> str | None:
        """The land that the holder is known to rule on the article's day, else the one that the article is about."""
        entry = self.context.gazetteer.entries.get(holder.origin(self.context.mentions.by_span).entry or "")
        if entry and entry.tenures:
            ruled = {t.of for t in entry.tenures if _holds(t.begin, t.end, self.context.article.issued)}
            return next((land for land in sorted(ruled) if land in self.mentions), None)
        here = {e for e, some in self.mentions.items() if any(m.span.start in _range(tokens) for m in some)}
        return self.main if here <= {self.main} else None

    def _stands_alone(self, tokens: Tokens) -> bool:
        """Whether nothing says what an office is of: "le président du comité" is a committee's."""
        belonging = self.context.lexicon.words("PositionPreposition")
        after = self.context.doc[tokens.end : tokens.end + 1]
        return all(self.context.lexicon.syntax.lemma(token) not in belonging for token in after)

    def _nearest(self, land: str, tokens: Tokens) -> Mention:
        """The mention of a land that is nearest to an office."""
        return min(self.mentions[land], key=lambda m: (abs(m.span.start - tokens.start_char), m.span))


def _range(tokens: Tokens) -> range:
    return range(tokens.sent.start_char, tokens.sent.end_char)


def _holds(begin: date, end: date | None, day: date | None) -> bool:
    return day is None or (begin <= day and (end is None or day <= end))


def _main(counts: dict[str, int]) -> str | None:
    """The country that an article speaks of beyond doubt."""
    (first, most), *rest = [*Counter(counts).most_common(2), (None, 0)]
    return first if most >= _ENOUGH and most >= _CLEARLY * rest[0][1] else None
