"""SPARQL Update as it is let through, and what it is not."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph.serving import updates

BASE = "http://localhost/sparql"


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <file:///etc/passwd>",
        "load silent # <urn:x>\n <http://localhost:1/> into graph <urn:g>",
        "CLEAR ALL ; LOAD<http://localhost:1/>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } WHERE { { SELECT * { service silent ?x { ?s ?p ?o } } } }",
        'INSERT DATA { <urn:a> <urn:b> "LOAD" } ; LOAD <http://localhost:1/>',
    ],
)
def test_an_update_that_reaches_outside_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="calls LOAD or SERVICE"):
        updates.checked(text, base=BASE)


@pytest.mark.parametrize(
    "text",
    [
        'INSERT DATA { <urn:load> <urn:service> "LOAD <x> SERVICE" } # LOAD',
        "PREFIX load: <urn:> DELETE WHERE { load:service ?service ?load }",
        "CLEAR GRAPH <urn:load>",  # which is not there
    ],
)
def test_these_words_in_names_and_strings_are_let_through(text: str) -> None:
    assert updates.checked(text, base=BASE) == text


def test_a_silent_load_does_nothing_as_where_it_fails() -> None:
    load, insert = "load silent<http://localhost:1/>", "INSERT DATA { <urn:load> a:LOAD 'LOAD SILENT <x>' }"
    text = f"PREFIX a: <urn:> {load} ; {insert} ; LOAD SILENT a:b INTO GRAPH <urn:g>"
    store = ox.Store()
    updates.run(store, updates.checked(text, base=BASE), base=BASE)
    assert [quad.object.value for quad in store] == ["LOAD SILENT <x>"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["urn:g", "urn:h"]),
        ("DELETE { GRAPH <urn:h> { ?s ?p ?o } } WHERE { ?s ?p ?o }", ["urn:", "urn:g"]),
        ("DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } } ; DELETE WHERE { ?s ?p ?o }", ["urn:g", "urn:h"]),
        ('INSERT DATA { <urn:x> <urn:p> "WHERE {" }', ["urn:", "urn:", "urn:g", "urn:h"]),
    ],
)
def test_the_graphs_of_the_request_are_those_that_are_matched(text: str, left: list[str]) -> None:
    store = ox.Store()
    for graph in (ox.DefaultGraph(), ox.NamedNode("urn:g"), ox.NamedNode("urn:h")):
        store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o"), graph))
    updates.run(store, updates.checked(text, base=BASE, using=["urn:h"]), base=BASE)
    assert sorted(getattr(quad.graph_name, "value", "urn:") for quad in store) == left


@pytest.mark.parametrize(
    "text", ["WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE { ?s ?p ?o } USING <urn:g> WHERE { }"]
)
def test_graphs_are_named_by_the_update_or_by_the_request(text: str) -> None:
    with pytest.raises(QueryError, match="keep one"):
        updates.checked(text, base=BASE, using_named=["urn:g"])


def test_what_is_no_update_is_shown_where_it_goes_wrong() -> None:
    with pytest.raises(QueryError, match="the update, line 2, column 7: expected"):
        updates.run(ox.Store(), "INSERT DATA {\nbroken", base=BASE)
