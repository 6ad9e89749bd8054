"""Networks from rows, from packaged queries over a graph of the contract."""

from __future__ import annotations

import re
import time
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg import resources
from kg.errors import QueryError
from kg.graph import queries
from kg.graph.answer import Answer
from kg.model import KG
from kg.view import palette
from kg.view.network import name, network, words

SVG = "{http://www.w3.org/2000/svg}"
PREFIXES = f"""@prefix kg: <{KG}> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix e: <urn:e:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix event: <https://w3id.org/dateline/event-type#> ."""
ENTITIES = """
e:ann a kg:Person ; skos:prefLabel "Ann Lee"@en, "Anne Lee"@fr . e:pentagon a kg:Organization, kg:Government ;
    skos:prefLabel "Pentagone"@fr . e:iraq a kg:Country ; skos:prefLabel "Irak"@fr, "Iraq"@en ."""


def statement(article: str, number: int, subject: str, predicate: str, object: str, more: str = "") -> str:
    fact = "" if "kg:factuality" in more else "kg:factuality kg:Asserted ;"
    fact += "" if "kg:former" in more else "kg:former false ;"
    return f"""<urn:a:{article}#statement-{number}> a kg:Statement ; rdf:subject e:{subject} ; {fact} {more}
        rdf:predicate kg:{predicate} ; rdf:object e:{object} ."""


def ask(query: str, *turtle: str) -> nx.MultiDiGraph[str]:
    store = ox.Store()
    for triple in ox.parse("\n".join([PREFIXES, ENTITIES, *turtle]).encode(), ox.RdfFormat.TURTLE):
        home = re.match("urn:a:[^#]*", getattr(triple.subject, "value", ""))  # as in a store: its article's graph
        store.add(ox.Quad(*triple.triple, ox.NamedNode(home[0]) if home else ox.DefaultGraph()))
    text = queries.find(f"networks/{query}").asked({})
    return network(Answer(store.query(text, use_default_graph_as_union=True)))


def edges(graph: nx.MultiDiGraph[str], *attributes: str) -> list[tuple[Any, ...]]:
    return [
        (name(source.replace(":", "/")), name(key), name(target.replace(":", "/")), *(data.get(a) for a in attributes))
        for source, target, key, data in graph.edges(keys=True, data=True)
    ]


def test_a_relation_weighs_as_many_articles_as_state_it() -> None:
    said = [statement(article, n, "ann", "memberOf", "pentagon") for n, article in enumerate("aab")]
    days = '<urn:a:a> dct:issued "2025-10-01"^^xsd:date . <urn:a:b> dct:issued "2025-10-03"^^xsd:date .'
    found = edges(ask("relations", *said, days), "weight", "first_seen", "last_seen")
    assert found == [("ann", "memberOf", "pentagon", 2, "2025-10-01", "2025-10-03")]


def test_days_are_those_that_are_known_where_an_article_has_none() -> None:
    days = '<urn:a:b> dct:issued "2025-10-03"^^xsd:date .'
    known = 'kg:begin "2025-01-01"^^xsd:date ;'
    said = [statement("a", 1, "ann", "memberOf", "pentagon"), statement("b", 1, "ann", "memberOf", "pentagon", known)]
    (found,) = edges(ask("relations", *said, days), "weight", "first_seen", "last_seen", "begin", "end")
    assert found[3:] == (2, "2025-10-03", "2025-10-03", "2025-01-01", None)
    met = [
        f"<urn:a:{article}#char={n},9> kg:refersTo e:{entity} ."
        for article in "ab"
        for n, entity in enumerate(("ann", "iraq"))
    ]
    assert edges(ask("cooccurrence", *met, days), "weight", "first_seen")[0][3:] == (2, "2025-10-03")
    assert edges(ask("cooccurrence", *met), "weight", "first_seen", "last_seen")[0][3:] == (2, None, None)


@pytest.mark.parametrize("stance", ["kg:former true ;", "kg:attributedTo e:iraq ;", "kg:factuality kg:Denied ;"])
def test_what_is_no_fact_is_no_relation_but_a_statement(stance: str) -> None:
    said = statement("a", 1, "ann", "memberOf", "pentagon", stance)
    assert not ask("relations", said).edges
    assert edges(ask("all-statements", said)) == [("ann", "memberOf", "pentagon")]


