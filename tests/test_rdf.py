"""Readings in, the contract's triples and Turtle out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.graph import rdf
from kg.graph.names import iri_of
from kg.graph.terms import text_bytes
from kg.graph.turtle import parse
from kg.model import (
    EVENT,
    KG,
    Article,
    Bound,
    Entity,
    Event,
    Evidence,
    Factuality,
    Mention,
    MentionType,
    Provenance,
    Quantity,
    Quotation,
    Reading,
    Retelling,
    Span,
    Statement,
    Time,
)

TEXT = "Ada Lamy dirige Borel. « Nous partons », dit Ada Lamy lundi."
ADA, BOREL, AGAIN, QUOTED, MONDAY = Span(0, 8), Span(16, 21), Span(45, 53), Span(25, 37), Span(54, 59)
PERSON = Entity("ada-lamy", frozenset({KG + "Person"}), "Ada Lamy", frozenset({"Lamy"}))
COMPANY = Entity(
    "borel", frozenset({KG + "Company"}), "Borel", same_as=frozenset({"http://www.wikidata.org/entity/Q1"})
)
ENTITIES = {ADA: PERSON, AGAIN: PERSON, BOREL: COMPANY}
AGENCY = Entity("agence", frozenset({KG + "Media"}), "Agence")
READER = Provenance("0.1.0", "abc", ("fr-model 1.0",))
NAMES = rdf.Namespaces()
LEADS = Statement(ADA, KG + "leaderOf", BOREL, "verb: diriger", Evidence(Span(0, 21), 0), confidence=0.9)
LEAVES = Event(EVENT + "RETREAT", Span(30, 37), "verb: partir", Evidence(QUOTED, 1), agents=(ADA,), attributed_to=AGAIN)
SAYS = Quotation(QUOTED, Span(41, 44), Evidence(Span(23, 60), 1), speaker=AGAIN, direct=True)
READING = Reading(
    Article("a/1", TEXT, "fr", "Titre", date(2025, 10, 1), "Agence", "https://x.example/a b"),
    mentions=tuple(Mention(span, MentionType.NAME, KG + "Person") for span in (ADA, BOREL, AGAIN)),
    statements=(LEADS,),
    events=(LEAVES,),
    quotations=(SAYS,),
    times=(Time(MONDAY, date(2025, 9, 29), date(2025, 9, 29)),),
)
BASE = "https://w3id.org/dateline/article/a%2F1"


def turtle(reading: Reading = READING) -> bytes:
    return rdf.turtle(rdf.triples(reading, ENTITIES, READER, NAMES, publisher=AGENCY), NAMES, reading.article.id)


def ask(pattern: str, reading: Reading = READING) -> bool:
    store = ox.Store()
    store.load(turtle(reading), ox.RdfFormat.TURTLE)
    return bool(store.query(f"BASE <{BASE}> ASK {{ {pattern} }}", prefixes=NAMES.prefixes()))


def said(**changes: object) -> Reading:
    return replace(READING, statements=(replace(LEADS, **changes),))  # type: ignore[arg-type]


def test_an_event_says_how_many_and_where_else_it_is_told() -> None:
    quantity = Quantity(Decimal(6), Span(30, 37), counted=Span(30, 37))
    told = replace(LEAVES, quantities=(quantity,), again=(Retelling(Span(0, 3), Evidence(Span(0, 3), 0)),))
    reading = replace(READING, events=(told,))
    assert ask("?e kg:quantity ?q . ?q a kg:Quantity ; kg:value 6.0 ; kg:counted ?words ; kg:evidence ?here", reading)
    assert ask("?e a kg:Event ; kg:evidence ?one, ?other . FILTER(?one != ?other)", reading)


def test_a_number_that_is_not_exact_says_so() -> None:
    told = replace(LEAVES, quantities=(Quantity(Decimal(6), Span(30, 37), counted=Span(30, 37), bound=Bound.AT_LEAST),))
    assert ask("?e kg:quantity ?q . ?q kg:value 6.0 ; kg:bound kg:AtLeast", replace(READING, events=(told,)))


def test_article_node() -> None:
    assert ask('<> a kg:Article, schema:NewsArticle ; dct:title "Titre"@fr ; dct:language "fr"')
    assert ask('<> dct:issued "2025-10-01"^^xsd:date ; dct:publisher ent:agence ; dct:source <https://x.example/a%20b>')
    assert ask("<> prov:wasGeneratedBy ?r . ?r a kg:Reader, prov:SoftwareAgent ; kg:model 'fr-model 1.0'")


def test_entities_have_names_types_and_links() -> None:
    assert ask('ent:ada-lamy a kg:Person ; skos:prefLabel "Ada Lamy"@fr ; skos:altLabel "Lamy"@fr')
    assert ask("ent:borel a kg:Company ; skos:exactMatch wd:Q1")


def test_what_the_article_asserts_is_a_statement_and_a_direct_triple() -> None:
    assert ask("ent:ada-lamy kg:leaderOf ent:borel")
    assert ask("?s a kg:Statement, rdf:Statement ; rdf:subject ent:ada-lamy ; rdf:object ent:borel ; kg:confidence 0.9")
    assert ask("?s kg:factuality kg:Asserted ; kg:former false ; kg:evidence <#char=0,21>")


@pytest.mark.parametrize(
    "changes", [{"factuality": f} for f in Factuality if f != "Asserted"] + [{"former": True}, {"attributed_to": AGAIN}]
)
def test_what_the_article_does_not_assert_is_no_direct_triple(changes: dict[str, object]) -> None:
    assert not ask("ent:ada-lamy kg:leaderOf ent:borel", said(**changes))
    assert ask("?s rdf:subject ent:ada-lamy ; rdf:object ent:borel", said(**changes))


def test_nobody_is_related_to_themselves_nor_to_the_unknown() -> None:
    assert not ask("?s a kg:Statement", said(object=AGAIN))
    assert not ask("?s a kg:Statement", said(object=MONDAY))


@pytest.mark.parametrize(
    ("begin", "end", "literal"),
    [
        (date(1999, 5, 2), date(1999, 5, 2), '"1999-05-02"^^xsd:date'),
        (date(1999, 5, 1), date(1999, 5, 31), '"1999-05"^^xsd:gYearMonth'),
        (date(1999, 1, 1), date(1999, 12, 31), '"1999"^^xsd:gYear'),
    ],
)
def test_a_date_is_no_more_precise_than_its_words(begin: date, end: date, literal: str) -> None:
    founded = said(subject=BOREL, predicate=KG + "foundedOn", object=Time(MONDAY, begin, end))
    assert ask(f"ent:borel kg:foundedOn {literal}", founded)


@pytest.mark.parametrize("end", [None, date(1999, 6, 3), date(2001, 12, 31)])
def test_other_stretches_of_days_date_nothing(end: date | None) -> None:
    founded = said(subject=BOREL, predicate=KG + "foundedOn", object=Time(MONDAY, date(1999, 1, 1), end))
    assert not ask("?s a kg:Statement", founded)


def test_who_says_so_is_an_entity_or_else_the_words() -> None:
    assert ask("?s a kg:Statement ; kg:attributedTo ent:ada-lamy", said(attributed_to=AGAIN))
    assert ask('?s kg:attributedTo <#char=54,59> . <#char=54,59> oa:exact "lundi"', said(attributed_to=MONDAY))


def test_two_statements_that_say_the_same_are_one_with_two_pieces_of_evidence() -> None:
    again = replace(LEADS, evidence=Evidence(Span(41, 53), 1), rule="noun: chef", confidence=0.7, subject=AGAIN)
    both = replace(READING, statements=(LEADS, again))
    assert ask("?s kg:evidence <#char=0,21>, <#char=41,53> ; kg:rule 'noun: chef', 'verb: diriger'", both)
    assert not ask("?s kg:confidence 0.7", both)
    assert not ask("?s a kg:Statement . ?t a kg:Statement . FILTER(?s != ?t)", both)


def test_a_denial_is_another_statement() -> None:
    both = replace(READING, statements=(LEADS, replace(LEADS, factuality=Factuality.DENIED)))
    assert ask("?s kg:factuality kg:Asserted . ?t kg:factuality kg:Denied . ?t a kg:Statement . FILTER(?s != ?t)", both)


def test_events_and_what_quotations_report() -> None:
    assert ask(
        '?e a kg:Event, sem:Event ; kg:eventType event:RETREAT ; kg:agent ent:ada-lamy ; kg:trigger "partons"@fr'
    )
    assert ask(
        '?q a kg:Quotation ; kg:speaker ent:ada-lamy ; kg:direct true ; kg:cue "dit"@fr ; kg:reports ?e . ?e a kg:Event'
    )


def test_events_without_participants_stay_apart() -> None:
    lone = [replace(LEAVES, agents=(), trigger=span) for span in (Span(30, 37), Span(41, 44))]
    assert ask("?a a kg:Event . ?b a kg:Event . FILTER(?a != ?b)", replace(READING, events=tuple(lone)))
    assert not ask("?a a kg:Event . ?b a kg:Event . FILTER(?a != ?b)", replace(READING, events=(LEAVES, LEAVES)))


def test_a_stretch_is_one_iri_whatever_it_serves_as() -> None:
    assert ask('<#char=0,8> a kg:Mention ; kg:refersTo ent:ada-lamy ; kg:mentionType kg:Name ; oa:exact "Ada Lamy"')
    assert ask('<#char=54,59> a kg:TimeExpression ; oa:start 54 ; oa:end 59 ; kg:begin "2025-09-29"^^xsd:date')
    assert ask("<#char=0,8> a kg:Mention, kg:Evidence ; kg:sentence 0", said(evidence=Evidence(ADA, 0)))


def test_turtle_is_the_same_whatever_the_order() -> None:
    triples = rdf.triples(READING, ENTITIES, READER, NAMES)
    assert rdf.turtle(reversed(list(triples)), NAMES, "a/1") == rdf.turtle(triples, NAMES, "a/1")


def test_turtle_reads_from_the_article_to_the_reader() -> None:
    subjects = [line.split()[0] for line in turtle().decode().split("\n\n")[1:]]
    sorts = [
        next(mark for mark in ("<>", "ent:", "#st", "#ev", "#qu", "#ch", "reader:") if mark in s) for s in subjects
    ]
    assert sorts == sorted(sorts, key=["<>", "ent:", "#st", "#ev", "#qu", "#ch", "reader:"].index)
    assert [s for s in subjects if "char" in s][:2] == ["<#char=0,8>", "<#char=0,21>"]


NASTY = 'l\'« été » "x" \\ \n\r\t \x00\x01\x7f\u2028\ufffe 😀 é e\u0301 <b>&amp; @fr ^^'


@pytest.mark.parametrize("id", ["a/1", "..", "été 2025?#x", "a\ud800"])
def test_rdflib_reads_the_same_graph(id: str) -> None:
    reading = Reading(Article(id, NASTY, "fr", NASTY, publisher=NASTY), mentions=READING.mentions)
    entities = {ADA: replace(PERSON, label=NASTY), BOREL: replace(COMPANY, id="côte-d'or <x>")}
    triples = rdf.triples(reading, entities, READER, NAMES)
    ntriples = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    content = rdf.turtle(triples, NAMES, id)
    assert isomorphic(Graph().parse(data=content, format="turtle"), Graph().parse(data=ntriples, format="nt"))
    assert parse(content) == set(triples)
    assert NAMES.article_id(NAMES.article_iri(id)) == id


def test_lone_surrogates_become_replacement_characters_and_offsets_hold() -> None:
    reading = Reading(Article("s", "\ud83dAda Lamy", None), mentions=(Mention(Span(0, 9), MentionType.NAME, ""),))
    content = rdf.turtle(rdf.triples(reading, {Span(0, 9): PERSON}, READER, NAMES), NAMES, "s").decode()
    assert 'oa:exact "\ufffdAda Lamy"' in content
    assert text_bytes("\ud83dAda") == "\ufffdAda".encode()


def test_confidence_is_a_decimal_and_an_odd_language_no_tag() -> None:
    assert ask("?s kg:confidence 1.0", said(confidence=1))
    assert "kg:confidence 1.0 ;" in turtle(said(confidence=1)).decode()
    assert ask('<> dct:title "Titre"', replace(READING, article=replace(READING.article, language="fr_FR!")))


@given(text=st.text(min_size=1, max_size=30))
def test_any_text_survives_the_turtle(text: str) -> None:
    reading = Reading(Article("h", text, "fr"), mentions=(Mention(Span(0, len(text)), MentionType.NAME, ""),))
    triples = rdf.triples(reading, {Span(0, len(text)): PERSON}, READER, NAMES)
    exact = [t.object.value for t in parse(rdf.turtle(triples, NAMES, "h")) if t.predicate.value.endswith("exact")]
    assert exact == [text]


def test_a_pronoun_of_several_refers_to_each() -> None:
    they = Mention(AGAIN, MentionType.PRONOUN, KG + "Person", antecedent=ADA, together=(BOREL,))
    both = replace(READING, mentions=(*READING.mentions[:2], they))
    span = f"<#char={AGAIN.start},{AGAIN.end}>"
    assert ask(f"{span} kg:refersTo <{NAMES.entity_iri(PERSON.id)}>, <{NAMES.entity_iri(COMPANY.id)}>", both)


@given(st.characters(exclude_categories=[]))
def test_every_character_of_an_identifier_has_its_place_in_an_iri(character: str) -> None:
    article = NAMES.article_iri(f"a{character}")
    for iri in (article, NAMES.entity_iri(f"a{character}"), iri_of(f"urn:a:{character.strip('[]')}")):
        assert ox.NamedNode(iri).value == iri
    assert NAMES.article_id(article) == f"a{character}"
