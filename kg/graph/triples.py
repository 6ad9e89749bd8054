"""Triples in, the same by subject and predicate out, each term as N-Triples writes it.

Strings are hashed, compared and written at a tenth of what it takes to make a term, and to take it apart again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

About = defaultdict[str, set[str]]  # objects by predicate


class Triples:
    """Triples that come together, each once; iterated, pyoxigraph's."""

    def __init__(self) -> None:
        self.about: defaultdict[str, About] = defaultdict(lambda: defaultdict(set))  # by subject

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> Triples:
        """Triples of any kind; those that are strings already are given back."""
        if isinstance(triples, cls):
            return triples
        found = cls()
        for line in (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode().split("\n"):
            if line:
                subject, predicate, object = line.removesuffix(" .").split(" ", 2)
                found.about[subject][predicate].add(object)
        return found

    def __iter__(self) -> Iterator[ox.Triple]:
        lines = (
            f"{subject} {predicate} {object} .\n"
            for subject, about in self.about.items()
            for predicate, objects in about.items()
            for object in objects
        )
        return (quad.triple for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_TRIPLES))
