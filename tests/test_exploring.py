"""What the explorer's pages show, of dispatches read by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import explored as dispatches
import pyoxigraph as ox
import pytest

from kg.errors import UnknownThing
from kg.graph.exploring.article import article
from kg.graph.exploring.entity import entity
from kg.graph.exploring.excerpts import around, opening
from kg.graph.exploring.explored import Explored
from kg.graph.exploring.listed import events, quotations, statements
from kg.graph.exploring.neighbours import neighbours
from kg.graph.serving.dataset import Dataset
from kg.graph.serving.listing import articles
from kg.graph.serving.served import Served
from kg.graph.store import Store
from kg.model import EVENT, KG

ENTITY, ARTICLE = dispatches.NAMES.entity, dispatches.NAMES.article
ALL = {"offset": 0, "limit": 200}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dispatches.make(tmp_path_factory.mktemp("pages") / "store")


@pytest.fixture(scope="module")
def seen(store: Path) -> Explored:
    return Served.open(store).explored()


@pytest.fixture(scope="module", params=["nq", "nt"])
def data(request: pytest.FixtureRequest, store: Path, tmp_path_factory: pytest.TempPathFactory) -> Explored:
    """The same as any files of RDF: with the articles' graphs, and without any."""
    folder = tmp_path_factory.mktemp("data")
    with Store.open(store) as opened:
        quads = list(opened.oxigraph())
    if request.param == "nt":
        quads = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    file = folder / f"data.{request.param}"
    file.write_text("".join(f"{quad} .\n" for quad in quads))
    (folder / "made").mkdir()
    Dataset.make(folder / "made", [file])
    return Dataset.open(folder / "made").explored()


def names(things: list[dict[str, Any]]) -> list[str]:
    return [min(thing["label"].values()) for thing in things]


def triples(found: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {
        (names([s["subject"]])[0], s["predicate"].removeprefix(KG), names([s["object"]])[0]) for s in found["items"]
    }


def test_an_entity_is_what_it_is_called_and_what_there_is_of_it(seen: Explored) -> None:
    found = entity(seen, ENTITY + "united-states")
    assert found["label"] == {"fr": "États-Unis"}
    assert found["names"] == [{"text": "États-Unis", "language": "fr"}, {"text": "USA", "language": "fr"}]
    assert found["types"] == [KG + "Country"]
    assert found["links"] == ["http://www.wikidata.org/entity/Q30"]
    assert (found["articles"], found["firstSeen"], found["lastSeen"]) == (1, "2025-10-02", "2025-10-02")
    assert found["relations"] == [KG + "founderOf", KG + "leaderOf"]
    assert found["counts"] == {"statements": 2, "quotations": 0, "about": 0, "events": 0}
    assert found["replacedBy"] is None


def test_events_and_quotations_are_counted_likewise(seen: Explored) -> None:
    found = entity(seen, ENTITY + "coalition")
    assert found["eventTypes"] == [EVENT + "AID", EVENT + "RETREAT"]
    assert found["counts"] == {"statements": 2, "quotations": 0, "about": 2, "events": 2}


@pytest.mark.parametrize("iri", [ENTITY + "nobody", ARTICLE + "irak", "urn:x"])
def test_what_is_no_entity_is_unknown(seen: Explored, iri: str) -> None:
    for page in (entity, neighbours):
        with pytest.raises(UnknownThing, match="no entity"):
            page(seen, iri, **({"limit": 9} if page is neighbours else {}))


def test_a_statement_has_its_ends_its_standing_and_the_words_that_prove_it(seen: Explored) -> None:
    (found,) = statements(seen, ENTITY + "sean-parnell", **ALL)["items"]
    (words,) = found.pop("evidence")
    text = seen.text(ARTICLE + "irak") or ""
    assert text[words["start"] : words["end"]] == words["text"] == "Sean Parnell, porte-parole du Pentagone"
    assert words["before"] + words["text"] + words["after"] in text
    assert 0 < len(words["before"]) <= 80 >= len(words["after"])
    assert found["article"]["title"] == "La coalition quitte l'Irak"
    assert names([found["article"]["publisher"]]) == ["Dateline"]
    assert (found["factuality"], found["former"], found["attributedTo"]) == ("Asserted", False, None)
    assert (found["roleTitle"], found["confidence"], found["rule"]) == ("porte-parole", 1.0, "by-hand:spokespersonOf")
    assert (names([found["subject"]]), names([found["object"]])) == (["Sean Parnell"], ["Pentagone"])
    assert found["stated"] is True


def test_what_is_somebodys_word_is_no_fact(seen: Explored) -> None:
    found = statements(seen, ENTITY + "united-states", relation=KG + "leaderOf", **ALL)["items"]
    assert [(names([one["attributedTo"]]), one["stated"]) for one in found] == [(["Sean Parnell"], False)]


def test_a_page_goes_on_where_the_last_one_ended(seen: Explored) -> None:
    pages = [statements(seen, ENTITY + "grand-union", offset, 100) for offset in (0, 100, 200, 300)]
    assert [page["more"] for page in pages] == [True, True, False, False]
    assert {page["total"] for page in pages} == {dispatches.MEMBERS}
    iris = [one["iri"] for page in pages for one in page["items"]]
    assert len(iris) == len(set(iris)) == dispatches.MEMBERS


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (
            {"relation": KG + "leaderOf"},
            {("Ana Kovač", "leaderOf", "Vallée"), ("Jean Élie-Marchand", "leaderOf", "Vallée")},
        ),
        ({"factuality": "Denied"}, {("Pentagone", "ownerOf", "Vallée")}),
        ({"factuality": "Possible", "relation": KG + "leaderOf"}, set()),
        ({"since": date(2025, 11, 4)}, set()),
        ({"until": date(2025, 11, 2)}, set()),
    ],
)
def test_a_filter_leaves_the_rest_out(
    seen: Explored, filter: dict[str, Any], expected: set[tuple[str, str, str]]
) -> None:
    assert triples(statements(seen, ENTITY + "vallee", **ALL, **filter)) == expected


