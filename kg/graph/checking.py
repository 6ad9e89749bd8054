"""A store in, a line for everything in it that is not as it must be out: files, offsets, shapes, types, checks.

The articles' files, which are the record, are looked at one by one; the index, through `queries/checks/`, as a whole.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import ontology
from kg.errors import StoreError
from kg.graph import queries, rules, shapes
from kg.graph.answer import Row
from kg.graph.names import OA, RDF, XSD
from kg.graph.record import Graph, Record, is_whole
from kg.graph.store import Store
from kg.model import KG
from kg.ontology import XSD_DATE, Ontology

_DATES = {XSD + name for name in ("date", "gYear", "gYearMonth")}
_SHOWN = 60  # characters of a text that a line quotes


def problems(store: Store) -> Iterator[str]:
    """What is wrong, a line each: the article or the check, the thing, and what would be right."""
    record = Record(store.path / "articles")
    for path in record:
        yield from _of_file(record, path, store)
    for query in queries.all_queries():
        if query.folder == "checks":
            yield from _of_check(query, store)
    for name in rules.stale(store.query):
        yield f"<{rules.graph_of(name)}>: its articles or its rule have changed since it was derived: kg infer"


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
        found = [*_of_text(graph, about, text), *shapes.violations(graph.triples), *_of_types(about, store)]
        yield from (f"{_short(thing, graph.article, store)}: {what}" for thing, what in dict.fromkeys(found))


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


def _of_types(about: _About, store: Store) -> Iterator[tuple[str, str]]:
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


def _of_check(query: queries.Query, store: Store) -> Iterator[str]:
    answer = store.query(query.text)
    for row in answer.rows():
        yield f"{query.title}: {_row(answer.variables, row, store)}"


def _row(names: Iterable[str], row: Row, store: Store) -> str:
    told = ((name, getattr(term, "value", "")) for name, term in zip(names, row, strict=True))
    return ", ".join(f"{name} {_short(value, '', store)}" for name, value in told if value)


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


def _short(iri: str, article: str, store: Store) -> str:
    """A thing as a line has it: within its article, or with a prefix."""
    if article and iri.startswith(article):
        return f"{store.names.article_id(article)}{iri.removeprefix(article)}"
    prefixed = ((p, base) for p, base in store.names.prefixes().items() if iri.startswith(base) and iri != base)
    known = next((f"{prefix}:{iri.removeprefix(base)}" for prefix, base in prefixed), iri)
    return f"{store.names.article_id(article)}: {known}" if article else known


def _quoted(words: str) -> str:
    flat = " ".join(words.split())
    return f"“{flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + '…'}”"
