from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.errors import DataError
from kg.model import Span
from kg.ontology import read_turtle
from kg.text.tense import tense
from kg.text.time_grammar import compile_grammar, load
from kg.text.times import deduce_issued, find_times

WEDNESDAY = date(2025, 10, 1)
PREFIXES = """@prefix kg: <https://w3id.org/dateline/ns#> . @prefix times: <https://w3id.org/dateline/time#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix time: <http://www.w3.org/2006/time#> .
"""


def doc(text: str) -> Doc:
    """A Doc without a parse: every token is its own head, so that no tense is known."""
    tokens = list(re.finditer(r"\w+|[^\w\s]|\n", text))
    spaces = [text[token.end() : token.end() + 1] == " " for token in tokens]
    return Doc(Vocab(), words=[token.group() for token in tokens], spaces=spaces)


def sentence(verb: str, morph: str, adverbial: str, auxiliary: tuple[str, str, str] | None = None) -> Doc:
    """A verb, perhaps after an auxiliary (word, morph, label), and a noun that hangs under it."""
    before = [auxiliary[0]] if auxiliary else []
    root = len(before)
    return Doc(
        Vocab(),
        words=[*before, verb, adverbial],
        heads=[root] * (root + 2),
        deps=[*([auxiliary[2]] if auxiliary else []), "ROOT", "obl"],
        pos=[*(["AUX"] if auxiliary else []), "VERB", "NOUN"],
        morphs=[*([auxiliary[1]] if auxiliary else []), morph, ""],
        lemmas=[*before, verb, adverbial],
    )


def read(text: str, language: str = "fr", issued: date | None = WEDNESDAY) -> list[str]:
    """The times as "words begin/end"."""
    times = find_times(doc(text), issued, load(language))
    return [f"{text[t.span.start : t.span.end]} {t.begin or ''}/{t.end or ''}" for t in times]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 18 septembre 2024", "2024-09-18/2024-09-18"),
        ("le 1er octobre", "2025-10-01/2025-10-01"),
        ("le 1 er octobre", "2025-10-01/2025-10-01"),
        ("LE 24 FEVRIER 2022", "2022-02-24/2022-02-24"),
        ("le 05/12/2024", "2024-12-05/2024-12-05"),
        ("2024-12-05", "2024-12-05/2024-12-05"),
        ("en juillet 2025", "2025-07-01/2025-07-31"),
        ("en 2014", "2014-01-01/2014-12-31"),
        ("fin 2024", "2024-09-01/2024-12-31"),
        ("début mars 2025", "2025-03-01/2025-03-10"),
        ("à la mi-novembre 2025", "2025-11-11/2025-11-20"),
        ("depuis 2014", "2014-01-01/"),
        ("jusqu'à 2014", "/2014-12-31"),
        ("jusqu’en mars 2021", "/2021-03-31"),
        ("avant 2010", "/2009-12-31"),
        ("après le 11 septembre 2001", "2001-09-12/"),
        ("d'ici à septembre 2026", "2025-10-01/2026-09-30"),
        ("entre 2010 et 2014", "2010-01-01/2014-12-31"),
        ("du 26 février au 7 mars 2017", "2017-02-26/2017-03-07"),
        ("de mars à juin 2023", "2023-03-01/2023-06-30"),
        ("du 3 au 5 mai 2024", "2024-05-03/2024-05-05"),
        ("les 3 et 4 mai 2024", "2024-05-03/2024-05-04"),
        ("les années 1990", "1990-01-01/1999-12-31"),
        ("au premier trimestre 2024", "2024-01-01/2024-03-31"),
        ("la deuxième quinzaine de mars 2024", "2024-03-16/2024-03-31"),
        ("le dernier week-end de septembre 2025", "2025-09-27/2025-09-28"),
        ("l'été 2014", "2014-06-21/2014-09-20"),
        ("le lundi de Pâques 2024", "2024-04-01/2024-04-01"),
        ("mardi", "2025-09-30/2025-09-30"),
        ("mercredi", "2025-10-01/2025-10-01"),
        ("lundi soir", "2025-09-29/2025-09-29"),
        ("mardi dernier", "2025-09-30/2025-09-30"),
        ("lundi prochain", "2025-10-06/2025-10-06"),
        ("dans la nuit de lundi à mardi", "2025-09-29/2025-09-30"),
        ("la semaine dernière", "2025-09-22/2025-09-28"),
        ("l' an dernier", "2024-01-01/2024-12-31"),
        ("le mois prochain", "2025-11-01/2025-11-30"),
        ("cette année", "2025-01-01/2025-12-31"),
        ("il y a trois ans", "2022-10-01/2022-10-01"),
        ("dans vingt et un jours", "2025-10-22/2025-10-22"),
        ("depuis cinq ans", "2020-10-01/2025-10-01"),
        ("les cinq prochaines années", "2025-10-01/2030-10-01"),
        ("les trois prochains jours", "2025-10-02/2025-10-04"),
        ("deux jours avant Noël", "2025-12-23/2025-12-23"),
        ("hier soir", "2025-09-30/2025-09-30"),
        ("avant-hier", "2025-09-29/2025-09-29"),
    ],
)
def test_french(text: str, expected: str) -> None:
    assert read(text) == [f"{text} {expected}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on September 18, 2024", "2024-09-18/2024-09-18"),
        ("on 18 September 2024", "2024-09-18/2024-09-18"),
        ("on Oct. 5, 2024", "2024-10-05/2024-10-05"),
        ("9/11/2001", "2001-09-11/2001-09-11"),
        ("22/04/2024", "2024-04-22/2024-04-22"),
        ("in May", "2025-05-01/2025-05-31"),
        ("in late 2024", "2024-09-01/2024-12-31"),
        ("the 1990s", "1990-01-01/1999-12-31"),
        ("since 2014", "2014-01-01/"),
        ("until March 2021", "/2021-03-31"),
        ("from 2001 to 2005", "2001-01-01/2005-12-31"),
        ("between March and June 2023", "2023-03-01/2023-06-30"),
        ("April 9 to 12", "2025-04-09/2025-04-12"),
        ("the first quarter of 2025", "2025-01-01/2025-03-31"),
        ("the last week of 2016", "2016-12-26/2017-01-01"),
        ("on Tuesday", "2025-09-30/2025-09-30"),
        ("last Tuesday", "2025-09-30/2025-09-30"),
        ("next Friday", "2025-10-10/2025-10-10"),
        ("tuesday of next week", "2025-10-07/2025-10-07"),
        ("three weeks ago", "2025-09-10/2025-09-10"),
        ("two days after Christmas", "2025-12-27/2025-12-27"),
        ("earlier this year", "2025-01-01/2025-09-30"),
        ("in October two thousand and five", "2005-10-01/2005-10-31"),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert read(text, "en") == [f"{text} {expected}"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("moins de 2.500 soldats", "fr"),
        ("il a 21 ans", "fr"),
        ("pendant trois jours", "fr"),
        ("la sonde tourne autour de Mars", "fr"),
        ("le Covid-19", "fr"),
        ("B2014", "fr"),
        ("2014 €", "fr"),
        ("$2014", "en"),
        ("May said so", "en"),
        ("he may march on", "en"),
        ("the Sun", "en"),
        ("a second later", "en"),
    ],
)
def test_what_is_no_time(text: str, language: str) -> None:
    assert read(text, language) == []