def test_events_come_the_latest_first_and_are_filtered_by_their_own_day(seen: Explored) -> None:
    found = events(seen, ENTITY + "coalition", **ALL)
    assert [(one["eventType"].removeprefix(EVENT), one["begin"]) for one in found["items"]] == [
        ("AID", None),  # at the day of its article
        ("RETREAT", "2025-09-30"),
    ]
    retreat = found["items"][1]
    assert (names(retreat["agents"]), retreat["patients"], names(retreat["places"])) == (
        ["coalition internationale"], [], ["Irak"],
    )  # fmt: skip
    assert (retreat["factuality"], retreat["trigger"], retreat["timeText"]) == ("Planned", "retirer", "mardi")
    assert events(seen, ENTITY + "coalition", **ALL, until=date(2025, 9, 30))["total"] == 1
    assert events(seen, ENTITY + "coalition", **ALL, relation=EVENT + "AID")["total"] == 1


def test_what_somebody_says_and_what_others_say_of_it(seen: Explored) -> None:
    (said,) = quotations(seen, ENTITY + "ana-kovac", "speaker", **ALL)["items"]
    assert (said["text"], said["direct"], said["cue"]) == ("We will not leave Kourou 🚀", True, "told")
    assert quotations(seen, ENTITY + "ana-kovac", "about", **ALL)["items"] == []
    about = quotations(seen, ENTITY + "iraq", "about", **ALL)["items"]
    assert [names([one["speaker"]]) for one in about] == [["Sean Parnell"]]
    assert about[0]["reports"]


def test_offsets_count_code_points_and_names_are_only_names(seen: Explored) -> None:
    found = article(seen, ARTICLE + "launch")
    for mention in found["mentions"]:
        assert found["entities"][mention["entity"]]["label"]
    for told in (*found["statements"], *found["events"], *found["quotations"]):
        for words in told["evidence"]:
            assert found["text"][words["start"] : words["end"]] == words["text"]
    rules = [one["rule"].removeprefix("by-hand:") for one in found["statements"]]
    assert rules == ["ownerOf", "leaderOf", "leaderOf", "ownerOf"]
    start = found["text"].index("on Monday")
    days = {"begin": "2025-11-03", "until": "2025-11-03"}
    assert found["times"] == [{"start": start, "end": start + 9, "text": "on Monday", **days}]
    hostile = article(seen, ARTICLE + "hostile")
    assert hostile["entities"][ENTITY + "img"]["label"] == {"en": dispatches.HOSTILE}


