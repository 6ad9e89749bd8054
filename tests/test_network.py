"""Networks from rows, from packaged queries over a graph of the contract."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg import resources
from kg.errors import QueryError
from kg.graph import sparql
from kg.graph.answer import Answer
from kg.graph.asking import answer
from kg.graph.names import Namespaces
from kg.graph.store import Store
from kg.model import KG
from kg.view import palette
from kg.view.cutting import Cut
from kg.view.drawing import drawn
from kg.view.network import drawn as as_graph
from kg.view.network import name, network, words
from kg.view.spool import Spool

SVG = "{http://www.w3.org/2000/svg}"
PREFIXES = f"""@prefix kg: <{KG}> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix e: <urn:e:> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix event: <https://w3id.org/dateline/event-type#> ."""
ENTITIES = """
e:ann a kg:Person ; skos:prefLabel "Ann Lee"@en, "Anne Lee"@fr . e:pentagon a kg:Organization, kg:Government ;
    skos:prefLabel "Pentagone"@fr . e:iraq a kg:Country ; skos:prefLabel "Irak"@fr, "Iraq"@en ."""


class Source:
    """A graph in memory, asked as a store is."""

    names = Namespaces()

    def __init__(self, graph: ox.Store) -> None:
        self._graph = graph

    def query(self, text: str, *, bindings: Mapping[str, sparql.Value] = MappingProxyType({})) -> Answer:
        return answer(self._graph, text, prefixes=self.names.prefixes(), bindings=bindings)


def statement(article: str, number: int, subject: str, predicate: str, object: str, more: str = "") -> str:
    fact = "" if "kg:factuality" in more else "kg:factuality kg:Asserted ;"
    fact += "" if "kg:former" in more else "kg:former false ;"
    return f"""<urn:a:{article}#statement-{number}> a kg:Statement ; rdf:subject e:{subject} ; {fact} {more}
        rdf:predicate kg:{predicate} ; rdf:object e:{object} ."""


def ask(query: str, *turtle: str, cut: Cut | None = None) -> nx.MultiDiGraph[str]:
    store = ox.Store()
    for triple in ox.parse("\n".join([PREFIXES, ENTITIES, *turtle]).encode(), ox.RdfFormat.TURTLE):
        home = re.match("urn:a:[^#]*", getattr(triple.subject, "value", ""))  # as in a store: its article's graph
        store.add(ox.Quad(*triple.triple, ox.NamedNode(home[0]) if home else ox.DefaultGraph()))
    with drawn(cast(Store, Source(store)), query, cut=cut) as spool:
        return as_graph(spool)


def edges(graph: nx.MultiDiGraph[str], *attributes: str) -> list[tuple[Any, ...]]:
    return [
        (name(source.replace(":", "/")), name(key), name(target.replace(":", "/")), *(data.get(a) for a in attributes))
        for source, target, key, data in graph.edges(keys=True, data=True)
    ]


def test_nodes_have_measures_where_they_are_wanted() -> None:
    with Spool([{"source": "a", "target": "b"}, {"source": "b", "target": "c"}]) as spool:
        plain, measured = as_graph(spool), as_graph(spool, measures=True)
    assert plain.nodes["b"] == {"label": "b"}
    assert measured.nodes["b"].items() >= {"degree": 2, "community": 0, "betweenness": 1.0, "size": 40.0}.items()
    assert len({(data["x"], data["y"]) for data in measured.nodes.values()}) == 3


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
    assert found == [("ann", "memberOf", "pentagon", "Asserted | Denied", "Iraq", 2, False)]


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
    assert graph.nodes["urn:e:pentagon"]["label"] == "Pentagone"
    assert palette.principal(graph.nodes["urn:e:pentagon"]["type"]) == KG + "Government"


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


