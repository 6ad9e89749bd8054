"""What a query gave in, local or remote; rows, a truth, triples, or a file of them out."""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import html, turtle
from kg.graph.names import PREFIXES
from kg.graph.values import Value, value

_TABLES = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
FORMATS = (*_TABLES, *_GRAPHS)
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_XML_NAME = re.compile(r"[^\W\d][\w.-]*\Z")  # what an IRI ends in that can be the name of an element

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterable[ox.Triple]


class Answer:
    """A query's answer, read as it comes and therefore once: what reads it again gets a `QueryError`.

    `variables` are a SELECT's columns, without the `?`; `boolean` is an ASK's truth, None for other forms. `prefixes`
    are those that Turtle and JSON-LD may abbreviate with. `limit` is how many rows were asked for at most, where a
    packaged query has such a parameter: as many may be not all. Iterating gives named tuples of Python values, `rows`
    and `triples` RDF terms. `len` and `keep` read everything into memory, from where it can be read again and again.
    """

    def __init__(self, found: Found, *, prefixes: Mapping[str, str] = PREFIXES) -> None:
        self._found = found
        self._prefixes = prefixes
        self._is_read = self._is_kept = False
        self._ahead: list[Any] = []  # what was read before it was asked for
        self.variables: tuple[str, ...] = ()
        self.boolean: bool | None = None
        self.limit: int | None = None
        self.form = "CONSTRUCT"
        if isinstance(found, ox.QuerySolutions):
            self.form, self.variables = "SELECT", tuple(variable.value for variable in found.variables)
        elif isinstance(found, ox.QueryBoolean):
            self.form, self.boolean = "ASK", bool(found)
        self._rest: Iterator[Any] = iter(()) if isinstance(found, ox.QueryBoolean) else _guarded(found)

    def __bool__(self) -> bool:
        """An ASK's truth; any other answer is true, even an empty one."""
        return self.boolean is not False

    @property
    def columns(self) -> tuple[str, ...]:
        """What the fields of a row are called when it is iterated: the variables, or subject, predicate and object."""
        return self.variables or ("subject", "predicate", "object")

    def __iter__(self) -> Iterator[Any]:
        """Rows, or triples, as named tuples of Python values: text for IRIs, numbers, days, None where nothing is."""
        row = namedtuple("Row", self.columns, rename=True)  # type: ignore[misc]
        return (row._make(map(value, found)) for found in self._each())

    def __len__(self) -> int:
        """How many rows or triples there are; they are kept for who reads them next."""
        return len(self.keep()._ahead)

    def dicts(self) -> Iterator[dict[str, Value | None]]:
        """Rows, or triples, as dictionaries of Python values."""
        return (dict(zip(self.columns, map(value, found), strict=True)) for found in self._each())

    def keep(self) -> Answer:
        """Read everything into memory, so that the answer can be read more than once."""
        if not self._is_kept:
            self._begin()
            self._ahead += self._rest
            self._is_kept = True
        return self

    def rows(self) -> Iterator[Row]:
        """The rows of a SELECT, a term or None a column. Raises `QueryError` for another form."""
        if not isinstance(self._found, ox.QuerySolutions):
            raise QueryError(f"{self.form} gives no rows: ask with SELECT")
        yield from map(tuple, self._each())

    def triples(self) -> Iterator[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE. Raises `QueryError` for another form."""
        if isinstance(self._found, (ox.QuerySolutions, ox.QueryBoolean)):
            raise QueryError(f"{self.form} gives no triples: ask with CONSTRUCT")
        yield from self._each()

    def write(self, file: IO[bytes], format: str) -> None:
        """Write the answer as one of `FORMATS`: the first four for SELECT and ASK, the others for CONSTRUCT.

        XML has no way to hold control characters; U+FFFD stands for them there. Raises `QueryError` for a format that
        is unknown or does not fit.
        """
        fitting = _GRAPHS if self.form == "CONSTRUCT" else _TABLES
        if format not in fitting:
            what = "does not fit" if format in FORMATS else "is not known for"
            raise QueryError(f"{format} {what} {self.form}: choose {', '.join(fitting)}")
        if self._ahead and self.form == "SELECT":
            raise QueryError("rows of the answer have been read already: ask again to write it")
        self._begin()
        try:
            self._write(file, format)
        except (SyntaxError, RuntimeError, ValueError) as error:
            raise failed(error) from error

    def __repr__(self) -> str:
        """What was asked for, and whether it may be cut."""
        shown = str(self.boolean).lower() if self.boolean is not None else " ".join(self.columns)
        return f"<Answer {self.form} {shown}{f'; {self._cut()}' if self.limit else ''}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: a truth, or the first rows, which can be read afterwards all the same."""
        if self.boolean is not None:
            return html.note(str(self.boolean).lower())
        if self._is_read and not self._is_kept:
            return html.note("the answer has been read already")
        self._ahead += islice(self._rest, max(0, html.SHOWN + 1 - len(self._ahead)))
        rest = "" if len(self._ahead) <= html.SHOWN else html.note(f"the first {html.SHOWN} rows; there are more")
        if rest and self.limit:
            rest += html.note(self._cut())
        shown = map(tuple, self._ahead[: html.SHOWN])
        return html.table(self.columns, shown, prefixes=self._prefixes) + rest

    def _cut(self) -> str:
        return f"at most {self.limit} rows: limit=0 gives all"

    def _each(self) -> Iterator[Any]:
        if self.boolean is not None:
            raise QueryError("ASK gives no rows: its truth is `boolean`")
        if not self._is_kept:  # not before the first is wanted: list() asks for an iterator, then for the length
            self._begin()
        yield from self._ahead if self._is_kept else chain(self._ahead, self._rest)

    def _begin(self) -> None:
        if self._is_read:
            raise QueryError("the answer has been read already: ask again, or keep its rows in a list")
        self._is_read = self.boolean is None  # a truth stays

    def _write(self, file: IO[bytes], format: str) -> None:
        target: Any = _XmlText(file) if format in ("xml", "rdf") else file
        if isinstance(self._found, (ox.QuerySolutions, ox.QueryBoolean)):
            self._found.serialize(target, _TABLES[format])
        else:
            _write_graph(chain(self._ahead, self._rest), target, format, self._prefixes)


def _write_graph(triples: Iterable[ox.Triple], file: Any, format: str, prefixes: Mapping[str, str]) -> None:
    """Turtle, which people read, sorted and each triple once; the others as they come."""
    if format == "ttl":
        file.write(turtle.plain(triples, prefixes))
        return
    found = _nameable(triples) if format == "rdf" else triples
    ox.serialize(found, file, _GRAPHS[format], prefixes=dict(prefixes))


class _XmlText:
    """A file that takes what XML 1.0 allows and marks what it does not; line ends are kept as they are."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        self._file.write(_NOT_IN_XML.sub(b"\xef\xbf\xbd", data).replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._file.flush()


def _nameable(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples; RDF/XML writes properties as elements, so that some have no name there (a `QueryError`)."""
    for triple in triples:
        if not _XML_NAME.search(triple.predicate.value):
            raise QueryError(f"RDF/XML has no way to write the property <{triple.predicate.value}>: choose ttl")
        yield triple


def _guarded(found: Iterable[Any]) -> Iterator[Any]:
    try:
        yield from found
    except (SyntaxError, RuntimeError, OSError) as error:
        raise failed(error) from error


def failed(error: Exception) -> QueryError:
    """What to tell of a query that went wrong when it was tried."""
    return QueryError(f"the query stopped: {' '.join(str(error).split())[:200]}")
