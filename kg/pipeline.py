"""Articles in, a store with their graphs out, and a report of what was read: the one module that knows every room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from kg import gazetteer, link, plugins, resources, text
from kg.errors import KGError, SourceError
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
    `quotations` are those of the articles read. `skipped` has a line for each article that could not be read.
    """

    articles: int = 0
    unchanged: int = 0
    statements: int = 0
    events: int = 0
    quotations: int = 0
    skipped: list[str] = field(default_factory=list)
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


@dataclass(frozen=True, slots=True)
class _Result:
    article: Article
    entities: set[str]  # IRIs
    proven: Counter[str]  # how many things of each class; what is said twice stands in a graph once
    turtle: bytes


Progress = Callable[[Report], None]


def ingest(
    articles: Iterable[Article | SourceError],
    store: Store,
    *,
    progress: Progress | None = None,
    report: Report | None = None,
) -> Report:
    """Read articles into a store that was opened for writing, and say what came of it.

    An article that the same reader has read already is passed over before any model is loaded. One that cannot be
    read is reported and takes no other with it. `progress` is called after every article; `report` is one to go on
    with, for who wants to know how far a run came that was broken off.
    Raises `StoreError` or `OSError` where the store cannot be written, `DataError` for a malformed ontology.
    """
    report = report or Report()
    tell = progress or _silence
    unread = _unread(articles, store, report, tell)
    while batch := list(islice(unread, _BATCH)):
        for result in _results(batch, store.names):
            if isinstance(result, _Result):
                store.put(result.article, result.turtle)
            report.add(result)
            tell(report)
    return report


def _unread(
    articles: Iterable[Article | SourceError], store: Store, report: Report, tell: Progress
) -> Iterator[Article]:
    for article in articles:
        if isinstance(article, SourceError):
            report.add(article)
        elif _is_current(article, store):
            report.unchanged += 1
        else:
            yield article
            continue
        tell(report)


def _is_current(article: Article, store: Store) -> bool:
    try:
        return store.is_current(article, _provenance(article.language or ""))
    except SourceError:  # nobody reads its language: it is said when the article's turn comes
        return False


def _results(batch: list[Article], names: Namespaces) -> Iterator[_Result | SourceError]:
    """The graphs of a batch as they come, or, from where an article breaks the reader, of each article by itself."""
    batch = sorted(batch, key=lambda article: article.language or "")  # one stream through each model
    done = 0
    try:
        for reading in text.read(batch):
            yield _result(reading, names)
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
            yield from _results([article], names)


def _result(reading: Reading, names: Namespaces) -> _Result:
    article = reading.article
    entities = link.resolve(reading, gazetteer.load())
    triples = rdf.triples(
        reading,
        entities,
        _provenance(article.language or ""),
        names,
        publisher=link.publisher(article, gazetteer.load()),
    )
    turtle = rdf.turtle(triples, names, article.id)
    return _Result(article, stats.entities(triples), stats.proven(triples), turtle)


@cache
def _provenance(language: str) -> Provenance:
    return Provenance(plugins.version(), resources.fingerprint(), languages.models(language))


def _silence(_: Report) -> None:
    pass
