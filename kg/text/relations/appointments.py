"""An office in, whoever gets it, has it or loses it by a verb out: "élu maire", "devient ministre", "en tant que chef".

The parsers hang such an office on the verb, on the name or on the word "poste", so the construction is read from the
words: between the verb and the office stand only those that bring an office, and perhaps whom it is given to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Mention, MentionType
from kg.text.context import PERSON, Context
from kg.text.morphology import VERBAL, feature
from kg.text.nouns import name_before_comma
from kg.text.tokens import Token, Tokens

_LIGHT = frozenset({"DET", "ADJ", "NUM", "ADV", "ADP", "SCONJ"})  # may stand between the verb and the office
_OFFICE = 4  # tokens that an office may take
_FAR = 12  # tokens between the verb and the office, the name of whom it is given to included


@dataclass(frozen=True, slots=True)
class _Link:
    """What stands before an office: the verb if one is near, and the name between them."""

    verb: Token | None
    named: Mention | None


def appointed(tokens: Tokens, context: Context) -> tuple[list[Mention], bool]:
    """Whom the words before an office say to hold it, and whether they lose it."""
    link = _link(tokens, context)
    if link is None:
        return [], False
    if link.verb is None:
        return _acting(tokens, context), False
    nouns = [n for n in _nouns(link.verb, context) if not tokens.start <= n.i < tokens.end]
    takes = any(context.lexicon.has(kind, link.verb) for kind in ("BecomingVerb", "HoldingVerb"))
    if link.named and not takes and not context.lexicon.syntax.is_passive(link.verb):
        found = [link.named]
    else:
        found = context.mentions_of(nouns) or _beside(link.verb, context)
    return found, context.lexicon.has("LeavingVerb", link.verb)


def _link(tokens: Tokens, context: Context) -> _Link | None:
    doc, has, place = context.doc, context.lexicon.has, tokens.start - 1
    named: Mention | None = None
    brought = marked = False
    while place >= max(tokens.sent.start, tokens.start - _FAR):
        token, mention = doc[place], context.mentions.at(doc[place])
        if kind := _kind(token, context):
            fits = marked or (not brought and kind in {"AppointmentVerb", "BecomingVerb"})
            return _Link(token, named) if fits else None
        if mention and mention.type is MentionType.NAME and context.is_a(mention, PERSON) and named is None:
            named, place = mention, context.tokens(mention.span).start
        elif has("PostNoun", token) or has("RoleMarker", token):
            marked = True
        elif token.pos_ == "CCONJ" and (first := _office_before(token, context)) is not None:
            place = first
        elif token.pos_ == "PART" or (mention and place + 1 < tokens.start and doc[place + 1].pos_ == "PART"):
            pass  # "as Mali's foreign minister"
        elif token.pos_ not in _LIGHT and not context.is_time(token) and not has("Honorific", token):
            break
        elif token.pos_ == "ADP":
            brought = True
        place -= 1
    return _Link(None, None) if named is None and marked and _opens_as(tokens, place, context) else None


def _office_before(conjunction: Token, context: Context) -> int | None:
    """Where the office begins that another is coordinated with: "devenu président et premier ministre"."""
    near = range(max(conjunction.i - _OFFICE, conjunction.sent.start), conjunction.i)
    return next((start for start in near if context.office_starts.get(start) == conjunction.i), None)


def _kind(token: Token, context: Context) -> str | None:
    """Which of the classes of verbs that bring an office a token is of."""
    if token.pos_ not in VERBAL and "Part" not in feature(token, "VerbForm") and token.pos_ != "ADJ":
        return None
    kinds = ("AppointmentVerb", "BecomingVerb", "HoldingVerb", "LeavingVerb")
    return next((kind for kind in kinds if context.lexicon.has(kind, token)), None)


def _opens_as(tokens: Tokens, before: int, context: Context) -> bool:
    """Whether "en tant que" opens the sentence or follows a comma, so that it speaks of the subject."""
    between = context.doc[before + 1 : tokens.start]
    as_one = any(context.lexicon.has("RoleMarker", token) for token in between[:3])
    return as_one and (before < tokens.sent.start or context.doc[before].text == ",")


def _acting(tokens: Tokens, context: Context) -> list[Mention]:
    """The subject of the clause that "en tant que ministre" belongs to."""
    verb = next((token for token in tokens.root.ancestors if token.pos_ in VERBAL), None)
    return context.mentions_of(context.lexicon.syntax.agents(verb)) if verb is not None else []


def _nouns(verb: Token, context: Context) -> Sequence[Token]:
    syntax, has = context.lexicon.syntax, context.lexicon.has
    return syntax.patients(verb) if has("AppointmentVerb", verb) or syntax.is_passive(verb) else syntax.agents(verb)


def _beside(verb: Token, context: Context) -> list[Mention]:
    """The name that a comma parts from a participle: "Jean Dupont, élu maire de Lyon, …"."""
    if "Part" not in feature(verb, "VerbForm") and verb.pos_ != "ADJ":
        return []
    name = name_before_comma(context, context.doc[verb.i : verb.i + 1])
    return [name] if name else []
