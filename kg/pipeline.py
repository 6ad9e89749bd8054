"""Articles in, a store with their graphs out, and a report of what was read: the one module that knows every room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import Protocol

from kg import gazetteer, link, plugins, resources, text
from kg.errors import KGError, ServiceError, SourceError
from kg.graph import rdf, stats
from kg.graph.names import Namespaces
from kg.graph.store import Store
from kg.model import KG, Article, Provenance, Reading
from kg.text import languages

_BATCH = 16  # articles the models see at a time: enough to be quick, few enough to lose little to a kill


@dataclass(slots=True)
class Report:
    """What a run has done so far; it grows while the run goes on.

    `articles` were read, `unchanged` stood in the store already and were not; `entities`, `statements`, `events` and
    `quotations` are those of the articles read. `skipped` has a line for each article that could not be read, `notes`
    one for whatever else went wrong.
    """

    articles: int = 0
    unchanged: int = 0
    statements: int = 0
    events: int = 0
    quotations: int = 0
    skipped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    entity_iris: set[str] = field(default_factory=set)

    @property
    def entities(self) -> int:
        """How many different ones were met."""
        return len(self.entity_iris)

    @property
    def seen(self) -> int:
        """How many articles are done with, one way or another."""
        return self.articles + self.unchanged + len(self.skipped)

    def add(self, result: _Result | SourceError) -> None:
        """Count one article."""
        if isinstance(result, SourceError):
            self.skipped.append(str(result))
            return
        self.articles += 1
        self.statements += result.proven[KG + "Statement"]
        self.events += result.proven[KG + "Event"]
        self.quotations += result.proven[KG + "Quotation"]
        self.entity_iris |= result.entities
        self.notes += [result.note] * (bool(result.note) and result.note not in self.notes)


@dataclass(frozen=True, slots=True)
class _Result:
    article: Article
    entities: set[str]  # IRIs
    proven: Counter[str]  # how many things of each class; what is said twice stands in a graph once
    turtle: bytes
    note: str = ""


class Extractor(Protocol):
    """A second reader, which adds to what was read; an entry point of `kg.extractors` makes one.

    Its `name` tells the graphs that it had a part in. Raises `ServiceError` where it cannot do its work.
    """

    @property
    def name(self) -> str: ...

    def __call__(self, reading: Reading) -> Reading: ...


Progress = Callable[[Report], None]


def ingest(
    articles: Iterable[Article | SourceError],
    store: Store,
    *,
    progress: Progress | None = None,
    report: Report | None = None,
    extractor: Extractor | None = None,
) -> Report:
    """Read articles into a store that was opened for writing, and say what came of it.

    An article that the same reader has read already is passed over before any model is loaded. One that cannot be
    read is reported and takes no other with it. `progress` is called after every article; `report` is one to go on
    with, for who wants to know how far a run came that was broken off. An `extractor` reads each article after the
    reader; where it cannot, the reader's own graph is stored, with a note, and a later run asks it again.
    Raises `StoreError` or `OSError` where the store cannot be written, `DataError` for a malformed ontology.
    """
    report = report or Report()
    tell = progress or _silence
    unread = _unread(articles, store, report, tell, extractor)
    while batch := list(islice(unread, _BATCH)):
        for result in _results(batch, store.names, extractor):
            if isinstance(result, _Result):
                store.put(result.article, result.turtle)
            report.add(result)
            tell(report)
    return report


def _unread(
    articles: Iterable[Article | SourceError], store: Store, report: Report, tell: Progress, extractor: Extractor | None
) -> Iterator[Article]:
    for article in articles:
        if isinstance(article, SourceError):
            report.add(article)
        elif _is_current(article, store, extractor):
            report.unchanged += 1
        else:
            yield article
            continue
        tell(report)


def _is_current(article: Article, store: Store, extractor: Extractor | None) -> bool:
    try:
        return store.is_current(article, _provenance(article.language or "", extractor))
    except SourceError:  # nobody reads its language: it is said when the article's turn comes
        return False


def _results(batch: list[Article], names: Namespaces, extractor: Extractor | None) -> Iterator[_Result | SourceError]:
    """The graphs of a batch as they come, or, from where an article breaks the reader, of each article by itself."""
    batch = sorted(batch, key=lambda article: article.language or "")  # one stream through each model
    done = 0
    try:
        for reading in text.read(batch):
            yield _result(reading, names, extractor)
            done += 1
        return
    except SourceError as error:
        failure = error
    except KGError:  # the ontology or the installation is at fault, and every article would say so
        raise
    except Exception as error:
        failure = SourceError(f"the reader broke on it ({type(error).__name__}: {error}): please report it")
    if len(batch) == 1:
        yield SourceError(f"{batch[0].id}: {failure}")
    else:
        for article in batch[done:]:
            yield from _results([article], names, extractor)


def _result(reading: Reading, names: Namespaces, extractor: Extractor | None) -> _Result:
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
        _provenance(article.language or "", extractor),
        names,
        publisher=link.publisher(article, gazetteer.load()),
    )
    turtle = rdf.turtle(triples, names, article.id)
    return _Result(article, stats.entities(triples), stats.proven(triples), turtle, note)


def _provenance(language: str, extractor: Extractor | None) -> Provenance:
    reader = _reader(language)
    return replace(reader, models=(*reader.models, extractor.name)) if extractor else reader


@cache
def _reader(language: str) -> Provenance:
    return Provenance(plugins.version(), resources.fingerprint(), languages.models(language))


def _silence(_: Report) -> None:
    pass
