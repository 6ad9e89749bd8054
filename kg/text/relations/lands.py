"""Mentions in, the land that an office without one is of out: the one country that the article speaks of.

"Le président Kiir" in an article about South Sudan; nothing where the article speaks of several countries alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kg.model import KG, Mention, MentionType
from kg.ontology import Position, Relation
from kg.text.agreement import is_plural
from kg.text.context import PLACE, Context
from kg.text.offices import phrase_end
from kg.text.relations.bearers import is_beside
from kg.text.relations.found import Found
from kg.text.tokens import Tokens

_COUNTRY, _REGION = KG + "Country", KG + "Region"
_MINISTER = KG + "ministerOf"
OF_STATE = frozenset({KG + "headOfStateOf", KG + "headOfGovernmentOf", _MINISTER})
_ONE = OF_STATE - {_MINISTER}  # what one person is at a time: who is told to rule a land leaves it to no other
_ENOUGH = 2  # mentions of a country before an article can be said to be about it
_CLEARLY = 2  # times as many as of any other
_TITLE = 3  # mentions that one in the title is worth
_DEEP = 4  # places inside places, from a city to its country


@dataclass
class Lands:
    """The countries of one article, and who is known to be what elsewhere in it."""

    context: Context
    main: str | None
    titled: list[str]  # entries that the title names
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    offices: dict[object, set[str]] = field(default_factory=dict)  # who holds something explicitly -> relations
    taken: set[tuple[str, str | None]] = field(default_factory=set)  # relations and lands that have their holder

    @classmethod
    def of(cls, context: Context, found: Iterable[Found]) -> Lands:
        """The lands of an article whose explicit offices were found."""
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in context.mentions:
            entry = mention.origin(context.mentions.by_span).entry
            if entry and mention.kind == _COUNTRY and mention.type is not MentionType.PRONOUN:
                mentions[entry].append(mention)
        offices: dict[object, set[str]] = defaultdict(set)
        taken: set[tuple[str, str | None]] = set()
        for one in found:
            offices[context.identity(one.subject)].add(one.relation.iri)
            if one.relation.iri in _ONE and isinstance(one.object, Mention) and not (one.former or one.standing):
                taken.add((one.relation.iri, one.object.origin(context.mentions.by_span).entry))
        titled = _of_title(context)
        return cls(context, _main(context, titled), titled, mentions, offices, taken)

    def of_office(
        self, tokens: Tokens, positions: list[Position], holder: Mention
    ) -> Iterator[tuple[Relation, Mention]]:
        """The relation to the article's land that an office of state has which names none."""
        iris = [iri for position in positions for iri in position.implies if iri in OF_STATE][:1]
        known = self.offices.get(self.context.identity(holder), set())
        land = self._land(tokens, holder) if iris and not known and not is_plural(tokens.root) else None
        free = (iris and (iris[0], land) not in self.taken) or is_beside("FormerWord", tokens, self.context)
        if land in self.mentions and free and self._is_named(land) and self._stands_alone(tokens, iris[0]):
            yield self.context.lexicon.ontology.relations[iris[0]], self._nearest(land, tokens)

    def _is_named(self, land: str) -> bool:
        """Whether an article names a land itself, and not its towns alone: a truce may be talked of in Vienna."""
        return len(self.mentions[land]) + _TITLE * (land in self.titled) >= _ENOUGH

    def _land(self, tokens: Tokens, holder: Mention) -> str | None:
        """The land that the holder is known to rule on the article's day, else the one that the article is about."""
        entry = self.context.gazetteer.entries.get(holder.origin(self.context.mentions.by_span).entry or "")
        if entry and entry.tenures:
            ruled = {t.of for t in entry.tenures if _holds(t.begin, t.end, self.context.article.issued)}
            return next((land for land in sorted(ruled) if land in self.mentions), None)
        if len(tokens) == 1 and self.context.lexicon.has("LooseTitle", tokens.root):  # "le leader" of a race
            return None
        here = {e for e, some in self.mentions.items() if any(m.span.start in _range(tokens) for m in some)}
        return self.main if here <= {self.main} else None

    def _stands_alone(self, tokens: Tokens, relation: str) -> bool:
        """Whether nothing says what an office is of: "le président du comité"; a minister has a field."""
        context = self.context
        if _is_qualified(tokens, context):
            return False
        after = context.doc[tokens.end : phrase_end(context, tokens)]
        named = [m for token in after if (m := context.mentions.at(token)) and m.type is MentionType.NAME]
        if relation == _MINISTER:
            return not any(context.is_a(mention, PLACE) for mention in named)
        if after.end in context.office_starts:  # "président et chef de la direction de la chaîne"
            return False
        belonging = context.lexicon.words("PositionPreposition")
        return not named and not any(context.lexicon.syntax.lemma(token) in belonging for token in after)

    def _nearest(self, land: str, tokens: Tokens) -> Mention:
        """The mention of a land that is nearest to an office."""
        return min(self.mentions[land], key=lambda m: (abs(m.span.start - tokens.start_char), m.span))


def _is_qualified(tokens: Tokens, context: Context) -> bool:
    """Whether a word in capitals before an office says whose it is, though nobody knows it: "Karsian Minister"."""
    before = context.doc[tokens.start - 1] if tokens.start > tokens.sent.start else None
    unknown = before is not None and before.is_title and before.pos_ in {"ADJ", "PROPN"}
    return unknown and before is not None and not before.is_sent_start and context.mentions.at(before) is None


def _range(tokens: Tokens) -> range:
    return range(tokens.sent.start_char, tokens.sent.end_char)


def _holds(begin: date, end: date | None, day: date | None) -> bool:
    return day is None or (begin <= day and (end is None or day <= end))


def country_of(entry: str, context: Context) -> str | None:
    """The country that a known place or body is or lies in."""
    entries, at = context.gazetteer.entries, entry
    for _ in range(_DEEP):
        if _COUNTRY in entries[at].kinds:
            return at
        if (around := entries[at].located_in or entries[at].seat_of) is None or around not in entries:
            return None
        at = around
    return None


def _main(context: Context, titled: list[str]) -> str | None:
    """The country that an article speaks of beyond doubt; none where a region of it may have the office."""
    origins = (mention.origin(context.mentions.by_span).entry for mention in context.mentions)
    counts = Counter(entry for entry in origins if entry)
    lands: Counter[str] = Counter()
    for entry, count in [*counts.items(), *((entry, _TITLE) for entry in titled)]:
        if land := country_of(entry, context):
            lands[land] += count
    first, second = [*lands.most_common(2), ("", 0), ("", 0)][:2]
    clear = first[1] >= max(_ENOUGH, _CLEARLY * second[1])
    regions = (n for entry, n in counts.items() if _REGION in context.gazetteer.entries[entry].kinds)
    return first[0] if clear and first[1] > _CLEARLY * max(regions, default=0) else None


def _of_title(context: Context) -> list[str]:
    """The known places and peoples that the title names."""
    words, code = (context.article.title or "").split(), context.lexicon.language.code
    named = [entry for _, _, entry in context.gazetteer.find(words, language=code)]
    named += [entry for _, _, entry in context.gazetteer.find_demonyms(words, language=code)]
    return list(dict.fromkeys(entry.id for entry in named if not entry.weak))
