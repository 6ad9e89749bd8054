"""The triples of one article in, Turtle that people read and git diffs out; and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.graph.names import DCT, OA, PROV, RDF, READER, SKOS, XSD, Namespaces
from kg.model import KG

_ORDER = [
    *(RDF + name for name in ("type", "subject", "predicate", "object")),
    *(DCT + name for name in ("title", "language", "issued", "publisher", "source")),
    *(SKOS + name for name in ("prefLabel", "altLabel", "exactMatch")),
    *(KG + name for name in ("eventType", "agent", "patient", "place", "speaker", "quoteText", "direct", "cue")),
    *(OA + name for name in ("start", "end", "exact")),
    *(KG + name for name in ("refersTo", "mentionType", "sentence", "factuality", "former", "attributedTo")),
    *(KG + name for name in ("roleTitle", "trigger", "begin", "end", "timeText", "reports", "confidence", "rule")),
    *(KG + name for name in ("evidence", "datelinePlace", "issuedInferred", "textSha256")),
    PROV + "wasGeneratedBy",
]
_RANK = {iri: rank for rank, iri in enumerate(_ORDER)}
_SHORT = "string", "boolean", "integer", "decimal", "double"
_UNWRITTEN = {RDF + "type", RDF + "langString", *(XSD + name for name in _SHORT)}  # Turtle has shorter ways for them
_PARTS = ("statement-", "event-", "quote-", "char=")
_STRETCH = re.compile(r"#char=(\d+),(\d+)$")

_Place = tuple[int, int, int, str]


def turtle(triples: Iterable[ox.Triple], names: Namespaces, article_id: str) -> bytes:
    """UTF-8 Turtle with the article's IRI as `@base`: the article, entities, statements, events, quotations by the
    place of their first evidence, stretches of text by offset, the reader last. The same triples give the same bytes.
    """
    base, graph = names.article_iri(article_id), set(triples)
    places = dict(_places(graph, base))
    ordered = sorted(graph, key=lambda triple: _position(triple, places))
    prefixes = dict(_used(graph, names.prefixes()))
    prefixes.pop("art", None)  # the base stands for it
    body = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=prefixes, base_iri=base) or b""
    return (f"@base <{base}> .\n{_header(prefixes)}{_spaced(body.decode())}").encode()


def plain(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """UTF-8 Turtle of any triples, sorted, each once, with those of the prefixes that they use."""
    graph = set(triples)
    used = dict(_used(graph, prefixes))
    body = ox.serialize(sorted(graph, key=str), format=ox.RdfFormat.TURTLE, prefixes=used) or b""
    return (_header(used) + _spaced(body.decode())).encode()


def parse(turtle: bytes, base: str | None = None) -> set[ox.Triple]:
    """The triples of a Turtle file. Raises `SyntaxError` (with `lineno`) for what is not Turtle."""
    return {quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=base)}


def rewritten(turtle: bytes, format: str) -> bytes:
    """The triples of a Turtle file as "nt", "jsonld" or "rdf". Raises `SyntaxError` for what is not Turtle."""
    parser = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    triples = sorted({quad.triple for quad in parser}, key=str)
    return ox.serialize(triples, format=ox.RdfFormat.from_extension(format), prefixes=parser.prefixes) or b""


def _header(prefixes: Mapping[str, str]) -> str:
    # our own, because the serializer's order of prefixes and its prefixes relative to the base are hard to read
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())


def _spaced(body: str) -> str:
    lines = (line for line in body.split("\n") if line and not line.startswith("@"))
    return "".join(f"{line}\n" if line.startswith("\t") else f"\n{line}\n" for line in lines)


def _used(graph: set[ox.Triple], prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    values = [term.value for triple in graph for term in triple if isinstance(term, ox.NamedNode)]
    typed = [triple.object.datatype.value for triple in graph if isinstance(triple.object, ox.Literal)]
    written = {*values, *typed} - _UNWRITTEN
    for prefix, iri in sorted(prefixes.items()):
        if any(value.startswith(iri) for value in written):
            yield prefix, iri


def _places(graph: set[ox.Triple], base: str) -> Iterator[tuple[str, _Place]]:
    first: dict[str, tuple[int, int]] = {}
    for triple in graph:
        if triple.predicate.value == KG + "evidence":
            said, offsets = _name(triple.subject), _offsets(_name(triple.object))
            first[said] = min(offsets, first.get(said, offsets))
    for subject in {_name(triple.subject) for triple in graph}:
        start, end = first.get(subject) or _offsets(subject)
        yield subject, (_section(subject, base), start, end, subject)


def _section(subject: str, base: str) -> int:
    if subject == base:
        return 0
    if subject.startswith(READER):
        return 9
    part = subject.removeprefix(base + "#")
    return next((2 + rank for rank, prefix in enumerate(_PARTS) if part.startswith(prefix)), 1)


def _position(triple: ox.Triple, places: dict[str, _Place]) -> tuple[_Place, int, str, tuple[int, int], str]:
    predicate, object = triple.predicate.value, str(triple.object)
    object = f"!{object}" if object.startswith(f"<{KG}") else object  # our own classes before those of others
    return places[_name(triple.subject)], _RANK.get(predicate, 99), predicate, _offsets(_name(triple.object)), object


def _offsets(iri: str) -> tuple[int, int]:
    match = _STRETCH.search(iri)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
