"""Patterns and a text in, the chart out: every stretch of the text that a pattern or a word of a grammar can read.

Only the neighbourhoods of words that speak of time are read, from right to left, so that what follows a word is known
before the word is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_ATOM = re.compile(r"\n\s*\n|\d+|[^\W\d_]+|[^\w\s]")  # an empty line is one too, across which nothing is read
_YEARS = range(1200, 2200)
_COMPACT = 8  # figures of a whole date: 20170302
_READINGS = 16  # of one stretch as one thing; more are never told apart


class Atom(NamedTuple):
    """A run of letters, a run of digits, or one sign; offsets are code points."""

    start: int
    end: int
    text: str
    keys: tuple[str, ...]  # under which a node's words have it
    glued: bool  # no space before it


class Edge(NamedTuple):
    """What is read in the atoms up to `end`; of two readings the one whose rules stand first in the file is better."""

    gives: str
    end: int
    value: Any
    order: tuple[int, ...] = ()
    guarded: bool = False  # ends in what may belong to the words after it


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern or a word, compiled: what it gives, and how to build it from its slots."""

    gives: str
    order: int
    build: Callable[..., Any]
    known: frozenset[str] = frozenset()  # the slots that `build` takes
    constants: dict[str, Any] = field(default_factory=dict)
    guarded: bool = False


@dataclass(slots=True)
class Node:
    """A place in the tree of all patterns: what may come next, and the rules that end here.

    A key of `words` is the word in lower case, after "=" as it must be written, after "~" where no space may stand
    before it; `slots` has, by what fills the slot, its name and whether no space may stand before it.
    """

    words: dict[str, Node] = field(default_factory=dict)
    slots: dict[str, dict[tuple[str, bool], Node]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)


Chart = dict[int, dict[str, list[Edge]]]  # by atom: what begins there, by what it gives


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns and words of one language."""

    root: Node
    vocabulary: frozenset[str]  # all words of its patterns, in lower case
    core: frozenset[str]  # those without which, or digits, no time is told
    forward_verbs: frozenset[str]  # in dictionary form: "expect", "prévoir"

    def is_name(self, atom: Atom) -> bool:
        """Whether the atom is a word with a capital that alone may be a name: "May", "Sun"."""
        return atom.text[0].isupper() and "=" + atom.text in self.root.words

    def read(self, text: str) -> tuple[list[Atom], Chart]:
        """The atoms of a text that may tell a time, and all that can be read in them."""
        atoms: list[Atom] = []
        chart: Chart = {}
        for run in self._runs(text.replace("\u2019", "'")):  # a curly apostrophe
            start = len(atoms)
            atoms += _atoms(run)
            for at in range(len(atoms) - 1, start - 1, -1):
                _Reader(atoms, chart, at, len(atoms)).read(self.root)
        return atoms, chart

    def _runs(self, text: str) -> Iterator[list[re.Match[str]]]:
        """Stretches of words of the vocabulary and digits that have a word of the core or digits among them."""
        run: list[re.Match[str]] = []
        told = False
        for match in _ATOM.finditer(text):
            word = match[0].casefold()
            if word in self.vocabulary or word.isdecimal():
                run.append(match)
                told = told or word in self.core or word.isdecimal()
            elif run:
                if told:
                    yield run
                run, told = [], False
        if told:
            yield run


class _Partial(NamedTuple):
    """A pattern read up to an atom."""

    at: int
    values: dict[str, Any] = {}  # noqa: RUF012 - never written to
    order: tuple[int, ...] = ()
    guarded: bool = False

    def past(self, edge: Edge, name: str) -> _Partial:
        values = {**self.values, name: edge.value} if name else self.values
        return _Partial(edge.end, values, self.order + edge.order, edge.guarded)


@dataclass(slots=True)
class _Reader:
    """Reads all that begins at one atom and ends in its run."""

    atoms: Sequence[Atom]
    chart: Chart
    start: int
    end: int
    agenda: list[Edge] = field(default_factory=list)

    def read(self, root: Node) -> None:
        known: dict[str, list[Edge]] = {}
        met: set[tuple[str, int, tuple[int, ...]]] = set()
        self.agenda += _digits(self.atoms[self.start], self.start + 1)
        self._words(root, _Partial(self.start))
        while self.agenda:
            edge = self.agenda.pop()
            same = known.setdefault(edge.gives, [])
            if len(same) < _READINGS and (key := (edge.gives, edge.end, edge.order)) not in met:
                met.add(key)
                same.append(edge)
                for (name, _), node in root.slots.get(edge.gives, {}).items():
                    if node.rules or edge.end < self.end:
                        self._after(node, _Partial(self.start).past(edge, name))
        if known:
            self.chart[self.start] = known

    def _after(self, node: Node, part: _Partial) -> None:
        for rule in node.rules:
            value = rule.build(**rule.constants, **part.values)
            if value is not None:
                order = (rule.order, *part.order)
                self.agenda.append(Edge(rule.gives, part.at, value, order, part.guarded or rule.guarded))
        if part.at < self.end:
            if node.words:
                self._words(node, part)
            if node.slots:
                self._slots(node, part)

    def _words(self, node: Node, part: _Partial) -> None:
        for key in self.atoms[part.at].keys:
            if following := node.words.get(key):
                self._after(following, _Partial(part.at + 1, part.values, part.order))

    def _slots(self, node: Node, part: _Partial) -> None:
        glued = self.atoms[part.at].glued
        read = self.chart.get(part.at, {})
        for gives, wanted in node.slots.items():
            for edge in read.get(gives, ()):
                for (name, must_be_glued), following in wanted.items():
                    if (glued or not must_be_glued) and (following.rules or edge.end < self.end):
                        self._after(following, part.past(edge, name))


def _atoms(run: Sequence[re.Match[str]]) -> Iterator[Atom]:
    """The words of a run as atoms; what stands before the first one tells nothing."""
    end = -1
    for match in run:
        glued, word = match.start() == end, match[0]
        end = match.end()
        plain = (word.casefold(), "=" + word)
        yield Atom(match.start(), end, word, (*plain, *("~" + key for key in plain)) if glued else plain, glued)


def _digits(atom: Atom, end: int) -> Iterator[Edge]:
    if atom.text.isdecimal() and len(atom.text) == _COMPACT:
        yield Edge("compact", end, int(atom.text))
    if atom.text.isdecimal() and len(atom.text) <= 4:
        value = int(atom.text)
        yield Edge("number", end, value)
        yield Edge("digits", end, value)
        if len(atom.text) == 2:
            yield Edge("twodigits", end, value)
        if len(atom.text) == 4 and value in _YEARS:
            yield Edge("year", end, value)
