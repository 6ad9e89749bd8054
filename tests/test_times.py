from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from parses import annotated

from kg.errors import DataError
from kg.model import Time
from kg.ontology import read_turtle
from kg.text import time_chart
from kg.text.languages import language as labels
from kg.text.tense import tense
from kg.text.time_chart import Grammar
from kg.text.time_grammar import compile_grammar, load
from kg.text.time_issued import deduce_issued
from kg.text.times import Times
from kg.text.tokens import Doc
from kg.text.wire import layout

WEDNESDAY = date(2025, 10, 1)
PREFIXES = """@prefix kg: <https://w3id.org/dateline/ns#> . @prefix times: <https://w3id.org/dateline/time#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix time: <http://www.w3.org/2006/time#> .
"""


def doc(text: str) -> Doc:
    """A Doc without a parse: every token is its own head, so that no tense is known."""
    tokens = list(re.finditer(r"\w+|[^\w\s]|\n", text))
    spaces = [text[token.end() : token.end() + 1] == " " for token in tokens]
    return annotated(words=[token.group() for token in tokens], spaces=spaces)


def sentence(verb: str, morph: str, adverbial: str, auxiliary: tuple[str, str, str] | None = None) -> Doc:
    """A verb, perhaps after an auxiliary (word, morph, label), and a noun that hangs under it."""
    before = [auxiliary[0]] if auxiliary else []
    root = len(before)
    return annotated(
        words=[*before, verb, adverbial],
        heads=[root] * (root + 2),
        deps=[*([auxiliary[2]] if auxiliary else []), "ROOT", "obl"],
        pos=[*(["AUX"] if auxiliary else []), "VERB", "NOUN"],
        morphs=[*([auxiliary[1]] if auxiliary else []), morph, ""],
        lemmas=[*before, verb, adverbial],
    )


def read(text: str, language: str = "fr", issued: date | None = WEDNESDAY) -> list[str]:
    """The times as "words begin/end"."""
    return [
        f"{text[t.span.start : t.span.end]} {t.begin or ''}/{t.end or ''}" for t in find(doc(text), issued, language)
    ]


def find(built: Doc, issued: date | None, language: str = "fr", grammar: Grammar | None = None) -> list[Time]:
    return list(Times(built, labels(language), grammar).found(issued))


def deduce(text: str, built: Doc | None = None) -> date | None:
    return deduce_issued(Times(built or doc(text), labels("fr")), layout(text))


