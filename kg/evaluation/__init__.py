"""Gold in, how well this reader does on it out: precision, recall, and whether its confidences mean what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from kg import text
from kg.evaluation.facts import Dated, Fact, Happening, Quoted
from kg.evaluation.gold import Gold, load
from kg.evaluation.guesses import Guesses, guesses
from kg.evaluation.measure import Score, matching, score
from kg.evaluation.reliability import Judged
from kg.model import Factuality

__all__ = ["Gold", "Report", "Score", "evaluate", "load"]

_ENOUGH, _NEARLY_ALL = 0.3, 0.8  # of a quotation that must overlap


@dataclass(slots=True)
class Report:
    """Scores of all articles together: of each kind, of each relation, of each type of event; and what was how sure."""

    kinds: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    relations: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    events: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    statements_judged: list[Judged] = field(default_factory=list)
    events_judged: list[Judged] = field(default_factory=list)

    def add(self, gold: Gold, read: Guesses) -> None:
        """Count one article."""
        self._add_facts(gold, read)
        self._add_events(gold, read)
        self._add_quotations(gold, read)
        self.kinds["times"] += score(gold.times, read.times, Dated.same)

    def _add_facts(self, gold: Gold, read: Guesses) -> None:
        facts = list(read.facts)
        self.kinds["relations"] += score(gold.facts, facts, Fact.same)
        self.kinds["relations+factuality"] += score(gold.facts, facts, Fact.same_standing)
        self.kinds["relations+factuality+source"] += score(gold.facts, facts, Fact.same_source)
        true = [fact for fact in gold.facts if fact.factuality == Factuality.ASSERTED and not fact.sources]
        self.kinds["asserted triples"] += score(true, sorted(read.direct, key=str), Fact.same)
        for relation in sorted({fact.relation for fact in (*gold.facts, *facts)}):
            wanted, guessed = ([f for f in some if f.relation == relation] for some in (gold.facts, facts))
            self.relations[relation] += score(wanted, guessed, Fact.same)
        right = matching(gold.facts, facts, Fact.same_standing)
        self.statements_judged += [Judged(read.facts[fact], n in right) for n, fact in enumerate(facts)]

    def _add_events(self, gold: Gold, read: Guesses) -> None:
        events = [event for event, _ in read.events]
        self.kinds["events"] += score(gold.events, events, Happening.same_type)
        self.kinds["events+agents"] += score(gold.events, events, Happening.same_agents)
        self.kinds["events+agents+patients"] += score(gold.events, events, Happening.same)
        self.kinds["events+agents+factuality"] += score(
            gold.events, events, lambda g, e: g.same_agents(e) and g.factuality == e.factuality
        )
        for type in sorted({event.type for event in (*gold.events, *events)}):
            wanted, guessed = ([e for e in some if e.type == type] for some in (gold.events, events))
            self.events[type] += score(wanted, guessed, Happening.same_type)
        right = matching(gold.events, events, Happening.same_type)
        self.events_judged += [Judged(sure, n in right) for n, (_, sure) in enumerate(read.events)]

    def _add_quotations(self, gold: Gold, read: Guesses) -> None:
        for name, least in (("quotations", _ENOUGH), ("quotations, nearly whole", _NEARLY_ALL)):
            fits = partial(Quoted.fits, least=least)
            self.kinds[name] += score(gold.quotations, read.quotations, fits)
            with_speaker = partial(Quoted.fits, least=least, speaker=True)
            self.kinds[f"{name}+speaker"] += score(gold.quotations, read.quotations, with_speaker)


def evaluate(some: Iterable[Gold]) -> Report:
    """Read the articles of some gold and hold what was read against it."""
    gold = {one.article.id: one for one in some}
    report = Report()
    for reading in text.read(one.article for one in gold.values()):
        one = gold[reading.article.id]
        report.add(one, guesses(reading, one))
    return report
