"""A store and rules in, what follows from what its articles state out: in graphs of their own, to a fixed point.

The rules work on a copy of the index with the ontology's axioms in it, and without what was derived before or what some
article denies: a fact in dispute is no premise, and what is denied is not derived. What is there already is not derived
again, and what two rules find is the first one's, by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import asking
from kg.graph.inference import premises, rules
from kg.graph.inference.rules import Derived, Rule
from kg.graph.names import RDF
from kg.graph.store import Store
from kg.graph.terms import term

ONTOLOGY = "https://w3id.org/dateline/ns"  # the graph in which rules see the ontology's axioms
_ROUNDS = 50
_FEW = 10_000  # triples up to which a transaction is sooner done than a bulk load
_CHUNK = 100_000  # triples that are held in memory at a time


def infer(store: Store, asked: Sequence[Rule]) -> list[Derived]:
    """Make the derived graphs of a store those of these rules, and of no others; gives them as they are now.

    Raises `QueryError` for a rule that is wrong, or that would go on for ever, and `StoreError`.
    """
    state, before = rules.state(store.query), rules.derived(store.query)
    with store.copied() as graph:
        _prepare(graph, before)
        found = _Closure(graph, _denied(graph), store.names.prefixes())
        found.complete(sorted(asked, key=lambda rule: rule.name))
        for rule in asked:
            size = found.sizes.get(rule.name, 0)
            store.put_graph(rule.graph, chain(found.of(rule), rules.provenance(rule, state, size)))
    for old in {derived.rule.graph for derived in before} - {rule.graph for rule in asked}:
        store.remove_graph(old)
    return rules.derived(store.query)


def remove(store: Store) -> list[Derived]:
    """Take all derived graphs out of a store; gives them as they were."""
    before = rules.derived(store.query)
    for derived in before:
        store.remove_graph(derived.rule.graph)
    return before


class _Closure:
    """An Oxigraph store that is filled with what follows, and how many triples each rule has derived."""

    def __init__(self, graph: ox.Store, denied: Collection[ox.Triple], prefixes: Mapping[str, str]) -> None:
        self.graph = graph
        self.denied = denied
        self.prefixes = prefixes
        self.sizes: dict[str, int] = {}

    def complete(self, asked: Sequence[Rule]) -> None:
        """Apply rules until none finds anything new; again only those that what was found may concern."""
        reads = {rule: premises.properties(rule.text, self.prefixes) for rule in asked}
        concerned = list(asked)
        for _ in range(_ROUNDS):
            came = set().union(*[self._apply(rule) for rule in concerned])
            concerned = [rule for rule in asked if came and premises.may_concern(reads[rule], came)]
            if not concerned:
                return
        names = ", ".join(rule.name for rule in concerned)
        raise QueryError(f"after {_ROUNDS} rounds there was still something new to derive: look at {names}")

    def of(self, rule: Rule) -> Iterator[ox.Triple]:
        """What a rule has derived."""
        return (quad.triple for quad in self.graph.quads_for_pattern(None, None, None, ox.NamedNode(rule.graph)))

    def _apply(self, rule: Rule) -> set[str]:
        """Derive what one rule finds by now; gives the properties of what is new."""
        name, came = ox.NamedNode(rule.graph), set[str]()
        try:
            answer = asking.answer(self.graph, rule.text, prefixes=self.prefixes, bindings={})
            found = iter(answer.triples())
            while chunk := set(islice(found, _CHUNK)):
                new = [triple for triple in chunk if self._is_new(triple)]
                add = self.graph.extend if len(new) < _FEW else self.graph.bulk_extend
                add(_quad(triple, name) for triple in new)
                self.sizes[rule.name] = self.sizes.get(rule.name, 0) + len(new)
                came.update(triple.predicate.value for triple in new)
        except QueryError as error:
            raise QueryError(f"rule {rule.name}: {error}") from error
        return came

    def _is_new(self, triple: ox.Triple) -> bool:
        if any(isinstance(node, ox.BlankNode) for node in (triple.subject, triple.object)):
            raise QueryError("it makes a blank node, another one each time: give what it makes an IRI")
        known = self.graph.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        return triple not in self.denied and not any(known)


def _prepare(graph: ox.Store, before: Iterable[Derived]) -> None:
    for derived in before:
        graph.clear_graph(ox.NamedNode(derived.rule.graph))
    for triple in _denied(graph):
        graph.remove(_quad(triple, ox.DefaultGraph()))
    graph.extend(_quad(triple, ox.NamedNode(ONTOLOGY)) for triple in rules.axioms())


def _denied(graph: ox.Store) -> set[ox.Triple]:
    """What some article, or somebody in one, denies."""
    denials = graph.quads_for_pattern(None, term("factuality"), term("Denied"))
    parts = [ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object")]
    told = (
        [next((q.object for q in graph.quads_for_pattern(denial.subject, part, None)), None) for part in parts]
        for denial in denials
    )
    return {ox.Triple(*found) for found in told if None not in found}  # type: ignore[arg-type]


def _quad(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)
