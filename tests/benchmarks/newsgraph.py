"""A seed and a number of triples in, a store of made-up news out, with all that the contract has.

    python tests/benchmarks/newsgraph.py STORE [--triples 1000000] [--seed 1] [--nquads FILE]

The articles are `Reading`s that pass through `kg.graph.rdf.triples` and `turtle`, as read ones do, so that they cannot
drift from the contract; their words are syllables, but every offset holds. The triples are counted as the index holds
them: what many articles state counts once. The same seed and number give the same bytes.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from newsworld import LANGUAGES, Fact, Known, World, passing, word

from kg.graph.names import Namespaces
from kg.graph.rdf import triples, turtle
from kg.graph.store import Store, record
from kg.graph.store.record import Record
from kg.model import (
    KG,
    Article,
    Entity,
    Event,
    Evidence,
    Factuality,
    Mention,
    MentionType,
    Provenance,
    Quantity,
    Quotation,
    Reading,
    Span,
    Statement,
    Time,
)

NAMES = Namespaces()
PROVENANCE = Provenance("0", "newsgraph", ("syllables 1",))
FIRST_DAY, DAYS = date(2005, 1, 1), 7670
STANCES = list(Factuality)  # asserted, planned, possible, denied: in which shares, as read in 964 articles
OF_STATEMENTS, OF_EVENTS = (960, 15, 15, 10), (840, 80, 56, 24)
CONFIDENCES = 0.95, 0.9, 0.8, 0.75
_PASSING = [KG + kind for kind in ("Person", "Person", "Person", "Organization", "City", "Document")]


class Draft:
    """An article as it is being written, and what is to be read in it."""

    def __init__(self, world: World, seed: int, number: int) -> None:
        self.chance = random.Random(f"article {seed} {number}")
        self.world = world
        self.id = f"made-{number:06}"
        self.language = self.chance.choice(LANGUAGES)
        self.day = FIRST_DAY + timedelta(self.chance.randrange(DAYS))
        self.text = ""
        self.mentions: list[Mention] = []
        self.entities: dict[Span, Entity] = {}
        self.said: list[Statement | Event] = []
        self.quotations: list[Quotation] = []
        self.times: list[Time] = []
        self.sentences = 0
        self.cast = [*world.known.some(self.chance, 7), *(self._passing() for _ in range(6))]

    def _passing(self) -> Known:
        return passing(self.chance, self.chance.choice(_PASSING), self.id)

    def reading(self) -> Reading:
        """All of it, once it is written."""
        url = f"https://news.example/{self.id}"
        article = Article(self.id, self.text, self.language, self.words(6).capitalize(), self.day, url=url)
        return Reading(
            article,
            tuple(self.mentions),
            tuple(one for one in self.said if isinstance(one, Statement)),
            tuple(one for one in self.said if isinstance(one, Event)),
            tuple(self.quotations),
            tuple(self.times),
            issued=self.day,
        )

    def write(self) -> None:
        """As many sentences of each sort as articles have."""
        for sort, most in ((self.statement, 4), (self.event, 7), (self.quotation, 3), (self.filling, 4)):
            for _ in range(self.chance.randrange(most + 1)):
                sort()
                self.end()

    def put(self, words: str) -> Span:
        """Words behind those that stand there."""
        self.text += " " if self.text and not self.text.endswith("\u00ab") else ""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def end(self) -> None:
        """The end of a sentence."""
        self.text += "."
        self.sentences += 1

    def words(self, count: int) -> str:
        return " ".join(word(self.chance) for _ in range(count))

    def mention(self, one: Known, type: MentionType = MentionType.NAME) -> Span:
        """A name, or a word or two for it."""
        entity = one.entity(self.language)
        named = type is MentionType.NAME
        span = self.put(entity.label if named else self.words(1 if type is MentionType.PRONOUN else 2))
        self.mentions.append(Mention(span, type, one.kind))
        self.entities[span] = entity
        return span

    def time(self, likely: float) -> Time | None:
        """A day, a month, or since when."""
        if self.chance.random() > likely:
            return None
        begin = self.day - timedelta(self.chance.randrange(-60, 400))
        end = self.chance.choice((begin, begin, begin + timedelta(30), None))
        told = Time(self.put(self.words(2)), begin, end)
        self.times.append(told)
        return told

    def evidence(self, start: Span) -> Evidence:
        return Evidence(Span(start.start, len(self.text)), self.sentences)

    def by(self, likely: float) -> Span | None:
        return self.mention(self.chance.choice(self.cast)) if self.chance.random() < likely else None

    def fact(self) -> Fact:
        """What is true in the world, half the time, or something of somebody whom the article tells of."""
        if self.chance.random() < 0.5:
            return self.world.facts.some(self.chance)[0]
        people = [one for one in self.cast if one.kind != KG + "Document"]
        return self.world.fact(self.chance, self.chance.choice(people))

    def statement(self, said_by: Span | None = None) -> None:
        fact = self.fact()
        source = said_by or self.by(0.06)
        subject = self.mention(fact.subject)
        title = self.put(fact.relation.labels.get(self.language) or fact.relation.name)
        (stance,) = self.chance.choices(STANCES, OF_STATEMENTS)
        told: Span | Time | None = self.mention(fact.object) if fact.object else self.time(1)
        if isinstance(told, Time):
            told = Time(told.span, told.begin, told.begin)
        time = self.time(0.2)
        self.said.append(
            Statement(
                subject,
                fact.relation.iri,
                told or subject,
                f"apposition:{fact.relation.name}",
                self.evidence(subject),
                stance,
                self.chance.random() < 0.04,
                source,
                title if self.chance.random() < 0.6 else None,
                time,
                self.chance.choice(CONFIDENCES),
            )
        )

    def event(self, said_by: Span | None = None) -> None:
        (kind,) = self.chance.choices(self.types(), [1 / (rank + 2) for rank in range(len(self.types()))])
        agent = self.mention(self.chance.choice(self.cast))
        trigger = self.put(word(self.chance, 3))
        patient = self.mention(self.chance.choice(self.cast))
        place = self.mention(self.world.by_kind[KG + "City"].some(self.chance)[0])
        time = self.time(0.5)
        (stance,) = self.chance.choices(STANCES, OF_EVENTS)
        likely = self.chance.random
        self.said.append(
            Event(
                kind,
                trigger,
                f"verb:{self.text[trigger.start : trigger.end]}",
                self.evidence(agent),
                (agent,) if likely() < 0.5 else (),
                (patient,) if likely() < 0.6 else (),
                (place,) if likely() < 0.15 else (),
                stance,
                said_by or self.by(0.1),
                time,
                self.chance.choice(CONFIDENCES),
                (self.quantity(),) if likely() < 0.1 else (),
            )
        )

    def types(self) -> list[str]:
        return sorted(self.world.terms.event_types)

    def quantity(self) -> Quantity:
        value = self.chance.randrange(2, 2000)
        number, counted = self.put(str(value)), self.put(word(self.chance, 3))
        return Quantity(Decimal(value), number.cover(counted), counted=counted)

    def quotation(self) -> None:
        """Who speaks, and what is told in between the marks."""
        speaker = self.mention(self.chance.choice(self.cast))
        cue = self.put(word(self.chance, 3))
        self.put("\u00ab")
        first = len(self.text)
        self.chance.choice((self.statement, self.event, self.filling))(speaker)
        content = Span(first, len(self.text))
        self.put("\u00bb")
        time = self.time(0.2)
        evidence = self.evidence(speaker)
        self.quotations.append(Quotation(content, cue, evidence, speaker, self.chance.random() < 0.5, time))

    def filling(self, said_by: Span | None = None) -> None:
        """Words that tell of somebody by other words than the name."""
        self.put(self.words(5))
        for type in (MentionType.NAME, MentionType.NOMINAL, MentionType.PRONOUN):
            self.mention(self.chance.choice(self.cast), type)
            self.put(self.words(self.chance.randrange(3, 9)))


def article(world: World, seed: int, number: int) -> tuple[Article, bytes, int, set[str]]:
    """The article of a number: its Turtle, sealed; how many triples are its own, and those that others may state."""
    draft = Draft(world, seed, number)
    draft.filling()
    draft.end()
    draft.write()
    reading = draft.reading()
    publisher = world.by_kind[KG + "Media"].some(draft.chance)[0].entity(draft.language)
    graph = set(triples(reading, draft.entities, PROVENANCE, NAMES, publisher=publisher))
    own = f"<{NAMES.article_iri(draft.id)}"
    shared = {told for told in map(str, graph) if not told.startswith((f"{own}>", f"{own}#"))}
    content = turtle(graph, NAMES, draft.id)
    reader = record.graph(content).reader
    return reading.article, record.seal(content, reading.article, reader), len(graph) - len(shared), shared


def articles(seed: int, count: int) -> Iterator[tuple[Article, bytes]]:
    """Sealed articles until there are so many triples in all."""
    world = World(seed)
    shared: set[str] = set()
    own = number = 0
    # each number has its own chance, so that processes make the same bytes as one would
    with multiprocessing.get_context("fork").Pool() as pool:
        while own + len(shared) < count:
            for made, sealed, more, common in pool.map(partial(article, world, seed), range(number, number + 100), 25):
                if own + len(shared) < count:
                    own += more
                    shared |= common
                    yield made, sealed
            number += 100


def make(path: Path, *, count: int, seed: int) -> Store:
    """The store, its index made at once at the end; what a crash would leave is nothing that anybody needs."""
    Store.open(path, create=True, names=NAMES).close()
    files = Record(path / "articles")
    for made, sealed in articles(seed, count):
        files.path(made.id).parent.mkdir(parents=True, exist_ok=True)
        files.path(made.id).write_bytes(sealed)
        files.text_path(made.id).write_bytes(made.text.encode())
    with Store.open(path, writable=True) as store:  # it sees that it has no index, and makes it
        store.commit()
    return Store.open(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nquads", type=Path)
    told = parser.parse_args()
    start = time.perf_counter()
    store = make(told.store, count=told.triples, seed=told.seed)
    print(f"{store.stats()}\nmade in {time.perf_counter() - start:.0f} s")
    if told.nquads:
        with told.nquads.open("wb") as file:
            store.export(file, "nquads")
        print(f"{told.nquads}: {told.nquads.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
