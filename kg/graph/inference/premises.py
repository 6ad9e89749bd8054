"""A query in, the properties out whose triples it looks at: what has come to a graph concerns it, or does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from rdflib import URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

Properties = frozenset[str] | None  # None: any


def properties(text: str, prefixes: Mapping[str, str]) -> Properties:
    """The properties of all patterns of a query; None where there may be any, or where nobody knows."""
    try:
        algebra = prepareQuery(text, initNs=dict(prefixes)).algebra
    except Exception:  # whatever rdflib's parser and algebra raise: the engine is the judge, and knows more forms
        return None
    found = {iri for path in _paths(algebra) for iri in _iris(path)}
    return None if None in found else frozenset(iri for iri in found if iri)


def may_concern(read: Properties, came: Collection[str]) -> bool:
    """Whether triples with these properties can change what a query finds that reads those."""
    return read is None or not read.isdisjoint(came)


def _paths(node: object) -> Iterator[object]:
    """What stands between subject and object, in every pattern of an algebra, filters and subqueries included."""
    if isinstance(node, CompValue):
        for key, value in node.items():
            if key == "triples":
                for triples in value:
                    yield from triples[1::3]  # within EXISTS, rdflib leaves those of one subject in one list
            elif key not in ("template", "_vars"):
                yield from _paths(value)
    elif isinstance(node, list | tuple):
        for part in node:
            yield from _paths(part)


def _iris(path: object) -> Iterator[str | None]:
    if isinstance(path, URIRef):
        yield str(path)
    elif isinstance(path, SequencePath | AlternativePath):
        for part in path.args:
            yield from _iris(part)
    elif isinstance(path, InvPath):
        yield from _iris(path.arg)
    elif isinstance(path, MulPath):
        yield from _iris(path.path)
    else:
        yield None
