"""An article's graph in, TriG out that a bulk load takes at once and in which every triple has its home.

A file as `kg.graph.turtle` writes it is divided as text, a paragraph a subject, for a bulk load parses
four times as fast as Python gets triples; whatever is written in another way is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from kg.graph.store.homes import Change, belongs
from kg.model import KG

_IRI = rb'<[^<>\s"\\{}|^`]*+>'
_NAME = rb"(?!_:)(?:[\w:%\x80-\xff-]|\\.|\.(?=[\w:%\x80-\xff\\-]))++"
_LITERAL = rb'"(?:[^"\\\n]++|\\.)*+"(?:@[A-Za-z0-9-]++|\^\^(?:' + _IRI + rb"|[\w:-]++))?+"
_OBJECT = rb"(?:" + rb"|".join((_NAME, _IRI, _LITERAL)) + rb")"
_SAID = rb"(?:" + _NAME + rb"|" + _IRI + rb") " + _OBJECT + rb"(?: , " + _OBJECT + rb")*+"
_SUBJECT = rb"(?:<#[^<>\s\"\\{}|^`]*+>|" + _NAME + rb")"
_REST = rb"(?: ;\n\t" + _SAID + rb")*+ \.\n"
# one subject a paragraph, one predicate a line, so that no statement hides in another's paragraph
_FILE = re.compile(
    rb"(@base <(?P<base>[^<>\s\"\\#]++)> \.\n(?:@prefix [\w-]*+: " + _IRI + rb" \.\n)++)"
    rb"\n<> a kg:Article(?: , " + _OBJECT + rb")*+" + _REST + rb"(?:\n" + _SUBJECT + rb" " + _SAID + _REST + rb")*+"
)
_PREFIX = re.compile(rb"@prefix ([\w-]*): <(.*)> \.\n")
_TAIL = re.compile(rb'[^\s"<>/#:]*(?=[>\s])')


class Divided(NamedTuple):
    """What a load takes of an article: TriG of all of it, and TriG that says what of the world it states."""

    graph: bytes
    stated: bytes

    @property
    def triples(self) -> set[ox.Triple]:
        """All that the article says."""
        return _triples(self.graph)

    @property
    def shared(self) -> set[ox.Triple]:
        """What of the world it states."""
        return _triples(self.stated)


class Stream:
    """A file to read from, made of what comes."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._rest = b""

    def read(self, size: int) -> bytes:
        """The next bytes, at most so many; none at the end."""
        if not self._rest:
            self._rest = next((part for part in self._parts if part), b"")
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


def of_triples(change: Change) -> Divided:
    """Whatever triples, divided."""
    article, triples = change
    own = b"".join(_lines(triple for triple in triples if belongs(triple, article)))
    shared = b"".join(_lines(triple for triple in triples if not belongs(triple, article)))
    name = str(ox.NamedNode(article)).encode()
    return Divided(shared + _block(name, own), _block(name, shared))


def of_turtle(turtle: bytes, article: str | None = None) -> Divided | None:
    """What a file of one article says, divided; None where it is not written as `kg.graph.turtle` writes.

    Nor is it where it is of another article than the one asked for.
    """
    match = _FILE.fullmatch(turtle)
    if not match or not _is_plain(match[1], match["base"]) or (article and match["base"] != article.encode()):
        return None
    header, *paragraphs = turtle[:-1].split(b"\n\n")
    own = b"".join([paragraph + b"\n" for paragraph in paragraphs if paragraph[:1] == b"<"])
    shared = b"".join([paragraph + b"\n" for paragraph in paragraphs if paragraph[:1] != b"<"])
    header += b"\n"
    return Divided(header + shared + _block(b"<>", own), header + _block(b"<>", shared) if shared else b"")


def tails(iris: Iterable[ox.NamedNode]) -> set[bytes]:
    """The ends of IRIs, which stand in a file in whatever way it shortens them."""
    return {re.split("[/#:]", iri.value)[-1].encode() for iri in iris}


def may_mention(turtle: bytes, ends: set[bytes]) -> bool:
    """Whether a file may mention one of the IRIs with these ends; it does not if this says no."""
    return bool(ends) and not ends.isdisjoint(end.replace(b"\\", b"") for end in _TAIL.findall(turtle))


def _triples(trig: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(trig, format=ox.RdfFormat.TRIG)}


def _is_plain(header: bytes, article: bytes) -> bool:
    """Whether no prefix could stand for the article itself, and its class is ours."""
    prefixes = dict(_PREFIX.findall(header))
    if prefixes.get(b"kg") != KG.encode():
        return False
    return not any(article.startswith(iri) or iri.startswith(article) for iri in prefixes.values())


def _block(name: bytes, body: bytes) -> bytes:
    return name + b" {\n" + body + b"}\n" if body else b""


def _lines(triples: Iterable[ox.Triple]) -> Iterator[bytes]:
    return (f"{triple} .\n".encode() for triple in triples)
