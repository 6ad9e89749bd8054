"""A noun for several in, whom the words around it name out: "des pays comme A et B", "A et d'autres pays".

What is told of several is told of each of those that are named as their examples or their list.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Mention, MentionType
from kg.text.agreement import is_plural
from kg.text.context import Context
from kg.text.morphology import VERBAL
from kg.text.nameless import participants
from kg.text.tokens import Token

_FAR = 9  # tokens between a noun and what brings its examples
_INSIDE = frozenset({"ADJ", "ADP", "DET", "NOUN", "PROPN", "NUM"})  # of a noun phrase, with its complements


def those(nouns: Iterable[Token], context: Context, *, nameless: bool = False) -> list[Mention]:
    """Whom some nouns, and all that is coordinated with each, stand for, and their examples, without repeats.

    With `nameless`, groups that nobody names are among them.
    """
    found: dict[Mention, None] = {}
    for noun in nouns:
        known = participants([noun], context) if nameless else context.referents(noun)
        found |= dict.fromkeys([*known, *examples(noun, context)])
    return list(found)


def examples(noun: Token, context: Context) -> list[Mention]:
    """Who is named as one of several: after "comme", "dont", a colon or in brackets, or before "et d'autres"."""
    if noun.pos_ != "NOUN" or not (is_plural(noun) or any(is_plural(child) for child in noun.lefts)):
        return []
    return _after(noun, context) or _before(noun, context)


def _after(noun: Token, context: Context) -> list[Mention]:
    doc, at = context.doc, noun.i + 1
    stop = min(noun.i + _FAR, noun.sent.end - 1)
    while at < stop and not context.lexicon.has("ExampleMark", doc[at]):
        comma = doc[at].text == "," and context.lexicon.has("ExampleMark", doc[at + 1])
        if doc[at].pos_ not in _INSIDE and not comma:
            return []
        at += 1
    if at >= stop:
        return []
    found, end = _names(at + 1, context)
    closed = end >= len(doc) or doc[end].pos_ not in VERBAL or not context.lexicon.has("RelativeMark", doc[at])
    listed = len(found) > 1 or not context.lexicon.has("ListMark", doc[at])
    return found if closed and listed else []


def _names(start: int, context: Context) -> tuple[list[Mention], int]:
    """The names that follow one another from a token on, and the token after them."""
    doc, at, end, found, stop = context.doc, start, start, list[Mention](), context.doc[start - 1].sent.end
    while at < stop:
        mention = context.mentions.at(doc[at])
        if mention and mention.type is MentionType.NAME and mention not in found:
            found.append(mention)
            at = end = context.tokens(mention.span).end
            if at >= stop or not (doc[at].text == "," or doc[at].pos_ == "CCONJ"):
                break
        elif doc[at].text != "," and doc[at].pos_ not in ({"CCONJ", "DET"} if found else {"DET", "SCONJ", "ADP"}):
            break
        else:
            at += 1
    return found, end


def _before(noun: Token, context: Context) -> list[Mention]:
    """The names before "and other": "l'Allemagne et d'autres pays membres de l'Otan"."""
    doc, at, other = context.doc, noun.i - 1, False
    while (
        at > noun.sent.start and doc[at].pos_ in {"DET", "ADJ", "ADP", "NOUN"} and context.mentions.at(doc[at]) is None
    ):
        other = other or context.lexicon.has("OtherWord", doc[at])
        at -= 1
    if not other or doc[at].pos_ != "CCONJ":
        return []
    found: list[Mention] = []
    while at > noun.sent.start and (doc[at].text == "," or doc[at].pos_ in {"CCONJ", "DET"}):
        mention = context.mentions.at(doc[at - 1])
        if mention and mention.type is MentionType.NAME:
            found.append(mention)
            at = context.tokens(mention.span).start
        at -= 1
    return found[::-1]
