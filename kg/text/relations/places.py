"""Places side by side in, what holds what out: "à Douai, en France", "le nord de la Syrie", "la ville turque de X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.model import KG, Mention, MentionType
from kg.text.context import PLACE, Context
from kg.text.relations.found import Found, built_by
from kg.text.tokens import Token, Tokens

_COUNTRY, _REGION, _CITY = KG + "Country", KG + "Region", KG + "City"
_NEAR = 8  # tokens that say what a place is near to


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
    by_span = context.mentions.by_span
    held = {inner.origin(by_span).span: outer for inner, outer in placed}  # "in Guyana's capital Georgetown"
    for one in found:
        whole, seen = one.object, set()
        if "WithinWhole" not in one.relation.constructions or context.is_a(one.subject, PLACE):
            continue
        if isinstance(whole, Mention) and (town := _abutting(whole, context)) and town != one.subject:
            yield replace(one, object=town)
        while isinstance(whole, Mention) and (here := whole.origin(by_span).span) in held and here not in seen:
            seen.add(here)
            whole = held[here]
            yield replace(one, object=whole)


def chains(context: Context) -> Iterator[tuple[Mention, Mention, Tokens]]:
    """Places that stand side by side, as (what is held, what holds it, the words that say so)."""
    places = _outermost(context)
    for first, second in pairwise(places):
        yield from _side_by_side(first, second, context)
    for first, middle, last in zip(places, places[1:], places[2:], strict=False):
        if _is_beside(first, middle, context):
            yield from _side_by_side(first, last, context, _gap(middle, last, context))


def _side_by_side(
    first: Mention, second: Mention, context: Context, gap: Tokens | None = None
) -> Iterator[tuple[Mention, Mention, Tokens]]:
    between = gap if gap is not None else _gap(first, second, context)
    if not len(between):
        if _touch(first, second, context):
            yield first, second, context.tokens(second.span)
    elif between[0].sent != between[-1].sent:
        return
    elif may_hold(second, first, context) and _follows(first, second, between, context):
        yield first, _whole(second, context), between[:1]
    elif may_hold(first, second, context) and _narrows(first, between, context):
        yield second, _whole(first, context), between[:1]


def _gap(first: Mention, second: Mention, context: Context) -> Tokens:
    return context.doc[context.tokens(first.span).end : context.tokens(second.span).start]


def _is_beside(first: Mention, second: Mention, context: Context) -> bool:
    """Whether a place is told by a town that it is near to, so that what holds it may follow."""
    between = _gap(first, second, context)
    aside = any(context.lexicon.has("NearWord", token) for token in between)
    whole = aside and between[0].text == "," and len(between) <= _NEAR and between[0].sent == between[-1].sent
    return whole and not any(token.pos_ in {"VERB", "AUX", "PRON", "CCONJ"} for token in between)


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
    wide = outer.kind in {_COUNTRY, _REGION} or _is_called_region(outer, context)
    if not wide or inner.kind == _COUNTRY or inner.type is not MentionType.NAME:
        return False
    if inner.kind == outer.kind and outer.type is MentionType.NAME:  # « (Côtes-d'Armor, Bretagne) »
        return outer.entry in _around(inner, context) or _in_brackets(inner, outer, context)
    if outer.kind == _REGION and not outer.anchors:  # « Valence (Drôme) »: a town has namesakes
        return True
    known, other = country(inner, context), country(outer, context)
    return not (known and other and known != other)


def _is_called_region(place: Mention, context: Context) -> bool:
    """Whether the noun before a name says that it is a region: "le département du Nord", "the state of Georgia"."""
    at, stop = context.tokens(place.span).start - 1, context.tokens(place.span)[0].sent.start
    while at >= stop and (context.doc[at].pos_ == "DET" or _is_of(context.doc[at], context)):
        at -= 1
    if at >= stop and context.demonym(context.doc[at]):
        at -= 1
    return at >= stop and _REGION in _kinds(context.doc[at], context)


def _kinds(token: Token, context: Context) -> list[str]:
    """The classes of what a common noun stands for; before a region's name, "l'État du Texas" is one."""
    if context.lexicon.has("FederalNoun", token):
        return [_REGION]
    return [kind for _, kind in context.lexicon.head_nouns.at(context.doc, token.i)] if token.pos_ == "NOUN" else []


def _is_of(token: Token, context: Context) -> bool:
    return context.lexicon.syntax.lemma(token) in context.lexicon.words("PartitivePreposition")


def _in_brackets(inner: Mention, outer: Mention, context: Context) -> bool:
    """Whether two regions of one country are all that brackets hold, the narrower first."""
    start, end = context.tokens(inner.span).start, context.tokens(outer.span).end
    around = [*context.doc[max(start - 1, 0) : start], *_gap(inner, outer, context), *context.doc[end : end + 1]]
    return [token.text for token in around] == ["(", ",", ")"] and country(inner, context) == country(outer, context)


def country(place: Mention, context: Context) -> str | None:
    """The country that a place is, or lies in, as far as the gazetteer or the words of the article tell."""
    by_span = context.mentions.by_span
    owners = [by_span[anchor] for anchor in place.anchors if anchor in by_span]
    if owners:
        return country(owners[0], context)
    entries = context.gazetteer.entries
    known = (place.origin(by_span).entry, *_around(place, context))
    return next((entry for entry in known if entry in entries and _COUNTRY in entries[entry].kinds), None)


def _around(place: Mention, context: Context) -> list[str]:
    """What the gazetteer says that a place lies in, from the narrowest."""
    entries, found = context.gazetteer.entries, list[str]()
    entry = entries.get(place.origin(context.mentions.by_span).entry or "")
    while entry and entry.located_in and entry.located_in not in found:
        found.append(entry.located_in)
        entry = entries.get(entry.located_in)
    return found


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
    if first == "(" or (first == "," and any(_is_inside(token, context) for token in rest)):
        return all(_leads_in(token, context) for token in rest) or _introduces(rest, context)
    if first == ",":
        return not len(rest) and not _is_listed(outer, context)
    leads = all(_leads_in(token, context) for token in between)
    return leads and any(_is_inside(token, context) for token in between) and _is_where(inner, context)


def _narrows(outer: Mention, between: Tokens, context: Context) -> bool:
    """Whether the first place holds the second: "dans le centre du pays, à Yirol"."""
    leads = len(between) > 1 and between[0].text == "," and _is_inside(between[1], context)
    return leads and all(_leads_in(token, context) for token in between[1:]) and _is_where(outer, context)


def _introduces(between: Tokens, context: Context) -> bool:
    """Whether words bring a name by the noun for its kind: "dans la province congolaise du Nord-Kivu"."""
    nouns = [token for token in between if _REGION in _kinds(token, context)]
    if len(nouns) != 1 or any(context.lexicon.has("BorderWord", token) for token in between):
        return False
    noun = nouns[0]
    before = all(_leads_in(token, context) for token in between if token.i < noun.i)
    after = [t for t in between if t.i > noun.i and t.pos_ not in {"ADJ", "DET"}]
    return before and all(_is_of(token, context) for token in after)


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
