"""The namespace of one of our vocabularies in, what the ontology says of its terms out, as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from kg import ontology
from kg.graph.answer import Answer
from kg.graph.names import POSITION
from kg.model import EVENT, KG

NAMESPACES = (KG, EVENT, POSITION)


def write(namespace: str, file: IO[bytes], format: str) -> None:
    """Write the terms of one of the `NAMESPACES`, and what is said of itself, in a format of `Answer.write`.

    Raises `DataError` for a file of the ontology that cannot be read.
    """
    Answer(_triples(namespace)).write(file, format)


def _triples(namespace: str) -> Iterator[ox.Triple]:
    for path in ontology.files():
        for subject, predicate, object in ontology.triples(path):
            if subject.startswith(namespace) or subject == namespace.rstrip("#"):
                yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), object)