def test_ownership_and_affiliations_are_what_the_ontology_says() -> None:
    said = [
        statement("a", 1, "pentagon", "partOf", "iraq"),
        statement("a", 2, "ann", "spokespersonOf", "pentagon"),
        statement("a", 3, "iraq", "memberOf", "pentagon"),
        statement("a", 4, "ann", "supports", "iraq"),
        statement("a", 5, "ann", "employedBy", "iraq", "kg:factuality kg:Denied ;"),
    ]
    assert edges(ask("ownership", *said)) == [("pentagon", "partOf", "iraq")]
    assert edges(ask("affiliations", *said)) == [("ann", "spokespersonOf", "pentagon")]


def test_nodes_have_what_the_graph_says_of_them() -> None:
    said = statement("a", 1, "ann", "citizenOf", "iraq")
    mentions = "<urn:a:a#char=1,2> kg:refersTo e:ann . <urn:a:b#char=1,2> kg:refersTo e:ann ."
    days = '<urn:a:a> dct:issued "2025-10-01"^^xsd:date . <urn:a:b> dct:issued "2025-10-03"^^xsd:date .'
    known = "e:ann kg:citizenOf e:iraq . e:iraq skos:exactMatch <http://www.wikidata.org/entity/Q796>, <urn:other> ."
    graph = ask("relations", said, mentions, days, known)
    ann, iraq = graph.nodes["urn:e:ann"], graph.nodes["urn:e:iraq"]
    assert (ann["country"], ann["articles"], ann["first_seen"], ann["last_seen"]) == (
        "Iraq",
        2,
        "2025-10-01",
        "2025-10-03",
    )
    assert (iraq["wikidata"], iraq["country"]) == ("http://www.wikidata.org/entity/Q796", "Iraq")
    assert "urn:e:pentagon" not in graph


def test_edges_have_their_sources_and_first_sentences() -> None:
    said = [
        statement(article, 1, "ann", "memberOf", "pentagon", f"kg:evidence <urn:a:{article}#char=0,9> ;")
        + f' <urn:a:{article}#char=0,9> oa:exact "{article * 150} {words}" .'
        f' <urn:a:{article}> dct:publisher e:afp ; dct:issued "2025-10-0{day}"^^xsd:date .'
        for article, day, words in (("a", 3, "x"), ("b", 1, "y " * 60), ("c", 2, ""), ("d", 4, ""))
    ]
    (found,) = edges(ask("relations", *said, 'e:afp skos:prefLabel "AFP"@fr .'), "sources", "articles", "sentences")
    assert found[3:5] == (["AFP"], ["urn:a:a", "urn:a:b", "urn:a:c", "urn:a:d"])
    assert [sentence[:1] for sentence in found[5]] == ["b", "c", "a"]
    assert found[5][0].endswith("y…") and len(found[5][0]) <= 200


def test_a_network_is_cut_to_what_is_near_and_weighs() -> None:
    chain = [
        statement("a", n, one, "supports", other) for n, (one, other) in enumerate(zip("pqrs", "qrst", strict=True))
    ]
    named = [f'e:{letter} a kg:Person ; skos:prefLabel "{letter}{letter}" .' for letter in "pqrst"]
    more = statement("b", 9, "p", "supports", "q")
    for cut, left in ((Cut(entity="TT"), "st"), (Cut(entity="qq", depth=2), "pqrs"), (Cut(min_weight=2), "pq")):
        graph = ask("relations", *chain, *named, more, cut=cut)
        assert "".join(node[-1] for node in graph) == left
    with pytest.raises(QueryError, match="'qqq': did you mean qq"):
        ask("relations", *chain, *named, cut=Cut(entity="qqq"))


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
    said = [statement(f"a{n // 4}", n, f"n{n}", ("partOf", "memberOf")[n % 2], f"n{n + 1}") for n in range(1999)]
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
    ours = palette.ontology.parents() | {"x:Navy": frozenset({"x:Navy", KG + "ArmedForce", KG + "Organization"})}
    monkeypatch.setattr(palette.ontology, "parents", lambda: ours)
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
