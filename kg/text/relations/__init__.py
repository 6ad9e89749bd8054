"""Mentions in, statements out: cues compiled from the ontology, found by the constructions that carry them.

Every construction is a module here that yields who, by which cue, to whom; the ontology's domains and ranges then say
what may be stated.
"""

from kg.text.relations.statements import find_statements

__all__ = ["find_statements"]