def test_an_article_says_what_it_is(seen: Explored) -> None:
    found = article(seen, ARTICLE + "irak")
    assert (found["language"], found["issued"], names([found["place"]])) == ("fr", "2025-10-02", ["Bagdad"])
    assert found["sources"] == ["https://news.example/irak?a=1&b=2"]
    assert {mention["type"] for mention in found["mentions"]} == {"Name", "Nominal", "Pronoun", "Metonym"}
    starts = [mention["start"] for mention in found["mentions"]]
    assert starts == sorted(starts)
    assert (len(found["statements"]), len(found["events"]), len(found["quotations"])) == (4, 2, 2)
    with pytest.raises(UnknownThing, match="no article"):
        article(seen, ARTICLE + "nothing")


def test_neighbours_are_joined_to_the_entity_and_to_one_another(seen: Explored) -> None:
    found = neighbours(seen, ENTITY + "vallee", 200)
    assert names(found["nodes"])[0] == "Vallée"
    edges = {
        (e["source"].removeprefix(ENTITY), e["predicate"].rpartition("#")[2], e["factuality"]) for e in found["edges"]
    }
    assert edges == {
        ("ana-kovac", "leaderOf", "Asserted"),
        ("jean-elie-marchand", "leaderOf", "Asserted"),
        ("orbita", "ownerOf", "Possible"),
        ("orbita", "ACQUIRE", "Possible"),
        ("pentagon", "ownerOf", "Denied"),
    }
    (former,) = [edge for edge in found["edges"] if edge["former"]]
    assert (former["source"], former["weight"]) == (ENTITY + "jean-elie-marchand", 1)
    assert (former["firstSeen"], former["lastSeen"], former["attributed"]) == ("2025-11-03", "2025-11-03", False)
    assert (found["total"], found["limited"]) == (5, False)
    between = neighbours(seen, ENTITY + "pentagon", 200)["edges"]
    assert (ENTITY + "ana-kovac", ENTITY + "vallee") not in {(e["source"], e["target"]) for e in between}


def test_neighbours_of_neighbours_have_their_edges() -> None:
    text = "".join(
        f"<art:1#statement-{s}{o}> rdf:subject <e:{s}> ; rdf:predicate kg:fights ; rdf:object <e:{o}> ; "
        f"kg:factuality kg:Asserted ; kg:former false ; a kg:Statement .\n"
        for s, o in ("ab", "ac", "bc", "cd")
    )
    found = neighbours(told(text), "e:a", 200)
    assert {(e["source"], e["target"]) for e in found["edges"]} == {("e:a", "e:b"), ("e:a", "e:c"), ("e:b", "e:c")}
    assert {node["iri"]: node["degree"] for node in found["nodes"]} == {"e:a": 2, "e:b": 2, "e:c": 2}


def test_so_many_neighbours_are_shown_the_heaviest_first(seen: Explored) -> None:
    found = neighbours(seen, ENTITY + "grand-union", 200)
    assert (len(found["nodes"]), len(found["edges"]), found["limited"]) == (200, 199, True)
    assert found["total"] == dispatches.MEMBERS + 1
    assert found == neighbours(seen, ENTITY + "grand-union", 200)


@pytest.mark.parametrize(
    ("filter", "nodes"),
    [
        ({"relation": EVENT + "ACQUIRE"}, ["vallee", "orbita"]),
        ({"factuality": "Denied"}, ["vallee", "pentagon"]),
        ({"until": date(2025, 11, 2)}, ["vallee"]),
        ({"since": date(2025, 11, 3), "relation": KG + "ownerOf"}, ["vallee", "orbita", "pentagon"]),
    ],
)
def test_neighbours_are_filtered_likewise(seen: Explored, filter: dict[str, Any], nodes: list[str]) -> None:
    found = neighbours(seen, ENTITY + "vallee", 200, **filter)
    assert [node["iri"].removeprefix(ENTITY) for node in found["nodes"]] == nodes


