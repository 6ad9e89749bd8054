"""`ontology/*.ttl` in, the vocabulary out: classes, relations, event types, positions, words; checked on loading."""

from kg.ontology.loading import files, load, parents
from kg.ontology.turtle import (
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    Description,
    by_language,
    iris,
    literals,
    read_turtle,
    triples,
)
from kg.ontology.vocabulary import XSD_DATE, Cue, EventType, Ontology, Position, Relation, Term

__all__ = [
    "OWL",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "XSD_DATE",
    "Cue",
    "Description",
    "EventType",
    "Ontology",
    "Position",
    "Relation",
    "Term",
    "by_language",
    "files",
    "iris",
    "literals",
    "load",
    "parents",
    "read_turtle",
    "triples",
]
