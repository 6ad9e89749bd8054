"""What `kg.open` gives, as people use rdflib, pandas, networkx and notebooks; and the examples of its docstrings."""

from __future__ import annotations

import doctest
import html.parser
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import networkx
import pandas
import pytest
import rdflib

import kg
from kg.errors import KGError, QueryError, ServiceError, StoreError
from kg.graph.answer import Answer
from kg.graph.statements import Stated, Thing, Words
from kg.graph.store import Store
from kg.model import KG, Article

TEXT = "Sean Parnell, porte-parole du Pentagone, nie <b>être</b> né le 3 mai 1980, dit « Le Soir »."
TURTLE = """
@prefix art: <https://w3id.org/dateline/article/> . @prefix ent: <https://w3id.org/dateline/entity/> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix kg: <https://w3id.org/dateline/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
art:irak a kg:Article ; dct:title "Le retrait"@fr ; dct:language "fr" ; dct:issued "2025-10-01"^^xsd:date .
ent:sean-parnell a kg:Person ; skos:prefLabel "Sean Parnell"@fr ; kg:spokespersonOf ent:pentagon .
ent:pentagon a kg:Organization ; skos:prefLabel "Pentagone"@fr ; skos:altLabel "le Pentagone"@fr .
<https://w3id.org/dateline/article/irak#statement-1> a kg:Statement, rdf:Statement ; rdf:subject ent:sean-parnell ;
    rdf:predicate kg:spokespersonOf ; rdf:object ent:pentagon ; kg:factuality kg:Asserted ; kg:former false ;
    kg:confidence 0.97 ; kg:rule "apposition:porte-parole" ; kg:roleTitle "porte-parole"@fr ;
    kg:evidence <https://w3id.org/dateline/article/irak#char=0,39> .
<https://w3id.org/dateline/article/irak#char=0,39> a kg:Evidence, oa:TextPositionSelector ;
    oa:start 0 ; oa:end 39 ; oa:exact "Sean Parnell, porte-parole du Pentagone" ; kg:sentence 0 .
<https://w3id.org/dateline/article/irak#statement-2> a kg:Statement, rdf:Statement ; rdf:subject ent:sean-parnell ;
    rdf:predicate kg:bornOn ; rdf:object "1980-05-03"^^xsd:date ; kg:factuality kg:Denied ; kg:former true ;
    kg:confidence 0.5 ; kg:rule "verb:naître" ; kg:begin "1980-05-03"^^xsd:date ; kg:timeText "le 3 mai 1980"@fr ;
    kg:attributedTo <https://w3id.org/dateline/article/irak#char=77,87> ;
    kg:evidence <https://w3id.org/dateline/article/irak#char=41,73> .
<https://w3id.org/dateline/article/irak#char=41,73> a kg:Evidence, oa:TextPositionSelector ;
    oa:start 41 ; oa:end 73 ; oa:exact "nie <b>être</b> né le 3 mai 1980" ; kg:sentence 0 .
<https://w3id.org/dateline/article/irak#char=77,87> a kg:Mention, oa:TextPositionSelector ;
    oa:start 77 ; oa:end 87 ; oa:exact "« Le Soir »" .
"""
NAMES = "SELECT ?name { ?who skos:prefLabel ?name } ORDER BY ?name"
ENTITY = "https://w3id.org/dateline/entity/"
ONE = TURTLE.partition("<https://w3id.org/dateline/article/irak#statement-2>")[0]  # without what is denied


def make(folder: Path, turtle: str = TURTLE) -> Path:
    with Store.open(folder, create=True, writable=True) as store:
        store.put(Article("irak", TEXT), turtle.encode())
    return folder


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("opened") / "news")


@pytest.fixture
def graph(news: Path) -> Iterator[kg.Graph]:
    with kg.open(news) as opened:
        yield opened


def test_examples_of_the_docstrings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "news", ONE)
    monkeypatch.chdir(tmp_path)
    with kg.open("news") as graph:
        finder, runner = doctest.DocTestFinder(recurse=True), doctest.DocTestRunner()
        for test in finder.find(kg, "kg", extraglobs={"graph": graph, "kg": kg}):
            runner.run(test)
    assert runner.summarize(verbose=False).failed == 0
    assert runner.tries >= 15


# Answers


def test_rows_have_names_and_python_values(graph: kg.Graph) -> None:
    text = (
        "SELECT ?day ?sure ?former ?none { ?s rdf:object ?day ; kg:confidence ?sure ; kg:former ?former ; kg:begin ?b }"
    )
    (row,) = graph.query(text)
    assert row == (date(1980, 5, 3), Decimal("0.5"), True, None)
    assert (row.day, row.former) == (date(1980, 5, 3), True)


def test_a_graph_is_rows_of_three(graph: kg.Graph) -> None:
    ((subject, predicate, object),) = graph.query("CONSTRUCT { ?a kg:spokespersonOf ?b } { ?a kg:spokespersonOf ?b }")
    assert (subject, predicate, object) == (ENTITY + "sean-parnell", KG + "spokespersonOf", ENTITY + "pentagon")


