"""kg.text.relations: statements with their evidence, standing, title and time."""

from __future__ import annotations

import pytest
from told import tell

from kg.model import Span, Statement

pytestmark = pytest.mark.model


def the_statement(text: str, language: str = "fr") -> Statement:
    (statement,) = tell(text, language).reading.statements
    return statement


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Sean Parnell, porte-parole du Pentagone, a parlé.", "sean-parnell spokespersonOf pentagon"),
        ("fr", "Sean Parnell est le porte-parole du Pentagone.", "sean-parnell spokespersonOf pentagon"),
        ("fr", "Google, filiale d'Alphabet, a réagi.", "google subsidiaryOf alphabet"),
        ("fr", "Nissan détient Renault.", "nissan ownerOf renault"),
        ("fr", "La Chine ne soutient pas la Russie.", "china supports russia Denied"),
        ("fr", "La Chine pourrait soutenir la Russie.", "china supports russia Possible"),
        ("fr", "La Chine soutiendra la Russie.", "china supports russia Planned"),
        ("fr", "Airbus a son siège à Toulouse.", "airbus headquarteredIn toulouse"),
        ("fr", "Marie Dupont est née le 3 mai 1960.", "marie-dupont bornOn 1960-05-03"),
        ("en", "France is a member of NATO.", "france memberOf nato"),
        ("en", "France is not a member of NATO.", "france memberOf nato Denied"),
        ("en", "LinkedIn is owned by Microsoft.", "microsoft ownerOf linkedin"),
        ("en", "The Pentagon, led by Pete Hegseth, reacted.", "pete-hegseth leaderOf pentagon"),
    ],
)
def test_statements(language: str, text: str, expected: str) -> None:
    assert tell(text, language).statements() == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Emmanuel Macron a visité Berlin."),
        ("fr", "Le porte-parole a parlé du Pentagone."),
        ("fr", "La France est membre fondateur."),  # of nothing that is named
        ("fr", "Les États-Unis dirigent leur regard vers la Chine."),
        ("en", "Emmanuel Macron visited Berlin."),
        ("en", "The road leads to Geneva."),
    ],
)
def test_what_states_nothing(language: str, text: str) -> None:
    assert tell(text, language).statements() == []


def test_all_that_is_coordinated_shares_an_apposition() -> None:
    text = "Les États-Unis et la France, membres de l'OTAN, ont signé un accord."
    assert tell(text).statements() == ["united-states memberOf nato", "france memberOf nato"]


def test_the_evidence_runs_from_the_first_word_to_the_last() -> None:
    text = "Hier, Sean Parnell, porte-parole du Pentagone, a parlé."
    evidence = the_statement(text).evidence
    assert (evidence.span, evidence.sentence) == (Span(6, text.index(", a")), 0)


def test_the_words_that_carry_a_statement() -> None:
    text = "Sean Parnell, porte-parole du Pentagone, a parlé."
    assert the_statement(text).title == Span(14, 26)


def test_the_time_of_a_statement() -> None:
    time = the_statement("Microsoft acquired LinkedIn in 2016.", "en").time
    assert time and (str(time.begin), str(time.end)) == ("2016-01-01", "2016-12-31")


def test_an_apposition_takes_no_time_from_the_sentence_around_it() -> None:
    assert the_statement("Sean Parnell, porte-parole du Pentagone, a parlé mardi.").time is None


def test_the_rule_names_construction_and_cue() -> None:
    assert the_statement("Google, filiale d'Alphabet, a réagi.").rule == "apposition:filiale de"


def test_what_is_over_is_said_to_be() -> None:
    assert the_statement("L'ancien porte-parole du Pentagone, Sean Parnell, a parlé.").former
    assert not the_statement("Le porte-parole du Pentagone, Sean Parnell, a parlé.").former


def test_spans_of_statements_are_mentions() -> None:
    reading = tell("La Chine soutient la Russie. Google, filiale d'Alphabet, a réagi.").reading
    spans = {mention.span for mention in reading.mentions}
    assert {span for s in reading.statements for span in (s.subject, s.object)} <= spans
