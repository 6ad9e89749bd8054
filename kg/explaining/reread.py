"""An article of a store in, read again with what it says by its IRIs out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from kg import gazetteer, link, plugins, resources, text
from kg.graph import queries, rdf
from kg.graph.store import Store
from kg.model import Article, Entity, Event, Provenance, Quotation, Reading, Span, Statement, Time
from kg.text import languages

_METADATA = """SELECT ?language ?title ?issued ?inferred ?url ?publisher {
  ?article a kg:Article .
  OPTIONAL { ?article dct:language ?language } OPTIONAL { ?article dct:title ?title }
  OPTIONAL { ?article dct:issued ?issued } OPTIONAL { ?article kg:issuedInferred ?inferred }
  OPTIONAL { ?article dct:source ?url } OPTIONAL { ?article dct:publisher/skos:prefLabel ?publisher }
} LIMIT 1"""

Said = Statement | Event | Quotation


@dataclass(frozen=True, slots=True)
class Reread:
    """A reading, the entities of its mentions, and what is said in it by IRI, each as often as it is told."""

    reading: Reading
    entities: dict[Span, Entity]
    iris: dict[Span, str]  # of the entities as they are called today
    said: dict[str, list[Said]]
    is_same: bool  # whether the reader that made the graph is the one that read again

    def iri(self, end: Span | Time) -> str | None:
        """The IRI of what a mention stands for, if anybody knows."""
        return self.iris.get(end) if isinstance(end, Span) else None

    def name(self, end: Span | Time) -> str:
        """What an end of a relation is called; its own words where nobody knows who it is."""
        span = end if isinstance(end, Span) else end.span
        return self.entities[span].label if span in self.entities else f"“{self.words(span)}”"

    def words(self, span: Span) -> str:
        """The words of the article, in one line."""
        return " ".join(self.reading.article.words(span).split())


def reread(store: Store, id: str) -> Reread:
    """Read an article of a store again, with what the graph knows of it. Raises `StoreError` if it is not there."""
    article = _article(store, id)
    (reading,) = text.read([article])
    entities = dict(link.resolve(reading, gazetteer.load()))
    said: dict[str, list[Said]] = defaultdict(list)
    for iri, one in rdf.told(reading, entities, store.names):
        said[iri].append(one)
    iris = {span: store.identities.today(store.names.entity_iri(entity.id)) for span, entity in entities.items()}
    return Reread(reading, entities, iris, dict(said), _is_same(store, article))


def _article(store: Store, id: str) -> Article:
    words = store.text(id)
    node = queries.term(f"<{store.names.article_iri(id)}>")
    row = next(iter(store.query(_METADATA, bindings={"article": node}).rows()), (None,) * 6)
    language, title, issued, inferred, url, publisher = (getattr(term, "value", None) for term in row)
    day = date.fromisoformat(issued) if issued and inferred != "true" else None
    return Article(id, words, language, title, day, publisher, url)


def _is_same(store: Store, article: Article) -> bool:
    today = Provenance(plugins.version(), resources.fingerprint(), languages.models(article.language or ""))
    ends = {"article": store.names.article_iri(article.id), "reader": rdf.reader_iri(today)}
    bindings = {name: queries.term(f"<{iri}>") for name, iri in ends.items()}
    return bool(store.query("ASK { ?article prov:wasGeneratedBy ?reader }", bindings=bindings).boolean)
