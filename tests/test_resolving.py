"""IRIs that resolve: what a browser and what a program get at the address of an entity or an article."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from httpx import Client, Response
from serving import served

from kg.graph.names import DCT, SKOS, Namespaces
from kg.graph.serving.dataset import Dataset
from kg.graph.serving.served import Served
from kg.graph.store import Store
from kg.graph.store.identities import MERGES
from kg.graph.store.merges import triples
from kg.model import KG, Article, Merge
from kg.service.settings import Settings

NAMES = Namespaces("https://kg.example/who/", "https://kg.example/archive/articles/")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
IDS = ("plain", "a/b", "été 2025", 'said "no"', "v1.2.ttl", "50%", "a?b#c", "..", "<img src=x>")


def entity(name: str) -> str:
    return NAMES.entity_iri(name)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("resolving") / "store"
    with Store.open(folder, create=True, writable=True, names=NAMES) as store:
        for id in IDS:
            iri = NAMES.article_iri(id)
            store.put(Article(id, "Élise"), (f"<{iri}> a <{KG}Article> ." + told(iri)).encode())
        store.commit()
        old, new = entity("Élise-B"), entity("Élise")
        store.identify(MERGES, triples([Merge(new, old, 1.0, "said so")], {old: new}, {}))
    with served(partial(Served.open, folder), Settings()) as client:
        yield client


def told(article: str) -> str:
    label, works = f"<{SKOS}prefLabel>", f"<{KG}employedBy>"
    return f"""<{entity("Élise")}> {label} "Élise"@fr ; {works} <{entity("a b/c")}> .
        <{entity("Élise-B")}> {label} "Élise B."@fr . <{entity("a b/c")}> {label} "<b>A</b>"@fr .
        <{article}#char=0,5> <{KG}refersTo> <{entity("Élise")}> .
        <{article}#statement-1> a <{KG}Statement> ; <{KG}subject> <{entity("Élise")}> ."""


def graph(answer: Response, format: str) -> rdflib.Graph:
    assert answer.status_code == 200, answer.text
    return rdflib.Graph().parse(data=answer.text, format=format)


def path(iri: str, folder: str, base: str) -> str:
    return folder + quote(iri.removeprefix(base), safe="%")


@pytest.mark.parametrize("folder", ["/article/", "/archive/articles/"])
@pytest.mark.parametrize("id", [id for id in IDS if id != ".."])  # which clients take for a step up, however written
def test_any_identifier_of_an_article_round_trips(client: Client, id: str, folder: str) -> None:
    iri = NAMES.article_iri(id)
    answer = client.get(path(iri, folder, NAMES.article))
    assert (rdflib.URIRef(iri), rdflib.RDF.type, rdflib.URIRef(KG + "Article")) in graph(answer, "turtle")
    assert answer.headers["content-location"] == f"{folder}{iri.removeprefix(NAMES.article)}.ttl"
    assert answer.headers["link"] == f'<{iri}>; rel="describes"'


@pytest.mark.parametrize("folder", ["/entity/", "/who/"])
@pytest.mark.parametrize("name", ["Élise", "a b/c"])
def test_an_entity_is_described_from_both_sides(client: Client, name: str, folder: str) -> None:
    found = graph(client.get(path(entity(name), folder, NAMES.entity)), "turtle")
    works = (rdflib.URIRef(entity("Élise")), rdflib.URIRef(KG + "employedBy"), rdflib.URIRef(entity("a b/c")))
    assert works in found
    assert {str(label) for label in found.objects(None, rdflib.SKOS.prefLabel)} == {"Élise", "<b>A</b>"}


def test_where_the_base_is_a_whole_server_nobody_is_led_to_another(tmp_path: Path) -> None:
    names = Namespaces("https://root.example/", "https://root.example/%7Bid:path%7D/")
    old, new = names.entity + "old", names.entity + "/evil.example/x"
    with Store.open(tmp_path / "store", create=True, writable=True, names=names) as store:
        replaced = f'<{old}> <http://purl.org/dc/terms/isReplacedBy> <{new}> . <{new}> <{SKOS}prefLabel> "New" .'
        store.put(Article("a", "A"), f"<{names.article_iri('a')}> a <{KG}Article> . {replaced}".encode())
    with served(partial(Served.open, tmp_path / "store")) as client:
        answer = client.get("/old")
        assert (answer.status_code, answer.headers["location"]) == (303, "/.//evil.example/x")
        assert client.get("/old", follow_redirects=True).headers["link"] == f'<{new}>; rel="describes"'


def test_what_tells_of_an_entity_is_named_and_where_it_is_mentioned_is_not(client: Client) -> None:
    found = graph(client.get("/entity/%C3%89lise"), "turtle")
    telling = {str(subject) for subject in found.subjects(rdflib.URIRef(KG + "subject"))}
    assert telling == {NAMES.article_iri(id) + "#statement-1" for id in IDS}
    assert not list(found.subjects(rdflib.URIRef(KG + "refersTo")))


