"""A statement, an event or a quotation in, as its IRI or in words; why the graph has it, and what came near it, out.

The article's text is read again for it, so that the words that carried each part are told from the sentence they stand
in, and so that what was found and not stated is there too: the graph keeps neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.explaining import sought
from kg.explaining.reread import Reread, reread
from kg.explaining.words import Explanation, explained, told_refusal
from kg.graph.store import Store
from kg.model import Refusal

__all__ = ["Answer", "Explanation", "explain", "refused"]

_ARTICLES = 20  # that are read again at most for one question: near misses are looked for in the first of them


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store states of what was asked, why, and what came near it; `unread` counts articles not looked at."""

    explanations: tuple[Explanation, ...]
    near: tuple[str, ...]
    unread: int = 0


def explain(store: Store, what: str) -> Answer:
    """Explain an IRI of a statement, an event or a quotation, or all statements of "subject property object".

    Names are as people type them, `*` is anybody or anything.
    Raises `QueryError` for what is neither, and for an IRI that the store does not have.
    """
    asked = sought.sought(store, what)
    ids = asked.articles[:_ARTICLES]
    explanations: list[Explanation] = []
    near: list[str] = []
    for id in ids:
        again = reread(store, id)
        nodes = [iri for iri in asked.said if store.names.article_id(iri.partition("#")[0]) == id]
        explanations += (explained(again, iri, store) for iri in nodes)
        near += _near(again, asked, nodes)
    return Answer(tuple(explanations), tuple(near), len(asked.articles) - len(ids))


def refused(store: Store, id: str) -> tuple[Counter[str], list[str]]:
    """What was found in an article and not stated: how often for each reason, and a line for each.

    Raises `StoreError` for an article that is not there.
    """
    again = reread(store, id)
    counts = Counter(str(refusal.reason) for refusal in again.reading.refusals)
    return counts, [told_refusal(again, refusal) for refusal in again.reading.refusals]


def _near(again: Reread, asked: sought.Sought, nodes: list[str]) -> Iterator[str]:
    """The refusals between the ends that were asked for, or in a sentence in which one of these nodes is told."""
    sentences = {one.evidence.sentence for iri in nodes for one in again.said.get(iri, ())}
    for refusal in again.reading.refusals:
        beside = not asked.is_triple and refusal.evidence.sentence in sentences
        if beside or (asked.is_triple and _is_between(again, refusal, asked)):
            yield told_refusal(again, refusal)


def _is_between(again: Reread, refusal: Refusal, asked: sought.Sought) -> bool:
    """Whether both ends are those that were asked for: of the relation asked for, or, where both are named, of any."""
    ends = again.iri(refusal.subject), again.iri(refusal.object)
    are_named = asked.subjects is not None and asked.objects is not None
    if not are_named and refusal.predicate != asked.relation:
        return False
    orders = (ends, ends[::-1]) if are_named else (ends,)
    sides = asked.subjects, asked.objects
    return any(all(side is None or end in side for end, side in zip(o, sides, strict=True)) for o in orders)
