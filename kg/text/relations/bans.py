"""Bans in, what is banned where out: "l'encyclopédie X est bloquée en Turquie", "Pékin a bloqué l'accès à X"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import KG, Mention, MentionType
from kg.ontology import Relation
from kg.text.context import Context
from kg.text.lexicon import Carried, is_relation
from kg.text.relations.found import Found, built_by
from kg.text.tokens import Token

_COUNTRY = KG + "Country"


def by_bans(context: Context) -> Iterator[Found]:
    """What a land's authorities forbid, where the verb's own object is only a way to it: an access, a site, a group."""
    for relation in built_by("Ban", context):
        for verb in context.doc:
            if verb.pos_ == "VERB" and (cue := _cue(verb, relation, context)):
                yield from _banned(verb, relation, cue, context)


def _cue(verb: Token, relation: Relation, context: Context) -> Carried[Relation] | str | None:
    """What makes a verb one of banning: a cue that brings the land, or itself, if done to an access."""
    some = filter(is_relation, context.carried_by(verb))
    brought = (c for c in some if c.meaning == relation and c.construction == "patientVerb")
    syntax = context.lexicon.syntax
    found = next((c for c in brought if syntax.brought_by(verb, c.cue.preposition or "")), None)
    return found or (verb.lemma_ if context.lexicon.has("BlockVerb", verb) else None)


def _banned(verb: Token, relation: Relation, cue: Carried[Relation] | str, context: Context) -> Iterator[Found]:
    syntax = context.lexicon.syntax
    patients = [noun for patient in syntax.patients(verb) for noun in syntax.conjuncts(patient)]
    if isinstance(cue, str):
        patients = [noun for noun in patients if context.lexicon.has("AccessNoun", noun)]
        lands, words = _lands(syntax.agents(verb), context), cue
    else:
        lands, words = context.mentions_of(syntax.brought_by(verb, cue.cue.preposition or "")), cue.cue.text
    things = _meant(patients, context)
    carrier = context.doc[verb.i : verb.i + 1]
    for land in lands:
        yield from (Found(relation, thing, land, carrier, "verb", words) for thing in things)


def _lands(agents: Iterable[Token], context: Context) -> list[Mention]:
    """The countries for which somebody forbids: themselves, or those whose authorities they are."""
    agents = list(agents)
    owners = [m for agent in agents if agent.pos_ == "NOUN" for m in context.owners(agent)]
    return [m for m in [*context.mentions_of(agents), *owners] if context.is_a(m, _COUNTRY)]


def _meant(patients: Iterable[Token], context: Context) -> list[Mention]:
    """What is banned: what has a name, what a common noun names after it, and what an access is to."""
    syntax, found = context.lexicon.syntax, list[Mention]()
    for noun in patients:
        ways = context.lexicon.has("AccessNoun", noun)
        reached = [n for _, n in syntax.obliques(noun) if n.i > noun.i] if ways else [noun]
        found += [m for one in reached for m in _named(one, context)]
    return list(dict.fromkeys(found))


def _named(noun: Token, context: Context) -> list[Mention]:
    """What a noun names, or the names that stand bare after it: "les sites X, Y et Z"."""
    syntax = context.lexicon.syntax
    after = [child for child in noun.children if child.i > noun.i and not syntax.is_(child, "conjunct")]
    bare = [child for child in after if child.pos_ in {"PROPN", "NOUN"} and not any(syntax.children(child, "case"))]
    names = [m for m in context.mentions_of([noun, *bare]) if m.type is MentionType.NAME]
    return names or context.mentions_of([noun])
