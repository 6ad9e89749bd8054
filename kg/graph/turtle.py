"""The triples of one article in, Turtle that people read and git diffs out; and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

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
_STRETCH = re.compile(r"#char=(\d+),(\d+)>$")
_EVIDENCE, _OURS = KG + "evidence", f"<{KG}"

_Place = tuple[int, int, int, str]


class _Row(NamedTuple):
    """A triple with its terms as strings, which are made of it once: each costs as much as a comparison of ten."""

    subject: str  # without brackets, where it is an IRI
    predicate: str
    object: str  # as N-Triples has it
    triple: ox.Triple


def turtle(triples: Iterable[ox.Triple], names: Namespaces, article_id: str) -> bytes:
    """UTF-8 Turtle with the article's IRI as `@base`: the article, entities, statements, events, quotations by the
    place of their first evidence, stretches of text by offset, the reader last. The same triples give the same bytes.
    """
    base, rows = names.article_iri(article_id), _rows(triples)
    places = dict(_places(rows, base))
    rows.sort(key=lambda row: _position(row, places))
    prefixes = dict(_used(rows, names.prefixes()))
    prefixes.pop("art", None)  # the base stands for it
    ordered = [row.triple for row in rows]
    body = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=prefixes, base_iri=base) or b""
    return (f"@base <{base}> .\n{_header(prefixes)}{_spaced(body.decode())}").encode()


def plain(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """UTF-8 Turtle of any triples, sorted, each once, with those of the prefixes that they use."""
    rows = _rows(triples)
    used = dict(_used(rows, prefixes))
    ordered = sorted((row.triple for row in rows), key=str)
    body = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=used) or b""
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


def _rows(triples: Iterable[ox.Triple]) -> list[_Row]:
    return [_Row(_name(t.subject), t.predicate.value, str(t.object), t) for t in set(triples)]


def _used(rows: Sequence[_Row], prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    # an object is `<iri>`, `"text"`, `"text"@fr` or `"text"^^<iri>`
    objects = {row.object.rpartition("<")[2][:-1] for row in rows if row.object.endswith(">")}
    written = {row.subject for row in rows} | {row.predicate for row in rows} | objects
    written -= _UNWRITTEN
    for prefix, iri in sorted(prefixes.items()):
        if any(value.startswith(iri) for value in written):
            yield prefix, iri


def _places(rows: Sequence[_Row], base: str) -> Iterator[tuple[str, _Place]]:
    first: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.predicate == _EVIDENCE:
            offsets = _offsets(row.object)
            first[row.subject] = min(offsets, first.get(row.subject, offsets))
    for subject in {row.subject for row in rows}:
        start, end = first.get(subject) or _offsets(f"<{subject}>")
        yield subject, (_section(subject, base), start, end, subject)


def _section(subject: str, base: str) -> int:
    if subject == base:
        return 0
    if subject.startswith(READER):
        return 9
    part = subject.removeprefix(base + "#")
    return next((2 + rank for rank, prefix in enumerate(_PARTS) if part.startswith(prefix)), 1)


def _position(row: _Row, places: dict[str, _Place]) -> tuple[_Place, int, str, tuple[int, int], str]:
    object = f"!{row.object}" if row.object.startswith(_OURS) else row.object  # our own classes before those of others
    return places[row.subject], _RANK.get(row.predicate, 99), row.predicate, _offsets(row.object), object


def _offsets(term: str) -> tuple[int, int]:
    match = _STRETCH.search(term) if term.startswith("<") else None
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
