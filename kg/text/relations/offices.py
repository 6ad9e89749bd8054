"""Offices in, relations out: what somebody is of a body, by the position that the ontology knows."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens

from kg.model import Mention
from kg.ontology import Position, Relation
from kg.text.context import Context
from kg.text.nouns import noun_phrase
from kg.text.relations.bearers import bearers, is_beside
from kg.text.relations.found import Found


def by_offices(context: Context) -> Iterator[Found]:
    """What whoever holds an office is of the body it belongs to: "porte-parole du Pentagone", "ministre irakien"."""
    for start, end, positions in context.positions:
        tokens = context.doc[start:end]
        if is_beside("DeputyWord", tokens, context):  # a deputy prime minister heads no government
            continue
        for subject, how in bearers(noun_phrase(context, start, end), context):
            for relation, object in _office_relations(tokens, positions, subject, context):
                yield Found(relation, subject, object, tokens, how, tokens.text.lower(), how == "apposition")


def _office_relations(
    tokens: Tokens, positions: list[Position], subject: Mention, context: Context
) -> list[tuple[Relation, Mention]]:
    """What an office implies: by the first construction that names a body which one of its relations admits."""
    for bodies in _office_objects(tokens, context):
        fitting = [(next(_implied(positions, subject, body, context), None), body) for body in bodies]
        if found := [(relation, body) for relation, body in fitting if relation]:
            return found
    return []


def _implied(positions: list[Position], subject: Mention, body: Mention, context: Context) -> Iterator[Relation]:
    """The relations that offices imply between who holds them and a body: a coach leads a club, never a city."""
    vocabulary = context.lexicon.ontology
    for position in positions:
        if not position.range or any(context.is_a(body, kind) for kind in position.range):
            relations = (vocabulary.relations[iri] for iri in position.implies)
            yield from (r for r in relations if vocabulary.admits(r, subject.kind, body.kind))


def _office_objects(tokens: Tokens, context: Context) -> Iterator[list[Mention]]:
    """What an office is of: "porte-parole du Pentagone", "ministre irakien", "ministre de la Justice du pays"."""
    yield [m for token in tokens for m in context.complements(token)]
    yield [m for token in tokens for m in context.possessors(token)]
    yield [m for token in context.doc[tokens.end : tokens.end + 1] if (m := context.demonym(token))]
    complements = [noun for token in tokens for _, noun in context.lexicon.syntax.obliques(token)]
    yield [m for noun in complements if not context.mentions.at(noun) for m in context.owners(noun)]
