"""A SPARQL 1.1 Update in, refused where it would reach outside; with the graphs that the protocol says it uses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import sparql
from kg.graph.serving.graphs import name_of

_OUTSIDE = re.compile(r"service|load", re.IGNORECASE)
_CALL = re.compile(r"SERVICE(?::.*)?|LOAD")
_IRI = r"\s*(?:<[^<>]*>|\w*:[\w.-]*)"
_SILENT_LOAD = re.compile(rf"LOAD\s+SILENT{_IRI}(?:\s*INTO\s+GRAPH{_IRI})?", re.IGNORECASE)
_NO_PREFIXES: Mapping[str, str] = {}


def checked(
    text: str,
    *,
    base: str,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
    prefixes: Mapping[str, str] = _NO_PREFIXES,
) -> str:
    """The update as it is to be run: with a USING clause for each graph that the request names (SPARQL 1.1 Protocol,
    2.2.3). Relative IRIs are relative to `base`; `prefixes` need no declaration.

    LOAD SILENT does nothing, as where it fails. Raises `QueryError` for LOAD and SERVICE, and for graphs that both the
    update and the request name.
    """
    text = _without_silent_loads(text)
    _refuse_outside(text, base, prefixes)
    if not using and not using_named:
        return text
    if {"USING", "WITH"} & {word for _, word in sparql.told(text)}:
        raise QueryError("the update names its graphs by USING or WITH, and the request by using-graph-uri: keep one")
    clauses = [f"USING {name_of(iri)}" for iri in using] + [f"USING NAMED {name_of(iri)}" for iri in using_named]
    return _with(f" {' '.join(clauses)} ", text)


def run(store: ox.Store, text: str, *, base: str, prefixes: Mapping[str, str] = _NO_PREFIXES) -> None:
    """Run a checked update, all of it or nothing. Raises `QueryError` for what is no update and for what fails."""
    try:
        store.update(text, base_iri=base, prefixes=dict(prefixes))
    except (SyntaxError, ValueError) as error:
        raise QueryError(sparql.complaint(error, text, prefixes, what="update")) from error
    except RuntimeError as error:  # such as a graph that is to be made and is there
        raise QueryError(f"the update was not made: {' '.join(str(error).split())[:200]}") from error


def _without_silent_loads(text: str) -> str:
    places = [place for place, word in sparql.told(text) if word == "LOAD"]
    for place in reversed(places):
        if silent := _SILENT_LOAD.match(text, place):
            text = f"{text[:place]}INSERT DATA {{}}{text[silent.end() :]}"
    return text


def _refuse_outside(text: str, base: str, prefixes: Mapping[str, str]) -> None:
    # The parser is the judge, as for queries: an update that is still one when these keywords are none has them in
    # names and strings alone. It runs on nothing, and what comes of it is thrown away.
    if not _OUTSIDE.search(text):
        return
    try:
        run(ox.Store(), _OUTSIDE.sub(lambda word: word[0][:-1] + "\u3400", text), base=base, prefixes=prefixes)
    except QueryError as error:
        if isinstance(error.__cause__, RuntimeError):
            return  # a graph that is not there: the text is an update
        if any(_CALL.fullmatch(word) for _, word in sparql.told(text)):
            said = "the update calls LOAD or SERVICE, which is not allowed here: send the triples themselves"
            raise QueryError(said) from None
        raise


def _with(clauses: str, text: str) -> str:
    """The update with clauses before each WHERE; `DELETE WHERE` is written out first, for it takes none."""
    parts, done, depth = [], 0, 0
    for (_, before), (place, word) in pairwise([(0, ""), *sparql.told(text)]):
        if word == "WHERE" and not depth:
            pattern = text[place + len(word) : _closing(text, place)] if before == "DELETE" else ""
            parts += [text[done:place], pattern, clauses]
            done = place
        depth += (word == "{") - (word == "}")
    return "".join([*parts, text[done:]])


def _closing(text: str, start: int) -> int:
    """Where the first pair of braces after a place ends."""
    depth = 0
    for place, word in sparql.told(text[start:]):
        depth += (word == "{") - (word == "}")
        if word == "}" and depth <= 0:
            return start + place + 1
    return len(text)
