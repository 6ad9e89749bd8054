"""kg resolve: entities merged across a store, a person's decisions, and all of it undone exactly."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.graph.names import Namespaces
from kg.graph.rdf import triples, turtle
from kg.graph.store import Store
from kg.model import (
    KG,
    Article,
    Entity,
    Evidence,
    Mention,
    MentionType,
    Provenance,
    Reading,
    Span,
    Statement,
)

NAMES = Namespaces()
ENT = NAMES.entity
Command = Callable[..., tuple[int, str, str]]
CHIA, SHIA = "mohammed-chia-al-soudani", "mohammed-shia-al-sudani"


def person(id: str, name: str) -> Entity:
    return Entity(id, frozenset({KG + "Person"}), name)


IRAQ = Entity("iraq", frozenset({KG + "Country"}), "Irak")


def put(store: Store, id: str, *entities: Entity, relation: str | None = None, language: str = "fr") -> None:
    """An article that names entities one after the other, and states a relation of the first two."""
    text, spans = "", []
    for entity in entities:
        spans.append(Span(len(text), len(text) + len(entity.label)))
        text += entity.label + ". "
    mentions = tuple(Mention(span, MentionType.NAME, min(e.kinds)) for span, e in zip(spans, entities, strict=True))
    stated = Statement(spans[0], KG + (relation or "leaderOf"), spans[-1], "test", Evidence(spans[0], 0))
    article = Article(id, text, language)
    reading = Reading(article, mentions, (stated,) if relation else ())
    graph = triples(reading, dict(zip(spans, entities, strict=True)), Provenance("1", "f"), NAMES)
    store.put(article, turtle(graph, NAMES, id))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        put(store, "a", person(CHIA, "Mohammed Chia al-Soudani"), IRAQ, relation="headOfGovernmentOf")
        put(store, "b", person(SHIA, "Mohammed Shia al-Sudani"), IRAQ, relation="headOfGovernmentOf", language="en")
        put(store, "c", person("mohammed-al-soudani", "Mohammed al-Soudani"), IRAQ, relation="opposes")
        put(store, "d", person("george-w-bush", "George W. Bush"), person("george-h-w-bush", "George H. W. Bush"))
        put(store, "e", person("george-bush", "George Bush"))
    return tmp_path / "s"


def quads(folder: Path) -> list[str]:
    """All that the index of a store holds."""
    with Store.open(folder) as store:
        found = store.query("SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
        return sorted({" ".join(map(str, row)) for row in found.rows()})


def entities(folder: Path) -> set[str]:
    with Store.open(folder) as store:
        rows = store.query("SELECT DISTINCT ?e { ?e a kg:Person }").rows()
        return {str(getattr(row[0], "value", "")).removeprefix(ENT) for row in rows}


def exported(folder: Path, kg: Command) -> str:
    return kg("export", "--nquads", "-", "--store", folder)[1]


def test_what_reaches_the_threshold_is_merged_and_the_rest_is_proposed(kg: Command, folder: Path) -> None:
    status, out, err = kg("resolve", "--store", folder)
    assert (status, err) == (0, "kg: 2 merged into others; proposals: 3\n")
    assert entities(folder) == {CHIA, "george-w-bush", "george-h-w-bush", "george-bush"}
    assert "headOfGovernmentOf iraq +0.20" in " ".join(out.split()) and "proposed" not in out


def test_a_dry_run_writes_nothing(kg: Command, folder: Path) -> None:
    before = quads(folder)
    status, out, err = kg("resolve", "--dry-run", "--store", folder)
    assert (status, err) == (0, "kg: 2 would be merged into others; proposals: 3\n") and out.count("merged") == 3
    assert quads(folder) == before and not (folder / "identity").exists()


def test_what_was_said_of_either_is_said_of_one(kg: Command, folder: Path) -> None:
    kg("resolve", "--store", folder)
    _, out, _ = kg("query", f"SELECT ?p ?o {{ ent:{CHIA} ?p ?o }} ORDER BY ?p ?o", "--store", folder)
    said = [[part.replace("#", "/").rsplit("/")[-1] for part in line.split(",")] for line in out.splitlines()[1:]]
    assert said == [
        ["type", "Person"],
        ["altLabel", "Mohammed Shia al-Sudani"],
        ["altLabel", "Mohammed al-Soudani"],
        ["prefLabel", "Mohammed Chia al-Soudani"],
        ["headOfGovernmentOf", "iraq"],
        ["opposes", "iraq"],
    ]


def test_an_old_name_leads_to_the_entity_of_today(kg: Command, folder: Path) -> None:
    kg("resolve", "--store", folder)
    for name in (SHIA, f"ent:{SHIA}", ENT + SHIA, "Mohammed Shia al-Sudani"):
        _, out, _ = kg("query", "about", f"name={name}", "--store", folder)
        assert out.count("Mohammed Chia al-Soudani,headOfGovernmentOf,Irak") == 2, name
    assert kg("query", f"ASK {{ ent:{SHIA} dct:isReplacedBy ent:{CHIA} }}", "--store", folder)[1].strip() == "true"


def test_the_articles_files_stay_and_the_export_is_of_today(kg: Command, folder: Path) -> None:
    files = {path: path.read_bytes() for path in folder.glob("articles/*/*")}
    kg("resolve", "--store", folder)
    assert {path: path.read_bytes() for path in folder.glob("articles/*/*")} == files
    lines = [line for line in exported(folder, kg).splitlines() if SHIA in line]
    assert lines and all("isReplacedBy" in line or "/merges#" in line for line in lines)


def test_decisions_hold_and_are_undone_exactly(kg: Command, folder: Path) -> None:
    kg("resolve", "--store", folder)
    merged = quads(folder)
    assert kg("resolve", "apart", CHIA, SHIA, "--store", folder)[0] == 0
    apart = quads(folder)
    assert SHIA in entities(folder) and apart != merged
    kg("resolve", "--store", folder)
    assert quads(folder) == apart
    kg("resolve", "undo", SHIA, CHIA, "--store", folder)
    assert quads(folder) == merged


def test_a_merge_by_hand_is_undone_exactly(kg: Command, folder: Path) -> None:
    before = quads(folder)
    status, out, _ = kg("resolve", "merge", "George Bush", "ent:george-w-bush", "--store", folder)
    assert (status, out) == (0, "ent:george-bush and ent:george-w-bush: one entity from now on\n")
    assert "george-bush" not in entities(folder)
    assert kg("resolve", "list", "--store", folder)[1].split() == [
        *("verdict", "one", "other", "merge", "ent:george-bush", "ent:george-w-bush"),
        *("replaced", "ent:george-bush", "ent:george-w-bush"),
    ]
    kg("resolve", "undo", "george-bush", "george-w-bush", "--store", folder)
    assert quads(folder) == before
    assert kg("resolve", "list", "--store", folder) == (0, "", "kg: nothing is decided and nothing merged\n")


def test_what_was_merged_into_another_is_called_as_before_when_it_stands_again(kg: Command, folder: Path) -> None:
    kg("resolve", "merge", "george-bush", "george-w-bush", "--store", folder)
    before = (folder / "identity" / "merges.ttl").read_bytes()
    kg("resolve", "merge", "george-bush", CHIA, "--store", folder)
    kg("resolve", "undo", "george-bush", CHIA, "--store", folder)
    assert (folder / "identity" / "merges.ttl").read_bytes() == before


def test_decisions_are_replayed_after_a_rebuild_and_a_new_reading(kg: Command, folder: Path) -> None:
    kg("resolve", "merge", "george-bush", "george-w-bush", "--store", folder)
    kg("resolve", "--store", folder)
    before = quads(folder)
    kg("index", "--rebuild", "--store", folder)
    assert quads(folder) == before
    shutil.rmtree(folder / "index")
    assert quads(folder) == before
    with Store.open(folder, writable=True) as store:
        put(store, "e", person("george-bush", "George Bush"), IRAQ, relation="opposes")
    assert "george-bush" not in entities(folder)
    assert kg("query", "ASK { ent:george-w-bush kg:opposes ent:iraq }", "--store", folder)[1].strip() == "true"
    with Store.open(folder, writable=True) as store:
        put(store, "e", person("george-bush", "George Bush"))
    assert quads(folder) == before


def test_the_order_of_articles_does_not_count(kg: Command, folder: Path, tmp_path: Path) -> None:
    articles = sorted(folder.glob("articles/*/*.ttl"), reverse=True)
    with Store.open(folder) as old, Store.open(tmp_path / "t", create=True, writable=True) as new:
        for path in articles:
            new.put(Article(path.stem, old.text(path.stem), "fr"), old.turtle(path.stem))
            new.commit()
    kg("resolve", "--store", folder)
    kg("resolve", "--store", tmp_path / "t")
    assert quads(folder) == quads(tmp_path / "t")
    one, other = (path / "identity" / "merges.ttl" for path in (folder, tmp_path / "t"))
    assert one.read_bytes() == other.read_bytes()


def test_a_killed_run_is_made_good_by_whoever_opens_the_store_next(
    kg: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.graph.store import recovery

    shutil.copytree(folder, tmp_path / "whole")
    kg("resolve", "--store", tmp_path / "whole")
    monkeypatch.setattr(recovery, "show", lambda *_: [])  # killed when the file stands and the index does not
    kg("resolve", "--store", folder)
    monkeypatch.undo()
    assert quads(folder) == quads(tmp_path / "whole")


def test_a_family_is_not_one_person(kg: Command, tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        put(
            store,
            "a",
            person("paul-martin", "Paul Martin"),
            person("paul-e-martin", "Paul E. Martin"),
            relation="parentOf",
        )
        put(store, "b", person("paul-martin", "Paul Martin"))
    assert kg("resolve", "--store", tmp_path / "s")[2] == "kg: 0 merged into others; proposals: 0\n"


def test_an_initial_more_is_merged_with_a_shared_office_unless_another_bears_the_name(
    kg: Command, tmp_path: Path
) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        put(store, "a", person("paul-martin", "Paul Martin"), IRAQ, relation="representativeOf")
        put(store, "b", person("paul-e-martin", "Paul E. Martin"), IRAQ, relation="opposes")
    assert kg("resolve", "--store", tmp_path / "s")[2] == "kg: 0 merged into others; proposals: 1\n"
    with Store.open(tmp_path / "s", writable=True) as store:
        put(store, "b", person("paul-e-martin", "Paul E. Martin"), IRAQ, relation="representativeOf")
    assert "kg: 1 would be merged" in kg("resolve", "--dry-run", "--store", tmp_path / "s")[2]
    with Store.open(tmp_path / "s", writable=True) as store:
        put(store, "c", person("paul-j-martin", "Paul J. Martin"))
    assert kg("resolve", "--store", tmp_path / "s")[2] == "kg: 0 merged into others; proposals: 1\n"


def test_a_statement_about_oneself_goes_with_the_merge_and_comes_back(kg: Command, tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        put(store, "a", person("ada-lamy", "Ada Lamy"), person("lamy", "Lamy"), relation="opposes")
    before = quads(tmp_path / "s")
    kg("resolve", "merge", "ada-lamy", "lamy", "--store", tmp_path / "s")
    assert kg("query", "ASK { ?s kg:opposes ?s }", "--store", tmp_path / "s")[1].strip() == "false"
    for check in ("nameless-entity", "fact-without-direct-triple", "direct-without-statement"):
        assert kg("query", f"checks/{check}", "--store", tmp_path / "s")[1].count("\n") == 1
    kg("resolve", "undo", "ada-lamy", "lamy", "--store", tmp_path / "s")
    assert quads(tmp_path / "s") == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["merge", "nobody", CHIA], "no entity of .* is called 'nobody'"),
        (["merge", CHIA, f"ent:{CHIA}"], "are the same entity"),
        (["undo", CHIA, SHIA], "nothing was decided of"),
        (["merge", CHIA, SHIA, "--threshold", "2"], "No such option"),
        (["--threshold", "2"], "not in the range"),
        (["--threshold", "nan"], "is no number"),
        (["--dry-run", "merge", CHIA, SHIA], "`merge` has none"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(kg: Command, folder: Path, arguments: list[str], told: str) -> None:
    import re

    status, out, err = kg("resolve", *arguments, "--store", folder)
    assert (status, out) == (2, "") and re.search(told, err)


def test_the_store_may_be_named_before_the_verdict(kg: Command, folder: Path) -> None:
    assert kg("resolve", "--store", folder, "apart", CHIA, SHIA)[0] == 0
    assert kg("resolve", "--store", folder, "list")[1].split()[3:] == ["apart", f"ent:{CHIA}", f"ent:{SHIA}"]


def test_decisions_that_contradict_each_other_are_refused(kg: Command, folder: Path) -> None:
    kg("resolve", "merge", "george-bush", "george-w-bush", "--store", folder)
    kg("resolve", "apart", "george-w-bush", "george-h-w-bush", "--store", folder)
    before = quads(folder), (folder / "identity" / "decisions.ttl").read_bytes()
    status, _, err = kg("resolve", "merge", "george-bush", "george-h-w-bush", "--store", folder)
    assert status == 2 and err.count("\n") == 1 and "kept apart: undo one" in err
    assert (quads(folder), (folder / "identity" / "decisions.ttl").read_bytes()) == before


def test_a_file_that_is_no_turtle_is_told_with_its_line(kg: Command, folder: Path) -> None:
    (folder / "identity").mkdir()
    (folder / "identity" / "decisions.ttl").write_text("\nent:a owl:sameAs\n")
    status, _, err = kg("resolve", "--store", folder)
    assert status == 2 and "identity/decisions.ttl:2: not Turtle" in err and err.count("\n") == 1


def test_decisions_may_be_written_by_hand(kg: Command, folder: Path) -> None:
    (folder / "identity").mkdir()
    line = f"<{ENT}george-bush> <http://www.w3.org/2002/07/owl#sameAs> <{ENT}george-w-bush> ."
    (folder / "identity" / "decisions.ttl").write_text(line)
    kg("resolve", "--store", folder)
    assert "george-bush" not in entities(folder)


def test_a_name_of_two_is_asked_back(kg: Command, tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        put(store, "a", person("ada-lamy-1", "Ada Lamy"), person("ada-lamy-2", "Ada Lamy"), person("borel", "Borel"))
    status, _, err = kg("resolve", "merge", "Ada Lamy", "borel", "--store", tmp_path / "s")
    assert status == 2 and "may be ent:ada-lamy-1, ent:ada-lamy-2: give one of these" in err