def test_pandas_makes_a_frame_of_an_answer(graph: kg.Graph) -> None:
    frame = pandas.DataFrame(graph.query(NAMES).dicts())
    assert list(frame["name"]) == ["Pentagone", "Sean Parnell"]
    assert list(pandas.DataFrame(graph.query(NAMES))["name"]) == ["Pentagone", "Sean Parnell"]


def test_an_answer_is_read_once_and_a_kept_one_again(graph: kg.Graph) -> None:
    once, kept = graph.query(NAMES), graph.query(NAMES)
    assert len(list(once.dicts())) == 2
    with pytest.raises(QueryError, match="has been read already"):
        next(once.dicts())
    assert len(kept) == 2
    assert [row.name for row in kept] == [row.name for row in kept] == ["Pentagone", "Sean Parnell"]


def test_a_truth_has_no_rows(graph: kg.Graph) -> None:
    with pytest.raises(QueryError, match="ASK gives no rows"):
        list(graph.query("ASK { ?s ?p ?o }"))


def test_columns_that_python_cannot_name_are_numbered(graph: kg.Graph) -> None:
    (row,) = graph.query("SELECT (1 AS ?class) {}")
    assert (row, row._0) == ((1,), 1)
    assert list(graph.query("SELECT (1 AS ?class) {}").dicts()) == [{"class": 1}]


def test_values_that_python_has_not_stay_text(graph: kg.Graph) -> None:
    text = (
        'SELECT ("many"^^xsd:integer AS ?a) ("-0044-03-15"^^xsd:date AS ?b) (2.5e0 AS ?c) ("x"^^xsd:boolean AS ?d) {}'
    )
    assert list(graph.query(text)) == [("many", "-0044-03-15", 2.5, "x")]


# Statements


def test_a_statement_is_whole(graph: kg.Graph) -> None:
    (stated,) = graph.statements(subject="sean parnell", former=True)
    assert stated == Stated(
        iri="https://w3id.org/dateline/article/irak#statement-2",
        subject=Thing(ENTITY + "sean-parnell", "Sean Parnell"),
        predicate=Thing(KG + "bornOn", "bornOn"),
        object=date(1980, 5, 3),
        factuality="Denied",
        former=True,
        attributed_to=Thing("https://w3id.org/dateline/article/irak#char=77,87", "« Le Soir »"),
        role_title=None,
        begin=date(1980, 5, 3),
        end=None,
        time_text="le 3 mai 1980",
        confidence=0.5,
        rule="verb:naître",
        evidence=(Words("nie <b>être</b> né le 3 mai 1980", 41, 73, 0),),
        article="irak",
    )
    assert str(stated) == "Sean Parnell bornOn 1980-05-03 (denied, former, by « Le Soir »)"


FOUND: list[tuple[dict[str, object], set[str]]] = [
    ({}, {"spokespersonOf", "bornOn"}),
    ({"subject": "SEAN PARNELL"}, {"spokespersonOf", "bornOn"}),
    ({"subject": "ent:sean-parnell", "predicate": KG + "bornOn"}, {"bornOn"}),
    ({"object": "le pentagone"}, {"spokespersonOf"}),
    ({"object": "1980-05-03"}, {"bornOn"}),
    ({"predicate": "SPOKESPERSONOF"}, {"spokespersonOf"}),
    ({"factuality": ("asserted", "Planned")}, {"spokespersonOf"}),
    ({"factuality": "kg:Denied"}, {"bornOn"}),
    ({"former": False}, {"spokespersonOf"}),
    ({"attributed_to": "https://w3id.org/dateline/article/irak#char=77,87"}, {"bornOn"}),
    ({"confidence": 0.9}, {"spokespersonOf"}),
    ({"article": "irak", "subject": "Sean Parnell"}, {"spokespersonOf", "bornOn"}),
    ({"article": "iran"}, set()),
    ({"subject": "nobody"}, set()),
]


@pytest.mark.parametrize(("sought", "found"), FOUND, ids=lambda it: str(sorted(it) if isinstance(it, set) else it))
def test_statements_are_those_that_are_sought(graph: kg.Graph, sought: dict[str, str], found: set[str]) -> None:
    labels = [stated.predicate.label for stated in graph.statements(**sought)]  # type: ignore[arg-type]
    assert sorted(labels) == sorted(found)


def test_evidence_is_the_very_words(graph: kg.Graph) -> None:
    for stated in graph.statements():
        assert [graph.text(stated.article)[w.start : w.end] for w in stated.evidence] == [stated.evidence[0].text]


@pytest.mark.parametrize(
    ("sought", "message"),
    [
        ({"predicate": "spokesperson"}, "no relation is called 'spokesperson': did you mean spokespersonOf"),
        ({"predicate": "xyzzy"}, "an IRI does for one of your own"),
        ({"factuality": "true"}, "'true' is no factuality: choose Asserted, Planned, Possible, Denied"),
    ],
)
def test_what_there_is_not_is_said(graph: kg.Graph, sought: dict[str, str], message: str) -> None:
    with pytest.raises(KGError, match=message):
        next(graph.statements(**sought))  # type: ignore[arg-type]


# As other libraries know it


