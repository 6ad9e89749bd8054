"""Names that the words between them say to be one's own in, the second as a name of the first out.

"Norvent, anciennement Éolia", "Memphis Slim, also known as Peter Chatman", "Calvia (aka Kestrel)".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span as Tokens

from kg.model import Mention, MentionType
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context

_CALLING = frozenset({"AliasWord", "AliasParticle"})
_FAR = 9  # tokens: ", également connue sous le nom de la"


def find_aliases(context: Context) -> None:
    """Let a name stand for the one before it that is said to be another name for the same."""
    for first, second in _alike(context):
        known, other = (first, second) if first.entry or not second.entry else (second, first)
        if not other.entry and not other.antecedent:
            context.mentions.replace(replace(other, kind=known.kind, antecedent=known.root))


def _alike(context: Context) -> Iterator[tuple[Mention, Mention]]:
    """Names that only words for being called so part, and that may stand for one thing by their classes."""
    names = [mention for mention in context.mentions if mention.type is MentionType.NAME]
    for first, second in pairwise(names):
        between = context.doc[context.tokens(first.span).end : context.tokens(second.span).start]
        if 0 < len(between) <= _FAR and _calls(between, context) and _of_a_kind(first, second, context):
            yield first, second


def _calls(between: Tokens, context: Context) -> bool:
    """Whether all words between two names say that one is called by the other, and one of them says it by itself."""
    classes = [context.classes(token) for token in between if token.text not in {",", "("}]
    return any("AliasWord" in some for some in classes) and all(_CALLING & some for some in classes)


def _of_a_kind(first: Mention, second: Mention, context: Context) -> bool:
    """Whether both are people, or both places, or both bodies."""
    return any(context.is_a(first, kind) and context.is_a(second, kind) for kind in (PERSON, PLACE, ORGANIZATION))
