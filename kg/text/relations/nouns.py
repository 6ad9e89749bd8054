"""Nouns in, relations out: "membre de l'OTAN", "la lutte de X contre Y", as the ontology's cues say."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Mention, MentionType
from kg.ontology import Relation
from kg.text.context import Context
from kg.text.lexicon import Carried, is_relation
from kg.text.nameless import participants
from kg.text.relations.bearers import bearers, things
from kg.text.relations.examples import examples
from kg.text.relations.found import Found
from kg.text.tokens import Token, Tokens


def by_nouns(context: Context) -> Iterator[Found]:
    """What nouns that the ontology knows say somebody is to somebody, or does to them."""
    for start, end, some in context.nouns:
        for carried in filter(is_relation, some):
            if not _is_of_verb(context.doc[start:end].root, carried, context):
                yield from _by_noun(context.doc[start:end], carried, context)


def _is_of_verb(noun: Token, carried: Carried[Relation], context: Context) -> bool:
    """Whether a noun is a part of a verb's own cue, which says more: "va transférer son siège à Lyon"."""
    above = context.carried_by(noun.head) if noun.head.pos_ == "VERB" and noun.head != noun else ()
    return any(one.meaning == carried.meaning and noun.lemma_.lower() in one.cue.words for one in above)


def _by_noun(tokens: Tokens, carried: Carried[Relation], context: Context) -> Iterator[Found]:
    relation, objects = carried.meaning, noun_objects(tokens, carried, context)
    if carried.construction == "action":
        subjects = [(mention, "action") for mention in _actors(tokens.root, context)]
    else:
        subjects = list(bearers(tokens, context))
        if all(one in objects for one, _ in subjects):  # "un partisan d'X lors de la campagne" is not X
            subjects = list(things(tokens, context))
        subjects = subjects or [(mention, "apposition") for mention in examples(tokens.root, context)]
    if not objects and carried.construction == "action" and "GroupSides" in relation.constructions:
        subjects = [(one, how) for one, how in subjects if _is_known(one, context)]
        objects = _nameless(tokens.root, carried, context) if subjects else []
    for subject, how in subjects:
        for object in objects:
            pair = (object, subject) if carried.construction == "inverseNoun" else (subject, object)
            named = how == "apposition" or (how == "action" and tokens.root.head.pos_ in {"NOUN", "PROPN"})
            yield Found(relation, *pair, tokens, how, carried.cue.text, named)


def _nameless(action: Token, carried: Carried[Relation], context: Context) -> list[Mention]:
    """Whom an action is to, where nobody names them: "son soutien aux réfugiés"."""
    pairs = context.lexicon.syntax.obliques(action)
    return participants((noun for found, noun in pairs if found == carried.cue.preposition), context)


def _is_known(mention: Mention, context: Context) -> bool:
    """Whether a mention stands for somebody with a name: of two groups without one, nothing is stated."""
    root = context.mentions.by_span.get(mention.root, mention)
    return root.type is MentionType.NAME or root.entry is not None or bool(root.anchors)


def noun_objects(tokens: Tokens, carried: Carried[Relation], context: Context) -> list[Mention]:
    """What a cue noun is of or to, by its preposition or by whoever owns it."""
    wanted = carried.cue.preposition
    if wanted is None:
        return context.owners(tokens.root)
    syntax = context.lexicon.syntax
    pairs = [pair for token in tokens for pair in syntax.obliques(token)]
    adverbs = [child for token in tokens for child in token.children if child.pos_ == "ADV"]  # "auprès" of "auprès de"
    pairs += [(syntax.lemma(adverb), noun) for adverb in adverbs for _, noun in syntax.obliques(adverb)]
    found = [m for preposition, noun in pairs if preposition == wanted for m in context.referents(noun)]
    if wanted in context.lexicon.words("GenitivePreposition"):
        found += context.owners(tokens.root) or _owners_above(tokens.root, context)
    return list(dict.fromkeys(found))


def _owners_above(noun: Token, context: Context) -> list[Mention]:
    """Whose the name is that a noun stands before: "its subsidiary Instagram", "Meta's subsidiary Instagram"."""
    name = context.mentions.at(noun.head) if noun.head.i > noun.i else None
    return context.possessors(noun.head) if name and name.type is MentionType.NAME else []


def _actors(action: Token, context: Context) -> list[Mention]:
    """Who does what a noun of action names: "la lutte de X contre Y", "la coalition de lutte contre Y"."""
    syntax = context.lexicon.syntax
    below = [noun for _, noun in syntax.obliques(action)]  # the parser hangs "par Microsoft" on what was bought
    by = [n for token in (action, *below) for p, n in syntax.obliques(token) if syntax.is_agent(p)]
    found = [m for noun in by for m in context.referents(noun)] or context.owners(action)
    holds = action.head != action and action.head.pos_ in {"NOUN", "PROPN"}
    if not found and holds and (bearer := context.referent(action.head)):
        found = [bearer]
    if not found and action.head.pos_ == "VERB" and context.lexicon.has("LightVerb", action.head):
        found = [m for agent in syntax.agents(action.head) for m in context.referents(agent)]
    return found
