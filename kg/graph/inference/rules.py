"""Files of `queries/rules/`, and people's own, in; rules with their graphs' names and their provenance out.

A rule is a CONSTRUCT. What it derives stands in a graph of its own, with the rule's title, its text and a digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from kg import ontology, resources
from kg.errors import QueryError
from kg.graph import queries, sparql
from kg.graph.answer import Answer
from kg.graph.names import DCT, OWL, PROV, RDF, RDFS, SCHEMA, XSD
from kg.graph.terms import term
from kg.model import KG

DERIVED = "https://w3id.org/dateline/derived/"
_SIZE = ox.NamedNode("http://rdfs.org/ns/void#triples")
_AXIOMS = (RDFS + "subClassOf", RDFS + "subPropertyOf", OWL, RDF + "type", SCHEMA + "domainIncludes")
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from what: a CONSTRUCT with a name and a title. The same text has the same fingerprint."""

    name: str
    title: str
    text: str

    @property
    def graph(self) -> str:
        """The IRI of the graph that holds what the rule derives."""
        return graph_of(self.name)

    @property
    def fingerprint(self) -> str:
        """A digest of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived graph as its provenance describes it: its rule, how many triples, of which state of the store."""

    rule: Rule
    triples: int
    state: str


def graph_of(name: str) -> str:
    """The IRI of the graph that holds what the rule of that name derives."""
    return DERIVED + quote(name, safe="")


def packaged() -> list[Rule]:
    """The rules that come with Dateline, by name."""
    return [Rule(query.name, query.title, query.text) for query in queries.all_queries() if query.folder == "rules"]


def read(path: Path) -> Rule:
    """Somebody's own rule. Raises `QueryError` for a file that is no CONSTRUCT with a title and a name of its own."""
    try:
        query = queries.parse(path.read_text(encoding="utf-8"), name=path.stem)
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    if not query.title:
        raise QueryError(f"{path}:1: a rule's first line is a comment that is its title")
    if sparql.form(query.text) != "CONSTRUCT":
        raise QueryError(f"{path}: a rule is a CONSTRUCT: what it constructs is what it derives")
    if path.stem in {rule.name for rule in packaged()}:
        raise QueryError(f"{path}: there is a rule {path.stem} already: give the file another name")
    return Rule(query.name, query.title, query.text)


def axioms() -> tuple[ox.Triple, ...]:
    """What the ontology says of classes and relations, for rules to go by, sorted."""
    return _axioms(resources.root())


def provenance(rule: Rule, state: str, size: int) -> Iterator[ox.Triple]:
    """What a derived graph says of itself: of which rule and of which state of the store it is, and its size."""
    graph = ox.NamedNode(rule.graph)
    made = ox.NamedNode(f"{rule.graph}#{rule.fingerprint}")
    yield ox.Triple(graph, ox.NamedNode(RDF + "type"), term("DerivedGraph"))
    yield ox.Triple(graph, ox.NamedNode(PROV + "wasGeneratedBy"), made)
    yield ox.Triple(graph, term("fingerprint"), ox.Literal(state))
    yield ox.Triple(graph, _SIZE, ox.Literal(str(size), datatype=ox.NamedNode(XSD + "integer")))
    yield ox.Triple(made, ox.NamedNode(RDF + "type"), term("Inference"))
    yield ox.Triple(made, ox.NamedNode(DCT + "identifier"), ox.Literal(rule.name))
    yield ox.Triple(made, ox.NamedNode(DCT + "title"), ox.Literal(rule.title))
    yield ox.Triple(made, term("fingerprint"), ox.Literal(rule.fingerprint))
    yield ox.Triple(made, term("ruleText"), ox.Literal(rule.text))


def derived(query: Callable[[str], Answer]) -> list[Derived]:
    """The derived graphs of a store or an endpoint, by the names of their rules."""
    rows = query(
        "SELECT ?name ?title ?text ?size ?state { ?graph a kg:DerivedGraph ; kg:fingerprint ?state ;"
        f" {_SIZE} ?size ; prov:wasGeneratedBy ?made ."
        " ?made dct:identifier ?name ; dct:title ?title ; kg:ruleText ?text } ORDER BY ?name"
    ).rows()
    told = ([getattr(cell, "value", "") for cell in row] for row in rows)
    return [Derived(Rule(name, title, text), int(size), state) for name, title, text, size, state in told]


def stale(query: Callable[[str], Answer]) -> list[str]:
    """The names of the rules that would have to be applied again: the articles, the ontology or the rule changed."""
    if not (told := derived(query)):
        return []
    now, texts = state(query), {rule.name: rule.text for rule in packaged()}
    return [d.rule.name for d in told if d.state != now or texts.get(d.rule.name, d.rule.text) != d.rule.text]


def state(query: Callable[[str], Answer]) -> str:
    """A digest of all that is derived from: articles by text, metadata and reader, who is whom, and the ontology.

    A reader gives one text one graph, so that the graphs themselves need not be looked at.
    """
    digest = hashlib.sha256()
    for pattern in _PREMISES:
        for line in sorted("\t".join(map(str, row)) for row in query(f"SELECT * {{ {pattern} }}").rows()):
            digest.update(line.encode() + b"\n")
    for axiom in axioms():
        digest.update(f"{axiom}\n".encode())
    return digest.hexdigest()[:_DIGITS]


_PREMISES = (
    "?article kg:textSha256 ?text ; prov:wasGeneratedBy ?reader OPTIONAL { ?article dct:issued ?issued }"
    " OPTIONAL { ?article dct:publisher ?publisher }",
    "?one dct:isReplacedBy ?other",
)


@cache
def _axioms(root: Path) -> tuple[ox.Triple, ...]:
    found = set()
    for path in ontology.files():
        for subject, predicate, object in ontology.triples(path):
            if subject.startswith(KG) and predicate.startswith(_AXIOMS):
                found.add(ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), object))
    return tuple(sorted(found, key=str))