TABLE = [
    (file.stem, family, phrases)
    for file in sorted((Path(__file__).parent / "times").glob("*.toml"))
    for family, phrases in tomllib.loads(file.read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize(("language", "family", "phrases"), TABLE, ids=[f"{code}-{name}" for code, name, _ in TABLE])
def test_what_a_phrase_means(language: str, family: str, phrases: dict[str, str]) -> None:
    meant = {
        words: [f"{words} {days if '/' in days else f'{days}/{days}'}"] * (days != "")
        for words, days in phrases.items()
    }
    assert {words: read(words, language) for words in phrases} == meant


def test_the_31st_of_june_is_no_day() -> None:
    assert read("31 juin 2024") == ["juin 2024 2024-06-01/2024-06-30"]


def test_a_number_that_counts_is_no_year() -> None:
    words = ["en", "2014", "soldats"]
    counting = annotated(words=words, pos=["ADP", "NUM", "NOUN"], morphs=["", "", "Number=Plur"])
    assert find(counting, None) == []


def test_a_year_may_stand_before_a_noun_in_english() -> None:
    words, morphs = ["the", "2014", "elections"], ["", "", "Number=Plur"]
    elections = annotated(words=words, pos=["DET", "NUM", "NOUN"], morphs=morphs)
    assert [time.begin for time in find(elections, None, "en")] == [date(2014, 1, 1)]


def test_a_description_of_the_day_before_something_is_left_alone() -> None:
    words = ["la", "veille", "du", "scrutin"]
    pos, deps = ["DET", "NOUN", "ADP", "NOUN"], ["det", "ROOT", "case", "nmod"]
    eve = annotated(words=words, heads=[1, 1, 3, 1], deps=deps, pos=pos)
    assert find(eve, WEDNESDAY) == []


def test_the_day_before_is_that_of_the_story() -> None:
    assert read("Le 12 mai 2024, il part. La veille, elle vient.")[1] == "La veille 2024-05-11/2024-05-11"


def test_without_a_day_only_absolute_times_are_found() -> None:
    assert read("mardi, le 3 mars et en juillet 2025", issued=None) == ["en juillet 2025 2025-07-01/2025-07-31"]


def test_times_do_not_reach_across_paragraphs() -> None:
    assert [time.split(" 20")[0] for time in read("le 3 mars\n\n2014")] == ["le 3 mars", "2014"]


@pytest.mark.parametrize("words", ["deux ans et ", "12 ", "du 3 au 5 mars et ", "lundi à ", "fin de la semaine du "])
def test_a_long_row_is_read_in_linear_time(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    steps, after = Counter[int](), time_chart._Reader._after

    def counted(reader: time_chart._Reader, node: time_chart.Node, part: time_chart._Partial) -> None:
        steps[count] += 1
        after(reader, node, part)

    monkeypatch.setattr(time_chart._Reader, "_after", counted)
    for count in (100, 200):
        load("fr").read(words * count)
    assert 0 < steps[200] < 2.2 * steps[100]


def test_an_unknown_language_has_no_times() -> None:
    assert find(doc("am 3. Mai 2024"), WEDNESDAY, grammar=load("de")) == []


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
    assert tense(built[-1], labels("fr"), load("fr").forward_verbs) == expected


def test_what_one_goes_to_do_is_to_come() -> None:
    pos, deps = ["VERB", "VERB", "NOUN"], ["ROOT", "xcomp", "obj"]
    morphs = ["Tense=Pres|VerbForm=Fin", "VerbForm=Inf", ""]
    going = annotated(words=["va", "rencontrer", "lundi"], heads=[0, 0, 1], deps=deps, pos=pos, morphs=morphs)
    assert tense(going[2], labels("fr")) == 1


def test_the_tense_chooses_the_side() -> None:
    past, future = sentence("parla", "Tense=Past|VerbForm=Fin", "lundi"), sentence("parlera", "Tense=Fut", "lundi")
    found = [find(one, WEDNESDAY)[0].begin for one in (past, future)]
    assert found == [date(2025, 9, 29), date(2025, 10, 6)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PARIS, 3 mai 2024 (AFP) - Il part.", date(2024, 5, 3)),
        ("3 mai 2024. –\nIl part.", date(2024, 5, 3)),
        ("3 mai 2024, 14 h 30 UTC. –\nIl part.", date(2024, 5, 3)),
        ("3 mai 2024, Lyon, France. –\nIl part.", date(2024, 5, 3)),
        ("Un titre\n\nVendredi 3 mai 2024\n\nIl part.", date(2024, 5, 3)),
        ("Un titre\nPublié le 3 mai 2024 à 10 h 00, mis à jour le 4 mai 2024\nIl part.", date(2024, 5, 3)),
        ("Page actualisée : 4 mai 2024 — « Un titre »\n\n3 mai 2024. –\nIl part.", date(2024, 5, 4)),
        ("WASHINGTON, 1er octobre. /TASS/. En juillet 2025, en 2014 et en décembre 2024.", date(2025, 10, 1)),
        ("PARIS, 3 mai (AFP) - Il part mardi.", None),
        ("Le 3 mai 2024, il part.", None),
        ("3 mai 2024 : il part.", None),
        ("Selon un rapport publié le 3 mai 2024, il part.", None),
        ("Il part.\nIl vient.\nIl va.\nIl reste.\nIl dort.\nIl lit.\n3 mai 2024", None),
    ],
)
def test_the_articles_day(text: str, expected: date | None) -> None:
    assert deduce(text) == expected


def test_a_date_to_come_is_not_the_articles_year() -> None:
    words = [
        "PARIS",
        ",",
        "1er",
        "octobre",
        "(",
        "AFP",
        ")",
        "-",
        "Il",
        "partira",
        "en",
        "mai",
        "2031",
        ",",
        "élu",
        "en",
        "juillet",
        "2024",
    ]
    heads = [0, 0, 3, 0, 0, 0, 0, 0, 9, 9, 11, 9, 11, 9, 9, 16, 14, 16]
    pos = ["X"] * 8 + ["PRON", "VERB", "ADP", "NOUN", "NUM", "PUNCT", "VERB", "ADP", "NOUN", "NUM"]
    morphs = [""] * 9 + ["Tense=Fut|VerbForm=Fin"] + [""] * 4 + ["Tense=Past|VerbForm=Part", "", "", ""]
    built = annotated(words=words, heads=heads, deps=["dep"] * 18, pos=pos, morphs=morphs)
    assert deduce(built.text, built) == date(2024, 10, 1)


@pytest.mark.parametrize("past", ["en 2024", "en mai 2024", "de 2010 à 2024"])
def test_a_past_that_is_vague_or_far_tells_no_year(past: str) -> None:
    assert deduce(f"PARIS, 1er octobre (AFP) - Élu {past}.") is None


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
    assert [time.begin for time in find(doc("voilà 3 jours"), WEDNESDAY, "fr", grammar)] == [date(2025, 9, 28)]
