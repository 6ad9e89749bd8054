"""SPARQL that anybody may send: what is refused, which graphs are seen, and how long it may take to tell."""

from __future__ import annotations

import re
import socket
import time
from contextlib import suppress

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.graph import sparql
from kg.graph.names import PREFIXES
from kg.graph.store import Store
from kg.model import Article

CALLS = [
    "SELECT * { SERVICE <http://h/> { ?s ?p ?o } }",
    "select * { service silent <http://h/> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <http://h/> } SERVICE ?u { ?s ?p ?o } }",
    "PREFIX x: <http://h/> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "PREFIX : <http://h/> SELECT * { SERVICE:a#b\n{ ?s ?p ?o } }",
    "SELECT * { SERVICE#{\n# c\n<http://h/>#\n{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://h/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://h/>{ ?s ?p ?o } }",
    'SELECT * { BIND("\\"" AS ?x) SERVICE <http://h/> { } BIND("" AS ?y) }',
    "ASK { { SELECT * { OPTIONAL { SERVICE SILENT <http://h/> { ?s ?p ?o } } } } }",
    "PREFIX service: <urn:> ASK { ?service service:service 'service' . SERVICE <http://h/> { } }",
]
HIDDEN = [  # in what a tokenizer would take for an IRI, a string or a comment, and the parser does not
    "SELECT * { FILTER(?a<'x>') SERVICE <http://h/> {} FILTER('1'='1') }",
    'SELECT * { FILTER(?a<?b#>"""\n) SERVICE <http://h/> {} #"""\n }',
    "SELECT * { FILTER(?a<?b&&'''>''') SERVICE <http://h/> {} FILTER(''''''='') }",
    "SELECT * { SERVIC\\u0045 <http://h/> { ?s ?p ?o } }",
    "SELECT * { ſERVICE <http://h/> { ?s ?p ?o } }",
]
HARMLESS = [
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { ?s <http://x/service> ?o . FILTER(?o = 'SERVICE <http://h/> { }') }",
    "PREFIX x: <urn:> SELECT * { ?s x:service ?o . { ?s x:SERVICE ?o } }",
    "PREFIX service: <urn:> SELECT * { ?s service:p ?o # SERVICE <http://h/> {\n }",
    'SELECT * { VALUES ?x { """\nSERVICE <http://h/> {\n""" } BIND(?x AS ?service) }',
]
MANY = 130_000
HOSTILE = [
    "SELECT * { SERVICE" + "#" * 8 * MANY,
    "SELECT * { SERVICE" + ":" * 8 * MANY,
    "SELECT * { " + "service" * MANY,
    "SELECT * { " + "# a\n" * 2 * MANY + "service",
    "SELECT * { service " + "#a\n" * 2 * MANY,
    "SELECT * { " + "service: " * MANY,
    "SELECT * { " + "service<" * MANY,
    "SELECT * { service" + '"\\"' * 3 * MANY,
    "SELECT * { service " + '\\"""' * 2 * MANY,
    "SELECT * { service " + "a." * 4 * MANY,
    "SELECT * { ?s ?p 'service" + " <x> {" * MANY + "' }",
    "PREFIX service" + " " * 8 * MANY,
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two articles, each with a title in its graph, and a name in the default graph."""
    path = tmp_path_factory.mktemp("sparql") / "s"
    with Store.open(path, create=True, writable=True) as written:
        for id in ("a", "b"):
            turtle = f"""@prefix kg: <{PREFIXES["kg"]}> . @prefix dct: <{PREFIXES["dct"]}> .
                @prefix skos: <{PREFIXES["skos"]}> . <urn:e> skos:prefLabel "E" .
                <{written.names.article_iri(id)}> a kg:Article ; dct:title "{id}" ."""
            written.put(Article(id, id), turtle.encode())
    return Store.open(path)


def seen(store: Store, text: str, *, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> list[str]:
    iri = store.names.article_iri
    found = store.query(text, default_graph=[*map(iri, default)], named_graphs=[*map(iri, named)])
    return sorted(str(getattr(row[0], "value", None)) for row in found.rows())


@pytest.mark.parametrize("text", CALLS)
def test_service_is_refused_however_it_is_written(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="calls SERVICE"):
        store.query(text)


@pytest.mark.parametrize("text", HIDDEN)
def test_service_is_refused_wherever_it_hides(store: Store, text: str) -> None:
    with pytest.raises(QueryError):
        store.query(text)


def test_what_hides_is_a_call_but_for_the_refusal() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        there = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(OSError, match="refused"):
            ox.Store().query(HIDDEN[1].replace("SELECT *", "ASK").replace("http://h/", there))


@pytest.mark.parametrize("text", HARMLESS)
def test_the_word_service_is_no_crime(store: Store, text: str) -> None:
    assert list(store.query(text).rows()) is not None


def test_a_mistake_beside_the_word_service_is_told_where_it_is(store: Store) -> None:
    with pytest.raises(QueryError, match="line 2, column 1"):
        store.query("SELECT ?service { ?service ?p\n}")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_megabyte_takes_no_longer_than_it_should(store: Store, text: str) -> None:
    start = time.process_time()
    for read in (store.query, sparql.form, lambda text: sparql.declare(text, PREFIXES)):
        with suppress(QueryError):
            read(text)
    assert time.process_time() - start < 15  # the slowest takes one; what is not linear in a million takes hours


TITLES = "SELECT ?t { ?a dct:title ?t }"
GRAPHS = "SELECT ?t { GRAPH ?g { ?a dct:title ?t } }"
NAMES = "SELECT ?n { ?e skos:prefLabel ?n }"
FROM = "FROM <https://w3id.org/dateline/article/a>"


@pytest.mark.parametrize(
    ("text", "default", "named", "found"),
    [
        (TITLES, (), (), ["a", "b"]),
        (GRAPHS, (), (), ["a", "b"]),
        (NAMES, (), (), ["E"]),
        (TITLES, ("a",), (), ["a"]),
        (NAMES, ("a",), (), []),
        (GRAPHS, ("a",), (), []),
        (TITLES, ("a", "b"), (), ["a", "b"]),
        (TITLES, (), ("a",), []),
        (GRAPHS, (), ("a",), ["a"]),
        (GRAPHS, ("b",), ("a",), ["a"]),
        (TITLES.replace("{", FROM + "{", 1), (), (), ["a"]),
        (TITLES.replace("{", "FROM art:b {", 1), (), (), ["b"]),
        (GRAPHS.replace("{", FROM + "{", 1), (), (), []),
        (GRAPHS.replace("{", "FROM NAMED art:b {", 1), (), (), ["b"]),
        (TITLES.replace("{", FROM + "{", 1), ("b",), (), ["b"]),
        (TITLES.replace("{", FROM + "{", 1), (), ("a",), []),
        (
            "PREFIX from: <urn:> SELECT ?t { ?a dct:title ?t OPTIONAL { ?a from:from ?from } } # FROM",
            (),
            (),
            ["a", "b"],
        ),
    ],
)
def test_a_query_sees_the_graphs_that_the_request_or_it_names_or_all(
    store: Store, text: str, default: tuple[str, ...], named: tuple[str, ...], found: list[str]
) -> None:
    assert seen(store, text, default=default, named=named) == found


def test_a_graph_that_is_no_iri_is_told(store: Store) -> None:
    with pytest.raises(QueryError, match="named by an IRI"):
        store.query(TITLES, default_graph=["not an iri"])


def test_prefixes_are_declared_once() -> None:
    text = "prefix KG: <urn:mine#>\nSELECT * { ?s kg:p 'PREFIX ent: <x>' }"
    assert sparql.declare(text, {"kg": "urn:k#", "ent": "urn:e#"}) == "PREFIX ent: <urn:e#> " + text


def test_the_form_of_a_query_is_not_that_of_its_names() -> None:
    assert sparql.form("PREFIX ask: <urn:ask> # SELECT\nCONSTRUCT { ?select ask:ask 1 } WHERE { }") == "CONSTRUCT"
    assert sparql.form("CLEAR ALL") == ""


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?x WHER { ?x ?y ?z }", "line 1, column 11: no keyword of SPARQL fits there: 'WHER"),
        ("SELECT ?x {\n ?x ?y ?z OPTINAL { ?a ?b ?c } }", "line 2, column 11: .* 'OPTINAL"),
        ("SELECT ?x { ?x ?y ?z } ODER BY ?x", "line 1, column 24: .* 'ODER BY"),
        ("SELEC ?x { ?x ?y ?z }", "there is no SELECT, ASK"),
        ("SELECT ?x { ?x ?y ?z", "line 1, column 21: .* found the end"),
        ("SELECT", "line 1, column 7: expected"),
    ],
)
def test_a_word_that_is_mistyped_is_found(query: str, says: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(query)
    assert re.search(says, sparql.complaint(caught.value, query, {}))
