"""Places side by side in, what holds what out: "à Douai, en France"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span as Tokens

from kg.model import KG, Mention, MentionType
from kg.text.context import PLACE, Context
from kg.text.relations.found import Found

_COUNTRY, _REGION = KG + "Country", KG + "Region"


def by_places(context: Context) -> Iterator[Found]:
    """A place that the place after it holds: "à Douai, en France", "Lyon, France", "Valence (Drôme)"."""
    relations = [r for r in context.lexicon.ontology.relations.values() if r.enclosing]
    named = [m for m in context.mentions if m.type is MentionType.NAME and context.is_a(m, PLACE)]
    for inner, outer in pairwise(named):
        between = context.doc[context.tokens(inner.span).end : context.tokens(outer.span).start]
        if _may_hold(outer, inner, context) and _encloses(between, context):
            for relation in relations:
                yield Found(relation, inner, outer, between[:1], "apposition", between.text, presupposed=True)


def _may_hold(outer: Mention, inner: Mention, context: Context) -> bool:
    """Whether one place may hold another: a country or a region does, and not what is known to lie elsewhere."""
    large = outer.kind in {_COUNTRY, _REGION} and inner.kind not in {_COUNTRY, outer.kind}
    known = context.gazetteer.entries[inner.entry].located_in if inner.entry else None
    return large and not (known and outer.entry and outer.kind == _COUNTRY and known != outer.entry)


def _encloses(between: Tokens, context: Context) -> bool:
    """Whether what parts two places says that the second holds the first: a bracket, or a comma, then at most "en"."""
    words = [token.text for token in between]
    if not words or words[0] not in {",", "("} or between[0].sent != between[-1].sent:
        return False
    return all(token.pos_ == "DET" or context.lexicon.has("LocationPreposition", token) for token in between[1:])
