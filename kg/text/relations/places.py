"""Places side by side in, what holds what out: "à Douai, en France", "le nord de la Syrie", "la ville turque de X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from kg.model import KG, Mention, MentionType
from kg.text.context import PLACE, Context
from kg.text.relations.found import Found, built_by

_COUNTRY, _REGION, _CITY = KG + "Country", KG + "Region", KG + "City"


def by_places(context: Context) -> Iterator[Found]:
    """A place that another beside it holds, and the part of a country that is a place of its own."""
    relations = built_by("PlaceInPlace", context)
    for inner, outer, carrier in (*_parts(context), *chains(context)):
        for relation in relations:
            yield Found(relation, inner, outer, carrier, "apposition", carrier.text, presupposed=True)


def wider(found: list[Found], context: Context) -> Iterator[Found]:
    """Whoever was born in a place was born in what holds it, where the article says so: "né à Lyon, en France".

    Of two places without a comma between them the parser takes the second one alone: "born in Markham Ontario".
    """
    inside = {relation.iri for relation in built_by("PlaceInPlace", context)}
    placed = [(f.subject, f.object) for f in found if f.relation.iri in inside and isinstance(f.object, Mention)]
    held = {one.span: whole for inner, whole in placed for one in (inner, inner.origin(context.mentions.by_span))}
    for one in found:
        whole, seen = one.object, set()
        if "WithinWhole" not in one.relation.constructions or context.is_a(one.subject, PLACE):
            continue
        if isinstance(whole, Mention) and (town := _abutting(whole, context)) and town != one.subject:
            yield replace(one, object=town)
        while isinstance(whole, Mention) and whole.span in held and whole.span not in seen:
            seen.add(whole.span)
            whole = held[whole.span]
            yield replace(one, object=whole)


def chains(context: Context) -> Iterator[tuple[Mention, Mention, Tokens]]:
    """Places that stand side by side, as (what is held, what holds it, the words that say so)."""
    for first, second in pairwise(_outermost(context)):
        between = context.doc[context.tokens(first.span).end : context.tokens(second.span).start]
        if not len(between):
            if _touch(first, second, context):
                yield first, second, context.tokens(second.span)
        elif between[0].sent != between[-1].sent:
            continue
        elif may_hold(second, first, context) and _follows(first, second, between, context):
            yield first, _whole(second, context), between[:1]
        elif may_hold(first, second, context) and _narrows(first, between, context):
            yield second, _whole(first, context), between[:1]


def _abutting(outer: Mention, context: Context) -> Mention | None:
    """The place in a country or a region that stands right before it."""
    start = context.tokens(outer.span).start
    inner = context.mentions.at(context.doc[start - 1]) if start > context.doc[start].sent.start else None
    return inner if inner and context.is_a(inner, PLACE) and _touch(inner, outer, context) else None


def _touch(inner: Mention, outer: Mention, context: Context) -> bool:
    """Whether a known country or region stands right after a place in it, with no comma: "in Markham Ontario"."""
    named = all(one.type is MentionType.NAME for one in (inner, outer)) and outer.entry is not None
    return named and inner.span.end < outer.span.start and may_hold(outer, inner, context)


def may_hold(outer: Mention, inner: Mention, context: Context) -> bool:
    """Whether one place may hold another: a country or a region does, and not what is known to lie elsewhere."""
    if outer.kind not in {_COUNTRY, _REGION} or inner.kind == _COUNTRY:
        return False
    if inner.type is not MentionType.NAME or (inner.kind == outer.kind and outer.type is MentionType.NAME):
        return False
    if outer.kind == _REGION and not outer.anchors:  # « Valence (Drôme) »: a town has namesakes
        return True
    known, other = _country(inner, context), _country(outer, context)
    return not (known and other and known != other)


def _country(place: Mention, context: Context) -> str | None:
    """The country that a place is, or lies in, as far as the gazetteer or the words of the article tell."""
    by_span = context.mentions.by_span
    owners = [by_span[anchor] for anchor in place.anchors if anchor in by_span]
    if owners:
        return _country(owners[0], context)
    entry = context.gazetteer.entries.get(place.origin(by_span).entry or "")
    seen = set()
    while entry and entry.located_in and entry.id not in seen and _COUNTRY not in entry.kinds:
        seen.add(entry.id)
        entry = context.gazetteer.entries.get(entry.located_in)
    return entry.id if entry and _COUNTRY in entry.kinds else None


def _outermost(context: Context) -> list[Mention]:
    """The places of an article that stand in no other, names and parts of countries, in their order."""
    found: list[Mention] = []
    for mention in context.mentions:
        if not context.is_a(mention, PLACE) or not _is_placed(mention, context):
            continue
        if found and found[-1].span in mention.span:
            found.pop()
        if not found or mention.span not in found[-1].span:
            found.append(mention)
    return found


def _is_placed(mention: Mention, context: Context) -> bool:
    """Whether a mention is a place here: a name, a part of a country, "le pays", or "en territoire nigérian"."""
    if mention.type is MentionType.NAME or mention.anchors:
        return True
    tokens = context.tokens(mention.span)
    before = context.doc[max(tokens.start - 1, tokens.sent.start) : tokens.start]
    on_land = len(before) > 0 and context.lexicon.has("TerritoryNoun", before[0])
    return mention.kind == _COUNTRY and ((tokens.root.pos_ == "NOUN" and not mention.entry) or on_land)


def _follows(inner: Mention, outer: Mention, between: Tokens, context: Context) -> bool:
    """Whether the second place holds the first: "Lyon, France", "Valence (Drôme)", "à Banki en territoire nigérian"."""
    first, rest = between[0].text, between[1:]
    if first == "(" or (first == "," and len(rest)):
        return all(_leads_in(token, context) for token in rest)
    if first == ",":
        return not _is_listed(outer, context)
    leads = all(_leads_in(token, context) for token in between)
    return leads and any(_is_inside(token, context) for token in between) and _is_where(inner, context)


def _narrows(outer: Mention, between: Tokens, context: Context) -> bool:
    """Whether the first place holds the second: "dans le centre du pays, à Yirol"."""
    leads = len(between) > 1 and between[0].text == "," and _is_inside(between[1], context)
    return leads and all(_leads_in(token, context) for token in between[1:]) and _is_where(outer, context)


def _leads_in(token: Token, context: Context) -> bool:
    return token.pos_ == "DET" or _is_inside(token, context) or context.lexicon.has("TerritoryNoun", token)


def _is_inside(token: Token, context: Context) -> bool:
    return context.lexicon.syntax.lemma(token) in context.lexicon.words("InsidePreposition")


def _is_where(place: Mention, context: Context) -> bool:
    """Whether a place stands as where something is: after a preposition of place, a noun for its kind, or a bracket."""
    start = context.tokens(place.span).start
    sentence = context.doc[start].sent.start
    left = [t for t in context.doc[max(start - 3, sentence) : start] if t.pos_ not in {"DET", "ADJ"}]
    return bool(left) and (_is_inside(left[-1], context) or left[-1].text in {"(", "-", "–", "—"})


def _is_listed(place: Mention, context: Context) -> bool:
    """Whether a name goes on as a list: "Gaza, Israël et le Liban"."""
    end = context.tokens(place.span).end
    after = context.doc[end : end + 1]
    return len(after) > 0 and after[0].pos_ == "CCONJ"


def _whole(place: Mention, context: Context) -> Mention:
    """ "À l'est du pays" is said of the country: the part has no name of its own."""
    inside = [m for m in context.mentions.between(place.span.start, place.span.end) if m != place]
    unnamed = [m for m in inside if m.type is MentionType.NOMINAL and m.kind == _COUNTRY and not m.entry]
    return unnamed[0] if place.anchors and unnamed else place


def _parts(context: Context) -> Iterator[tuple[Mention, Mention, Tokens]]:
    """The parts of a country that a direction names, each in the country: "le sud-est de la Turquie"."""
    for mention in context.mentions:
        if mention.kind == _REGION and mention.type is MentionType.NOMINAL and mention.anchors:
            inside = context.mentions.between(mention.span.start, mention.span.end)
            wholes = [m for m in inside if m.root in mention.anchors and (m.entry or m.type is MentionType.NAME)]
            if wholes:
                yield mention, wholes[0], context.tokens(mention.span)