@pytest.mark.parametrize("id", ["irak", "launch", "hostile", "union"])
def test_data_says_the_same_without_the_text(seen: Explored, data: Explored, id: str) -> None:
    found, expected = article(data, ARTICLE + id), article(seen, ARTICLE + id)
    assert found.pop("text") is None
    assert expected.pop("text")
    assert without_text(found) == without_text(expected)


@pytest.mark.parametrize("id", ["coalition", "vallee", "img", "iraq", "grand-union"])
def test_an_entity_of_data_too(seen: Explored, data: Explored, id: str) -> None:
    iri = ENTITY + id
    has_graphs = any(True for _ in data.graph.named_graphs())
    for page in (entity, partial(statements, **ALL), partial(events, **ALL)):
        found, expected = without_text(page(data, iri)), without_text(page(seen, iri))
        if "counts" in found and not has_graphs:  # what only names it is found by the article's graph
            assert found["counts"].pop("about") <= expected["counts"].pop("about")
        assert found == expected
    assert neighbours(data, iri, 200) == neighbours(seen, iri, 200)


def without_text(found: Any) -> Any:
    """The same, without the words around the evidence."""
    if isinstance(found, list):
        return [without_text(one) for one in found]
    if isinstance(found, dict):
        return {name: without_text(one) for name, one in found.items() if name not in ("before", "after")}
    return found


def told(turtle: str, read: Callable[[str], str] | None = None) -> Explored:
    """A graph written by hand."""
    prefixes = "".join(
        f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in dispatches.NAMES.prefixes().items() if prefix != "art"
    )
    graph = ox.Store()
    graph.load(prefixes + turtle, ox.RdfFormat.TURTLE)
    return Explored(graph, read=read)


def test_who_was_merged_says_into_whom() -> None:
    seen = told("<e:old> dct:isReplacedBy <e:new> . <e:new> skos:prefLabel 'New'@en , 'Another'@en .")
    assert entity(seen, "e:old")["replacedBy"] == "e:new"
    assert entity(seen, "e:new")["label"] == {"en": "Another"}


def test_a_speaker_without_a_name_is_called_by_his_words() -> None:
    seen = told(
        "<a:1#quote-1> a kg:Quotation ; kg:speaker <a:1#char=0,10> ; kg:quoteText 'Yes' ; kg:direct true ."
        "<a:1#char=0,10> oa:exact 'a villager' ; oa:start 0 ; oa:end 10 ."
    )
    (said,) = quotations(seen, "a:1#char=0,10", "speaker", **ALL)["items"]
    assert said["speaker"] == {"iri": "a:1#char=0,10", "label": {"": "a villager"}, "types": []}
    assert entity(seen, "a:1#char=0,10")["counts"]["quotations"] == 1


def test_a_relation_may_lead_to_a_day() -> None:
    seen = told(
        "<a:1#statement-1> a kg:Statement ; rdf:subject <e:x> ; rdf:predicate kg:foundedOn ;"
        "rdf:object '1950'^^xsd:gYear ; kg:factuality kg:Asserted ; kg:former false ."
        "<e:x> kg:foundedOn '1950'^^xsd:gYear ."
    )
    (found,) = statements(seen, "e:x", **ALL)["items"]
    assert found["object"] == {"value": "1950", "datatype": "http://www.w3.org/2001/XMLSchema#gYear"}
    assert found["stated"]
    assert neighbours(seen, "e:x", 200)["nodes"][1:] == []


