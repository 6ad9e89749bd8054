"""Values in, RDF terms out: strings that UTF-8 can hold, days, months and years, numbers, links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from kg.graph.names import XSD, iri_of
from kg.model import KG, Time

Node = ox.NamedNode | ox.Literal
_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=4096)  # the vocabularies that we write with have some hundred terms
def vocabulary(iri: str) -> ox.NamedNode:
    """A term of a vocabulary by its IRI."""
    return ox.NamedNode(iri)


def term(name: str) -> ox.NamedNode:
    """A term of our ontology."""
    return vocabulary(KG + name)


def plain(text: str | None) -> ox.Literal | None:
    """A string without a language."""
    return ox.Literal(mend(text)) if text else None


def day_of(day: date | None) -> ox.Literal | None:
    """A day as xsd:date."""
    return ox.Literal(day.isoformat()[:10], datatype=vocabulary(XSD + "date")) if day else None


def moment_of(time: str) -> ox.Literal | None:
    """A day and a time as xsd:dateTime."""
    return ox.Literal(time, datatype=vocabulary(XSD + "dateTime")) if time else None


def date_of(time: Time) -> ox.Literal | None:
    """A time no more precise than its words: a day, a month or a year; None for other stretches of days."""
    if time.begin is None or time.end is None:
        return None
    following, day = time.end + timedelta(days=1), time.begin.isoformat()
    if time.begin == time.end:
        return day_of(time.begin)
    if time.begin.day == following.day == 1 and _months(time.begin, following) == 1:
        return ox.Literal(day[:7], datatype=vocabulary(XSD + "gYearMonth"))
    if time.begin.day == following.day == time.begin.month == 1 and _months(time.begin, following) == 12:
        return ox.Literal(day[:4], datatype=vocabulary(XSD + "gYear"))
    return None


def _months(begin: date, end: date) -> int:
    return (end.year - begin.year) * 12 + end.month - begin.month


def days_of(time: Time | None) -> Iterable[ox.Literal | None]:
    """The first and the last day of a time, where it has them."""
    return (day_of(time.begin), day_of(time.end)) if time else (None, None)


def decimal(value: float) -> ox.Literal:
    """A number as xsd:decimal, to four places."""
    digits = format(Decimal(str(round(value, 4))), "f")
    return ox.Literal(digits if "." in digits else digits + ".0", datatype=vocabulary(XSD + "decimal"))


def number(value: Decimal) -> ox.Literal:
    """A number as xsd:decimal, exact."""
    return ox.Literal(format(value, "f"), datatype=vocabulary(XSD + "decimal"))


def integer(value: int) -> str:
    """A whole number as N-Triples writes an xsd:integer."""
    return f'"{value}"^^<{XSD}integer>'


def link(url: str | None) -> Node | None:
    """A URL as an IRI; what is none ("page 3") as words."""
    try:
        return ox.NamedNode(iri_of(url)) if url else None
    except ValueError:
        return plain(url)


def mend(text: str) -> str:
    """A text that UTF-8 can hold: a lone surrogate becomes U+FFFD, so that offsets stay."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def text_bytes(text: str) -> bytes:
    """The text as it is stored: UTF-8, where a lone surrogate, which UTF-8 cannot hold, is U+FFFD (offsets stay)."""
    return mend(text).encode()
