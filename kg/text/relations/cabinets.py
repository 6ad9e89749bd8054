"""Governments called by whoever leads them in, who leads them out: "le gouvernement espagnol de Mariano Rajoy"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import KG
from kg.text.context import Context
from kg.text.offices import cabinets
from kg.text.relations.found import Found

_LEADS = KG + "leaderOf"


def by_cabinets(context: Context) -> Iterator[Found]:
    """Who leads a government that is said to be somebody's: "le gouvernement de X", "l'administration Obama"."""
    relation = context.lexicon.ontology.relations[_LEADS]
    for body, leader in cabinets(context):
        tokens = context.tokens(body.span)
        yield Found(relation, leader, body, tokens, "apposition", tokens.root.lemma_.lower(), presupposed=True)