@pytest.mark.parametrize(
    ("accept", "suffix", "media_type", "format"),
    [
        ("text/turtle", "", "text/turtle; charset=utf-8", "turtle"),
        ("application/ld+json", "", "application/ld+json", "json-ld"),
        ("application/rdf+xml;q=0.9, text/html;q=0.1", "", "application/rdf+xml", "xml"),
        ("application/n-triples", "", "application/n-triples", "nt"),
        ("*/*", "", "text/turtle; charset=utf-8", "turtle"),
        (BROWSER, ".ttl", "text/turtle; charset=utf-8", "turtle"),
        (BROWSER, ".jsonld", "application/ld+json", "json-ld"),
        ("text/turtle", ".nt", "application/n-triples", "nt"),
        (BROWSER, ".rdf", "application/rdf+xml", "xml"),
    ],
)
@pytest.mark.parametrize("what", ["/entity/%C3%89lise", "/article/plain"])
def test_rdf_by_accept_or_by_suffix(
    client: Client, what: str, accept: str, suffix: str, media_type: str, format: str
) -> None:
    answer = client.get(what + suffix, headers={"Accept": accept})
    assert (answer.headers["content-type"], "Accept" in answer.headers["vary"]) == (media_type, True)
    assert len(graph(answer, format)) == len(graph(client.get(what), "turtle"))


@pytest.mark.parametrize("what", ["/entity/%C3%89lise", "/article/plain", "/who/%C3%89lise", "/archive/articles/a%2Fb"])
def test_a_browser_gets_the_page(client: Client, what: str) -> None:
    answer = client.get(what, headers={"Accept": BROWSER})
    assert answer.status_code == 200 and "<!doctype html>" in answer.text
    assert "Accept" in answer.headers["vary"] and "script-src 'self'" in answer.headers["content-security-policy"]
    link = next(link for link in answer.headers["link"].split(", ") if "iri=" in link)  # what the page will ask for
    asked = client.get(link[1 : link.index(">")])
    assert asked.json()["iri"] in (entity("Élise"), NAMES.article_iri("plain"), NAMES.article_iri("a/b"))


def test_an_article_is_what_the_record_has(client: Client) -> None:
    found = graph(client.get("/article/plain"), "turtle")
    record = client.get("/graph-store", params={"graph": NAMES.article_iri("plain")}, headers={"Accept": "text/turtle"})
    assert set(graph(record, "turtle")) < set(found)  # beside what many articles state, which the index has elsewhere


@pytest.mark.parametrize("suffix", ["", ".ttl"])
@pytest.mark.parametrize("folder", ["/entity/", "/who/"])
def test_what_was_merged_leads_to_what_stands_for_it(client: Client, folder: str, suffix: str) -> None:
    answer = client.get(f"{folder}%C3%89lise-B{suffix}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{folder}%C3%89lise{suffix}")
    replaced = rdflib.URIRef(entity("Élise-B")), rdflib.URIRef(DCT + "isReplacedBy"), rdflib.URIRef(entity("Élise"))
    assert replaced in graph(client.get(answer.headers["location"]), "turtle")


@pytest.mark.parametrize(
    "what", ["/entity/nobody", "/article/none", "/entity/%FF", "/entity/a%00b", "/article/%ED%B2%80"]
)
def test_what_nobody_knows(client: Client, what: str) -> None:
    answer = client.get(what, headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.text.count("\n")) == (404, 1) and "nothing is known" in answer.text
    page = client.get(what, headers={"Accept": BROWSER})
    assert (page.status_code, "<!doctype html>" in page.text) == (404, True)


def test_a_format_that_nobody_writes(client: Client) -> None:
    assert client.get("/entity/%C3%89lise", headers={"Accept": "image/png"}).status_code == 406


def test_any_iri_may_be_asked_for(client: Client) -> None:
    assert len(graph(client.get("/entity/", params={"iri": entity("Élise")}), "turtle")) > 2
    assert client.get("/entity/", params={"iri": "none"}).status_code == 400


def test_other_rdf_has_addresses_too(tmp_path: Path) -> None:
    names = Namespaces()
    file = tmp_path / "graph.nq"
    quad = ox.Quad(ox.NamedNode(names.entity + "x"), ox.NamedNode(SKOS + "prefLabel"), ox.Literal("X"))
    file.write_bytes(ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"")
    made = Dataset.make(tmp_path / "data", [file])
    with served(partial(Dataset.open, made.folder), Settings()) as client:
        assert len(graph(client.get("/dateline/entity/x"), "turtle")) == 1
        assert client.get("/dateline/article/x").status_code == 404


@pytest.mark.parametrize(("name", "term"), [("ns", "ns#Person"), ("event-type", "event-type#ARREST"), ("ns", "ns")])
def test_the_vocabularies_are_told_at_their_paths(client: Client, name: str, term: str) -> None:
    found = graph(client.get(f"/dateline/{name}", headers={"Accept": "application/ld+json, text/html"}), "json-ld")
    assert {
        label.language
        for label in found.objects(rdflib.URIRef(f"https://w3id.org/dateline/{term}"), None)
        if isinstance(label, rdflib.Literal)
    } >= {"fr", "en"}
