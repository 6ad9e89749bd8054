"""A Reading and the entities its mentions stand for in, the triples of the contract out.

Whatever is said has an IRI hashed from what is said, so that two sentences that say the same are two pieces of
evidence for one statement. Whatever stands in the text is one IRI a stretch, whether it serves as mention, evidence
or time expression.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox

from kg.graph import versions
from kg.graph.names import DCT, OA, PROV, RDF, READER, SCHEMA, SEM, SKOS, Namespaces, iri_of
from kg.graph.terms import Node, date_of, day_of, days_of, decimal, integer, link, mend, number, plain, term, vocabulary
from kg.graph.triples import Triples
from kg.graph.turtle import turtle
from kg.model import (
    KG,
    Entity,
    Event,
    Evidence,
    Factuality,
    Provenance,
    Quantity,
    Quotation,
    Reading,
    Span,
    Statement,
    Time,
)

__all__ = ["Namespaces", "is_fact", "reader_iri", "told", "triples", "turtle"]

_TAG = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")


def triples(
    reading: Reading,
    entities: Mapping[Span, Entity],
    provenance: Provenance,
    names: Namespaces,
    *,
    publisher: Entity | None = None,
) -> Triples:
    """The graph of one article, in no order that matters (`turtle` sorts).

    `entities` maps the span of every mention that was resolved to what it stands for. A statement or an event's
    participant that was not resolved is left out; so is a relation of something to itself.
    """
    builder = _Builder(reading, entities, names)
    builder.describe_article(provenance, publisher)
    for entity in (*entities.values(), *([publisher] if publisher else [])):
        builder.describe_entity(entity)
    builder.describe_mentions()
    for statement in reading.statements:
        builder.describe_statement(statement)
    for event in reading.events:
        builder.describe_event(event)
    for quotation in reading.quotations:
        builder.describe_quotation(quotation)
    for time in reading.times:
        builder.describe_time(time)
    return builder.triples()


def told(
    reading: Reading, entities: Mapping[Span, Entity], names: Namespaces
) -> Iterator[tuple[str, Statement | Event | Quotation]]:
    """What is said in a reading, by the IRI that it has in the graph; a statement of unknown ends has none."""
    builder = _Builder(reading, entities, names)
    said: tuple[Statement | Event | Quotation, ...] = (*reading.statements, *reading.events, *reading.quotations)
    for one in said:
        if node := builder.iri_of(one):
            yield node[1:-1], one


def reader_iri(provenance: Provenance) -> str:
    """The IRI of the reader that made a graph: its version and fingerprint."""
    return iri_of(f"{READER}{provenance.version}-{provenance.fingerprint}")


class _Builder:
    """The triples of one article as they come together; IRIs and what is hashed are strings, as N-Triples has them."""

    def __init__(self, reading: Reading, entities: Mapping[Span, Entity], names: Namespaces) -> None:
        self.reading, article = reading, reading.article
        self.article = replace(article, text=mend(article.text), title=mend(article.title or "") or None)
        self.entities = entities
        self.names = names
        self.iri = ox.NamedNode(names.article_iri(article.id)).value
        self.language = self.article.language if _TAG.fullmatch(self.article.language or "") else None
        self._found = Triples()
        self._confidence: dict[str, float] = {}
        self._nodes: dict[str, str] = {}  # by the ids of entities
        self._stretches: dict[Span, str] = {}  # those that are described

    def triples(self) -> Triples:
        """All that was added, with the highest confidence of whatever was said more than once."""
        for said, confidence in self._confidence.items():
            self._add(said, KG + "confidence", decimal(confidence))
        return self._found

    def describe_article(self, provenance: Provenance, publisher: Entity | None) -> None:
        reading, article, node = self.reading, self.article, f"<{self.iri}>"
        self._add(node, RDF + "type", term("Article"), vocabulary(SCHEMA + "NewsArticle"))
        self._add(node, DCT + "title", self._words(article.title))
        self._add(node, DCT + "language", plain(article.language))
        self._add(node, DCT + "issued", day_of(reading.issued or article.issued))
        if reading.issued and reading.issued_inferred:
            self._add(node, KG + "issuedInferred", ox.Literal(True))
        for predicate, said in versions.said(article.version):
            self._add(node, predicate, said)
        self._add(node, DCT + "publisher", self._node(publisher) if publisher else self._entity(reading.agency))
        self._add(node, KG + "datelinePlace", self._entity(reading.dateline_place))
        for url in (article.url, *article.sources):
            self._add(node, DCT + "source", link(url))
        self._add(node, KG + "textSha256", plain(hashlib.sha256(article.text.encode()).hexdigest()))
        self._add(node, PROV + "wasGeneratedBy", self._reader(provenance))

    def _reader(self, provenance: Provenance) -> str:
        node = str(ox.NamedNode(reader_iri(provenance)))
        self._add(node, RDF + "type", term("Reader"), vocabulary(PROV + "SoftwareAgent"))
        self._add(node, SCHEMA + "softwareVersion", plain(provenance.version))
        self._add(node, KG + "fingerprint", plain(provenance.fingerprint))
        self._add(node, KG + "model", *map(plain, provenance.models))
        return node

    def describe_entity(self, entity: Entity) -> None:
        node = self._node(entity)
        self._add(node, RDF + "type", *(vocabulary(kind) for kind in entity.kinds))
        self._add(node, SKOS + "prefLabel", self._words(entity.label))
        self._add(node, SKOS + "altLabel", *(self._words(name) for name in entity.alt_labels - {entity.label}))
        self._add(node, SKOS + "exactMatch", *(ox.NamedNode(iri_of(other)) for other in entity.same_as))

    def describe_mentions(self) -> None:
        for mention in self.reading.mentions:
            if entity := self._entity(mention.span):
                stretch = self._stretch(mention.span, "Mention")
                others = (other for span in mention.together if (other := self._entity(span)))
                self._add(stretch, KG + "refersTo", entity, *others)
                self._add(stretch, KG + "mentionType", term(mention.type))

    def describe_time(self, time: Time) -> None:
        if time.begin or time.end:
            self._dates(self._stretch(time.span, "TimeExpression"), time)

    def describe_statement(self, statement: Statement) -> None:
        if not (said := self._stated(statement)):
            return
        subject, object, node = said
        self._add(node, RDF + "type", term("Statement"), vocabulary(RDF + "Statement"))
        self._add(node, RDF + "subject", subject)
        self._add(node, RDF + "predicate", vocabulary(statement.predicate))
        self._add(node, RDF + "object", object)
        self._add(node, KG + "former", ox.Literal(statement.former))
        self._add(node, KG + "roleTitle", self._span_words(statement.title))
        self._told(node, statement, statement.rule, statement.confidence)
        if is_fact(statement):
            self._add(subject, statement.predicate, object)

    def describe_event(self, event: Event) -> None:
        node = self._event_iri(event)
        self._add(node, RDF + "type", term("Event"), vocabulary(SEM + "Event"))
        self._add(node, KG + "eventType", vocabulary(event.type))
        for role, spans in (("agent", event.agents), ("patient", event.patients), ("place", event.places)):
            self._add(node, KG + role, *map(self._entity, spans))
        self._add(node, KG + "trigger", self._span_words(event.trigger))
        self._told(node, event, event.rule, event.confidence)
        for again in event.again:
            self._add(node, KG + "trigger", self._span_words(again.trigger))
            self._evidence(node, again.evidence)
        for quantity in event.quantities:
            self._add(node, KG + "quantity", self._quantity(quantity, node, event))

    def _quantity(self, quantity: Quantity, of: str, event: Event) -> str:
        """A number of something in an event, with the words that say so."""
        words = (self._span_words(quantity.unit), self._span_words(quantity.counted))
        node = self._said("quantity", of, number(quantity.value), *words)
        self._add(node, RDF + "type", term("Quantity"))
        self._add(node, KG + "value", number(quantity.value))
        if quantity.bound:
            self._add(node, KG + "bound", term(quantity.bound))
        for name, said in zip(("unit", "counted"), words, strict=True):
            self._add(node, KG + name, said)
        sentences = enumerate(self.reading.sentences)
        number_of = next((n for n, one in sentences if quantity.span.start < one.end), event.evidence.sentence)
        self._evidence(node, Evidence(quantity.span, number_of))
        return node

    def describe_quotation(self, quotation: Quotation) -> None:
        node = self._quotation_iri(quotation)
        self._add(node, RDF + "type", term("Quotation"))
        self._add(node, KG + "speaker", self._who(quotation.speaker))
        self._add(node, KG + "quoteText", self._span_words(quotation.content))
        self._add(node, KG + "direct", ox.Literal(quotation.direct))
        self._add(node, KG + "cue", self._span_words(quotation.cue))
        self._add(node, KG + "reports", *(self.iri_of(told) for told in self.reading.reported(quotation)))
        self._dates(node, quotation.time)
        self._evidence(node, quotation.evidence)

    def _stated(self, statement: Statement) -> tuple[str, Node | str, str] | None:
        """Subject, object and the statement's own IRI, if both ends are known and not one and the same."""
        subject = self._entity(statement.subject)
        told = statement.object
        object = date_of(told) if isinstance(told, Time) else self._entity(told)
        if subject is None or object is None or subject == object:
            return None
        stance = (plain(statement.factuality), ox.Literal(statement.former), self._who(statement.attributed_to))
        predicate = vocabulary(statement.predicate)
        return subject, object, self._said("statement", subject, predicate, object, *stance, *days_of(statement.time))

    def _event_iri(self, event: Event) -> str:
        sides = (event.agents, event.patients, event.places)
        told = [" ".join(sorted({node[1:-1] for span in side if (node := self._entity(span))})) for side in sides]
        # where nobody is known to take part, two events of a type may be two events: the place in the text tells
        told.append("" if told[0] or told[1] else str(event.trigger))
        stance = (vocabulary(event.type), plain(event.factuality), self._who(event.attributed_to))
        return self._said("event", *stance, *days_of(event.time), *map(ox.Literal, told))

    def _quotation_iri(self, quotation: Quotation) -> str:
        speaker, text = self._who(quotation.speaker), self._span_words(quotation.content)
        return self._said("quote", speaker, text, ox.Literal(quotation.direct), *days_of(quotation.time))

    def iri_of(self, told: Statement | Event | Quotation) -> str | None:
        if isinstance(told, Event):
            return self._event_iri(told)
        if isinstance(told, Quotation):
            return self._quotation_iri(told)
        said = self._stated(told)
        return said[2] if said else None

    def _said(self, sort: str, *parts: Node | str | None) -> str:
        digest = hashlib.sha256("\n".join("" if part is None else str(part) for part in parts).encode())
        return f"<{self.iri}#{sort}-{digest.hexdigest()[:12]}>"

    def _told(self, node: str, told: Statement | Event, rule: str, confidence: float) -> None:
        self._add(node, KG + "factuality", term(told.factuality))
        self._add(node, KG + "attributedTo", self._who(told.attributed_to))
        self._add(node, KG + "rule", plain(rule))
        self._dates(node, told.time)
        self._evidence(node, told.evidence)
        self._confidence[node] = max(confidence, self._confidence.get(node, 0.0))

    def _dates(self, node: str, time: Time | None) -> None:
        if time:
            self._add(node, KG + "begin", day_of(time.begin))
            self._add(node, KG + "end", day_of(time.end))
            self._add(node, KG + "timeText", self._span_words(time.span))

    def _evidence(self, node: str, evidence: Evidence) -> None:
        stretch = self._stretch(evidence.span, "Evidence")
        self._add(stretch, KG + "sentence", integer(evidence.sentence))
        self._add(node, KG + "evidence", stretch)

    def _stretch(self, span: Span, kind: str | None = None) -> str:
        node = self._stretches.get(span)
        if node is None:
            node = self._stretches[span] = f"<{self.iri}#char={span}>"
            self._add(node, RDF + "type", vocabulary(OA + "TextPositionSelector"))
            self._add(node, OA + "start", integer(span.start))
            self._add(node, OA + "end", integer(span.end))
            self._add(node, OA + "exact", plain(self.article.words(span)))
        self._add(node, RDF + "type", term(kind) if kind else None)
        return node

    def _entity(self, span: Span | None) -> str | None:
        entity = self.entities.get(span) if span else None
        return self._node(entity) if entity else None

    def _node(self, entity: Entity) -> str:
        if entity.id not in self._nodes:
            self._nodes[entity.id] = str(ox.NamedNode(self.names.entity_iri(entity.id)))
        return self._nodes[entity.id]

    def _who(self, span: Span | None) -> str | None:
        """Who says so; where nobody knows who that is, the stretch of text that names them."""
        return self._entity(span) or (self._stretch(span) if span else None)

    def _span_words(self, span: Span | None) -> ox.Literal | None:
        return self._words(self.article.words(span)) if span else None

    def _words(self, text: str | None) -> ox.Literal | None:
        return ox.Literal(mend(text), language=self.language) if text else None

    def _add(self, subject: str, predicate: str, *objects: Node | str | None) -> None:
        for object in objects:
            if object is not None:
                self._found.about[subject][f"<{predicate}>"].add(str(object))


def is_fact(statement: Statement) -> bool:
    """Whether the article itself states it as true, so that it is a plain triple too."""
    asserted = statement.factuality is Factuality.ASSERTED
    return asserted and not statement.former and statement.attributed_to is None
