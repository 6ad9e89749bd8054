"""The order of the craft: parse, date, name, describe, resolve; then what is said, stated and done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from kg import gazetteer
from kg.model import Article, Mention, MentionType, Reading, Span
from kg.text import languages
from kg.text.bodies import find_bodies, find_demonyms
from kg.text.context import Context
from kg.text.coreference import resolve_mentions
from kg.text.events import find_events
from kg.text.lexicon import lexicon
from kg.text.mentions import span_of
from kg.text.metonyms import resolve_metonyms
from kg.text.names import find_names
from kg.text.offices import find_holders
from kg.text.parsing import parse
from kg.text.regions import find_regions
from kg.text.relations import find_statements
from kg.text.seats import find_seats
from kg.text.several import find_several
from kg.text.speech import find_quotations
from kg.text.time_issued import deduce_issued
from kg.text.times import Times
from kg.text.tokens import Doc
from kg.text.voices import resolve_first_person
from kg.text.wire import Layout


def prepare(code: str) -> None:
    """Load what reading a language takes. Raises `SourceError` for one that is not installed."""
    languages.model(code)
    lexicon(code)
    gazetteer.load()


def read(articles: Iterable[Article]) -> Iterator[Reading]:
    """Read articles, each run of one language in one stream through its model."""
    for code, some in groupby(articles, key=lambda article: article.language or ""):
        for article, layout, doc in parse(some, code):
            yield read_doc(article, layout, doc)


def read_doc(article: Article, layout: Layout, doc: Doc) -> Reading:
    """What one parsed article says."""
    context, issued = find_mentions(article, layout, doc)
    quotations = find_quotations(context)
    resolve_first_person(context, quotations)
    statements, refusals = find_statements(context, quotations)
    events = find_events(context, quotations)  # before the mentions are counted: unnamed people come with what they do
    place, agency = _at(context, layout.place), _at(context, layout.agency)
    return Reading(
        article=article,
        mentions=tuple(context.mentions),
        statements=tuple(statements),
        events=tuple(events),
        quotations=tuple(quotations),
        times=tuple(context.times),
        dateline_place=place,
        agency=agency,
        issued=issued,
        issued_inferred=article.issued is None and issued is not None,
        refusals=tuple(refusals),
        sentences=tuple(map(span_of, doc.sents)),
    )


def find_mentions(article: Article, layout: Layout, doc: Doc) -> tuple[Context, date | None]:
    """The times and the mentions of one parsed article, and the day that it is of."""
    words = lexicon(article.language or "")
    times = Times(doc, words.language)
    issued = article.issued or deduce_issued(times, layout)
    context = Context(article, layout, doc, words, gazetteer.load(), list(times.found(issued)), issued)
    find_names(context)
    find_demonyms(context)
    find_bodies(context)
    find_seats(context)
    find_regions(context)
    find_holders(context)
    resolve_metonyms(context)
    resolve_mentions(context)
    find_several(context)
    return context, issued


def _at(context: Context, span: Span | None) -> Span | None:
    """The mention at a span of the layout, where tokens may run into signs ("/TASS/."): then a known name's."""
    found: list[Mention] = [] if span is None else [m for m in context.mentions if m.span.overlaps(span)]
    if span is None or found:
        return found[0].span if found else None
    entry = context.gazetteer.named(context.article.words(span), language=context.lexicon.language.code)
    if entry is None:
        return None
    mention = Mention(span, MentionType.NAME, sorted(entry.kinds)[0], entry=entry.id)
    return context.mentions.add(context.tokens(span), mention).span
