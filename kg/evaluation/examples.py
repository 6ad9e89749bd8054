"""The ontology's relations in, how many of their own example sentences yield them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg import ontology, text
from kg.evaluation.measure import Score
from kg.model import Article


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the ontology, and whether its relation must be found in it."""

    relation: str  # IRI
    words: str
    language: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Examples:
    """Scores by the name of the relation, and the sentences that were read otherwise than they say."""

    relations: dict[str, Score]
    missed: tuple[Sentence, ...]
    wrong: tuple[Sentence, ...]


def read_examples() -> Examples:
    """Read all examples and counter-examples; a sentence counts once, however often it yields its relation."""
    sentences = dict(enumerate(sorted(_sentences(), key=lambda one: one.language)))
    relations: dict[str, Score] = defaultdict(Score)
    missed, wrong = [], []
    for reading in text.read(Article(str(n), one.words, one.language) for n, one in sentences.items()):
        one = sentences[int(reading.article.id)]
        is_found = any(statement.predicate == one.relation for statement in reading.statements)
        relations[one.relation.rpartition("#")[2]] += Score(is_found and one.is_right, is_found, one.is_right)
        missed += [one] * (one.is_right and not is_found)
        wrong += [one] * (is_found and not one.is_right)
    return Examples(dict(sorted(relations.items())), tuple(missed), tuple(wrong))


def _sentences() -> Iterator[Sentence]:
    for iri, relation in sorted(ontology.load().relations.items()):
        yield from (Sentence(iri, words, language, True) for words, language in relation.examples)
        yield from (Sentence(iri, words, language, False) for words, language in relation.counter_examples)