def test_all_statements_tell_how_and_by_whom() -> None:
    denied = statement("a", 1, "ann", "memberOf", "pentagon", "kg:factuality kg:Denied ; kg:attributedTo e:iraq ;")
    stated = statement("b", 1, "ann", "memberOf", "pentagon")
    found = edges(ask("all-statements", denied, stated), "factuality", "attributed_to", "weight", "former")
    assert found == [("ann", "memberOf", "pentagon", ["Asserted", "Denied"], "Iraq", 2, False)]


def test_somebody_who_is_no_entity_may_say_so() -> None:
    said = statement("a", 1, "ann", "memberOf", "pentagon", "kg:attributedTo <urn:a:a#char=0,3> ;")
    found = edges(ask("all-statements", said, '<urn:a:a#char=0,3> oa:exact "ils" .'), "attributed_to")
    assert found == [("ann", "memberOf", "pentagon", "ils")]


def test_a_date_is_no_node() -> None:
    said = statement("a", 1, "pentagon", "foundedOn", "x").replace("e:x", '"1947-09-18"^^xsd:date')
    assert not ask("relations", said).nodes


def test_labels_are_english_first_and_types_the_more_special() -> None:
    graph = ask("relations", statement("a", 1, "ann", "memberOf", "pentagon"))
    assert graph.nodes["urn:e:ann"] == {"label": "Ann Lee", "type": KG + "Person"}
    assert graph.nodes["urn:e:pentagon"] == {"label": "Pentagone", "type": KG + "Government"}


def test_events_go_from_agent_to_patient_by_type() -> None:
    event = """<urn:a:a#event-1> a kg:Event ; kg:eventType event:ASSAULT ; kg:agent e:pentagon ; kg:patient e:iraq ;
        kg:factuality kg:Planned ; kg:begin "2025-10-01"^^xsd:date ."""
    assert edges(ask("events", event), "factuality", "begin", "label") == [
        ("pentagon", "ASSAULT", "iraq", "Planned", "2025-10-01", "ASSAULT")
    ]


def test_speakers_speak_about_what_they_tell_and_whom_they_name() -> None:
    quote = """<urn:a:a#quote-1> kg:speaker e:ann ; kg:quoteText "l'Irak va bien"@fr ;
        kg:evidence <urn:a:a#char=10,40> ; kg:reports <urn:a:a#statement-1> .
        <urn:a:a#char=10,40> oa:start 10 ; oa:end 40 ; oa:exact "Ann : « l'Irak va bien » dit-on" ."""
    mentions = [
        f"<urn:a:{article}#char={start},{end}> kg:refersTo e:{entity} ; oa:start {start} ; oa:end {end} ."
        for article, start, end, entity in [("a", 20, 24, "iraq"), ("a", 10, 13, "ann"), ("b", 20, 24, "other")]
    ]
    told = statement("a", 1, "pentagon", "supports", "ann")
    other = 'e:other a kg:Person ; skos:prefLabel "Elsewhere" .'
    assert edges(ask("speakers", quote, *mentions, told, other)) == [
        ("ann", "speaksAbout", "iraq"),
        ("ann", "speaksAbout", "pentagon"),
    ]


def test_cooccurrence_has_no_direction() -> None:
    mentions = [
        f"<urn:a:{article}#char={n},9> kg:refersTo e:{entity} ."
        for n, (article, entity) in enumerate([("a", "iraq"), ("a", "ann"), ("a", "iraq"), ("b", "pentagon")])
    ]
    assert edges(ask("cooccurrence", *mentions), "directed", "weight") == [("ann", "cooccursWith", "iraq", False, 1)]


def test_every_network_query_has_a_title_and_draws() -> None:
    for path in resources.files("queries/networks", ".rq"):
        assert path.read_text(encoding="utf-8").startswith("# ") and isinstance(ask(path.stem), nx.MultiDiGraph)


@pytest.mark.parametrize("query", [path.stem for path in resources.files("queries/networks", ".rq")])
def test_a_network_of_thousands_takes_seconds(query: str) -> None:
    entities = [f'e:n{n} a kg:Person ; skos:prefLabel "N{n}"@fr .' for n in range(2000)]
    said = [statement(f"a{n // 4}", n, f"n{n}", "supports", f"n{n + 1}") for n in range(1999)]
    events = [
        f"<urn:a:a{n // 4}#event-{n}> kg:eventType event:DIE ; kg:agent e:n{n} ; kg:patient e:n{n + 1} ; "
        "kg:factuality kg:Asserted ."
        for n in range(1999)
    ]
    told = [
        f"<urn:a:a{n // 4}#quote-{n}> kg:speaker e:n{n} ; kg:reports <urn:a:a{n // 4}#statement-{n}> ; "
        f"kg:quoteText 'x' ; kg:evidence <urn:a:a{n // 4}#char={n},{n}> ."
        for n in range(1999)
    ]
    met = [
        f"<urn:a:a{n // 4}#char={n},{n}> kg:refersTo e:n{n} ; oa:start {n} ; oa:end {n} ; oa:exact 'x' ."
        for n in range(1999)
    ]
    start = time.process_time()
    assert ask(query, *entities, *said, *events, *told, *met).number_of_edges() > 500
    assert time.process_time() - start < 5


