"""Names in, the items of a Wikidata-shaped endpoint that bear them out, with what it tells of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pyoxigraph as ox

from kg import ontology, resources
from kg.graph import queries, sparql
from kg.graph.answer import Row
from kg.graph.names import RDFS, SKOS
from kg.graph.remote.courtesy import Courtesy
from kg.model import KG, WIKIDATA, Candidate

_CLAIM = "http://www.wikidata.org/prop/direct/"
_CLASS, _COUNTRIES = _CLAIM + "P31", (_CLAIM + "P17", _CLAIM + "P27")
_DAYS = {_CLAIM + "P569": KG + "bornOn", _CLAIM + "P570": KG + "diedOn", _CLAIM + "P571": KG + "foundedOn"}
_DAY = 10  # characters of an ISO date


def candidates(names: Iterable[str], asked: Courtesy, *, languages: Iterable[str]) -> dict[str, list[Candidate]]:
    """The items that each name is a label or another name of, in any of some languages; sorted by IRI.

    Raises as `Courtesy.rows` does.
    """
    tagged = {ox.Literal(name, language=language): name for name in names for language in languages}
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for literal, rows in asked.rows(queries.find("wikidata/candidates").text, "name", tagged).items():
        for _, item, naming in _values(rows):
            items = found[tagged[literal]]  # type: ignore[index]
            items[item] = items.get(item, False) or naming == RDFS + "label"
    told = _told({item for items in found.values() for item in items if item.startswith(WIKIDATA)}, asked)
    return {
        name: [replace(told[item], preferred=preferred) for item, preferred in sorted(items.items()) if item in told]
        for name, items in found.items()
    }


def _told(items: Iterable[str], asked: Courtesy) -> dict[str, Candidate]:
    """All that the endpoint tells of some items."""
    nodes = [ox.NamedNode(item) for item in items]
    facts = {
        node.value: list(_values(rows))
        for node, rows in asked.rows(queries.find("wikidata/facts").text, "item", nodes).items()
    }
    kinds = _kinds({value for rows in facts.values() for _, fact, value in rows if fact == _CLASS}, asked)
    return {item: _candidate(item, rows, kinds) for item, rows in facts.items()}


def _candidate(item: str, facts: Iterable[tuple[str, ...]], kinds: Mapping[str, frozenset[str]]) -> Candidate:
    told = [(fact, value) for _, fact, value in facts]
    return Candidate(
        item,
        preferred=False,
        kinds=frozenset().union(*(kinds.get(value, frozenset()) for fact, value in told if fact == _CLASS)),
        countries=frozenset(value for fact, value in told if fact in _COUNTRIES),
        days=frozenset((_DAYS[fact], value[:_DAY]) for fact, value in told if fact in _DAYS),
    )


def _kinds(classes: Iterable[str], asked: Courtesy) -> dict[str, frozenset[str]]:
    """Which of our classes each class of Wikidata's is one of."""
    ours = _classes()
    text = sparql.bind(queries.find("wikidata/kinds").text, {"kind": [ox.NamedNode(iri) for iri in sorted(ours)]})
    nodes = [ox.NamedNode(iri) for iri in classes if iri.startswith(WIKIDATA)]
    found = asked.rows(text, "class", nodes)
    return {node.value: frozenset(ours[kind] for _, kind in _values(rows)) for node, rows in found.items()}


def _classes() -> dict[str, str]:
    """Wikidata's classes that `ontology/wikidata.ttl` knows, and ours that each stands for."""
    about = ontology.read_turtle(resources.root() / "ontology" / "wikidata.ttl")
    return {item: ours for ours, told in about.items() for item in ontology.iris(told, SKOS + "closeMatch")}


def _values(rows: Iterable[Row]) -> Iterable[tuple[str, ...]]:
    return (tuple(str(getattr(term, "value", "")) for term in row) for row in rows)
