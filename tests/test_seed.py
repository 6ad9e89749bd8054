"""The whole way on the article of `../shared/seed`: what its graph must say, asked in SPARQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from conftest import SHARED

from kg import pipeline
from kg import read as reading
from kg.graph.store import Store
from kg.read import Defaults

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not (SHARED / "seed").is_dir(), reason=f"{SHARED / 'seed'} is not there"),
]
SEED = sorted((SHARED / "seed").glob("*.txt"))


@contextmanager
def ingested(folder: Path, issued: date | None) -> Iterator[Store]:
    with Store.open(folder, create=True, writable=True) as store:
        report = pipeline.ingest(reading.read(SEED, defaults=Defaults(issued=issued)), store)
        assert not report.skipped
        yield store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with ingested(tmp_path_factory.mktemp("seed") / "store", date(2025, 10, 1)) as opened:
        yield opened


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a query as words, without the namespaces of Dateline."""
    return [tuple(value(term) for term in row) for row in store.query(query).rows()]


def value(term: object) -> str:
    words: str = getattr(term, "value", "")
    for base in ("https://w3id.org/dateline/entity/", "https://w3id.org/dateline/ns#"):
        words = words.removeprefix(base)
    return words.removeprefix("https://w3id.org/dateline/event-type#")


@pytest.mark.parametrize(
    "triple",
    [
        "ent:sean-parnell kg:spokespersonOf ent:pentagon",
        "ent:mohammed-al-soudani kg:headOfGovernmentOf ent:iraq",
        "?coalition a kg:Coalition ; kg:fights ent:islamic-state",
        "?coalition a kg:Coalition . ent:united-states kg:memberOf ?coalition ; kg:leaderOf ?coalition",
        "ent:islamic-state kg:designatedTerroristBy ent:supreme-court-of-russia",
        "ent:islamic-state kg:bannedIn ent:russia",
    ],
)
def test_the_article_states(store: Store, triple: str) -> None:
    assert bool(store.query(f"ASK {{ {triple} }}"))


def test_one_coalition_fights_and_is_led(store: Store) -> None:
    query = "SELECT DISTINCT ?c { ?c kg:fights ent:islamic-state . ent:united-states kg:memberOf ?c ; kg:leaderOf ?c }"
    assert len(rows(store, query)) == 1


def test_who_said_what(store: Store) -> None:
    quotation = "?q a kg:Quotation ; kg:speaker ?who ; kg:quoteText ?what ; kg:evidence/oa:start ?at"
    query = f"SELECT ?who ?what {{ {quotation} }} ORDER BY ?at"
    found = [(who, " ".join(what.split()[:4])) for who, what in rows(store, query)]
    assert found[:8] == [
        ("sean-parnell", "Les États-Unis et leurs"),
        ("sean-parnell", "les États-Unis et les"),
        ("sean-parnell", "cette diminution de la"),
        ("sean-parnell", "l’administration américaine « continuerait"),
        ("mohammed-al-soudani", "les autorités du pays"),
        ("mohammed-al-soudani", "les Américains « n’ont"),
        ("mohammed-al-soudani", "la coalition internationale achèverait"),
        ("mohammed-al-soudani", "les autorités irakiennes négociaient"),
    ]
    assert len(found) == 10  # one for each reported sentence


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("lui", ["sean-parnell", "mohammed-al-soudani"]),
        ("Il", ["sean-parnell", "mohammed-al-soudani"]),
        ("premier ministre irakien", ["mohammed-al-soudani"]),
        ("gouvernement irakien", ["iraq-government"]),
        ("Bagdad", ["baghdad", "iraq"]),
        ("Daech", ["islamic-state"]),
    ],
)
def test_whom_words_stand_for(store: Store, words: str, who: list[str]) -> None:
    query = f"SELECT ?who {{ ?m oa:exact '{words}' ; oa:start ?at ; kg:refersTo ?who }} ORDER BY ?at"
    assert [found for (found,) in rows(store, query)] == who


