"""Offices in, relations out: what somebody is of a body, by the position that the ontology knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from kg.model import KG, Factuality, Mention, MentionType
from kg.ontology import Position, Relation
from kg.text.agreement import is_plural
from kg.text.context import PERSON, Context
from kg.text.nouns import is_definite, noun_phrase
from kg.text.offices import phrase_end
from kg.text.relations.appointments import appointed
from kg.text.relations.bearers import bearers, is_beside
from kg.text.relations.found import Found
from kg.text.relations.lands import Lands
from kg.text.relations.office_bodies import behind_name, in_phrase, office_bodies
from kg.text.tokens import Tokens

_DIRECT = frozenset(KG + name for name in ("leaderOf", "ownerOf", "founderOf"))  # never of what lies behind a field


@dataclass(frozen=True, slots=True)
class Held:
    """An office as it stands in the text, who holds it, and how the text says so."""

    tokens: Tokens
    positions: list[Position]
    holder: Mention
    how: str
    former: bool = False

    def of(self, relation: Relation, body: Mention, standing: Factuality | None, how: str = "") -> Found:
        """The relation between who holds the office and a body."""
        cue, named = self.tokens.text.lower(), self.how in {"apposition", "description"}
        how = how or self.how
        return Found(relation, self.holder, body, self.tokens, how, cue, named, standing=standing, former=self.former)


def by_offices(context: Context) -> Iterator[Found]:
    """What whoever holds an office is of the body it belongs to: "porte-parole du Pentagone", "ministre irakien"."""
    bare: list[Held] = []
    found: list[Found] = []
    for start, end, positions in context.positions:
        tokens = context.doc[start:end]
        if not is_beside("DeputyWord", tokens, context):  # a deputy prime minister heads no government
            together = list(_in_step(tokens, positions, context))
            found += together
            for held in [] if together else _held(tokens, positions, context):
                of = _office_relations(held, context)
                found += (held.of(relation, body, _standing(tokens, context)) for relation, body in of)
                bare += [held] if not of and _is_firm(held) else []
    yield from found
    if bare:
        lands = Lands.of(context, found)
        for held in bare:
            for relation, land in lands.of_office(held.tokens, held.positions, held.holder):
                yield held.of(relation, land, _standing(held.tokens, context), "context")


def _held(tokens: Tokens, positions: list[Position], context: Context) -> Iterator[Held]:
    """Who holds an office, by the first construction that says so."""
    holders, leaves = appointed(tokens, context)
    if holders:
        yield from (Held(tokens, positions, holder, "appointment", leaves) for holder in holders)
        return
    beside = list(bearers(noun_phrase(context, tokens.start, tokens.end), context)) or _shared(tokens, context)
    beside = [(holder, how) for holder, how in beside if _is_named(holder, context)]
    if not beside and (described := _described(tokens, context)):
        beside = [(described, "description")]
    yield from (Held(tokens, positions, holder, how) for holder, how in beside)


def _is_firm(held: Held) -> bool:
    """Whether a name itself stands with the office, so that a land which is not named may be meant."""
    return held.how != "description" and held.holder.type is MentionType.NAME


def _shared(tokens: Tokens, context: Context) -> list[tuple[Mention, str]]:
    """Who holds the office that another one is coordinated with: "président de Renault et maire de Lyon"."""
    first = context.lexicon.syntax.first_conjunct(tokens.root)
    if first == tokens.root or is_plural(first) or is_definite(tokens.root):
        return []
    end = next((end for start, end, _ in context.positions if start <= first.i < end), None)
    return list(bearers(noun_phrase(context, first.i, end), context)) if end else []


def _described(tokens: Tokens, context: Context) -> Mention | None:
    """Somebody named elsewhere whom the office alone speaks of: "le chef du gouvernement espagnol"."""
    mention = context.mentions.at(tokens.root)
    whole = mention and mention.type is MentionType.NOMINAL and mention.antecedent and context.is_a(mention, PERSON)
    return mention if mention and whole and _is_named(mention, context) and is_definite(tokens.root) else None


def _is_named(holder: Mention, context: Context) -> bool:
    """Whether the article names somebody anywhere."""
    origin = holder.origin(context.mentions.by_span)
    return origin.type is MentionType.NAME and context.is_a(origin, PERSON)


def _standing(tokens: Tokens, context: Context) -> Factuality | None:
    """Planned for whoever is chosen and does not hold the office yet: "le président élu", "the president-elect"."""
    has, after = context.lexicon.has, context.doc[tokens.end : tokens.end + 2]
    chosen = any(has("DesignateWord", token) for token in tokens[1:])
    if len(after) == 2 and not chosen:
        hyphen = after[0].text == "-" and has("DesignateWord", after[1])
        chosen = hyphen or (has("DesignateWord", after[0]) and after[1].pos_ != "ADP")
    return Factuality.PLANNED if chosen else None


# What an office is of


def _office_relations(held: Held, context: Context) -> list[tuple[Relation, Mention]]:
    """What an office implies: by the first construction that names a body which one of its relations admits."""
    for near, bodies in office_bodies(held.tokens, context):
        some = [body for body in bodies if _precedes(body, held)]
        fitting = [(next(implied(held.positions, held.holder, body, context), None), body) for body in some]
        found = [(relation, body) for relation, body in fitting if relation]
        if not near:  # "le chef de la police de Libreville" leads no city, "ministre de la Justice du pays" is of it
            found = [(relation, body) for relation, body in found if relation.iri not in _DIRECT]
        if found:
            return found
    behind = behind_name(held.holder, held.tokens, context)
    return [(r, body) for body in behind for r in [*implied(held.positions, held.holder, body, context)][:1]]


def _precedes(body: Mention, held: Held) -> bool:
    """Whether a body does not stand behind a holder who stands behind the office: it is the next one's there."""
    return held.holder.span.start <= held.tokens.start_char or body.span.start < held.holder.span.start


def implied(positions: list[Position], subject: Mention, body: Mention, context: Context) -> Iterator[Relation]:
    """The relations that offices imply between who holds them and a body: a coach leads a club, never a city."""
    vocabulary = context.lexicon.ontology
    for position in positions:
        if not position.range or any(context.is_a(body, kind) for kind in position.range):
            relations = (vocabulary.relations[iri] for iri in position.implies)
            yield from (r for r in relations if vocabulary.admits(r, subject.kind, body.kind))


def _in_step(tokens: Tokens, positions: list[Position], context: Context) -> Iterator[Found]:
    """Several holders named in the order of what they hold: "les présidents français et russe, A et B"."""
    if not is_plural(tokens.root):
        return
    names, bodies = _names_after(tokens, context), in_phrase(tokens, context)
    if len(names) < 2 or len(bodies) not in {1, len(names)}:
        return
    pairs = product(names, bodies) if len(bodies) == 1 else zip(names, bodies, strict=True)
    for name, body in pairs:
        for relation in [*implied(positions, name, body, context)][:1]:
            yield Held(tokens, positions, name, "apposition").of(relation, body, None)


def _names_after(tokens: Tokens, context: Context) -> list[Mention]:
    """The people named one after the other behind an office."""
    names: list[Mention] = []
    place = phrase_end(context, tokens)
    while place < tokens.sent.end:
        token, mention = context.doc[place], context.mentions.at(context.doc[place])
        if mention and mention.type is MentionType.NAME and context.is_a(mention, PERSON):
            names.append(mention)
            place = context.tokens(mention.span).end
        elif token.text == "," or token.pos_ == "CCONJ":
            place += 1
        else:
            break
    return names
