"""Files of `queries/` in, named questions with titles and parameters out; and what people type, made RDF terms.

A file's first comment is its title. A comment `# ?name: what it is` declares a parameter, `(default: *)` at its end
makes it optional; `# ?name, named: what it is` one that stands for the things which bear the name that is typed. In
another language `# fr: …` is the title and `# fr ?name: …` what a parameter is.
A line of the query that ends in `# ?name` is there for that parameter alone: it is left out where nothing is said of it
(or `*`), so that an engine has nothing to do for what nobody asks. In `LIMIT 1000  # ?limit` the number is the
parameter's, which no variable of SPARQL could be; 0 leaves it out. A class of relations in a line that ends in
`# its relations` (`VALUES ?predicate { kg:Ownership }`) stands for the relations that the ontology says are of it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import ontology, resources
from kg.errors import DataError, QueryError
from kg.graph.names import XSD, Namespaces, iri_of
from kg.graph.sparql import Term
from kg.model import KG

_PARAMETER = re.compile(
    r"#\s*\?(?P<name>\w+)(?P<named>, named)?:\s*(?P<meaning>.*?)(?:\s*\(default:\s*(?P<default>.*?)\s*\))?\s*"
)
_TRANSLATED = re.compile(r"#\s*(?P<language>[a-z]{2})(?:\s+\?(?P<name>\w+))?:\s*(?P<words>.*?)\s*")
_MARKED = re.compile(r"(?P<line>[^#\s][^\n]*?)[ \t]*#[ \t]*\?(?P<name>\w+)[ \t]*")
_OF_KIND = re.compile(r"(?P<before>.*)\bkg:(?P<kind>\w+)(?P<after>.*?)[ \t]*# its relations[ \t]*")
_LIMIT = re.compile(r"LIMIT[ \t]+\d+", re.IGNORECASE)
_ANY = "*"  # what stands for a parameter of which nothing is said
_DAY = re.compile(r"the (?:first|last) day\b")
_WITHIN = re.compile(r"\bby its IRI, such as (?P<prefix>\w+:)")  # where an identifier does as well
_NUMBER = re.compile(r"[+-]?\d+(?P<fraction>\.\d+)?")
_IRI = re.compile(r"<(?P<within>[^<>\s]+)>|(?P<bare>(?:https?://|urn:)\S+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query wants to know; a default makes it optional; `named` things are known by their names too."""

    name: str
    meaning: str
    default: str | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A packaged question; `folder` is its kind: reports, networks, checks or rules."""

    name: str
    title: str
    text: str
    parameters: tuple[Parameter, ...] = ()
    folder: str = "reports"

    def words(self) -> dict[str, dict[str, str]]:
        """By language, what the query asks (under "") and what each of its parameters is (under its name)."""
        meanings = {parameter.name: parameter.meaning for parameter in self.parameters}
        said = {"en": {"": self.title, **meanings}}
        for match in filter(None, map(_TRANSLATED.fullmatch, self.text.splitlines())):
            said.setdefault(match["language"], {})[match["name"] or ""] = match["words"]
        return said

    def bindings(self, values: Mapping[str, str], names: Namespaces | None = None) -> dict[str, Term]:
        """A term for each parameter, of what was typed for it or of its default.

        Raises `QueryError` for a parameter that is missing, for one that the query does not have, and for a first or
        last day that is none.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := [name for name in values if name not in known]:
            wanted = ", ".join(known) or "none"
            raise QueryError(f"query {self.name} has no parameter {unknown[0]!r}; it has: {wanted}")
        said = {name: self._value(p, values) for name, p in known.items()}
        marked = {match["name"]: match["line"] for match in _marked(self.text)}
        silent = {name for name, line in marked.items() if said.get(name) == _ANY or _LIMIT.fullmatch(line.strip())}
        return {name: term(value, names) for name, value in said.items() if name not in silent}

    def asked(self, values: Mapping[str, str]) -> str:
        """The text with those lines alone that something is asked of, and with the limit that was typed.

        Raises `QueryError` for a limit that is no number.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        lines = self.text.split("\n")  # as many as before, so that complaints tell the right one
        for place, line in enumerate(lines):
            if (match := _MARKED.fullmatch(line.lstrip())) and (parameter := known.get(match["name"])):
                lines[place] = self._line(line, match["line"], self._value(parameter, values), parameter)
            elif match := _OF_KIND.fullmatch(line):
                lines[place] = match["before"] + self._relations(match["kind"]) + match["after"]
        return "\n".join(lines)

    def limit(self, values: Mapping[str, str]) -> int | None:
        """How many rows there are at most, by what was typed or by default; None: as many as there are."""
        limits = [match["name"] for match in _marked(self.text) if _LIMIT.fullmatch(match["line"])]
        said = [self._value(p, values) for p in self.parameters if p.name in limits]
        return min((number for number in map(_count, said) if number), default=None)

    def _line(self, whole: str, line: str, value: str, parameter: Parameter) -> str:
        if not _LIMIT.fullmatch(line):
            return "" if value == _ANY else whole
        number = _count(value)
        if number is None:
            raise QueryError(f"query {self.name}: {parameter.name}={value} is no number of rows (0: all)")
        return _LIMIT.sub(f"LIMIT {number}", whole) if number else ""

    def _relations(self, kind: str) -> str:
        if not (found := ontology.load().of_kind(KG + kind)):
            raise QueryError(f"query {self.name}: the ontology has no relation that is a kg:{kind}")
        return " ".join(f"<{relation}>" for relation in found)

    def _value(self, parameter: Parameter, values: Mapping[str, str]) -> str:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(f"query {self.name} needs {parameter.name}=… ({parameter.meaning})")
        if value != _ANY and _DAY.search(parameter.meaning) and not is_day(value):
            raise QueryError(f"query {self.name}: {parameter.name}={value} is no day, such as 2025-01-31")
        if (match := _WITHIN.search(parameter.meaning)) and value != _ANY and not re.search(r"[:<>\s]", value):
            return match["prefix"] + value
        return value


def all_queries() -> tuple[Query, ...]:
    """The packaged queries, by folder and name. Raises `DataError` for a file that has no title."""
    return _load(resources.root())


def find(name: str) -> Query:
    """The query of a name, `about` or `reports/about`; of two with one name the report.

    Raises `QueryError` that tells near names.
    """
    queries = sorted(all_queries(), key=lambda query: query.folder != "reports")
    for query in queries:
        if name in (query.name, f"{query.folder}/{query.name}"):
            return query
    folder, _, own = name.rpartition("/")
    names = sorted({query.name for query in queries if query.folder == folder or not folder})
    near = difflib.get_close_matches(own.lower(), names, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "kg queries lists them"
    if folder == "networks":
        hint = hint if near else f"there are {', '.join(names)}, and files of your own, whose names end in .rq"
        raise QueryError(f"no network is called {own!r}: {hint}")
    raise QueryError(f"no query is called {name!r}: {hint}")


def parse(text: str, *, name: str) -> Query:
    """A query of somebody's own, with the parameters that its comments declare; the title may be missing."""
    first, *rest = text.splitlines() or [""]
    title = first.strip("# ") if first.startswith("#") else ""
    found = (_PARAMETER.fullmatch(line) for line in rest)
    parameters = tuple(Parameter(m["name"], m["meaning"], m["default"], bool(m["named"])) for m in found if m)
    return Query(name, title, text, parameters, folder="")


