"""Names in, those that are another name of the one before out: "X, également connu sous le nom de Y", "X (née Y)".

Only what a name of one sort may be called is joined: a person's other name is a person's, a body's is a body's.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from kg.model import Mention, MentionType
from kg.text.context import ORGANIZATION, PERSON, PLACE, Context
from kg.text.tokens import Tokens

_FAR = 10  # tokens between two names of one thing
_MARKS = frozenset('(,«"“')


def join_aliases(context: Context) -> None:
    """Let a name stand for the name before it, where words between them say that both name one thing."""
    names = [mention for mention in context.mentions if mention.type is MentionType.NAME]
    for one, other in pairwise(names):
        between = context.doc[context.tokens(one.span).end : context.tokens(other.span).start]
        if 0 < len(between) <= _FAR and between[0].sent == context.tokens(other.span)[0].sent:
            said = _phrase(between) in context.lexicon.words("AliasPhrase")
            if said and _may_be_one(one, other, context):
                _join(one, other, context)


def _phrase(between: Tokens) -> str:
    """The words between two names, without the marks and adverbs before and the article after them.

    Auxiliaries stay: "A, appelé B" names A a second time, "A a appelé B" does not.
    """
    words = [token for token in between if token.text not in _MARKS]
    while words and (words[0].pos_ == "ADV" or (words[0].pos_ == "PRON" and words[0].i < words[-1].i)):
        words.pop(0)
    while len(words) > 1 and words[-1].pos_ == "DET":
        words.pop()
    return "".join(token.text_with_ws for token in words).strip().lower().replace("’", "'")


def _may_be_one(one: Mention, other: Mention, context: Context) -> bool:
    """Whether two names may be one thing's: of one sort, and not known to be two."""
    alike = any(context.is_a(one, kind) and context.is_a(other, kind) for kind in (PERSON, PLACE, ORGANIZATION))
    return alike and not (one.entry and other.entry) and not one.antecedent and not other.antecedent


def _join(one: Mention, other: Mention, context: Context) -> None:
    known, new = (other, one) if other.entry else (one, other)
    words = context.article.words(new.span)
    for mention in list(context.mentions):
        if mention.type is MentionType.NAME and context.article.words(mention.span) == words:
            context.mentions.replace(replace(mention, kind=known.kind, antecedent=known.root))