def test_the_31st_of_june_is_no_day() -> None:
    assert read("31 juin 2024") == ["juin 2024 2024-06-01/2024-06-30"]


def test_a_number_that_counts_is_no_year() -> None:
    words = ["en", "2014", "soldats"]
    counting = Doc(Vocab(), words=words, pos=["ADP", "NUM", "NOUN"], morphs=["", "", "Number=Plur"])
    assert find_times(counting, None, load("fr")) == []


def test_a_year_may_stand_before_a_noun_in_english() -> None:
    words, morphs = ["the", "2014", "elections"], ["", "", "Number=Plur"]
    elections = Doc(Vocab(), words=words, pos=["DET", "NUM", "NOUN"], morphs=morphs)
    assert [time.begin for time in find_times(elections, None, load("en"))] == [date(2014, 1, 1)]


def test_a_description_of_the_day_before_something_is_left_alone() -> None:
    words = ["la", "veille", "du", "scrutin"]
    pos, deps = ["DET", "NOUN", "ADP", "NOUN"], ["det", "ROOT", "case", "nmod"]
    eve = Doc(Vocab(), words=words, heads=[1, 1, 3, 1], deps=deps, pos=pos)
    assert find_times(eve, WEDNESDAY, load("fr")) == []


def test_the_day_before_is_that_of_the_story() -> None:
    assert read("Le 12 mai 2024, il part. La veille, elle vient.")[1] == "La veille 2024-05-11/2024-05-11"


def test_without_a_day_only_absolute_times_are_found() -> None:
    assert read("mardi, le 3 mars et en juillet 2025", issued=None) == ["en juillet 2025 2025-07-01/2025-07-31"]


def test_times_do_not_reach_across_paragraphs() -> None:
    assert [time.split(" 20")[0] for time in read("le 3 mars\n\n2014")] == ["le 3 mars", "2014"]


def test_an_unknown_language_has_no_times() -> None:
    assert read("am 3. Mai 2024", "de") == []


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        (sentence("rencontrera", "Tense=Fut|VerbForm=Fin", "lundi"), 1),
        (sentence("achèverait", "Mood=Cnd|Tense=Pres|VerbForm=Fin", "lundi"), 1),
        (sentence("parla", "Tense=Past|VerbForm=Fin", "lundi"), -1),
        (sentence("parle", "Tense=Pres|VerbForm=Fin", "lundi"), 0),
        (sentence("parlé", "Tense=Past|VerbForm=Part", "lundi", ("a", "Tense=Pres|VerbForm=Fin", "aux:tense")), -1),
        (sentence("attendu", "Tense=Past|VerbForm=Part", "lundi", ("est", "Tense=Pres|VerbForm=Fin", "aux:pass")), 0),
        (sentence("meet", "VerbForm=Inf", "monday", ("will", "VerbForm=Fin", "aux")), 1),
        (sentence("held", "Tense=Past|VerbForm=Part", "monday", ("will", "VerbForm=Fin", "aux")), 1),
        (sentence("publié", "Tense=Past|VerbForm=Part", "mardi"), -1),
        (sentence("prévoir", "Tense=Past|VerbForm=Part", "mardi"), 1),
    ],
)
def test_tense(built: Doc, expected: int) -> None:
    assert tense(built[-1], load("fr").forward_verbs) == expected


