"""A server of our own, started as people start it, and asked by the clients that they have: SPARQLWrapper, rdflib,
pandas, and `kg.open` with the URL."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pandas
import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from waiting import PATIENCE

import kg
from kg.errors import QueryError
from kg.graph.store import Store
from kg.model import KG, Article

ENTITY = "https://w3id.org/dateline/entity/"
NAMES = "SELECT ?name { ?person skos:prefLabel ?name } ORDER BY ?name"
DECLARED = f"PREFIX skos: <{rdflib.SKOS}> {NAMES}"
FOUND = ["Pentagone", "Élise, « la » <b>"]
TURTLE = f"""@prefix kg: <{KG}> . @prefix ent: <{ENTITY}> . @prefix skos: <{rdflib.SKOS}> .
@prefix oa: <http://www.w3.org/ns/oa#> .
<https://w3id.org/dateline/article/one> a kg:Article .
ent:elise a kg:Person ; skos:prefLabel "Élise, « la » <b>"@fr ; kg:employedBy ent:pentagon .
ent:pentagon a kg:Organization ; skos:prefLabel "Pentagone"@fr .
<https://w3id.org/dateline/article/one#s> a kg:Statement ; <{rdflib.RDF.subject}> ent:elise ;
    <{rdflib.RDF.predicate}> kg:employedBy ; <{rdflib.RDF.object}> ent:pentagon ;
    kg:factuality kg:Asserted ; kg:former false ; kg:evidence <https://w3id.org/dateline/article/one#char=0,5> .
