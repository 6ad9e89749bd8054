"""A Turtle file in, its triples by subject out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"

Description = dict[str, list[ox.NamedNode | ox.Literal]]  # predicate IRI -> objects, in the file's order


def read_turtle(path: Path) -> dict[str, Description]:
    """A Turtle file by subject. Raises `DataError` with the file and line that cannot be read."""
    about: dict[str, Description] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object in triples(path):
        about[subject][predicate].append(object)
    return about


def triples(path: Path) -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    """The triples of a Turtle file, blank nodes left out. Raises what `read_turtle` raises."""
    try:
        for subject, predicate, object, _ in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(subject, ox.NamedNode) and not isinstance(object, (ox.BlankNode, ox.Triple)):
                yield subject.value, predicate.value, object
    except SyntaxError as error:
        raise DataError(f"{path}:{error.lineno}: not Turtle: {error.msg}") from error


def by_language(about: Description, predicate: str) -> dict[str, str]:
    """The first literal of each language."""
    found: dict[str, str] = {}
    for text, language in literals(about, predicate):
        found.setdefault(language, text)
    return found


def literals(about: Description, predicate: str) -> Iterator[tuple[str, str]]:
    """The literals of a property as (text, language); no language is ""."""
    for value in about.get(predicate, ()):
        if isinstance(value, ox.Literal):
            yield value.value, value.language or ""


def iris(about: Description, predicate: str) -> tuple[str, ...]:
    """The IRIs of a property, in the file's order."""
    return tuple(value.value for value in about.get(predicate, ()) if isinstance(value, ox.NamedNode))
