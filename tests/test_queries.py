"""Packaged questions, what people type for them, what is refused, and the forms of an answer."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import resources
from kg.errors import DataError, QueryError
from kg.graph import queries, questions, sparql
from kg.graph.answer import Answer
from kg.graph.names import PREFIXES, XSD
from kg.graph.rdf import Namespaces, triples, turtle
from kg.graph.store import Store
from kg.model import (
    EVENT,
    KG,
    WIKIDATA,
    Article,
    Entity,
    Event,
    Evidence,
    Factuality,
    Mention,
    MentionType,
    Provenance,
    Quotation,
    Reading,
    Span,
    Statement,
    Time,
)
from kg.view import network

NAMES = Namespaces()
TEXT = "Ada Lamy dirige Borel. Borel partira en mai, dit Ada Lamy."
ADA, BOREL, MAY = Span(0, 8), Span(16, 21), Span(40, 43)
ENTITIES = {
    ADA: Entity("ada-lamy", frozenset({KG + "Person"}), "Ada Lamy", frozenset({"Lamy"})),
    BOREL: Entity("borel", frozenset({KG + "Company"}), "Borel"),
}


def reading(id: str, factuality: Factuality) -> Reading:
    leads = Statement(
        ADA, KG + "leaderOf", BOREL, "verb", Evidence(Span(0, 21), 0), factuality, attributed_to=None, title=Span(9, 15)
    )
    time = Time(MAY, date(2026, 5, 1), date(2026, 5, 31))
    leaves = Event(
        EVENT + "RETREAT",
        Span(29, 36),
        "verb",
        Evidence(Span(23, 43), 1),
        (BOREL,),
        (),
        (),
        Factuality.PLANNED,
        ADA,
        time,
    )
    says = Quotation(Span(23, 43), Span(45, 48), Evidence(Span(23, 57), 1), ADA)
    mentions = tuple(Mention(span, MentionType.NAME, KG + "Person") for span in ENTITIES)
    return Reading(
        Article(id, TEXT, "fr", f"Titre {id}"), mentions, (leads,), (leaves,), (says,), issued=date(2025, 1, 1)
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("queries") / "s"
    with Store.open(path, create=True, writable=True) as written:
        for told in (reading("a1", Factuality.ASSERTED), reading("a2", Factuality.DENIED)):
            graph = triples(told, ENTITIES, Provenance("1", "x"), NAMES)
            written.put(told.article, turtle(graph, NAMES, told.article.id))
    return Store.open(path)


def ask(store: Store, name: str, /, **values: str) -> list[dict[str, str | None]]:
    answer = questions.ask(store, name, values)
    return [dict(zip(answer.variables, map(_value, row), strict=True)) for row in answer.rows()]


def _value(term: object) -> str | None:
    return getattr(term, "value", None)


def test_every_packaged_query_has_a_title_and_tells_what_its_parameters_are() -> None:
    found = [query for query in queries.all_queries() if query.folder in ("reports", "checks")]
    assert (
        len([q for q in found if q.folder == "reports"]) >= 10 and len([q for q in found if q.folder == "checks"]) >= 3
    )
    assert all(query.title and all(parameter.meaning for parameter in query.parameters) for query in found)


@pytest.mark.parametrize("folder", ["reports", "networks", "checks"])
def test_what_people_choose_from_is_said_in_french_too(folder: str) -> None:
    for query in (query for query in queries.all_queries() if query.folder == folder):
        words = query.words()
        assert words["fr"].keys() == words["en"].keys() == {"", *(parameter.name for parameter in query.parameters)}
        for text in words["fr"].values():
            assert not re.search(r"'| [:;?!»]|« ", text), text  # apostrophes and spaces as print has them


@pytest.mark.parametrize("folder", ["reports", "checks"])
def test_every_packaged_query_runs(store: Store, folder: str) -> None:
    for query in (q for q in queries.all_queries() if q.folder == folder):
        given = {p.name: "Ada Lamy" for p in query.parameters if p.default is None}
        assert list(questions.ask(store, f"{folder}/{query.name}", given).rows()) is not None


@pytest.mark.parametrize("check", [p.stem for p in resources.files("queries/checks", ".rq")])
def test_a_good_store_passes_the_checks(store: Store, check: str) -> None:
    assert ask(store, f"checks/{check}") == []


BAD = {
    "statement-without-evidence": "<urn:s> a kg:Statement",
    "direct-without-statement": "<urn:e> skos:prefLabel 'E' ; kg:leaderOf <urn:f>",
    "fact-without-direct-triple": (
        "<urn:s> a kg:Statement ; rdf:subject <urn:e> ; rdf:predicate kg:leaderOf ; rdf:object <urn:f> ;"
        " kg:factuality kg:Asserted ; kg:former false"
    ),
    "stretch-of-wrong-length": "<urn:c> oa:start 3 ; oa:end 5 ; oa:exact ''",
    "nameless-entity": "<urn:m> kg:refersTo <urn:e>",
    "dates-reversed": "<urn:t> kg:begin '2025-02-01'^^xsd:date ; kg:end '2025-01-01'^^xsd:date",
}


@pytest.mark.parametrize("check", BAD)
def test_each_check_finds_its_fault(check: str) -> None:
    index = ox.Store()
    index.update(f"INSERT DATA {{ {BAD[check]} }}", prefixes=NAMES.prefixes())
    assert len(list(index.query(queries.find(check).text))) == 1  # type: ignore[arg-type]


def test_who_is_who(store: Store) -> None:
    (row,) = ask(store, "who-is-who")
    assert (row["who"], row["role"], row["of"], row["title"]) == ("Ada Lamy", "leaderOf", "Borel", "dirige")
    assert row["evidence"] == "Ada Lamy dirige Borel"
    assert ask(store, "who-is-who", name="lamy") == [row] == ask(store, "who-is-who", name="ent:ada-lamy")
    assert ask(store, "who-is-who", name="Borel") == []


@pytest.mark.parametrize("name", ["Borel", "borel", "ent:borel", "Lamy", "<https://w3id.org/dateline/entity/ada-lamy>"])
def test_about_finds_either_side_by_any_name(store: Store, name: str) -> None:
    rows = ask(store, "about", name=name)
    assert sorted(str(row["factuality"]) for row in rows) == ["Asserted", "Denied"]
    assert {(row["subject"], row["relation"], row["object"]) for row in rows} == {("Ada Lamy", "leaderOf", "Borel")}


def test_who_said_what_by_when(store: Store) -> None:
    rows = ask(store, "who-said-what", name="Ada Lamy")
    assert [(row["who"], row["how"], row["words"]) for row in rows] == [("Ada Lamy", "dit", "Borel partira en mai")] * 2
    (plan, _) = ask(store, "planned")
    assert (plan["what"], plan["agent"], plan["end"], plan["said_by"]) == ("RETREAT", "Borel", "2026-05-31", "Ada Lamy")


def test_quotations_are_in_the_order_of_the_text() -> None:
    index = ox.Store()
    for name, start in (("a", 10), ("b", 9)):
        told = f"<urn:x#{name}> a kg:Quotation ; kg:quoteText '{name}' ; kg:direct true ; kg:evidence <urn:x#e{name}> ."
        told += f" <urn:x#e{name}> oa:start {start}"
        index.update(f"INSERT DATA {{ GRAPH <urn:x> {{ {told} }} }}", prefixes=NAMES.prefixes())
    query = queries.find("who-said-what")
    rows = Answer(index.query(query.asked({}), use_default_graph_as_union=True)).rows()
    assert [_value(words) for _, _, words, *_ in rows] == ["b", "a"]


def test_other_reports(store: Store) -> None:
    assert [row["factuality"] for row in ask(store, "possible-or-denied")] == ["Denied"]
    assert [(row["subject"], row["object"]) for row in ask(store, "contradictions")] == [("Ada Lamy", "Borel")]
    assert [(row["name"], row["articles"]) for row in ask(store, "entities")] == [("Ada Lamy", "2"), ("Borel", "2")]
    assert [row["title"] for row in ask(store, "articles")] == ["Titre a1", "Titre a2"]
    assert [row["articles"] for row in ask(store, "reports/relations", relation="kg:leaderOf")] == ["1"]
    assert ask(store, "reports/relations", relation="kg:memberOf") == []
    assert len(ask(store, "reports/events", type="event:RETREAT")) == 2


@pytest.mark.parametrize("name", ["ADA-LAMY", "ada lamy", "Àda  Lâmy", "LÁMY", "A.d.a. Lamy"])
def test_names_are_known_without_case_accents_and_hyphens(store: Store, name: str) -> None:
    assert len(ask(store, "about", name=name)) == 2
    assert len(ask(store, "who-said-what", name=name)) == 2


@pytest.mark.parametrize("name", ["Lam", "Ada", ".*", "l|y", "", "Bo[r]el"])
def test_other_names_find_nothing(store: Store, name: str) -> None:
    assert ask(store, "about", name=name) == []


def test_types_and_relations_go_by_their_short_names(store: Store) -> None:
    assert len(ask(store, "reports/events", type="retreat")) == 2 and not ask(store, "reports/events", type="ELECT")
    assert len(ask(store, "reports/relations", relation="leaderOf")) == 1
    assert ask(store, "reports/relations", relation="memberOf") == []


def test_reports_are_narrowed_by_names_and_days(store: Store) -> None:
    assert len(ask(store, "planned", name="Borel")) == len(ask(store, "reports/events", name="Borel")) == 2
    assert ask(store, "planned", name="Ada Lamy") == [] == ask(store, "possible-or-denied", name="Nobody")
    assert len(ask(store, "planned", since="2026-05-31", until="2026-05-31")) == 2
    assert ask(store, "planned", since="2026-06-01") == [] == ask(store, "articles", until="2024-12-31")
    assert len(ask(store, "who-said-what", since="2025-01-01")) == 2 == len(ask(store, "articles", since="2025-01-01"))
    assert [row["name"] for row in ask(store, "entities", type="Person")] == ["Ada Lamy"]
    assert len(ask(store, "who-is-who", at="Borel")) == 1 == len(ask(store, "contradictions", name="Borel"))


@pytest.mark.parametrize("network", ["relations", "all-statements", "events", "cooccurrence", "speakers"])
def test_networks_are_cut_to_an_article_or_to_days(store: Store, network: str) -> None:
    whole = ask(store, f"networks/{network}")
    assert whole == ask(store, f"networks/{network}", since="2025-01-01", until="2025-01-01")
    assert ask(store, f"networks/{network}", since="2025-01-02") == []
    assert ask(store, f"networks/{network}", within="art:none") == []
    assert len(ask(store, f"networks/{network}", within="art:a1")) == min(len(whole), 1)


@pytest.mark.parametrize("name", ["relations", "cooccurrence"])
def test_an_article_without_a_day_does_not_hide_the_days_of_others(name: str) -> None:
    graph = ox.Store()
    for number, issued in enumerate([None, date(2025, 2, 1), date(2025, 1, 1)]):
        told = replace(reading(f"a{number}", Factuality.ASSERTED), issued=issued)
        home = ox.NamedNode(NAMES.article_iri(f"a{number}"))
        graph.extend(ox.Quad(*triple, home) for triple in triples(told, ENTITIES, Provenance("1", "x"), NAMES))
    text = queries.find(f"networks/{name}").asked({})
    known = rdflib.Dataset(default_union=True)
    known.parse(data=graph.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    for rows in (graph.query(text, use_default_graph_as_union=True), known.query(text)):
        found = [
            {name: row[name] for name in ("source", "target", "article", "first_seen", "last_seen")} for row in rows
        ]
        ((*_, edge),) = network.network(found).edges(data=True)
        assert (edge["weight"], edge["first_seen"], edge["last_seen"]) == (3, "2025-01-01", "2025-02-01")


def test_lists_are_cut_where_a_limit_is_and_say_so(store: Store) -> None:
    for limit, rows in (("1", 1), ("0", 2), ("*", 2)):
        answer = questions.ask(store, "articles", {"limit": limit})
        assert (answer.limit or 0, len(list(answer.rows()))) == (int(limit) if limit.isdecimal() else 0, rows)
    assert questions.ask(store, "articles", {}).limit == 1000 and store.query("ASK {}").limit is None
    with pytest.raises(QueryError, match="limit=many is no number of rows"):
        questions.ask(store, "articles", {"limit": "many"})


@pytest.mark.parametrize("day", ["2025", "01/02/2025", "yesterday"])
def test_what_is_no_day_finds_not_nothing_but_fault(store: Store, day: str) -> None:
    with pytest.raises(QueryError, match=f"since={day} is no day, such as 2025-01-31"):
        questions.ask(store, "events", {"since": day})


def test_lines_for_a_parameter_are_there_when_it_is_said() -> None:
    text = "# Title\n# ?a: what (default: *)\nSELECT ?s {\n ?s ?p ?a .  # ?a\n ?s ?p ?o  # ?o\n}"
    query = queries.parse(text, name="x")
    assert query.asked({}) == text.replace(" ?s ?p ?a .  # ?a", "") and query.bindings({}) == {}
    assert query.asked({"a": "1"}) == text and query.bindings({"a": "1"}) == {"a": ox.Literal(1)}


def test_an_answer_is_read_once(store: Store) -> None:
    answer = store.query("SELECT ?s { ?s a kg:Person }")
    assert len(list(answer.rows())) == 1
    with pytest.raises(QueryError, match="read already"):
        next(answer.rows())


def test_evidence_of_a_statement(store: Store) -> None:
    statement = ask(store, "who-is-who")[0]["statement"]
    (row,) = ask(store, "evidence", statement=str(statement))
    assert (row["words"], row["start"], row["sentence"]) == ("Ada Lamy dirige Borel", "0", "0")


def test_unknown_names_and_parameters_are_told_with_near_ones() -> None:
    with pytest.raises(QueryError, match=r"did you mean .*about"):
        queries.find("abuot")
    with pytest.raises(QueryError, match=r"has no parameter 'nam'; it has: name"):
        queries.find("about").bindings({"nam": "x"})
    with pytest.raises(QueryError, match="needs name="):
        queries.find("about").bindings({})


def test_a_query_without_title_is_a_data_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "x.rq").write_text("SELECT * {}")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    with pytest.raises(DataError, match=r"x\.rq:1: .*title"):
        queries.all_queries()


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("<urn:x>", ox.NamedNode("urn:x")),
        ("https://x.example/a", ox.NamedNode("https://x.example/a")),
        ("wd:Q1", ox.NamedNode(WIKIDATA + "Q1")),
        ("2025-09-30", ox.Literal("2025-09-30", datatype=ox.NamedNode(XSD + "date"))),
        ("2025-19-30", ox.Literal("2025-19-30")),
        ("7", ox.Literal(7)),
        ("0.5", ox.Literal("0.5", datatype=ox.NamedNode(XSD + "decimal"))),
        ('Ada "x" } UNION {', ox.Literal('Ada "x" } UNION {')),
        ("kg: no name", ox.Literal("kg: no name")),
        ("Reuters: x", ox.Literal("Reuters: x")),
        ("\ud800", ox.Literal("?")),
    ],
)
def test_what_is_typed_becomes_a_term(typed: str, term: sparql.Term) -> None:
    assert queries.term(typed) == term


def test_values_are_bound_and_never_part_of_the_query(store: Store) -> None:
    evil = ox.Literal('" } SELECT * { ?s ?p ?o } #')
    (row,) = store.query("SELECT ?x { }", bindings={"x": evil}).rows()
    assert row == (evil,)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x WHERE { { SELECT ?x { FILTER(?v = 1) BIND(2 AS ?x) } } }",
        "# {\nPREFIX a: <urn:x#> SELECT * { BIND('{' AS ?x) FILTER(?v = 1) }",
        "ASK { FILTER(?v = 1) }",
        "CONSTRUCT { ?s ?p ?v } WHERE { BIND(<urn:s> AS ?s) BIND(<urn:p> AS ?p) }",
    ],
)
def test_bindings_reach_the_pattern_and_its_subqueries(text: str) -> None:
    answer = Answer(ox.Store().query(sparql.bind(text, {"v": ox.Literal(1)})))
    assert answer.boolean or list(answer.triples() if answer.form == "CONSTRUCT" else answer.rows())


def test_bindings_need_a_pattern_and_a_name(store: Store) -> None:
    with pytest.raises(QueryError, match=r"no \{ pattern \}"):
        store.query("DESCRIBE <urn:x>", bindings={"x": ox.Literal(1)})
    with pytest.raises(QueryError, match="no variable's name"):
        store.query("ASK {}", bindings={"x) {": ox.Literal(1)})


@pytest.mark.parametrize("text", ["INSERT DATA { <urn:a> <urn:b> 1 }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", ""])
def test_updates_are_no_queries(store: Store, text: str) -> None:
    with pytest.raises(QueryError):
        store.query(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELECT * {?s ?p", "line 1, column 16"),
        ("ASK {\n  ?s zz:y ?o }", r"line 2: the prefix zz: is not declared"),
        ("SELEC * {}", "line 1"),
    ],
)
def test_syntax_errors_are_one_line_with_a_place(store: Store, text: str, place: str) -> None:
    with pytest.raises(QueryError, match=place) as raised:
        store.query(text)
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 250


def written(store: Store, text: str, format: str) -> bytes:
    file = io.BytesIO()
    store.query(text).write(file, format)
    return file.getvalue()


def test_tables(store: Store) -> None:
    select = "SELECT ?n ?x { ent:borel skos:prefLabel ?n }"
    assert written(store, select, "csv") == b"n,x\r\nBorel,\r\n"
    assert written(store, select, "tsv") == b'?n\t?x\n"Borel"@fr\t\n'
    assert json.loads(written(store, select, "json"))["results"]["bindings"][0]["n"]["xml:lang"] == "fr"
    assert b'<literal xml:lang="fr">Borel</literal>' in written(store, select, "xml")
    assert json.loads(written(store, "ASK {}", "json"))["boolean"] is True


def test_xml_is_well_formed_whatever_the_text(store: Store) -> None:
    content = written(store, 'SELECT ("a\\u0001\\uFFFE<&\U0001f600" AS ?x) {}', "xml")
    assert "a\ufffd\ufffd<&\U0001f600" in "".join(ElementTree.fromstring(content).itertext())


def test_rdf_xml_keeps_the_text_and_marks_what_xml_cannot_hold(store: Store) -> None:
    said = ox.Literal("a\r\n\u0001b]]>")
    content = written(store, f"CONSTRUCT {{ <urn:s> <urn:p> {said} }} {{}}", "rdf")
    (quad,) = ox.parse(content, ox.RdfFormat.RDF_XML)
    assert quad.object == ox.Literal("a\r\n\ufffdb]]>")


def test_a_property_that_is_no_xml_name_is_told_and_not_written_wrong(store: Store) -> None:
    with pytest.raises(QueryError, match="no way to write the property <urn:x#1>"):
        written(store, "CONSTRUCT { <urn:s> <urn:x#1> 1 } {}", "rdf")


def test_graphs(store: Store) -> None:
    construct = "CONSTRUCT WHERE { ?s kg:leaderOf ?o }"
    assert b"kg:leaderOf" in written(store, construct, "ttl")
    expected = list(ox.parse(written(store, construct, "nt"), ox.RdfFormat.N_TRIPLES))
    kinds = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML}
    for format, kind in kinds.items():
        assert list(ox.parse(written(store, construct, format), kind)) == expected and len(expected) == 1


@pytest.mark.parametrize(
    ("text", "format", "told"),
    [
        ("SELECT * {}", "ttl", "ttl does not fit SELECT: choose csv, tsv, json, xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "csv does not fit CONSTRUCT: choose ttl, nt, jsonld, rdf"),
        ("ASK {}", "xls", "xls is not known for ASK"),
    ],
)
def test_a_format_that_does_not_fit_is_a_query_error(store: Store, text: str, format: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        written(store, text, format)


def test_rows_and_triples_are_for_their_forms(store: Store) -> None:
    with pytest.raises(QueryError, match="ask with SELECT"):
        next(store.query("ASK {}").rows())
    with pytest.raises(QueryError, match="ask with CONSTRUCT"):
        next(store.query("SELECT * {}").triples())
    assert store.query("ASK { ?s kg:nothing ?o }").boolean is False and PREFIXES["kg"] == KG
