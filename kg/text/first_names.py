"""The names of an article's people in, which short ones are parts of which longer one out: "Thierry", "M. Pellard"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.gazetteer import fold
from kg.model import Mention, MentionType
from kg.text.context import PERSON, Context


def join_first_names(context: Context) -> None:
    """Let a person's first name stand for the one full name of the article that begins with it.

    Surnames need none of it: they are the same entity in every article.
    """
    full, bearers = full_names(context), {_words(m, context): m for m in reversed(list(_people(context)))}
    for mention in list(_people(context)):
        words = _words(mention, context)
        if full[words].startswith(words + " ") and not mention.antecedent:
            context.mentions.replace(replace(mention, antecedent=bearers[full[words]].root))


def full_names(context: Context) -> dict[str, str]:
    """The names of people, folded, each with the one longest name of the article that it is the end or the start of."""
    names = {tuple(_words(mention, context).split()) for mention in _people(context)}
    longer: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for name in names:
        for length in range(1, len(name)):
            longer[name[:length]].add(name)
            longer[name[-length:]].add(name)
    longest = {name: [n for n in longer[name] if not longer.get(n)] for name in names}
    return {" ".join(name): " ".join(some[0] if len(some) == 1 else name) for name, some in longest.items()}


def _people(context: Context) -> Iterator[Mention]:
    return (m for m in context.mentions if m.type is MentionType.NAME and m.kind == PERSON and not m.entry)


def _words(mention: Mention, context: Context) -> str:
    return fold(context.article.words(mention.name or mention.span))
