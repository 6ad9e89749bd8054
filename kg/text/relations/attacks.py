"""Attacks in, who fights whom out: "le pays est frappé par des attentats liés à X", "l'attaque de X contre Y"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import KG, Mention
from kg.text.context import Context
from kg.text.morphology import VERBAL
from kg.text.nameless import participants
from kg.text.relations.found import Found, built_by
from kg.text.relations.listed import listed
from kg.text.tokens import Token

_COUNTRY = KG + "Country"
_ARMED = (KG + "ArmedGroup", KG + "ArmedForce")


def by_attacks(context: Context) -> Iterator[Found]:
    """Who wages an armed struggle, by the attacks that are laid to them and by those whom they drive back."""
    for relation in built_by("AttackClaimed", context):
        for token in context.doc:
            pairs: Iterator[tuple[Mention, Mention]] = iter(())
            if token.pos_ in VERBAL and context.lexicon.has("ClaimVerb", token):
                pairs = _laid_to(token, context)
            elif token.pos_ == "VERB" and context.lexicon.has("CombatVerb", token):
                pairs = _driven(token, context)
            for one, other in dict.fromkeys(pairs):
                carrier = context.doc[token.i : token.i + 1]
                yield Found(relation, one, other, carrier, "verb", token.lemma_)


def _laid_to(participle: Token, context: Context) -> Iterator[tuple[Mention, Mention]]:
    """Those to whom attacks are laid, each with those whom the attacks hit."""
    syntax, words = context.lexicon.syntax, context.lexicon.words("ClaimPreposition")
    attack = participle.head
    if not syntax.qualifies(participle) or not context.lexicon.has("StrikeNoun", attack):
        return
    following = [t for t in context.doc[participle.i + 1 : participle.i + 3] if syntax.lemma(t) in words]
    for one in listed(following[0].i + 1, context)[0] if following else []:
        if any(context.is_a(one, kind) for kind in _ARMED):
            yield from ((one, hit) for hit in _hit(attack, context))


def _hit(attack: Token, context: Context) -> list[Mention]:
    """The countries that attacks hit, and whoever they are against."""
    syntax = context.lexicon.syntax
    verbs = [t for t in attack.ancestors if t.pos_ == "VERB" and context.lexicon.has("HitVerb", t)][:1]
    agents = [a for verb in verbs for a in syntax.agents(verb) if a == attack or a.is_ancestor(attack)]
    hit = [m for verb in verbs if agents for m in context.mentions_of(syntax.patients(verb))]
    against = context.lexicon.words("AgainstPreposition")
    hit += participants((n for p, n in syntax.obliques(attack) if p in against), context)
    return [one for one in hit if any(context.is_a(one, kind) for kind in (_COUNTRY, *_ARMED))]


def _driven(verb: Token, context: Context) -> Iterator[tuple[Mention, Mention]]:
    """Those who drive an armed group back, with it."""
    syntax = context.lexicon.syntax
    agents, patients = participants(syntax.agents(verb), context), participants(syntax.patients(verb), context)
    for one in agents:
        yield from ((one, other) for other in patients if any(context.is_a(other, kind) for kind in _ARMED))