def term(value: str, names: Namespaces | None = None) -> Term:
    """What somebody typed as a term: an IRI (`<…>`, `https://…`), a CURIE (`ent:iraq`), a date, a number, else words.

    Raises `QueryError` for an IRI that is none.
    """
    if match := _IRI.fullmatch(value):
        return _iri(match["within"] or match["bare"])
    prefix, colon, local = value.partition(":")
    base = (names or Namespaces()).prefixes().get(prefix) if colon and not re.search(r"\s", value) else None
    if base is not None:
        return _iri(base + local)
    if is_day(value):
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))
    if match := _NUMBER.fullmatch(value):
        return ox.Literal(value, datatype=ox.NamedNode(XSD + ("decimal" if match["fraction"] else "integer")))
    return ox.Literal(value.encode("utf-8", "replace").decode())


def is_day(value: str) -> bool:
    """Whether somebody typed a day, such as 2025-01-31."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value) and date.fromisoformat(value))
    except ValueError:
        return False


def _marked(text: str) -> Iterator[re.Match[str]]:
    """The lines that are there for a parameter alone, without what stands before them."""
    return (match for line in text.split("\n") if (match := _MARKED.fullmatch(line.lstrip())))


def _count(value: str) -> int | None:
    """A number of rows, where 0 and `*` are all of them; None for what is none."""
    value = "0" if value == _ANY else value
    return int(value) if re.fullmatch(r"[0-9]{1,12}", value) else None


@cache
def _load(root: Path) -> tuple[Query, ...]:
    return tuple(_read(path, root / "queries") for path in resources.files("queries", ".rq"))


def _read(path: Path, home: Path) -> Query:
    query = parse(path.read_text(encoding="utf-8"), name=path.stem)
    if not query.title:
        raise DataError(f"{path}:1: a query's first line is a comment that is its title")
    return replace(query, folder=path.parent.relative_to(home).as_posix())


def _iri(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri_of(iri))
    except ValueError as error:
        raise QueryError(f"{iri!r} is no IRI: {error}") from error