def test_what_is_not_as_the_contract_has_it_breaks_nothing() -> None:
    seen = told(
        "<a:1> a kg:Article ; dct:title 'T\\u0000' ; dct:issued 'soon' . "
        "<a:1#s> a kg:Statement ; rdf:subject <e:x> , 'words' ; kg:confidence 'NaN'^^xsd:double ;"
        "kg:evidence <a:1#c>, 'c' ."
        "<a:1#c> a kg:Evidence ; oa:start 'one' . <a:1#m> a kg:Mention ; kg:refersTo <e:x> , <e:y> ."
        "<a:1#q> a kg:Quotation ."
        "<a:1#e> a kg:Event ; kg:agent <e:x> ; kg:begin 'soon' ; kg:factuality 'perhaps' .",
        read=lambda _: "\ud800",
    )
    found = article(seen, "a:1")
    assert (found["title"], found["issued"], found["mentions"]) == ("T\0", None, [])
    assert found["statements"][0]["object"]["value"] == ""
    assert found["statements"][0]["confidence"] is None
    assert found["statements"][0]["evidence"][0]["start"] is None
    lists = [page(seen, "e:x", **ALL) for page in (statements, events)]
    assert [page["total"] for page in lists] == [1, 1]
    pages = [found, entity(seen, "e:x"), neighbours(seen, "e:x", 9), *lists]
    assert json.loads(json.dumps(pages, allow_nan=False)) == pages


def test_neighbours_are_things_with_names_of_their_own() -> None:
    told_of = "rdf:predicate kg:fights ; kg:factuality kg:Asserted ; kg:former false"
    seen = told(
        f"<a:1#1> rdf:subject [], 'words' ; rdf:object <e:x> ; {told_of} ."
        f"<a:1#2> rdf:subject <e:x> ; rdf:object [], 'words', <e:y> ; {told_of} ; rdf:predicate 'words', [] ."
        "<a:1#3> kg:agent <e:x>, [] ; kg:patient [], <e:x>, 'words' ; kg:eventType [], 'words' ; kg:factuality [] ."
        f"<a:1#4> rdf:subject <e:y> ; rdf:object <e:z> ; rdf:predicate [] ; kg:factuality kg:Asserted ; kg:former 1 ."
        f"<a:1#5> rdf:subject <e:x> ; rdf:object <e:z> ; {told_of} . <a:1#6> rdf:subject <e:z> ; rdf:object <e:y> ."
    )
    found = neighbours(seen, "e:x", 9)
    assert [node["iri"] for node in found["nodes"]] == ["e:x", "e:y", "e:z"]
    assert {(edge["source"], edge["predicate"], edge["target"]) for edge in found["edges"]} == {
        ("e:x", KG + "fights", "e:y"),
        ("e:x", KG + "fights", "e:z"),
    }


def test_what_is_said_about_somebody_in_a_graph_of_another_name_has_its_day() -> None:
    graph = ox.Store()
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in dispatches.NAMES.prefixes().items())
    said = (
        "<a:1> a kg:Article ; dct:issued '2025-01-31'^^xsd:date . <a:1#m> kg:refersTo <e:x> ; oa:start 1 ."
        "<a:1#q> a kg:Quotation ; kg:evidence <a:1#c> ; kg:reports <a:1#s> . <a:1#c> oa:start 0 ; oa:end 5 ."
        "<a:1#s> rdf:subject <e:x> ; rdf:object <e:y> ; rdf:predicate kg:fights ."
    )
    graph.load(f"{prefixes} GRAPH <g:1> {{ {said} }}", ox.RdfFormat.TRIG)
    assert entity(Explored(graph), "e:x")["counts"]["about"] == 1
    assert quotations(Explored(graph), "e:x", "about", since=date(2025, 1, 1), **ALL)["total"] == 1


def test_of_a_giant_some_is_shown_and_that_is_said() -> None:
    many = range(10_050)
    statements_of = "".join(
        f"<a:{n}#s> rdf:subject <e:x> ; rdf:predicate <p:{n % 300}> ; rdf:object <e:{n}> ." for n in many
    )
    named = ", ".join(f"'{n}', 'x'@de-{n:03}" for n in range(300))
    proven = ", ".join(f"<a:0#{n}>" for n in range(60))
    types = ", ".join(f"<t:{n}>" for n in range(2000))
    mentions = "".join(f"<a:{n}#m> kg:refersTo <e:x> ." for n in many)
    seen = told(f"{statements_of}{mentions} <e:x> skos:prefLabel {named} ; a {types} . <a:0#s> kg:evidence {proven} .")
    found, page = entity(seen, "e:x"), statements(seen, "e:x", 0, 20)
    assert (found["limited"], found["counts"]["statements"], found["articles"]) == (True, 10_000, 10_050)
    assert (len(found["names"]), len(found["relations"])) == (200, 200)
    assert (len(found["label"]), len(found["types"])) == (20, 20)
    assert (page["total"], page["more"], page["limited"]) == (10_000, True, True)
    assert len(statements(seen, "e:0", 0, 20)["items"][0]["evidence"]) == 50
    assert not statements(seen, "e:7", 0, 20)["limited"]
    novel = entity(told(f"<e:x> skos:prefLabel '{'word ' * 9999}'@en ."), "e:x")
    assert len(novel["label"]["en"]) == len(novel["names"][0]["text"]) == 300
    assert not entity(seen, "e:7")["limited"]