def test_what_one_goes_to_do_is_to_come() -> None:
    pos, deps = ["VERB", "VERB", "NOUN"], ["ROOT", "xcomp", "obj"]
    morphs = ["Tense=Pres|VerbForm=Fin", "VerbForm=Inf", ""]
    going = Doc(Vocab(), words=["va", "rencontrer", "lundi"], heads=[0, 0, 1], deps=deps, pos=pos, morphs=morphs)
    assert tense(going[2]) == 1


def test_the_tense_chooses_the_side() -> None:
    past, future = sentence("parla", "Tense=Past|VerbForm=Fin", "lundi"), sentence("parlera", "Tense=Fut", "lundi")
    found = [find_times(one, WEDNESDAY, load("fr"))[0].begin for one in (past, future)]
    assert found == [date(2025, 9, 29), date(2025, 10, 6)]


def test_the_articles_day_from_a_full_date() -> None:
    assert deduce_issued(doc("PARIS, le 3 mai 2024. Il part."), Span(0, 20), load("fr")) == date(2024, 5, 3)


def test_the_articles_day_from_the_latest_past_date() -> None:
    text = "WASHINGTON, 1er octobre. En juillet 2025, en 2014 et en décembre 2024."
    assert deduce_issued(doc(text), Span(0, 24), load("fr")) == date(2025, 10, 1)


def test_a_date_to_come_is_not_the_articles_year() -> None:
    words = ["1er", "octobre", ".", "Il", "partira", "en", "2031", ",", "élu", "en", "2024"]
    heads, deps = [1, 1, 1, 4, 4, 6, 4, 4, 4, 10, 8], ["dep"] * 11
    pos = ["ADJ", "NOUN", "PUNCT", "PRON", "VERB", "ADP", "NUM", "PUNCT", "VERB", "ADP", "NUM"]
    morphs = [""] * 4 + ["Tense=Fut|VerbForm=Fin"] + [""] * 3 + ["Tense=Past|VerbForm=Part", "", ""]
    built = Doc(Vocab(), words=words, heads=heads, deps=deps, pos=pos, morphs=morphs)
    assert deduce_issued(built, Span(0, 11), load("fr")) == date(2024, 10, 1)


def test_no_day_without_any_year() -> None:
    assert deduce_issued(doc("PARIS, 3 mai. Il part mardi."), Span(0, 13), load("fr")) is None


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ('times:x a kg:TimePattern ; kg:means times:nothing ; kg:pattern "hier"@fr .', "kg:means should be one of"),
        ('times:x a kg:TimePattern ; kg:means times:calendarYear ; kg:pattern "hier"@fr .', "lacks a slot for year"),
        ('times:x a kg:TimePattern ; kg:means times:same ; kg:pattern "{period} {moon}"@fr .', "{moon:moon}"),
        ('times:x a kg:TimePattern ; kg:means times:same ; kg:pattern "{period} {"@fr .', "neither a word nor"),
        ('kg:P kg:slot "part" . times:x a kg:P ; kg:stretch "first" ; kg:word "début"@fr .', "1-10/31"),
        ('kg:N kg:slot "numeral" . times:x a kg:N ; rdf:value "two" ; kg:word "deux"@fr .', "whole number, not 'two'"),
    ],
)
def test_what_the_file_cannot_say(tmp_path: Path, turtle: str, message: str) -> None:
    path = tmp_path / "times.ttl"
    path.write_text(PREFIXES + turtle, "utf8")
    with pytest.raises(DataError, match=re.escape(message)) as error:
        compile_grammar(path, read_turtle(path), "fr")
    assert str(path) in str(error.value)


def test_a_new_word_and_a_new_pattern_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "times.ttl"
    turtle = """time:TemporalUnit kg:slot "unit" .
    time:unitDay a time:TemporalUnit ; time:days 1 ; kg:word "jour"@fr ; kg:pluralWord "jours"@fr .
    times:x a kg:TimePattern ; kg:means times:awayFromArticle ; kg:sign -1 ;
        kg:pattern "voilà {number} {units:unit}"@fr ."""
    path.write_text(PREFIXES + turtle, "utf8")
    grammar = compile_grammar(path, read_turtle(path), "fr")
    assert [time.begin for time in find_times(doc("voilà 3 jours"), WEDNESDAY, grammar)] == [date(2025, 9, 28)]
