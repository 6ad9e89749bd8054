"""Some articles in, the graph of each out, as bytes: what every engine runs, here or on another machine.

It is a pure function of the articles, the names and the installed reader: it opens no store and keeps no state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from kg import gazetteer, link, plugins, resources, text
from kg.errors import KGError, Reason, ServiceError, SourceError
from kg.graph import quads, rdf, stats, turtle
from kg.graph.names import Namespaces
from kg.model import Article, Provenance, Reading
from kg.text import languages


@dataclass(frozen=True, slots=True)
class Result:
    """What one article became: its graph as Turtle, the IRIs of its entities, and how many things of each class."""

    article: Article
    entities: set[str]  # IRIs
    proven: Counter[str]  # by class; what is said twice stands in a graph once
    turtle: bytes
    note: str = ""


class Extractor(Protocol):
    """A second reader, which adds to what was read; an entry point of `kg.extractors` makes one.

    Its `name` tells the graphs that it had a part in. Raises `ServiceError` where it cannot do its work.
    """

    @property
    def name(self) -> str: ...

    def __call__(self, reading: Reading) -> Reading: ...


def results(
    articles: Sequence[Article], names: Namespaces, extractor: Extractor | None = None
) -> Iterator[Result | SourceError]:
    """The graphs of articles as they come, or, from where one breaks the reader, of each article by itself.

    Those of one language come together, so that each model reads one stream; an article that cannot be read is a
    `SourceError` in its place. Raises other `KGError`s, which every article would meet: a malformed ontology.
    """
    batch = sorted(articles, key=lambda article: article.language or "")
    done = 0
    try:
        for reading in text.read(batch):
            yield result(reading, names, extractor)
            done += 1
        return
    except SourceError as error:
        failure = error
    except KGError:
        raise
    except Exception as error:
        failure = SourceError(
            f"the reader broke on it ({type(error).__name__}: {error}): please report it", reason=Reason.BROKEN
        )
    if len(batch) == 1:
        (article,) = batch
        yield SourceError(f"{article.id}: {failure}", reason=failure.reason, where=article.where, id=article.id)
    else:
        for article in batch[done:]:
            yield from results([article], names, extractor)


def nquads(result: Result, names: Namespaces) -> bytes:
    """The graph of a result as N-Quads, in the article's own graph, as `kg export` writes them."""
    return quads.nquads(turtle.parse(result.turtle), names.article_iri(result.article.id))


def provenance(language: str, extractor: Extractor | None = None) -> Provenance:
    """What tells a graph's reader from others. Raises `SourceError` for a language that nobody reads."""
    reader = _reader(language)
    return replace(reader, models=(*reader.models, extractor.name)) if extractor else reader


def result(reading: Reading, names: Namespaces, extractor: Extractor | None = None) -> Result:
    """The graph of one reading; an extractor that fails leaves a note in it."""
    note = ""
    if extractor:
        try:
            reading = extractor(reading)
        except ServiceError as error:
            note = f"{error}: articles are read without {extractor.name}"
            extractor = None
    article = reading.article
    entities = link.resolve(reading, gazetteer.load())
    triples = rdf.triples(
        reading,
        entities,
        provenance(article.language or "", extractor),
        names,
        publisher=link.publisher(article, gazetteer.load()),
    )
    written = rdf.turtle(triples, names, article.id)
    return Result(article, stats.entities(triples), stats.proven(triples), written, note)


@cache
def _reader(language: str) -> Provenance:
    return Provenance(plugins.version(), resources.fingerprint(), languages.models(language))
