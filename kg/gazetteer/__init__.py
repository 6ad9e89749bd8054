"""`ontology/gazetteer/*.ttl` and a user's own names in, known names out: whose they are, where they stand in a text."""

from kg.gazetteer.entries import ENTITY, Entry, Tenure
from kg.gazetteer.index import Gazetteer, fold, spell
from kg.gazetteer.reading import load, read

__all__ = ["ENTITY", "Entry", "Gazetteer", "Tenure", "fold", "load", "read", "spell"]