def test_of_a_giant_article_likewise() -> None:
    told_in = "".join(f"<a:1#q{n}> a kg:Quotation ; kg:quoteText '{n}' ." for n in range(2500))
    found = article(told(f"<a:1> a kg:Article ; dct:title 'One' . {told_in}"), "a:1")
    assert (found["title"], len(found["quotations"]), found["limited"]) == ("One", 2000, True)
    graph = ox.Store()
    whole = "".join(f"<a:1#{n}> <p:p> <o:o> .\n" for n in range(50_010))
    graph.load(f"GRAPH <a:1> {{ <a:1> a <{KG}Article> .\n{whole} }}", ox.RdfFormat.TRIG)
    assert article(Explored(graph), "a:1")["limited"]


def test_an_article_without_a_day_does_not_hide_the_days_of_others() -> None:
    articles = "".join(
        f"<a:{n}> a kg:Article{day} . <a:{n}#m> kg:refersTo <e:x> . <a:{n}#s> rdf:subject <e:x> ; rdf:object <e:y> ;"
        f"rdf:predicate kg:fights ; kg:factuality kg:Asserted ; kg:former false ."
        for n, day in enumerate(("", " ; dct:issued '2025-01-31'^^xsd:date", " ; dct:issued '2025-03-01'^^xsd:date"))
    )
    seen = told(articles)
    found, (edge,) = entity(seen, "e:x"), neighbours(seen, "e:x", 9)["edges"]
    assert (found["articles"], edge["weight"]) == (3, 3)
    days = "2025-01-31", "2025-03-01"
    assert (found["firstSeen"], found["lastSeen"]) == (edge["firstSeen"], edge["lastSeen"]) == days
    nowhere = told("<a:0#m> kg:refersTo <e:x> .")
    assert (entity(nowhere, "e:x")["firstSeen"], entity(nowhere, "e:x")["lastSeen"]) == (None, None)


def test_words_stand_between_others_of_their_line() -> None:
    text = "one\nbefore it stands there after\nanother"
    assert around(text, 11, 20, "it stands") == ("before ", " there after")
    assert (
        around(text, 11, 20, "else") == around(None, 11, 20, "it stands") == around(text, 10, None, "") == (None, None)
    )
    long = "word " * 40 + "HERE" + " word" * 40
    before, after = around(long, 200, 204, "HERE")
    assert before == "word " * 16
    assert after == " word" * 16
    assert around("x" * 100 + "HERE" + "é" * 100, 100, 104, "HERE") == ("x" * 80, "é" * 80)


def test_an_article_without_a_title_is_called_by_how_it_begins() -> None:
    text = "\n  Paris, 1 mai (Agence) -  Des mots.\nD'autres."
    one, other = (dispatches.NAMES.article_iri(id) for id in "xy")
    seen = told(f"<{one}> a kg:Article . <{other}> a kg:Article ; dct:title 'Titre' .", read=lambda _: text)
    shown = articles(seen, 0, 9)["items"]
    assert [(one["title"], one["opening"]) for one in shown] == [
        (None, "Paris, 1 mai (Agence) - Des mots."),
        ("Titre", None),
    ]
    assert opening("mot " * 40) == "mot " * 20 + "…"
    assert opening("m" * 90) == "m" * 80 + " …"
    assert opening(None) is opening(" \n") is None
