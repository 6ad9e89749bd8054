"""Places in, their parts that a direction names out: "le sud-est de la Turquie", "northern Iraq", "l'est du pays".

A part is known by its direction and by what it is a part of, so that it is the same place in every article.
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import KG, Mention, MentionType
from kg.text.context import PLACE, Context
from kg.text.mentions import span_of
from kg.text.morphology import feature
from kg.text.tokens import Tokens

_COUNTRY, _REGION = KG + "Country", KG + "Region"


def find_regions(context: Context) -> None:
    """Add the parts of countries and cities that the article speaks of."""
    for start, end, _ in context.lexicon.directions.find(context.doc):
        tokens = context.doc[start:end]
        whole = _linked(tokens, context) or _touching(tokens, context) or _owning(tokens, context)
        if whole and context.mentions.free(tokens):
            _add(tokens, whole, context)
        elif whole and whole.type is MentionType.NAME:
            _unname(tokens, whole, context)


def _add(tokens: Tokens, whole: Mention, context: Context) -> None:
    there = context.tokens(whole.span)
    region = context.doc[min(tokens.start, there.start) : max(tokens.end, there.end)]
    if tokens.sent.start <= region.start and region.end <= tokens.sent.end:
        context.mentions.add(region, Mention(span_of(region), MentionType.NOMINAL, _REGION, anchors=(whole.root,)))


def _unname(tokens: Tokens, whole: Mention, context: Context) -> None:
    """What the model takes for a name only because of its capital: "Northern Iraq"."""
    name = context.mentions.by_span.get(span_of(tokens).cover(whole.span))
    if name and name.type is MentionType.NAME and not name.entry and context.is_a(name, PLACE):
        part = replace(name, type=MentionType.NOMINAL, kind=_REGION, anchors=(whole.root,))
        context.mentions.replace(part)


def _linked(tokens: Tokens, context: Context) -> Mention | None:
    """The whole that a preposition brings: "nord de l'Irak", "partie orientale du pays", "northern parts of Mali"."""
    doc, at, lexicon = context.doc, tokens.end, context.lexicon
    parts = at < len(doc) and lexicon.has("PartNoun", doc[at])
    at += parts
    if at >= len(doc) or lexicon.syntax.lemma(doc[at]) not in lexicon.words("PartitivePreposition"):
        return None
    at += 1
    while at < len(doc) and doc[at].pos_ == "DET":
        at += 1
    whole = _place(at, context)
    return whole if whole and (parts or _is_inside(tokens, whole, context)) else None


def _is_inside(tokens: Tokens, whole: Mention, context: Context) -> bool:
    """Whether "nord de X" is a part of X: "dans le nord de Bagdad", "au nord du Mali", but not "au nord de Bagdad"."""
    lexicon, left = context.lexicon, context.doc[tokens.sent.start : tokens.start]
    if len(left) and lexicon.has("PartNoun", left[-1]):
        return True
    if not _is_definite(tokens, context):
        return False
    before = left[-2:-1] if left[-1].pos_ == "DET" else left[-1:]
    preposition = lexicon.syntax.lemma(before[0]) if len(before) else ""
    if preposition in lexicon.words("OutsidePreposition"):
        return False
    return whole.kind == _COUNTRY or preposition not in lexicon.words("SidePreposition")


def _is_definite(tokens: Tokens, context: Context) -> bool:
    """Whether an article stands before a direction, by itself or in a contraction: "le nord", "au nord"."""
    left = context.doc[tokens.sent.start : tokens.start]
    if not len(left):
        return False
    contracted = left[-1].lower_ in context.lexicon.language.lemmas or "Def" in feature(left[-1], "Definite")
    return left[-1].pos_ == "DET" or contracted


def _touching(tokens: Tokens, context: Context) -> Mention | None:
    """The whole beside a direction: "northern Iraq", "l'est syrien", "Ukraine orientale"."""
    compounds = bool(context.lexicon.language.labels.get("compound"))
    after = _place(tokens.end, context)
    if after and (compounds or (after.type is MentionType.NOMINAL and _is_definite(tokens, context))):
        return after
    if compounds or tokens.root.pos_ != "ADJ":
        return None
    before = _place_before(tokens.start, context)
    return before if before and before.type is MentionType.NAME else None


def _owning(tokens: Tokens, context: Context) -> Mention | None:
    """The whole that has a direction as its own: "Iraq's north", "the country's far north"."""
    doc, at = context.doc, tokens.start
    followed = tokens.end < len(doc) and doc[tokens.end].pos_ in {"NOUN", "PROPN", "ADJ"}
    if at < 2 or doc[at - 1].pos_ != "PART" or (followed and not context.lexicon.has("PartNoun", doc[tokens.end])):
        return None
    return _place_before(at - 1, context)


def _place(at: int, context: Context) -> Mention | None:
    """The place whose mention begins at a token; of what is no name, only a country: "irakien", "pays"."""
    mention = context.mentions.at(context.doc[at]) if at < len(context.doc) else None
    if mention is None or context.tokens(mention.span).start != at:
        return None
    return mention if _is_whole(mention, context) else None


def _place_before(end: int, context: Context) -> Mention | None:
    mention = context.mentions.at(context.doc[end - 1]) if end else None
    ends = mention is not None and context.tokens(mention.span).end == end
    return mention if mention and ends and _is_whole(mention, context) else None


def _is_whole(mention: Mention, context: Context) -> bool:
    if mention.type is MentionType.NAME:
        return context.is_a(mention, PLACE)
    return mention.type is MentionType.NOMINAL and mention.kind == _COUNTRY
