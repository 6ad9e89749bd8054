"""Names in, the places and peoples inside them out: "Université baptiste de Hong Kong", "Hezbollah libanais"."""

from __future__ import annotations

from dataclasses import replace

from kg.gazetteer import Entry
from kg.model import Mention, MentionType
from kg.text.context import ORGANIZATION, PLACE, Context
from kg.text.mentions import span_of


def find_seats(context: Context) -> None:
    """Add the places that names of bodies and buildings hold, and the demonyms, as mentions inside them."""
    elsewhere = {context.article.words(m.span): m for m in context.mentions if _is_place(m, context)}
    for name in list(context.mentions):
        tokens = context.tokens(name.span)
        if name.type is MentionType.NAME and len(tokens) > 1 and _may_hold_one(name, context):
            _add_known(name, context)
            _add_named_elsewhere(name, elsewhere, context)


def _is_place(mention: Mention, context: Context) -> bool:
    return mention.type is MentionType.NAME and context.is_a(mention, PLACE)


def _may_hold_one(name: Mention, context: Context) -> bool:
    return context.is_a(name, ORGANIZATION) or (context.is_a(name, PLACE) and name.entry is None)


def _add_known(name: Mention, context: Context) -> None:
    tokens, code = context.tokens(name.span), context.lexicon.language.code
    words = [token.text for token in tokens]
    found = [(*one, MentionType.NAME) for one in context.gazetteer.find(words, language=code)]
    found += [(*one, MentionType.NOMINAL) for one in context.gazetteer.find_demonyms(words, language=code)]
    for start, end, entry, kind in found:
        part = tokens[start:end]
        if end - start < len(tokens) and _is_seat(entry, context) and entry.id != name.entry:
            context.mentions.add(part, Mention(span_of(part), kind, sorted(entry.kinds)[0], entry=entry.id))


def _is_seat(entry: Entry, context: Context) -> bool:
    return not entry.weak and any(context.is_a_kind(kind, PLACE) for kind in entry.kinds)


def _add_named_elsewhere(name: Mention, elsewhere: dict[str, Mention], context: Context) -> None:
    """A place that only the article knows, at the end of a name: "hôpital de Banki" where "Banki" was named."""
    tokens = context.tokens(name.span)
    last = context.article.words(span_of(tokens[-1:]))
    if last in elsewhere and context.mentions.at(tokens[-1]) == name:
        place = elsewhere[last]
        context.mentions.add(tokens[-1:], replace(place, span=span_of(tokens[-1:])))
