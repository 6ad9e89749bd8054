"""kg explain: why the graph has it, in the article's own words, and what came near it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg import explaining
from kg.errors import QueryError, StoreError
from kg.explaining.sought import sought
from kg.graph.store import Store
from kg.model import Article
from kg.pipeline import ingest

pytestmark = pytest.mark.model
TEXT = (
    "Sean Parnell, porte-parole du Pentagone, a parlé mardi. Hélène Morvan a été nommée lundi. "
    "Elle succédera en mai à Yann Le Bihan. Dana Whitlock a racheté Lyon en mai."
)
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explaining") / "store"
    with Store.open(path, create=True, writable=True) as store:
        ingest([Article("example", TEXT, "fr", issued=date(2025, 10, 1))], store)
    return path


def told(folder: Path, what: str) -> explaining.Answer:
    with Store.open(folder) as store:
        return explaining.explain(store, what)


def test_names_are_accepted_as_people_type_them(folder: Path) -> None:
    (one,) = told(folder, "sean parnell SpokespersonOf pentagon").explanations
    lines = dict(one.lines)
    assert one.title == "Sean Parnell spokespersonOf Pentagone"
    assert lines["subject"] == "“Sean Parnell” at 0-12"
    assert lines["relation"].startswith("“porte-parole” at 14-26")
    assert lines["object"] == "“Pentagone” at 30-39"
    assert lines["sentence"] == "0: Sean Parnell, porte-parole du Pentagone, a parlé mardi."
    assert (lines["rule"], lines["said by"]) == ("apposition:porte-parole", "the article itself")


def test_an_iri_and_a_part_of_one_say_the_same(folder: Path) -> None:
    (one,) = told(folder, "* spokespersonOf *").explanations
    part = one.iri.removeprefix("https://w3id.org/dateline/article/")
    assert told(folder, one.iri).explanations == told(folder, part).explanations == (one,)


def test_a_pronoun_is_told_with_whom_it_stands_for(folder: Path) -> None:
    (one,) = told(folder, "Helene Morvan successorOf Yann Le Bihan").explanations
    lines = dict(one.lines)
    assert lines["factuality"].startswith("Planned: ")
    assert lines["when"] == "“en mai”: 2026-05-01 to 2026-05-31"
    assert lines["subject"].startswith("“Elle” at 90-94, a pronoun for Hélène Morvan")


def test_what_was_almost_stated_is_told_with_what_stopped_it(folder: Path) -> None:
    answer = told(folder, "Dana Whitlock ownerOf Lyon")
    assert answer.explanations == ()
    assert [line for line in answer.near if "“Lyon” is a City, and its object is a" in line and "racheter" in line]
    assert told(folder, "Lyon * Dana Whitlock").near == answer.near
    assert told(folder, "Dana Whitlock leaderOf *").near == ()


def test_an_event_is_explained(folder: Path) -> None:
    with Store.open(folder) as store:
        (row,) = store.query("SELECT ?event { ?event kg:eventType event:APPOINT }").rows()
        lines = dict(explaining.explain(store, str(getattr(row[0], "value", ""))).explanations[0].lines)
    assert lines["trigger"].startswith("“nommée”") and lines["patient"].startswith("“Hélène Morvan”")


def test_refusals_are_counted(folder: Path, kg: Command) -> None:
    with Store.open(folder) as store:
        counts, lines = explaining.refused(store, "example")
        assert counts["range"] >= 1 and sum(counts.values()) == len(lines)
        with pytest.raises(StoreError, match="no article 'nowhere'"):
            explaining.refused(store, "nowhere")
    status, out, err = kg("explain", folder, "example", "--refused")
    assert (status, out.splitlines(), err) == (0, lines, err)
    assert err.startswith(f"kg: example: {len(lines)} refused: ")


def test_the_command_says_what_it_found_by_its_status(folder: Path, kg: Command) -> None:
    status, out, _ = kg("explain", folder, '"Sean Parnell" kg:spokespersonOf "Pentagone"')
    assert status == 0 and out.startswith("Sean Parnell spokespersonOf Pentagone\n  factuality  Asserted")
    status, out, err = kg("explain", "--store", folder, "Sean Parnell spokespersonOf OTAN")
    assert (status, err) == (1, "kg: nothing states Sean Parnell spokespersonOf OTAN\n")
    assert kg("explain", folder)[0] == 2


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("Sean Parnell spokespersonsOf Pentagon", "did you mean spokespersonOf?"),
        ("Sean Parnell, le Pentagone", "no relation of the ontology stands between two names: write it as in"),
        ("example#statement-0", "no statement, event or quotation of this store"),
        ("example", "no statement, event or quotation of this store"),
    ],
)
def test_what_is_neither_is_an_error(folder: Path, what: str, message: str) -> None:
    with Store.open(folder) as store, pytest.raises(QueryError) as error:
        sought(store, what)
    assert message in str(error.value)


def test_dates_are_objects_too(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        ingest([Article("a", "La société Lampiris a été fondée en 1998 à Liège.", "fr")], store)
    (one,) = told(tmp_path / "s", "Lampiris foundedOn 1998").explanations
    assert dict(one.lines)["object"].startswith("“en 1998”") or dict(one.lines)["object"].startswith("“1998”")
    assert told(tmp_path / "s", "Lampiris foundedOn 1999").explanations == ()


def test_what_todays_reader_does_not_read_is_told_by_the_graph(folder: Path, tmp_path: Path) -> None:
    with Store.open(folder) as store:
        turtle = store.turtle("example").replace(b"#statement-", b"#statement-0")
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        store.put(Article("example", TEXT, "fr"), turtle)
    (one,) = told(tmp_path / "s", "* spokespersonOf *").explanations
    assert dict(one.lines)["evidence"] == "Sean Parnell, porte-parole du Pentagone"
    assert dict(one.lines)["note"].endswith("does not read this in the article")
