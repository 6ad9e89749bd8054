"""kg check: a good store passes, and whatever is changed in one is told in a line."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from test_rdf import READING, turtle

from kg import resources
from kg.errors import DataError, StoreError
from kg.graph import checking, shapes
from kg.graph.store import Store
from kg.graph.turtle import parse

TURTLE = turtle().decode()


def problems(folder: Path, text: str = TURTLE) -> list[str]:
    """What is wrong with a store that holds one article, whose Turtle this is."""
    with Store.open(folder, create=True, writable=True) as store:
        store.put(READING.article, text.encode())
    with Store.open(folder) as store:
        return list(checking.problems(store))


def changed(old: str, new: str) -> str:
    assert old in TURTLE
    return TURTLE.replace(old, new)


def test_a_good_store_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"Ada Lamy dirige Borel"', '"Ada Lamy quitte Borel"', "a/1#char=0,21: its words are “Ada Lamy quitte"),
        ("kg:factuality kg:Asserted", "kg:factuality kg:Certain", ": what is told has one factuality"),
        ("\tkg:confidence 0.9 ;\n", "\tkg:confidence 1.9 ;\n", ": what is told has one confidence, from 0 to 1"),
        ("\tkg:former false ;\n", "", ": whether a statement is former is true or false"),
        ("\tkg:eventType event:RETREAT ;\n", "\tkg:eventType ent:retreat ;\n", ": an event has one type"),
        ("\tkg:direct true ;\n", "", ": whether a quotation is direct is true or false"),
        ("\tkg:mentionType kg:Name .", "\tkg:mentionType kg:Nickname .", ": a mention is a kg:Name, kg:Nominal"),
        ('kg:begin "2025-', 'kg:begin "2026-', ": kg:begin is one day, and not after kg:end"),
        ("\tkg:sentence 0", "\tkg:sentence -1", ": evidence has the number of its sentence"),
        ("ent:borel a kg:Company", "ent:borel a kg:Person", "the object of kg:leaderOf is a Person: a"),
        ("rdf:predicate kg:leaderOf", "rdf:predicate kg:leads", ": its rdf:predicate is no relation of the ontology"),
        ("kg:textSha256 ", 'kg:textSha256 "00", ', ": an article has the SHA-256 of its text, once"),
        ("\tkg:rule ", "\tkg:unruly ", ": what is told has the rule that made it"),
        ("\tkg:leaderOf ent:borel", "\tkg:ownerOf ent:borel", "Direct triples that no statement asserts"),
    ],
)  # fmt: skip
def test_what_is_changed_is_told(tmp_path: Path, old: str, new: str, line: str) -> None:
    assert [found for found in problems(tmp_path, changed(old, new)) if line in found]


# Files of RDF, whoever made them


@pytest.mark.parametrize("suffix", ["nq", "trig", "ttl", "nt.gz"])
def test_a_good_file_has_no_problems(tmp_path: Path, suffix: str) -> None:
    assert list(checking.problems_in(filed(tmp_path, TURTLE, suffix))) == []


@pytest.mark.parametrize("suffix", ["nq", "ttl"])
def test_what_is_wrong_in_a_file_is_told(tmp_path: Path, suffix: str) -> None:
    wrong = changed("ent:borel a kg:Company", "ent:borel a kg:Person").replace("\tkg:former false ;\n", "")
    found = list(checking.problems_in(filed(tmp_path, wrong, suffix)))
    assert any("the object of kg:leaderOf is a Person" in line for line in found)
    assert any("whether a statement is former is true or false" in line for line in found)


def test_names_may_have_a_home_of_their_own(tmp_path: Path) -> None:
    article = ox.NamedNode("https://w3id.org/dateline/article/a%2F1")
    quads = [
        ox.Quad(*triple, ox.DefaultGraph() if "/entity/" in triple.subject.value else article)
        for triple in parse(TURTLE.encode())
    ]
    path = tmp_path / "pushed.nq"
    path.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    assert list(checking.problems_in(path)) == []
    path.write_text("".join(line for line in path.read_text().splitlines(True) if "prefLabel" not in line))
    assert any("an entity has a name, in words" in line for line in checking.problems_in(path))


def test_a_file_that_is_no_rdf_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("@prefix kg: <https://w3id.org/dateline/ns#> .\nkg:a kg:b .\n")
    with pytest.raises(StoreError, match=r"a\.ttl, line 2: not Turtle"):
        list(checking.problems_in(tmp_path / "a.ttl"))


def test_the_command_checks_files(kg: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    good, bad = filed(tmp_path, TURTLE, "ttl"), filed(tmp_path, changed("\tkg:direct true ;\n", ""), "nq")
    assert kg("check", good)[0] == 0
    status, out, err = kg("check", bad)
    assert (status, "whether a quotation is direct is true or false" in out) == (1, True)
    assert "1 problem\n" in err


def filed(folder: Path, turtle: str, suffix: str) -> Path:
    """A file of that kind that holds one article, in its graph if there are such."""
    with Store.open(folder / "made", create=True, writable=True) as store:
        store.put(READING.article, turtle.encode())
        quads = io.BytesIO()
        store.export(quads, "nquads")
    format = ox.RdfFormat.from_extension(suffix.partition(".")[0])
    assert format
    parsed: Iterable[ox.Quad] = ox.parse(quads.getvalue(), format=ox.RdfFormat.N_QUADS)
    content = ox.serialize(parsed if format.supports_datasets else (q.triple for q in parsed), format=format) or b""
    path = folder / f"file.{suffix}"
    path.write_bytes(gzip.compress(content) if suffix.endswith("gz") else content)
    return path


@pytest.mark.model
def test_what_the_reader_writes_passes(tmp_path: Path, kg: Callable[..., tuple[int, str, str]]) -> None:
    assert kg("ingest", resources.root() / "samples", "--store", tmp_path / "s")[0] == 0
    assert kg("check", tmp_path / "s")[:2] == (0, "")


def test_files_that_were_touched_are_told(tmp_path: Path) -> None:
    assert problems(tmp_path) == []
    ((path, text),) = [(p, p.with_suffix(".txt")) for p in (tmp_path / "articles").glob("*/*.ttl")]
    path.write_bytes(path.read_bytes().replace(b"Titre", b"Title"))
    text.write_text(text.read_text().replace("Ada", "Eda"))
    with Store.open(tmp_path) as store:
        found = list(checking.problems(store))
    assert f"{path}: changed since it was written: ingest the article again" in found
    assert "a/1: the text beside the graph is not the one that was read: its SHA-256 is another" in found
    assert "a/1#char=0,8: its words are “Ada Lamy”, the text has “Eda Lamy” there" in found
    text.unlink()
    with Store.open(tmp_path) as store:
        assert [line for line in checking.problems(store) if f"{text}: damaged" in line]


def test_the_command_counts_and_says_so_by_its_status(tmp_path: Path, kg: Callable[..., tuple[int, str, str]]) -> None:
    problems(tmp_path)
    assert kg("check", tmp_path) == (0, "", f"kg: {tmp_path}: 1 article, no problems\n")
    assert kg("check", "--store", tmp_path)[0] == 0
    (path,) = (tmp_path / "articles").glob("*/*.ttl")
    path.with_suffix(".txt").write_text("Eda Lamy")
    status, out, err = kg("check", tmp_path)
    assert (status, err) == (1, f"kg: {tmp_path}: 1 article, {len(out.splitlines())} problems\n")
    assert kg("check")[0] == kg("check", tmp_path, "more")[0] == 2


def test_shapes_that_are_none_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "shapes.ttl").write_text("kg:Article a")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    shapes._shapes.cache_clear()
    with pytest.raises(DataError, match=r"shapes\.ttl: no Turtle with shapes"):
        list(shapes.violations(parse(turtle())))
    shapes._shapes.cache_clear()
