"""The triples of one article in, Turtle that people read and git diffs out; and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import pyoxigraph as ox

from kg.graph.names import DCT, OA, PROV, RDF, READER, SKOS, XSD, Namespaces
from kg.graph.triples import About, Triples
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


class _Ranks(dict[str, tuple[int, str]]):
    """Where a predicate stands among others; those that have no place of their own come last, by name."""

    def __missing__(self, predicate: str) -> tuple[int, str]:
        return len(self), predicate[:-1]


_RANKS = _Ranks((f"<{iri}>", (rank, "")) for rank, iri in enumerate(_ORDER))
_SHORT = "string", "boolean", "integer", "decimal", "double"
_UNWRITTEN = {RDF + "type", RDF + "langString", *(XSD + name for name in _SHORT)}  # Turtle has shorter ways for them
_BARE = re.compile(
    rf'"(?:(true|false)"\^\^<{XSD}boolean|([+-]?[0-9]+)"\^\^<{XSD}integer|([+-]?[0-9]*\.[0-9]+)"\^\^<{XSD}decimal)>'
)
_DAY = re.compile(rf'("[0-9-]+"\^\^)<{XSD}(date|gYearMonth|gYear)>')
_NAME = "[A-Za-z0-9_][A-Za-z0-9_-]*"  # the last part of an IRI that stands behind a prefix just so
_FRAGMENT = re.compile("[a-z0-9,=-]+>", re.ASCII)
_PARTS = ("statement-", "event-", "quote-", "char=")
_STRETCH = re.compile(r"#char=(\d+),(\d+)>$")
_TYPE, _EVIDENCE, _OURS = f"<{RDF}type>", f"<{KG}evidence>", f"<{KG}"

_Place = tuple[int, int, int, str]


def turtle(triples: Iterable[ox.Triple], names: Namespaces, article_id: str) -> bytes:
    """UTF-8 Turtle with the article's IRI as `@base`: the article, entities, statements, events, quotations by the
    place of their first evidence, stretches of text by offset, the reader last. The same triples give the same bytes.
    """
    base, graph = names.article_iri(article_id), Triples.of(triples).about
    terms, prefixes = _terms(graph, names, base)
    places = {subject: _place(subject, about, base) for subject, about in graph.items()}
    body = "".join(_paragraph(subject, graph[subject], terms) for subject in sorted(graph, key=places.__getitem__))
    return f"@base <{base}> .\n{_header(prefixes)}{body}".encode()


def plain(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """UTF-8 Turtle of any triples, sorted, each once, with those of the prefixes that they use."""
    ordered = sorted(set(triples), key=str)
    taken = _used((str(term) for triple in ordered for term in triple), prefixes)
    used = {prefix: prefixes[prefix] for prefix in sorted(taken)}
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


def _terms(graph: Mapping[str, About], names: Namespaces, base: str) -> tuple[dict[str, str], dict[str, str]]:
    """How Turtle writes each term, by how N-Triples does, and the prefixes that it takes."""
    written, taken, odd = {}, set(), []
    own, shortened = f"<{base}#", _shortening(names)
    relative = "://" in base  # nothing is relative to a base such as <urn:x>
    for term in _all(graph):
        if not term.endswith(">"):  # a string
            written[term] = term
        elif relative and term.startswith(own) and _FRAGMENT.fullmatch(term, len(own)):
            written[term] = f"<{term[len(own) - 1 :]}"
        elif short := shortened(term):
            written[term], prefix = short
            taken.add(prefix)
        else:
            odd.append(term)
    prefixes = {prefix: iri for prefix, iri in sorted(names.prefixes().items()) if prefix != "art"}  # that is the base
    taken.update(_used(odd, prefixes))
    prefixes = {prefix: iri for prefix, iri in prefixes.items() if prefix in taken}
    return written | _odd(odd, prefixes, base), prefixes


def _all(graph: Mapping[str, About]) -> set[str]:
    predicates = set().union(*graph.values()) - {_TYPE}  # which is written as "a"
    return predicates.union(graph, *(objects for about in graph.values() for objects in about.values()))


@lru_cache(maxsize=16)
def _shortening(names: Namespaces) -> Callable[[str], tuple[str, str] | None]:
    """What gives the short way to write a number, a day or an IRI, and its prefix; None where there may be none."""
    longest_first = sorted(names.prefixes().items(), key=lambda item: (-len(item[1]), item))
    prefixes = "|".join(f"(?P<{prefix}>{re.escape(iri)})" for prefix, iri in longest_first if prefix != "art")
    prefixed = re.compile(f"<(?>{prefixes}){_NAME}>")

    @lru_cache(maxsize=8192)  # the vocabularies, offsets, and the entities of many articles
    def shortened(term: str) -> tuple[str, str] | None:
        if bare := _BARE.fullmatch(term):
            return bare[bare.lastindex or 0], ""
        if day := _DAY.fullmatch(term):
            return f"{day[1]}xsd:{day[2]}", "xsd"
        match = prefixed.fullmatch(term)
        prefix = match.lastgroup if match else None
        return (f"{prefix}:{term[match.end(prefix) : -1]}", prefix) if match and prefix else None

    return shortened


def _odd(terms: Sequence[str], prefixes: Mapping[str, str], base: str) -> dict[str, str]:
    """Terms as the library writes them, which knows what is to be escaped, and how an IRI is relative to another."""
    lines = "".join(f"<odd:{n}> {_TYPE} {term} .\n" for n, term in enumerate(terms))
    triples = (quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
    body = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes), base_iri=base) or b""
    objects = (line.partition(" a ")[2] for line in body.decode().split("\n") if line and not line.startswith("@"))
    return dict(zip(terms, (object.removesuffix(" .") for object in objects), strict=True))


def _used(terms: Iterable[str], prefixes: Mapping[str, str]) -> list[str]:
    # a term is `<iri>`, `"text"`, `"text"@fr` or `"text"^^<iri>`
    written = {term.rpartition("<")[2][:-1] for term in terms if term.endswith(">")} - _UNWRITTEN
    return [prefix for prefix, iri in prefixes.items() if any(value.startswith(iri) for value in written)]


def _place(subject: str, about: About, base: str) -> _Place:
    stretches = about.get(_EVIDENCE) or (subject,)
    name = subject[1:-1] if subject.startswith("<") else subject
    return _section(name, base), *min(map(_offsets, stretches)), name


def _section(subject: str, base: str) -> int:
    if subject == base:
        return 0
    if subject.startswith(READER):
        return 9
    part = subject.removeprefix(base + "#")
    return next((2 + rank for rank, prefix in enumerate(_PARTS) if part.startswith(prefix)), 1)


def _paragraph(subject: str, about: About, terms: Mapping[str, str]) -> str:
    """All that is said of a subject, after an empty line."""
    said = []
    for predicate in sorted(about, key=_RANKS.__getitem__):
        objects = about[predicate]
        written = [terms[object] for object in (sorted(objects, key=_rank) if len(objects) > 1 else objects)]
        said.append(f"{'a' if predicate == _TYPE else terms[predicate]} {' , '.join(written)}")
    return f"\n{terms[subject]} " + " ;\n\t".join(said) + " .\n"


def _rank(object: str) -> tuple[tuple[int, int], str]:
    # our own classes before those of others
    return _offsets(object), f"!{object}" if object.startswith(_OURS) else object


def _offsets(term: str) -> tuple[int, int]:
    match = _STRETCH.search(term) if term.startswith("<") else None
    return (int(match[1]), int(match[2])) if match else (0, 0)
