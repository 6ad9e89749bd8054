"""An Accept header and a query's form in, the format of the answer out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an answer: its name in `Answer.write`, the Content-Type, and what else clients call it."""

    name: str
    media_type: str
    aliases: frozenset[str]  # other media types, and values of format= and output=
    described: str  # its name under http://www.w3.org/ns/formats/

    @property
    def content_type(self) -> str:
        """The media type with its charset where clients would guess one."""
        return self.media_type + ("; charset=utf-8" if self.media_type.startswith("text/") else "")


def _format(name: str, media_type: str, described: str, aliases: str) -> Format:
    return Format(name, media_type, frozenset([name, *aliases.split()]), described)


ROWS = (
    _format("json", "application/sparql-results+json", "SPARQL_Results_JSON", "application/json text/json srj"),
    _format("xml", "application/sparql-results+xml", "SPARQL_Results_XML", "application/xml text/xml srx"),
    _format("csv", "text/csv", "SPARQL_Results_CSV", ""),
    _format("tsv", "text/tab-separated-values", "SPARQL_Results_TSV", ""),
)
TRIPLES = (
    _format("ttl", "text/turtle", "Turtle", "application/x-turtle application/turtle turtle n3 text/n3 text/rdf+n3"),
    _format("nt", "application/n-triples", "N-Triples", "text/plain ntriples n-triples"),
    _format("jsonld", "application/ld+json", "JSON-LD", "json-ld json application/json"),
    _format("rdf", "application/rdf+xml", "RDF_XML", "rdf+xml rdfxml xml application/xml text/xml"),
)


def chosen(offered: Sequence[Format], accept: str, wishes: Sequence[str] = ()) -> Format | None:
    """The format that a client likes best; None where it accepts none of those offered.

    `wishes` are the values of `format` and `output` parameters; one that names a format offered counts more than
    `accept`, any other is passed over. Of formats accepted alike, the client's first wins, then the first offered.
    """
    for wish in wishes:
        for format in offered:
            if wish.lower() == format.media_type or wish.lower() in format.aliases:
                return format
    return _liked(tuple(offered), accept)


@lru_cache(maxsize=64)  # clients send the same header again and again; it is 128 KB long at most
def _liked(offered: tuple[Format, ...], accept: str) -> Format | None:
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    ranked = [(*_liking(format, ranges), -place) for place, format in enumerate(offered)]
    best = max(ranked)
    return offered[-best[-1]] if best[0] > 0 else None


def _liking(format: Format, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """How much a client likes a format, and how early it says so (as a number below 0)."""
    media_types = [format.media_type, *(alias for alias in format.aliases if "/" in alias)]
    for exactness in (_same, _same_family, _anything):  # the most specific range counts (RFC 9110, 12.5.1)
        for place, (wanted, quality) in enumerate(ranges):
            if any(exactness(wanted, media_type) for media_type in media_types):
                return quality, -place
    return 0.0, 0


def _same(wanted: str, media_type: str) -> bool:
    return wanted == media_type


def _same_family(wanted: str, media_type: str) -> bool:
    return wanted.endswith("/*") and media_type.startswith(wanted[:-1])


def _anything(wanted: str, _: str) -> bool:
    return wanted in ("*/*", "*")


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(","):
        wanted, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        if wanted:
            yield wanted, float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 0.0
