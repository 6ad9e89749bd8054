"""A noun in, who takes part in what is told out: whoever it stands for, or somebody whom nobody names.

"Six travailleurs humanitaires", "les rebelles", "une ONG locale" are somebody where something is told of them, and only
there: so their mentions are made when a quotation, a relation or an event asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import KG, Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.context import ORGANIZATION, PERSON, Context
from kg.text.mentions import span_of
from kg.text.nouns import counted_phrase, is_definite, kind_of, modifiers
from kg.text.syntax import is_relative
from kg.text.tokens import Token

_TAKING_PART = (PERSON, ORGANIZATION, KG + "Country")
_PEOPLE = ("PeopleNoun", "ProtesterNoun")
_NAMING = frozenset({"NOUN", "ADJ", "NUM"})  # « les blessés » may be tagged an adjective


def participants(nouns: Iterable[Token], context: Context) -> list[Mention]:
    """Who some nouns, and all that is coordinated with each, stand for, without repeats."""
    parts = [part for noun in nouns for part in context.lexicon.syntax.conjuncts(noun)]
    known = [mention for part in parts for mention in _each(part, context)]
    return list(dict.fromkeys(known))


def _each(noun: Token, context: Context) -> list[Mention]:
    """Who one noun stands for; for a pronoun of several, each of them."""
    mention = participant(noun, context)
    return [mention, *(context.mentions.by_span[span] for span in mention.together)] if mention else []


def participant(noun: Token, context: Context) -> Mention | None:
    """Who a noun stands for: the mention that it has, else a new one of a person, a group or a body without a name."""
    if mention := context.referent(noun):
        return mention
    if is_relative(noun):
        head = context.lexicon.syntax.relative_head(noun)
        return participant(head, context) if head is not None and not is_relative(head) else None
    if (counted := _counted(noun, context)) is not None:
        return participant(counted, context)
    kind = _kind(noun, context)
    return _nameless(noun, kind, context) if kind else None


def _counted(noun: Token, context: Context) -> Token | None:
    """What a noun of quantity counts: "une dizaine de manifestants", but not "le groupe de l'homme d'affaires"."""
    if noun.pos_ not in _NAMING or not context.lexicon.has("QuantityNoun", noun):
        return None
    belonging = context.lexicon.words("PositionPreposition")
    pairs = context.lexicon.syntax.obliques(noun)
    return next((n for p, n in pairs if p in belonging and n.i > noun.i and _is_bare(n)), None)


def _is_bare(noun: Token) -> bool:
    return noun.pos_ in {"NOUN", "ADJ"} and not any(child.pos_ == "DET" for child in noun.lefts)


def _kind(noun: Token, context: Context) -> str | None:
    """The class of whom a noun phrase stands for; None where it is no phrase of its own, or a thing."""
    if noun.pos_ not in _NAMING or context.mentions.at(noun) or context.is_time(noun):
        return None
    if noun.pos_ != "NOUN" and not any(child.pos_ in {"DET", "NUM"} for child in noun.lefts):
        return None
    kind = kind_of(noun, context) or (PERSON if any(context.lexicon.has(n, noun) for n in _PEOPLE) else None)
    return kind if kind and any(context.is_a_kind(kind, one) for one in _TAKING_PART) else None


def _nameless(noun: Token, kind: str, context: Context) -> Mention:
    tokens = counted_phrase(context, noun)
    before = _before(noun, kind, context)
    new = Mention(span_of(tokens), MentionType.NOMINAL, kind, antecedent=before.root if before else None)
    return context.mentions.add(tokens, new)


def _before(noun: Token, kind: str, context: Context) -> Mention | None:
    """The last mention of the same noun, taken up by a definite one that adds nothing: "des témoins … les témoins"."""
    if not is_definite(noun):
        return None
    added, plural = modifiers(noun), is_plural(noun)
    for mention in context.mentions.alike(noun):
        root = context.tokens(mention.span).root
        if mention.type is MentionType.NOMINAL and mention.kind == kind and is_plural(root) == plural:
            return mention if added <= modifiers(root) or not modifiers(root) else None
    return None