@pytest.mark.parametrize(
    ("words", "begin", "end"),
    [
        ("mardi", "2025-09-30", "2025-09-30"),
        ("Le 18 septembre", "2025-09-18", "2025-09-18"),
        ("En juillet 2025", "2025-07-01", "2025-07-31"),
        ("en septembre 2026", "2026-09-01", "2026-09-30"),
        ("Le 22 décembre 2021", "2021-12-22", "2021-12-22"),
    ],
)
def test_days(store: Store, words: str, begin: str, end: str) -> None:
    query = f"SELECT ?begin ?end {{ ?t a kg:TimeExpression ; oa:exact '{words}' ; kg:begin ?begin ; kg:end ?end }}"
    assert rows(store, query) == [(begin, end)]


def test_an_open_end_is_left_out(store: Store) -> None:
    query = "SELECT ?begin { ?t oa:exact 'Depuis 2014' ; kg:begin ?begin MINUS { ?t kg:end ?end } }"
    assert rows(store, query) == [("2014-01-01",)]


def test_the_withdrawal_is_planned_and_somebodys_word(store: Store) -> None:
    event = "?e kg:eventType event:RETREAT ; kg:trigger 'réduire'@fr ; kg:agent ?who"
    query = f"SELECT ?who ?how ?says {{ {event} ; kg:factuality ?how ; kg:attributedTo ?says }}"
    assert ("united-states", "Planned", "sean-parnell") in rows(store, query)


def test_direct_triples_are_what_the_article_itself_asserts(store: Store) -> None:
    entities = " && ".join(f"STRSTARTS(STR(?{end}), STR(ent:))" for end in "ab")
    between = f"SELECT ?a ?p ?b {{ ?a ?p ?b FILTER({entities}) }}"
    asserted = "?s kg:factuality kg:Asserted ; kg:former false MINUS { ?s kg:attributedTo ?who }"
    own = f"SELECT DISTINCT ?a ?p ?b {{ ?s rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b . {asserted} }}"
    assert set(rows(store, between)) == set(rows(store, own)) != set()


def test_nobody_left_iraq_for_sure(store: Store) -> None:
    assert not bool(store.query("ASK { ent:united-states ?p ent:iraq }"))


def test_dateline_and_footnote_break_no_sentence(store: Store) -> None:
    query = "SELECT ?n ?words { ?e a kg:Evidence ; kg:sentence ?n ; oa:exact ?words }"
    found = rows(store, query)
    assert not [words for _, words in found if "=====" in words or "/TASS/" in words or "\n" in words]
    assert len({number for number, words in found if words.startswith("Les États-Unis et leurs alliés")}) == 1


def test_every_stretch_is_in_the_text(store: Store) -> None:
    (article,) = store.articles()
    text = store.text(article)
    found = rows(store, "SELECT ?start ?end ?words { ?s oa:start ?start ; oa:end ?end ; oa:exact ?words }")
    assert len(found) > 80
    assert all(text[int(start) : int(end)] == words for start, end, words in found)


def test_the_dateline(store: Store) -> None:
    query = "SELECT ?place ?issued { ?a a kg:Article ; kg:datelinePlace ?place ; dct:issued ?issued }"
    assert rows(store, query) == [("washington", "2025-10-01")]


def test_a_second_ingest_changes_nothing(store: Store, tmp_path: Path) -> None:
    (article,) = store.articles()
    with ingested(tmp_path / "again", date(2025, 10, 1)) as other:
        assert other.turtle(article) == store.turtle(article)
        report = pipeline.ingest(reading.read(SEED, defaults=Defaults(issued=date(2025, 10, 1))), other)
        assert (report.unchanged, report.articles) == (1, 0)


def test_a_date_that_nobody_gives_is_deduced_and_said_to_be(tmp_path: Path) -> None:
    query = "SELECT ?issued ?inferred { ?a a kg:Article ; dct:issued ?issued ; kg:issuedInferred ?inferred }"
    with ingested(tmp_path / "store", None) as store:
        assert rows(store, query) == [("2025-10-01", "true")]
        assert bool(store.query("ASK { ?t oa:exact 'mardi' ; kg:begin '2025-09-30'^^xsd:date }"))
