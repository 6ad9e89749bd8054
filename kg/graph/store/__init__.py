"""A store: what it is made of, how it is written, how it is mended. `store.py` is the door, `parts.py` the map."""

from kg.graph.store.store import Store
from kg.graph.store.writing import Put

__all__ = ["Put", "Store"]
