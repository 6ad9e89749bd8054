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
from kg.graph.store import record
from kg.model import Article, Provenance, Reading
from kg.pipeline.limits import Limits
from kg.text import languages

_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Result:
    """What one article became: its graph as Turtle, the IRIs of its entities, and how many things of each class.

    `reader` is what tells the reader that made it from others, as `kg.graph.store.record.reader` gives it.
    """

    article: Article
    entities: set[str]  # IRIs
    proven: Counter[str]  # by class; what is said twice stands in a graph once
    turtle: bytes
    note: str = ""
    reader: tuple[str, ...] = ()


class Extractor(Protocol):
    """A second reader, which adds to what was read; an entry point of `kg.extractors` makes one.

    Its `name` tells the graphs that it had a part in. Raises `ServiceError` where it cannot do its work.
    """

    @property
    def name(self) -> str: ...

    def __call__(self, reading: Reading) -> Reading: ...


def results(
    articles: Sequence[Article], names: Namespaces, extractor: Extractor | None = None, limits: Limits = _LIMITS
) -> Iterator[Result | SourceError]:
    """The graphs of articles as they come, or, from where one breaks the reader, of each article by itself.

    Those of one language come together, so that each model reads one stream; an article that cannot be read within the
    `limits` is a `SourceError` in its place. Raises other `KGError`s, which every article would meet: a malformed
    ontology.
    """
    batch = sorted(articles, key=lambda article: article.language or "")
    done = 0
    readings: Iterator[Reading] = iter(())
    try:
        readings = iter(text.read(batch))
        for article in batch:
            with limits.kept(article):
                reading = next(readings)
            yield result(reading, names, extractor, limits)
            done += 1
        return
    except SourceError as error:
        failure = error.with_traceback(None)  # which holds all that was parsed, as much as an article may take
    except KGError:
        raise
    except MemoryError:
        failure = SourceError("there is not enough memory to read it: cut it in parts", reason=Reason.MEMORY)
    except Exception as error:
        failure = SourceError(
            f"the reader broke on it ({type(error).__name__}: {error}): please report it", reason=Reason.BROKEN
        )
    if len(batch) == 1:
        yield failed(batch[0], failure)
    else:
        del readings  # holds it as well
        for article in batch[done:]:
            yield from results([article], names, extractor, limits)


def failed(article: Article, failure: SourceError) -> SourceError:
    """What is said of an article that failed so."""
    return SourceError(f"{article.id}: {failure}", reason=failure.reason, where=article.where, id=article.id)


def nquads(result: Result, names: Namespaces) -> bytes:
    """The graph of a result as N-Quads, in the article's own graph, as `kg export` writes them."""
    return quads.nquads(turtle.parse(result.turtle), names.article_iri(result.article.id))


def provenance(language: str, extractor: Extractor | None = None) -> Provenance:
    """What tells a graph's reader from others. Raises `SourceError` for a language that nobody reads."""
    reader = _reader(language)
    return replace(reader, models=(*reader.models, extractor.name)) if extractor else reader


def result(reading: Reading, names: Namespaces, extractor: Extractor | None = None, limits: Limits = _LIMITS) -> Result:
    """The graph of one reading; an extractor, which has limits of its own, leaves a note in it where it fails."""
    note = ""
    if extractor:
        try:
            reading = extractor(reading)
        except ServiceError as error:
            note = f"{error}: articles are read without {extractor.name}"
            extractor = None
    with limits.kept(reading.article):
        return _result(reading, names, provenance(reading.article.language or "", extractor), note)


def _result(reading: Reading, names: Namespaces, reader: Provenance, note: str) -> Result:
    article, known = reading.article, gazetteer.load()
    triples = rdf.triples(
        reading, link.resolve(reading, known), reader, names, publisher=link.publisher(article, known)
    )
    written = rdf.turtle(triples, names, article.id)
    return Result(article, stats.entities(triples), stats.proven(triples), written, note, record.reader(reader))


@cache
def _reader(language: str) -> Provenance:
    return Provenance(plugins.version(), resources.fingerprint(), languages.models(language))