<https://w3id.org/dateline/article/one#char=0,5> oa:start 0 ; oa:end 5 ; oa:exact "Élise" .
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clients") / "store"
    with Store.open(path, create=True, writable=True) as store:
        store.put(Article("one", "Élise travaille au Pentagone."), TURTLE.encode())
    return path


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    """The URL of the endpoint of `kg serve`."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        told = next(line for line in process.stdout if "http://" in line)
        try:
            yield "http://" + told.partition("http://")[2].split("/")[0].strip() + "/sparql"
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


def wrapper(url: str, query: str, **settings: str) -> SPARQLWrapper.SPARQLWrapper:
    found = SPARQLWrapper.SPARQLWrapper(url, **settings)
    found.setQuery(query)
    return found


# SPARQLWrapper


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("request_method", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
def test_sparqlwrapper_asks_in_every_way(url: str, method: str, request_method: str) -> None:
    asked = wrapper(url, NAMES, returnFormat=SPARQLWrapper.JSON)
    asked.setMethod(SPARQLWrapper.POST if request_method == SPARQLWrapper.POSTDIRECTLY else method)
    asked.setRequestMethod(request_method)
    assert [row["name"]["value"] for row in asked.queryAndConvert()["results"]["bindings"]] == FOUND


@pytest.mark.parametrize("parameter", ["format", "output", "results"])
def test_sparqlwrapper_names_the_format_as_it_likes(url: str, parameter: str) -> None:
    asked = wrapper(url, NAMES, returnFormat=SPARQLWrapper.JSON)
    asked.addParameter(parameter, "json")
    assert [row["name"]["value"] for row in asked.queryAndConvert()["results"]["bindings"]] == FOUND


@pytest.mark.parametrize(
    ("kind", "first"), [(SPARQLWrapper.CSV, b"name"), (SPARQLWrapper.TSV, b"?name"), (SPARQLWrapper.XML, b"<?xml")]
)
def test_sparqlwrapper_gets_every_table(url: str, kind: str, first: bytes) -> None:
    assert wrapper(url, NAMES, returnFormat=kind).query().response.read().startswith(first)


@pytest.mark.parametrize(
    ("kind", "syntax"), [(SPARQLWrapper.TURTLE, "turtle"), (SPARQLWrapper.N3, "n3"), (SPARQLWrapper.JSONLD, "json-ld")]
)
def test_sparqlwrapper_constructs_a_graph(url: str, kind: str, syntax: str) -> None:
    asked = wrapper(url, "CONSTRUCT { ?a kg:employedBy ?b } WHERE { ?a kg:employedBy ?b }", returnFormat=kind)
    content = asked.query().response.read()
    graph = rdflib.Graph().parse(data=content, format=syntax)
    assert (rdflib.URIRef(ENTITY + "elise"), rdflib.URIRef(KG + "employedBy"), None) in graph


def test_sparqlwrapper_asks_for_a_truth(url: str) -> None:
    asked = wrapper(url, "ASK { ?person a kg:Person }", returnFormat=SPARQLWrapper.JSON)
    assert asked.queryAndConvert()["boolean"] is True


def test_sparqlwrapper_is_told_what_is_wrong(url: str) -> None:
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed):
        wrapper(url, "SELECT ?name {", returnFormat=SPARQLWrapper.JSON).query()


# pandas and R: a URL that is a table


@pytest.mark.parametrize(("parameter", "separator"), [("csv", ","), ("tsv", "\t"), ("text/csv", ",")])
@pytest.mark.parametrize("name", ["format", "output"])
def test_pandas_reads_a_url(url: str, name: str, parameter: str, separator: str) -> None:
    table = pandas.read_csv(f"{url}?{urlencode({'query': NAMES, name: parameter})}", sep=separator)
    assert [cell.replace('"', "").removesuffix("@fr") for cell in table.iloc[:, 0]] == FOUND


def test_pandas_reads_json(url: str) -> None:
    found = pandas.read_json(f"{url}?{urlencode({'query': NAMES, 'format': 'json'})}", typ="series")
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == FOUND


# rdflib


def test_rdflib_takes_the_endpoint_for_a_store(url: str) -> None:
    graph = rdflib.Graph(store=SPARQLStore(url))
    assert [str(row.name) for row in graph.query(DECLARED)] == FOUND
    assert graph.value(rdflib.URIRef(ENTITY + "pentagon"), rdflib.SKOS.prefLabel) == rdflib.Literal("Pentagone", "fr")
    assert len(list(graph.triples((None, rdflib.URIRef(KG + "employedBy"), None)))) == 1


@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
def test_rdflib_reads_every_table(url: str, kind: str) -> None:
    graph = rdflib.Graph(store=SPARQLStore(url, returnFormat=kind))
    assert [str(row.name) for row in graph.query(DECLARED)] == FOUND


def test_rdflib_calls_the_endpoint_as_a_service(url: str) -> None:
    query = f"SELECT ?name {{ SERVICE <{url}> {{ ?who <{rdflib.SKOS.prefLabel}> ?name }} }}"
    assert sorted(str(row.name) for row in rdflib.Graph().query(query)) == FOUND


# kg.open


def test_an_endpoint_is_asked_as_a_store_is(url: str, folder: Path) -> None:
    with kg.open(url) as remote, kg.open(folder) as local:
        assert [row.name for row in remote.query(NAMES)] == FOUND
        assert list(remote.query("who-is-who")) == list(local.query("who-is-who"))
        assert list(remote.statements(subject="élise")) == list(local.statements(subject="élise"))
        assert list(remote.statements(article="one")) == list(local.statements())
        assert list(remote.articles()) == list(local.articles())
        assert remote.networkx().edges == local.networkx().edges
        assert remote._repr_html_().partition(":")[2].partition(":")[2] != ""
        assert repr(remote) == f"kg.open({url!r})"


def test_the_endpoint_is_an_rdflib_dataset(url: str) -> None:
    with kg.open(url) as graph:
        dataset = graph.rdflib()
        assert isinstance(dataset, rdflib.Dataset)
        assert [str(row.name) for row in dataset.query(NAMES)] == FOUND
        assert dataset.value(rdflib.URIRef(ENTITY + "elise"), rdflib.URIRef(KG + "employedBy")) is not None
        assert dict(dataset.namespaces())["kg"] == rdflib.URIRef(KG)


def test_what_an_endpoint_refuses_is_said_in_a_line(url: str) -> None:
    with kg.open(url) as graph, pytest.raises(QueryError, match="http://"):
        graph.query("SELECT ?name { ?x skos:prefLabel }")
