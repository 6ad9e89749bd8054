"""What every extractor looks at: one parsed article with its lexicon and the mentions found so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kg.gazetteer import Gazetteer
from kg.model import KG, Article, Evidence, Factuality, Mention, MentionType, Span, Time
from kg.ontology import Position
from kg.text.lexicon import Carried, Lexicon, Meaning
from kg.text.mentions import Mentions, span_of
from kg.text.morphology import VERBAL
from kg.text.syntax import is_relative
from kg.text.tokens import Doc, Token, Tokens
from kg.text.wire import Layout

PERSON, PLACE, ORGANIZATION = KG + "Person", KG + "Place", KG + "Organization"


def _closed_twice(marks: list[Token], closers: frozenset[str]) -> bool:
    """Whether the next two quotation marks both close: the quote that opens before them stands inside another."""
    following = [mark.text in closers for mark in marks if "\n" not in mark.text][:2]
    return following == [True, True]


@dataclass
class Context:
    """One article on its way through the extractors."""

    article: Article
    layout: Layout
    doc: Doc
    lexicon: Lexicon
    gazetteer: Gazetteer
    times: list[Time] = field(default_factory=list)  # in their order, none overlapping
    issued: date | None = None  # the day that the article is of, deduced where it is not given
    standings: dict[int, Factuality] = field(default_factory=dict)  # of verbs and nouns of action that were asked for
    _classes: dict[int, frozenset[str]] = field(default_factory=dict)
    _carried: dict[int, list[Carried[Meaning]]] = field(default_factory=dict)

    @cached_property
    def mentions(self) -> Mentions:
        """The mentions found so far."""
        return Mentions(self.doc)

    @cached_property
    def words(self) -> list[str]:
        """The words of the article, one a token."""
        return [token.text for token in self.doc]

    def classes(self, token: Token) -> frozenset[str]:
        """All word classes of a token: as it stands, as a lemma, or with its neighbours as a phrase ("rule out")."""
        if token.i not in self._classes:
            self._classes[token.i] = self.lexicon.classes(token).union(self._in_phrases.get(token.i, ()))
        return self._classes[token.i]

    @cached_property
    def _in_phrases(self) -> dict[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for start, end, name in self.lexicon.phrases(self.doc):
            for place in range(start, end):
                found[place].add(name)
        return found

    @cached_property
    def head_nouns(self) -> list[tuple[int, int, list[str]]]:
        """Where nouns for classes stand, as (start, end, classes)."""
        return list(self.lexicon.head_nouns.find(self.doc))

    @cached_property
    def nouns(self) -> list[tuple[int, int, list[Carried[Meaning]]]]:
        """Where nouns stand that carry relations or tell of events, as (start, end, what they carry)."""
        return list(self.lexicon.nouns.find(self.doc))

    def carried_by(self, verb: Token) -> list[Carried[Meaning]]:
        """The relations and event types that a verb may carry; several rules ask of each verb."""
        if verb.i not in self._carried:
            self._carried[verb.i] = list(self.lexicon.carried_by(verb))
        return self._carried[verb.i]

    @cached_property
    def positions(self) -> list[tuple[int, int, list[Position]]]:
        """Where offices stand, as (start, end, offices)."""
        return list(self.lexicon.positions.find(self.doc))

    @cached_property
    def office_starts(self) -> dict[int, int]:
        """Where each office ends, by the token at which it starts."""
        return {start: end for start, end, _ in self.positions}

    @cached_property
    def _offices(self) -> dict[int, list[Position]]:
        return {place: offices for start, end, offices in self.positions for place in range(start, end)}

    def offices_at(self, token: Token) -> list[Position]:
        """The offices in whose words a token stands."""
        return self._offices.get(token.i, [])

    @cached_property
    def sentences(self) -> list[Tokens]:
        """The sentences of the article's prose; its dateline is none."""
        dateline = self.layout.dateline
        return [s for s in self.doc.sents if not (dateline and span_of(s) in dateline) and s.text.strip()]

    @cached_property
    def _sentence_of(self) -> dict[int, int]:
        return {token.i: number for number, sentence in enumerate(self.doc.sents) for token in sentence}

    def sentence_number(self, token: Token) -> int:
        """The place of a token's sentence in the article, from 0."""
        return self._sentence_of[token.i]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """The offsets at which the article's sentences begin, by their number."""
        return [sentence.start_char for sentence in self.doc.sents]

    @cached_property
    def quotes(self) -> list[Span]:
        """What stands between quotation marks, the marks left out.

        A quote goes across paragraphs only where the next mark after its opening one closes it and cannot open another.
        """
        openers, closers = self.lexicon.words("QuotationOpener"), self.lexicon.words("QuotationCloser")
        marks = [t for t in self.doc if t.text in openers or t.text in closers or "\n" in t.text]
        found, start, crossed, inner = [], -1, False, 0
        for place, token in enumerate(marks):
            opens, closes = token.text in openers, token.text in closers
            if "\n" in token.text:
                crossed = start >= 0
            elif start >= 0 and opens and not closes and _closed_twice(marks[place + 1 : place + 5], closers):
                inner += 1
            elif closes and inner:
                inner -= 1
            elif start < 0 or (crossed and opens):
                start, crossed = (token.i + 1 if opens else -1), False
            elif closes:
                if token.i > start:
                    found.append(span_of(self.doc[start : token.i]))
                start = -1
        return found

    def quote_of(self, span: Span) -> Span | None:
        """The quote that holds a span."""
        return next((quote for quote in self.quotes_at(span) if span in quote), None)

    def quotes_at(self, span: Span) -> list[Span]:
        """The quotes that share words with a span."""
        first = bisect_right(self.quotes, span.start, key=lambda quote: quote.end)
        return self.quotes[first : bisect_left(self.quotes, span.end, key=lambda quote: quote.start)]

    def tokens(self, span: Span) -> Tokens:
        """The tokens that a span touches."""
        found = self.doc.touched(span)
        if found is None:
            raise ValueError(f"{span} is outside the article")
        return found

    def is_a(self, mention: Mention, kind: str) -> bool:
        """Whether a mention is of a class or of one below it."""
        return self.is_a_kind(mention.kind, kind)

    def is_a_kind(self, kind: str, ancestor: str) -> bool:
        """Whether a class is another or one below it."""
        return self.lexicon.ontology.is_a(kind, ancestor)

    def identity(self, mention: Mention) -> str | Span:
        """What tells, within the article, that two mentions stand for one thing: an entry's identifier or a span."""
        origin = mention.origin(self.mentions.by_span)
        return origin.entry or origin.span

    def time_of(self, token: Token) -> Time | None:
        """The time expression that dates a verb or a noun."""
        return next(iter(self.times_of(token)), None)

    def times_of(self, token: Token) -> list[Time]:
        """The time expressions that depend on a verb without another verb in between."""
        return self._times_by_verb.get(token.i, [])

    @cached_property
    def _times_by_verb(self) -> dict[int, list[Time]]:
        found: dict[int, list[Time]] = defaultdict(list)
        for time in self.times:
            above = self.tokens(time.span).root.ancestors
            if (verb := next((token for token in above if token.pos_ in VERBAL), None)) is not None:
                found[verb.i].append(time)
        return found

    def is_time(self, token: Token) -> bool:
        """Whether a token stands in a time expression."""
        return self.time_at(token) is not None

    def time_at(self, token: Token) -> Time | None:
        """The time expression that a token stands in."""
        return self._times_by_token.get(token.i)

    @cached_property
    def _times_by_token(self) -> dict[int, Time]:
        return {token.i: time for time in self.times for token in self.tokens(time.span) if token.span in time.span}

    def evidence(self, *spans: Span, at: Token) -> Evidence:
        """The words from the first to the last of some spans, in the sentence of a token."""
        return Evidence(spans[0].cover(*spans[1:]) if len(spans) > 1 else spans[0], self.sentence_number(at))

    def referent(self, token: Token) -> Mention | None:
        """The mention that a noun or a pronoun stands for in its clause, if it was resolved."""
        if is_relative(token):
            head = self.lexicon.syntax.relative_head(token)
            if head is None:
                return self.mentions.at(token)
            return self.referent(head) if not is_relative(head) else None
        mention = self.mentions.at(token)
        if mention is None and self.lexicon.has("AspectNoun", token):
            return self.possessor(token)
        if mention is None and self.lexicon.has("Honorific", token):  # parsed as the head of « M. Tusk »
            names = map(self.mentions.at, self.lexicon.syntax.children(token, "flat"))
            return next(filter(None, names), None)
        return mention if mention and self._stands_for(mention, token) else None

    def _stands_for(self, mention: Mention, token: Token) -> bool:
        """A demonym adjective says whose a noun is and is not the noun."""
        return mention.type is not MentionType.NOMINAL or token.pos_ not in {"ADJ"}

    def referents(self, token: Token) -> list[Mention]:
        """The mentions of a noun and of all that is coordinated with it; for a pronoun of several, of each of them."""
        found = [m for part in self.lexicon.syntax.conjuncts(token) if (m := self.referent(part))]
        return [*found, *(self.mentions.by_span[span] for mention in found for span in mention.together)]

    def mentions_of(self, tokens: Iterable[Token]) -> list[Mention]:
        """The mentions of some nouns and of all that is coordinated with each, without repeats."""
        return list(dict.fromkeys(mention for token in tokens for mention in self.referents(token)))

    def possessor(self, noun: Token) -> Mention | None:
        """Whose a noun is: a possessive word, a demonym or a complement of belonging says so."""
        owners = self.owners(noun)
        return owners[0] if owners else None

    def owners(self, noun: Token) -> list[Mention]:
        """All whose a noun is: what a possessive or a demonym says, else its complements of belonging."""
        return self.possessors(noun) or self.complements(noun)

    def possessors(self, noun: Token) -> list[Mention]:
        """Whose a noun is by a word that qualifies it: "leur", "irakien", "Pentagon"."""
        syntax, found = self.lexicon.syntax, []
        for child in noun.children:
            if syntax.is_(child, "possessive") or syntax.is_(child, "compound") or syntax.is_(child, "determiner"):
                found += self._resolved(child)
            elif child.pos_ in {"ADJ", "PROPN", "NOUN"}:  # "Hungarian and Romanian officials"
                found += [mention for part in syntax.conjuncts(child) if (mention := self.demonym(part))]
        return list(dict.fromkeys(found))

    def complements(self, noun: Token) -> list[Mention]:
        """Whose a noun is by a preposition of belonging: "porte-parole du Pentagone"."""
        prepositions = self.lexicon.words("PositionPreposition")
        nouns = [complement for found, complement in self.lexicon.syntax.obliques(noun) if found in prepositions]
        nouns += [child for child in noun.children if child.pos_ == "PRON" and is_relative(child)]  # "dont le père"
        return list(dict.fromkeys(mention for complement in nouns for mention in self.referents(complement)))

    def _resolved(self, token: Token) -> list[Mention]:
        mention = self.referent(token) if is_relative(token) else self.mentions.at(token)
        return [mention] if mention else []

    def demonym(self, token: Token) -> Mention | None:
        """The country that an adjective of nationality names."""
        mention = self.mentions.at(token)
        if mention and mention.entry and mention.type is MentionType.NOMINAL:
            return mention
        return None
