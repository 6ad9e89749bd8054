"""Happenings in, those that are told for themselves out: no mere carrier of a noun, nothing only asked or refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.model import Mention
from kg.text.context import Context
from kg.text.events.happening import Happening
from kg.text.events.light import light_verb
from kg.text.morphology import VERBAL
from kg.text.negation import openers
from kg.text.tokens import Token


def told_apart(found: list[Happening], context: Context) -> list[Happening]:
    """The happenings without those that another one says: the light verb of a noun, the content of a demand."""
    found = list(_one_each(found, context))
    governors = {one.trigger.i: one for one in found if one.type.directed}
    kept: list[Happening] = []
    lent: dict[int, list[Mention]] = {}
    for one in found:
        holder = _absorber(one, governors, context)
        if holder is None:
            kept.append(one)
        elif one.patients:
            lent.setdefault(holder, one.patients)
    return [_lent(one, lent.get(one.trigger.i, []), context) for one in kept if not _is_background(one, context)]


def _lent(one: Happening, patients: list[Mention], context: Context) -> Happening:
    """A happening directed at whoever its aim is directed at: "they blocked roads to press demands on the mayor"."""
    doers = {context.identity(agent) for agent in one.agents}
    others = [m for m in patients if context.identity(m) not in doers]
    return one if one.patients or not others else replace(one, patients=others)


def _one_each(found: list[Happening], context: Context) -> Iterator[Happening]:
    """Of a verb and the noun in it the one that says what happens: « lancer une enquête » the noun, unless it is fixed.

    A noun that is a word of its verb's cue lends the verb whoever takes part in it: "l'accord entre A et B est signé".
    """
    verbs = {one.trigger.i: one for one in found if one.construction == "verb"}
    held = ((light_verb(one.trigger, context), one) for one in found if one.construction == "noun")
    nouns = {verb.i: one for verb, one in held if verb is not None}
    below: dict[int, list[Happening]] = defaultdict(list)
    for one in found:
        below[one.trigger.head.i].append(one)
    for one in found:
        if one.construction == "noun":
            holder = verbs.get(one.trigger.head.i)
            if holder is None or not (_is_fixed(one, holder) or _strikes(one, holder, context)):
                yield one
            continue
        noun = nouns.get(one.trigger.i)
        fixed = next((n for n in below[one.trigger.i] if _is_fixed(n, one)), None)
        if fixed:
            agents, patients = one.agents or fixed.agents, one.patients or fixed.patients
            yield replace(one, agents=agents, patients=patients, words=(*one.words, *fixed.words))
        elif noun is None or " " in one.cue or noun.type.iri == one.type.iri:
            yield one


def _strikes(noun: Happening, verb: Happening, context: Context) -> bool:
    """Whether a noun is the subject of a verb that tells the same, and more: « un séisme a frappé le pays »."""
    subject = context.lexicon.syntax.is_(noun.trigger, "subject")
    return subject and noun.type.iri == verb.type.iri and not noun.agents and not noun.patients


def _is_fixed(noun: Happening, verb: Happening) -> bool:
    """Whether a noun is a word of the cue of a verb: "lancer appel"."""
    words = verb.cue.split()[1:]
    return noun.construction == "noun" and (noun.trigger.lemma_.lower() in words or noun.trigger.lower_ in words)


def _absorber(one: Happening, governors: Mapping[int, Happening], context: Context) -> int | None:
    """The place of what something is only the aim or the condition of, or what it asks for, refuses or threatens."""
    syntax, token = context.lexicon.syntax, one.trigger
    while token.head != token:
        below, token = token, token.head
        aim = _is_aim(below, context)
        if any(syntax.is_(below, kind) for kind in _APART) and not aim and not _is_condition(below, context):
            return None
        if syntax.qualifies(below):
            return None
        holds = not syntax.is_(below, "conjunct") and token.i in governors and token.i != one.trigger.i
        if holds and (aim or governors[token.i].type.absorbs):
            return token.i
    return None


_APART = ("subject", "passive_subject", "relative", "adverbial", "parenthetical", "agent")


def _is_aim(verb: Token, context: Context) -> bool:
    """Whether a verb is what another deed is done for: "visited Mali to mediate"."""
    opened = any("PurposeWord" in context.classes(word) for word in openers(verb, context))
    return opened and verb.pos_ in VERBAL and context.lexicon.syntax.is_(verb, "adverbial")


def _is_condition(clause: Token, context: Context) -> bool:
    markers = context.lexicon.syntax.children(clause, "marker")
    return any(context.lexicon.has("ConditionWord", marker) for marker in markers)


def _is_background(one: Happening, context: Context) -> bool:
    """Whether something directed only sets the scene, with nobody in it: "after a week of violence"."""
    syntax, word = context.lexicon.syntax, one.trigger
    if one.agents or one.patients or not one.type.directed:
        return False
    if one.construction == "verb":
        return syntax.qualifies(word)
    held = any(syntax.is_(word, kind) for kind in ("object", "prepositional_object")) and not light_verb(word, context)
    return held or any(syntax.children(word, "case"))
