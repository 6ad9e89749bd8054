"""Any RDF files, asked and changed as a dataset of their own."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from waiting import PATIENCE

from kg.errors import QueryError, StoreError, UnknownGraph
from kg.graph.serving.dataset import Dataset, load_file
from kg.graph.store import scratch
from kg.graph.store.lock import Lock

TRIG = "<urn:a> <urn:p> <urn:b> . <urn:g> { <urn:a> <urn:p> <urn:c> }"
BASE = "http://localhost/sparql"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    (tmp_path / "data.trig").write_text(TRIG)
    (tmp_path / "made").mkdir()
    return Dataset.make(tmp_path / "made", [tmp_path / "data.trig"])


def objects(dataset: Dataset, query: str = "SELECT ?o { ?s ?p ?o } ORDER BY ?o", **graphs: list[str]) -> list[str]:
    return [row[0].value for row in dataset.query(query, **graphs).rows()]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "<urn:s> <urn:p> 1 ."),
        ("a.nt", '<urn:s> <urn:p> "1" .'),
        ("a.nq", '<urn:s> <urn:p> "1" .'),
        ("a.trig", "{ <urn:s> <urn:p> 1 }"),
        ("a.jsonld", '{"@id": "urn:s", "urn:p": 1}'),
        (
            "a.rdf",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about="urn:s">'
            '<p xmlns="urn:">1</p></r:Description></r:RDF>',
        ),
    ],
)
def test_each_format_is_told_by_its_suffix_and_may_be_zipped(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    for number, file in enumerate((name, f"{name}.gz")):
        (folder := tmp_path / str(number)).mkdir()
        assert objects(Dataset.make(folder, [tmp_path / file])) == ["1"]


def test_the_default_graph_is_the_datas_own_unless_others_are_named(dataset: Dataset) -> None:
    assert objects(dataset) == ["urn:b"]
    assert objects(dataset, "SELECT ?o FROM <urn:g> { ?s ?p ?o }") == ["urn:c"]
    assert objects(dataset, default_graph=["urn:g"]) == ["urn:c"]
    assert objects(dataset, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }") == ["urn:c"]


def test_all_graphs_are_seen_as_one_where_that_is_wanted(dataset: Dataset) -> None:
    opened = Dataset.open(dataset.folder, union=True)
    assert objects(opened) == ["urn:b", "urn:c"]
    assert objects(opened, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }") == ["urn:c"]


def test_half_a_zipped_file_is_said_to_be_one(tmp_path: Path) -> None:
    whole = gzip.compress(b"<urn:s> <urn:p> 1 .")
    for name, data in (("half.ttl.gz", whole[:9]), ("bad.ttl.gz", whole[:12] + b"\xff" * 9)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(StoreError, match=rf"{name}: not a whole \.gz file"):
            load_file(ox.Store(), tmp_path / name)


def test_no_prefix_is_given(dataset: Dataset) -> None:
    with pytest.raises(QueryError, match="line 1: the prefix rdf: is not declared"):
        dataset.query("ASK { ?s rdf:type ?o }")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("bad.ttl", "<urn:s> <urn:p> 1 .\n<urn:s> 2 3 .", "bad.ttl, line 2: not Turtle: .*predicate"),
        ("bad.csv", "a,b", "bad.csv: not a file of RDF by its name"),
        ("none.ttl", None, "none.ttl: cannot read: No such file"),
        ("bad.nt.gz", "not zipped", "bad.nt.gz: cannot read: Not a gzipped file"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, name: str, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    (tmp_path / "made").mkdir()
    with pytest.raises(StoreError, match=message):
        Dataset.make(tmp_path / "made", [tmp_path / name])


def test_an_update_is_seen_by_who_had_it_open_and_half_of_one_by_nobody(dataset: Dataset) -> None:
    reader = Dataset.open(dataset.folder)
    assert objects(reader) == ["urn:b"]
    dataset.update("INSERT DATA { <urn:a> <urn:p> <x> }", base=BASE)
    assert objects(reader) == ["http://localhost/x", "urn:b"]
    with pytest.raises(QueryError, match="was not made: The graph <urn:g> already exists"):
        dataset.update("CLEAR DEFAULT ; CREATE GRAPH <urn:g>", base=BASE)
    assert len(objects(reader)) == 2


def test_graphs_are_put_added_to_and_removed(dataset: Dataset) -> None:
    triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("x"))
    assert dataset.put("urn:new", [triple], keep=False)
    assert not dataset.put("urn:g", [triple], keep=True)
    assert [len(list(dataset.read(graph))) for graph in (None, "urn:g", "urn:new")] == [1, 2, 1]
    assert not dataset.put("urn:g", [], keep=False)
    assert list(dataset.read("urn:g")) == []
    dataset.remove("urn:g")
    for act in (dataset.read, dataset.remove):
        with pytest.raises(UnknownGraph, match="no graph <urn:g>"):
            act("urn:g")


def test_a_folder_goes_with_its_process_or_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch.folder() as used:
        (left := tmp_path / "kg-data-killed").mkdir()
        (left / "lock").touch()
        with scratch.folder() as other:
            assert (used.is_dir(), other.is_dir(), left.exists()) == (True, True, False)
    assert list(tmp_path.iterdir()) == []
    assert Lock(tmp_path / "lock").acquire("x") is None


def test_a_folder_that_somebody_else_put_there_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (mine := tmp_path / "mine").write_text("precious")
    (trap := tmp_path / "kg-data-trap").mkdir()
    (trap / "lock").symlink_to(mine)
    monkeypatch.setattr("os.getuid", lambda: trap.stat().st_uid + 1)
    with scratch.folder():
        assert (mine.read_text(), trap.is_dir()) == ("precious", True)


def test_files_are_served_and_leave_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "data.nt").write_text("<urn:a> <urn:p> <urn:b> .")
    (scratch := tmp_path / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [
        sys.executable,
        "-m",
        "kg",
        "serve",
        "--data",
        str(tmp_path / "data.nt"),
        "--port",
        "0",
        "--name",
        "kg.example",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        url = process.stdout.readline().split()[2].rstrip(",")
        request = Request(f"{url}?query=ASK%7B%3Curn:a%3E%20?p%20?o%7D", headers={"Host": "kg.example"})
        answer = urlopen(request).read()
        made = len(list(scratch.iterdir()))
        process.terminate()
        process.wait(PATIENCE)
    assert (b"true" in answer, made, list(scratch.iterdir()), process.returncode) == (True, 1, [], 0)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--data", "x.ttl", "--store", "s"], "one or the other"),
        (["--data", "none.ttl"], "none.ttl: cannot read"),
        (["--store", "s", "--token-file", "t"], "is for --allow-update"),
        (["--store", "s", "--union"], "--union is for --data"),
        (["--store", "s", "--allow-update"], "KG_TOKEN"),
        (["--store", "s", "--cors", "example.org"], "not an origin"),
        (["--store", "s", "--name", "http://kg.example"], "not a name of a server"),
    ],
)
def test_what_cannot_be_served_is_one_clear_line(
    kg: Callable[..., tuple[int, str, str]], arguments: list[str], says: str
) -> None:
    status, _, err = kg("serve", *arguments)
    assert (status, says in err) == (2, True)
