"""What a query gave in, local or remote; rows, a truth, triples, or a file of them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import turtle
from kg.graph.names import PREFIXES

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
    packaged query has such a parameter: as many may be not all.
    """

    def __init__(self, found: Found, *, prefixes: Mapping[str, str] = PREFIXES) -> None:
        self._found = found
        self._prefixes = prefixes
        self._is_read = False
        self.variables: tuple[str, ...] = ()
        self.boolean: bool | None = None
        self.limit: int | None = None
        self.form = "CONSTRUCT"
        if isinstance(found, ox.QuerySolutions):
            self.form, self.variables = "SELECT", tuple(variable.value for variable in found.variables)
        elif isinstance(found, ox.QueryBoolean):
            self.form, self.boolean = "ASK", bool(found)

    def __bool__(self) -> bool:
        """An ASK's truth; any other answer is true, even an empty one."""
        return self.boolean is not False

    def rows(self) -> Iterator[Row]:
        """The rows of a SELECT, a term or None a column. Raises `QueryError` for another form."""
        if not isinstance(self._found, ox.QuerySolutions):
            raise QueryError(f"{self.form} gives no rows: ask with SELECT")
        self._begin()
        for solution in _guarded(self._found):
            yield tuple(solution)

    def triples(self) -> Iterator[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE. Raises `QueryError` for another form."""
        if isinstance(self._found, (ox.QuerySolutions, ox.QueryBoolean)):
            raise QueryError(f"{self.form} gives no triples: ask with CONSTRUCT")
        self._begin()
        yield from _guarded(self._found)

    def write(self, file: IO[bytes], format: str) -> None:
        """Write the answer as one of `FORMATS`: the first four for SELECT and ASK, the others for CONSTRUCT.

        XML has no way to hold control characters; U+FFFD stands for them there. Raises `QueryError` for a format that
        is unknown or does not fit.
        """
        fitting = _GRAPHS if self.form == "CONSTRUCT" else _TABLES
        if format not in fitting:
            what = "does not fit" if format in FORMATS else "is not known for"
            raise QueryError(f"{format} {what} {self.form}: choose {', '.join(fitting)}")
        self._begin()
        try:
            self._write(file, format)
        except (SyntaxError, RuntimeError, ValueError) as error:
            raise failed(error) from error

    def _begin(self) -> None:
        if self._is_read:
            raise QueryError("the answer has been read already: ask again, or keep its rows in a list")
        self._is_read = self.boolean is None  # a truth stays

    def _write(self, file: IO[bytes], format: str) -> None:
        target: Any = _XmlText(file) if format in ("xml", "rdf") else file
        if isinstance(self._found, (ox.QuerySolutions, ox.QueryBoolean)):
            self._found.serialize(target, _TABLES[format])
        else:
            _write_graph(self._found, target, format, self._prefixes)


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