def test_parallel_relations_stay_apart() -> None:
    rows = [{"source": "a", "target": "b", "predicate": predicate} for predicate in ("x#knows", "x#likes", "x#knows")]
    assert list(network(rows).edges(keys=True)) == [("a", "b", "x#knows"), ("a", "b", "x#likes")]


def test_what_rows_leave_out_is_made_up_for() -> None:
    graph = network([{"source": "http://e/sean-p%C3%A8re", "target": "http://e/#x", "source_label": None}])
    assert dict(graph.nodes(data="label")) == {"http://e/sean-p%C3%A8re": "sean-père", "http://e/#x": "x"}
    assert [data["weight"] for *_, data in graph.edges(data=True)] == [1]


def test_rows_of_one_edge_become_one() -> None:
    rows: list[dict[str, Any]] = [
        {"source": "a", "target": "b", "article": 1, "begin": "2020-01-01", "end": "2020-01-02", "source_label": "Z"},
        {"source": "a", "target": "b", "article": 2, "begin": "2019-01-01", "end": None, "source_label": "A"},
    ]
    graph = network(rows)
    assert graph.nodes["a"]["label"] == "A"
    assert edges(graph, "begin", "end", "weight") == [("a", "", "b", "2019-01-01", "2020-01-02", 2)]


def test_terms_of_oxigraph_and_of_rdflib_are_read_alike() -> None:
    integer, true = "http://www.w3.org/2001/XMLSchema#integer", "http://www.w3.org/2001/XMLSchema#boolean"
    ours = {"source": ox.NamedNode("urn:a"), "target": ox.NamedNode("urn:b")}
    ours |= {
        "weight": ox.Literal("4", datatype=ox.NamedNode(integer)),
        "sure": ox.Literal("true", datatype=ox.NamedNode(true)),
    }
    theirs = {"source": rdflib.URIRef("urn:a"), "target": rdflib.URIRef("urn:b")}
    theirs |= {"weight": rdflib.Literal(4), "sure": rdflib.Literal(True)}
    assert (
        edges(network([ours]), "weight", "sure")
        == edges(network([theirs]), "weight", "sure")
        == [("a", "", "b", 4, True)]
    )


def test_a_row_without_both_ends_is_passed_over_and_an_answer_without_them_is_an_error() -> None:
    assert not network([{"source": "a", "target": None}]).nodes
    with pytest.raises(QueryError, match=r"no \?source"):
        network(Answer(ox.Store().query("SELECT ?target { ?target ?p ?o }")))


def test_names_and_words() -> None:
    assert [name("http://e/x/"), name("http://e/x#y"), name("plain")] == ["x", "y", "plain"]
    assert [words("spokespersonOf"), words("RETREAT")] == ["spokesperson of", "RETREAT"]


def star(size: int) -> nx.MultiDiGraph[str]:
    return network([{"source": f"n{i // 3}", "target": f"n{i}", "predicate": "p"} for i in range(1, size)])


def test_a_class_without_a_colour_takes_that_of_its_nearest_ancestor(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = palette.ontology.load().parents | {"x:Navy": frozenset({"x:Navy", KG + "ArmedForce", KG + "Organization"})}
    monkeypatch.setattr(palette.ontology, "load", lambda: type("Ontology", (), {"parents": ours}))
    assert palette.colour("x:Navy") == palette.colour(KG + "ArmedForce") != palette.colour(KG + "Organization")
    assert palette.colour("x:Unheard") == palette.colour(None) == palette.OTHER
    assert palette.principal([KG + "Organization", KG + "ArmedForce"]) == KG + "ArmedForce"


def test_every_class_of_an_entity_in_the_contract_has_a_colour() -> None:
    kinds = [
        "Person",
        "Organization",
        "Government",
        "ArmedForce",
        "ArmedGroup",
        "Coalition",
        "Company",
        "Party",
        "Place",
    ]
    kinds += ["Legislature", "Court", "Media", "InternationalOrganization", "Country", "City", "Region", "Operation"]
    assert palette.OTHER not in {palette.colour(KG + kind) for kind in [*kinds, "Document", "Event"]}
