"""A store or a file of RDF in, a line for everything that is not as it must be out.

Of a store, the articles' files, which are the record, are looked at one by one: seals, offsets, shapes, types; the
index, through `queries/checks/`, as a whole. Of a file, each of its graphs: shapes and types.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import ontology
from kg.errors import StoreError
from kg.graph import queries, shapes
from kg.graph.answer import Row
from kg.graph.inference import rules
from kg.graph.names import OA, RDF, SKOS, XSD, Namespaces
from kg.graph.remote import Endpoint
from kg.graph.serving.dataset import load_file
from kg.graph.store import Store
from kg.graph.store.record import Graph, Record, is_whole
from kg.model import KG
from kg.ontology import XSD_DATE, Ontology

_DATES = {XSD + name for name in ("date", "gYear", "gYearMonth")}
_SHOWN = 60  # characters of a text that a line quotes


def problems(store: Store) -> Iterator[str]:
    """What is wrong, a line each: the article or the check, the thing, and what would be right."""
    record = Record(store.path / "articles")
    for path in record:
        yield from _of_file(record, path, store)
    yield from problems_of(store)


def problems_of(source: Store | Endpoint) -> Iterator[str]:
    """What `queries/checks/` find, and which derived graphs are out of date: all that can be asked without texts."""
    for query in queries.all_queries():
        if query.folder == "checks":
            yield from _of_check(query, source)
    for name in rules.stale(source.query):
        yield f"<{rules.graph_of(name)}>: its articles or its rule have changed since it was derived: kg infer"


def problems_in(path: Path) -> Iterator[str]:
    """What is wrong with a file of RDF, whoever made it; there are no texts to hold it against.

    Raises `StoreError` for what cannot be read.
    """
    file, names = ox.Store(), Namespaces()
    load_file(file, path)
    for graph in (ox.DefaultGraph(), *sorted(file.named_graphs(), key=str)):
        triples = {quad.triple for quad in file.quads_for_pattern(None, None, None, graph)}
        triples |= set(_named_elsewhere(triples, file))
        found = [*shapes.violations(triples), *_of_types(_about(triples))]
        article = graph.value if isinstance(graph, ox.NamedNode) else ""
        yield from (f"{_short(thing, article, names)}: {what}" for thing, what in dict.fromkeys(found))


def _named_elsewhere(triples: Iterable[ox.Triple], file: ox.Store) -> Iterator[ox.Triple]:
    """Classes and names of what a graph tells of: in our index, and where it is pushed, they have one home for all."""
    ends = (end for triple in triples for end in (triple.subject, triple.object))
    for thing in {end for end in ends if isinstance(end, ox.NamedNode)}:
        for property in (RDF + "type", SKOS + "prefLabel"):
            yield from (quad.triple for quad in file.quads_for_pattern(thing, ox.NamedNode(property), None))


def _of_file(record: Record, path: Path, store: Store) -> Iterator[str]:
    try:
        graph, content = record.load(path), path.read_bytes()
        text = path.with_suffix(".txt").read_bytes().decode()
    except StoreError as error:
        yield str(error)
    except (OSError, UnicodeDecodeError) as error:
        yield f"{path.with_suffix('.txt')}: damaged ({' '.join(str(error).split())[:120]}): ingest the article again"
    else:
        if not is_whole(content):
            yield f"{path}: changed since it was written: ingest the article again"
        about = _about(graph.triples)
        found = [*_of_text(graph, about, text), *shapes.violations(graph.triples), *_of_types(about)]
        yield from (f"{_short(thing, graph.article, store.names)}: {what}" for thing, what in dict.fromkeys(found))


def _of_text(graph: Graph, about: _About, text: str) -> Iterator[tuple[str, str]]:
    """Where the graph quotes what is not in the text, at its own offsets."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    if digest not in _values(about, graph.article, KG + "textSha256"):
        yield graph.article, "the text beside the graph is not the one that was read: its SHA-256 is another"
    for thing, told in about.items():
        starts, ends, words = (told.get(OA + name, ()) for name in ("start", "end", "exact"))
        for start, end, exact in zip(starts, ends, words, strict=False):
            there = text[int(start.value) : int(end.value)] if start.value.isdigit() and end.value.isdigit() else ""
            if there != exact.value:
                yield thing, f"its words are {_quoted(exact.value)}, the text has {_quoted(there)} there"


def _of_types(about: _About) -> Iterator[tuple[str, str]]:
    """Where a relation holds between things that its domain or range does not admit."""
    vocabulary = ontology.load()
    for thing in about:
        relation = vocabulary.relations.get(next(iter(_values(about, thing, RDF + "predicate")), ""))
        if relation is None:
            if RDF + "predicate" in about[thing]:
                yield thing, "its rdf:predicate is no relation of the ontology"
            continue
        for side, allowed in (("subject", relation.domain), ("object", relation.range)):
            for node in about[thing].get(RDF + side, ()):
                kinds = _kinds(node, about)
                if kinds and not any(kind == one or vocabulary.is_a(kind, one) for kind in kinds for one in allowed):
                    yield thing, _misfit(side, relation.name, kinds, allowed, vocabulary)


def _misfit(side: str, relation: str, kinds: set[str], allowed: Iterable[str], vocabulary: Ontology) -> str:
    was, may = (" or ".join(sorted(kind.rpartition("#")[2] for kind in some)) for some in (kinds, allowed))
    return f"the {side} of kg:{relation} is a {was}: a {may} would be right"


def _kinds(node: _Node, about: _About) -> set[str]:
    """The classes of what a statement is about; a day, a month and a year are dates."""
    if isinstance(node, ox.Literal):
        kind = node.datatype.value
        return {XSD_DATE if kind in _DATES else kind}
    return _values(about, node.value, RDF + "type")


def _of_check(query: queries.Query, source: Store | Endpoint) -> Iterator[str]:
    answer = source.query(query.text)
    for row in answer.rows():
        yield f"{query.title}: {_row(answer.variables, row, source.names)}"


def _row(variables: Iterable[str], row: Row, names: Namespaces) -> str:
    told = ((name, getattr(term, "value", "")) for name, term in zip(variables, row, strict=True))
    return ", ".join(f"{name} {_short(value, '', names)}" for name, value in told if value)


# What stands in a graph, by subject and predicate

_Node = ox.NamedNode | ox.Literal
_About = dict[str, dict[str, list[_Node]]]


def _about(triples: Iterable[ox.Triple]) -> _About:
    about: _About = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object in sorted(triples, key=str):
        if isinstance(subject, ox.NamedNode) and isinstance(object, _Node):
            about[subject.value][predicate.value].append(object)
    return about


def _values(about: _About, thing: str, predicate: str) -> set[str]:
    return {node.value for node in about.get(thing, {}).get(predicate, ())}


def _short(iri: str, article: str, names: Namespaces) -> str:
    """A thing as a line has it: within its article, or with a prefix."""
    if article and iri.startswith(article):
        return f"{names.article_id(article)}{iri.removeprefix(article)}"
    prefixed = ((p, base) for p, base in names.prefixes().items() if iri.startswith(base) and iri != base)
    known = next((f"{prefix}:{iri.removeprefix(base)}" for prefix, base in prefixed), iri)
    return f"{names.article_id(article)}: {known}" if article else known


def _quoted(words: str) -> str:
    flat = " ".join(words.split())
    return f"“{flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + '…'}”"