def test_rdflib_asks_the_store(graph: kg.Graph) -> None:
    dataset = graph.rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    assert dataset.value(rdflib.URIRef(ENTITY + "pentagon"), rdflib.SKOS.prefLabel) == rdflib.Literal("Pentagone", "fr")
    assert [str(row.name) for row in dataset.query(NAMES)] == ["Pentagone", "Sean Parnell"]
    assert dict(dataset.namespaces())["kg"] == rdflib.URIRef(KG)
    assert rdflib.URIRef("https://w3id.org/dateline/article/irak") in {g.identifier for g in dataset.graphs()}


def test_networkx_walks_the_network(graph: kg.Graph) -> None:
    network = graph.networkx()
    assert isinstance(network, networkx.MultiDiGraph)
    assert list(network.edges) == [(ENTITY + "sean-parnell", ENTITY + "pentagon", KG + "spokespersonOf")]


def test_networkx_takes_an_answer_of_ones_own(graph: kg.Graph) -> None:
    from kg.view.network import network

    answer = graph.query("SELECT ?source ?target { ?source kg:spokespersonOf ?target }")
    assert set(network(answer)) == {ENTITY + "sean-parnell", ENTITY + "pentagon"}


# Notebooks


class Tags(html.parser.HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_notebook_shows_what_is_in_a_graph(graph: kg.Graph) -> None:
    page = Tags(graph._repr_html_())
    assert page.seen == {"p", "table", "thead", "tbody", "tr", "th", "td"} and page.open == []
    assert "1 articles, 2 statements, 0 events, 0 quotations" in page.text
    assert "Sean Parnell, porte-parole du Pentagone" in page.text


def test_a_notebook_shows_rows_and_leaves_them_to_be_read(graph: kg.Graph) -> None:
    answer = graph.query("SELECT ?e ?words { ?e oa:exact ?words } ORDER BY ?words")
    page = Tags(answer._repr_html_())
    assert page.seen == {"table", "thead", "tbody", "tr", "th", "td", "a"} and page.open == []
    assert "nie <b>être</b> né" in page.text and "art:irak#char=41,73" in page.text
    assert len(list(answer)) == 3


def test_a_notebook_shows_the_first_rows(graph: kg.Graph) -> None:
    answer = graph.query("SELECT ?a { ?a ?b ?c . ?d ?e ?f }")
    assert answer._repr_html_().count("<tr>") == 21
    assert "the first 20 rows; there are more" in answer._repr_html_()
    assert graph.query("ASK {}")._repr_html_() == "<p>true</p>\n"


def test_a_link_is_one_to_the_web(graph: kg.Graph) -> None:
    shown = graph.query(
        'SELECT (IRI("javascript:alert(1)") AS ?bad) (IRI("http://x/?a=b&c") AS ?good) {}'
    )._repr_html_()
    assert "<td>javascript:alert(1)</td>" in shown
    assert '<a href="http://x/?a=b&amp;c" rel=' in shown


def test_rows_that_were_shown_are_not_written_without_their_first(graph: kg.Graph, tmp_path: Path) -> None:
    answer = graph.query(NAMES)
    answer._repr_html_()
    with (tmp_path / "out").open("wb") as file, pytest.raises(QueryError, match="ask again to write it"):
        answer.write(file, "csv")


def test_a_graph_that_was_shown_is_written_whole(graph: kg.Graph, tmp_path: Path) -> None:
    answer: Answer = graph.query("CONSTRUCT { ?a a ?b } { ?a a ?b }")
    shown = answer._repr_html_()
    with (tmp_path / "out").open("wb") as file:
        answer.write(file, "nt")
    assert (tmp_path / "out").read_bytes().count(b"\n") == shown.count("<tr>") - 1 == 13


def test_an_endpoint_that_is_not_there_is_said_in_a_notebook() -> None:
    assert "no answer" in kg.open("http://127.0.0.1:9/sparql")._repr_html_()


# Opening


def test_a_graph_says_what_was_opened(news: Path) -> None:
    with kg.open(news) as graph:
        assert repr(graph) == f"kg.open({str(news)!r})"


@pytest.mark.parametrize(("where", "kind"), [("nowhere", StoreError), ("ftp://x/sparql", ServiceError)])
def test_what_cannot_be_opened_is_said_in_a_line(where: str, kind: type[KGError]) -> None:
    with pytest.raises(kind) as raised:
        kg.open(where)
    assert "\n" not in str(raised.value)


def test_an_endpoint_has_no_texts() -> None:
    with pytest.raises(KGError, match="an endpoint has no texts"):
        kg.open("http://127.0.0.1:9/sparql").text("irak")


def test_opening_a_store_loads_neither_rdflib_nor_networkx(news: Path) -> None:
    code = "import sys, kg; kg.open(sys.argv[1]); print({'networkx', 'spacy', 'starlette'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code, str(news)], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_graph_is_exported_to_a_path(graph: kg.Graph, tmp_path: Path) -> None:
    graph.export(tmp_path / "one.nq")
    graph.export(file := io.BytesIO())
    assert (tmp_path / "one.nq").read_bytes() == file.getvalue() != b""
