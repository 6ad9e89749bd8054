"""kg.text: whatever the text, nothing raises and every span stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from cProfile import Profile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told import Told, read

from kg.model import Reading, Span

PIECES = (
    "Sean Parnell|porte-parole du Pentagone|a déclaré|que|la coalition|l'État islamique*|Il|selon lui|mardi|en 2014|ne"
    '|pas|président|irakien|ex-|(OIR)|dirigée par|ses|« |»|“|”|"|’|…|É|, |. |\n|\n\n|\u00a0|\n=====\n|PARIS, mai (AFP)'
)
WORDS = st.sampled_from(PIECES.split("|"))
TEXTS = st.lists(WORDS, max_size=25).map(" ".join) | st.lists(WORDS, max_size=25).map("".join) | st.text(max_size=60)


def spans(reading: Reading) -> Iterator[Span | None]:
    """Every span that a reading points at."""
    yield from (reading.dateline_place, reading.agency, *(time.span for time in reading.times))
    for mention in reading.mentions:
        yield from (mention.span, mention.name, mention.antecedent, *mention.anchors)
    for s in reading.statements:
        yield from (s.subject, s.object if isinstance(s.object, Span) else s.object.span, s.evidence.span, s.title)
    for e in reading.events:
        yield from (e.trigger, e.evidence.span, *e.agents, *e.patients, *e.places)
    for q in reading.quotations:
        yield from (q.content, q.cue, q.evidence.span, q.speaker)


@pytest.mark.model
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_any_text_is_read(text: str) -> None:
    told = Told(read(text, "fr"))
    assert all(0 <= s.start < s.end <= len(text) for s in spans(told.reading) if s is not None)
    assert set(told.entities) <= {mention.span for mention in told.reading.mentions}


@pytest.mark.model
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "*", "=====", "«", '"', "PARIS, 3 mai (AFP) -", "\u00a0", "\U0001f600"]
)
def test_texts_that_say_nothing(language: str, text: str) -> None:
    reading = read(text, language)
    assert (reading.statements, reading.events, reading.quotations) == ((), (), ())


@pytest.mark.model
def test_a_date_that_is_given_is_not_inferred() -> None:
    text = "PARIS, 3 mai 2024 (AFP) - Emmanuel Macron a visité Berlin."
    given, deduced = read(text, "fr"), read(text, "fr", issued=None)
    assert (given.issued, given.issued_inferred) == (date(2025, 10, 1), False)
    assert (deduced.issued, deduced.issued_inferred) == (date(2024, 5, 3), True)


@pytest.mark.model
def test_the_dateline_names_place_and_agency() -> None:
    text = "PARIS, 3 mai (AFP) - Emmanuel Macron a visité Berlin."
    reading = read(text, "fr")
    assert reading.dateline_place == Span(0, 5) and reading.agency == Span(14, 17)


def calls_to_read(stories: int) -> int:
    """How many functions are called for an article of so many stories, each of other people."""
    story = (
        "{0} Ro{0}, ministre du Travail, a vu un responsable de la société Va{0} le 3 mars 2017. « Nous partons », a "
        "déclaré le témoin. Selon {0} Bo{0}, le pays attaque son armée. La coalition dit qu'il a quitté le groupe.\n\n"
    )
    names = ("".join("ABCDEFGHIJ"[int(figure)] for figure in str(1000 + n)) for n in range(stories))
    with Profile() as profile:
        read("".join(story.format(name) for name in names), "fr")
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.model
def test_a_long_article_is_read_in_linear_time() -> None:
    read("Le pays parle.", "fr")  # what is loaded once
    short, long = calls_to_read(40), calls_to_read(160)
    assert long < 4.4 * short
