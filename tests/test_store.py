"""Articles and Turtle in, a store that outlives crashes and answers queries out."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from waiting import wait_for

from kg.errors import QueryError, StoreError
from kg.graph.rdf import Namespaces, triples, turtle
from kg.graph.store import Put, Store, disk, manifest
from kg.graph.store.record import reader
from kg.model import KG, Article, Entity, Evidence, Mention, MentionType, Provenance, Reading, Span, Statement

NAMES = Namespaces()
READER = Provenance("0.1.0", "abc", ("fr-model 1.0",))
BOREL = Entity("borel", frozenset({KG + "Company"}), "Borel")


def article(id: str = "a1", who: str = "Ada") -> Article:
    return Article(id, f"{who} dirige Borel.\r\n", "fr", f"Titre {id}", date(2025, 10, 1))


def graph(article: Article, *, alt: str = "", reader: Provenance = READER) -> bytes:
    """An article that says that its first word leads Borel, who may have one more name."""
    name = article.text.split()[0]
    subject, object = Span(0, len(name)), Span(len(name) + 8, len(name) + 13)
    entities = {
        subject: Entity(name.lower(), frozenset({KG + "Person"}), name),
        object: replace(BOREL, alt_labels=frozenset({alt} if alt else ())),
    }
    says = Statement(subject, KG + "leaderOf", object, "verb", Evidence(Span(0, len(name) + 13), 0))
    mentions = tuple(Mention(span, MentionType.NAME, KG + "Person") for span in entities)
    reading = Reading(article, mentions, (says,), issued=article.issued)
    return turtle(triples(reading, entities, reader, NAMES), NAMES, article.id)


def put(path: Path, *articles: Article, **options: str) -> list[bool]:
    with Store.open(path, create=True, writable=True) as store:
        return [store.put(article, graph(article, **options)) for article in articles]  # type: ignore[arg-type]


def ask(path: Path, pattern: str) -> bool:
    return bool(Store.open(path).query(f"ASK {{ {pattern} }}"))


def files(path: Path) -> dict[str, tuple[bytes, int]]:
    found = (file for file in path.rglob("*") if file.is_file())
    return {file.relative_to(path).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns) for file in found}


def litter(path: Path) -> list[str]:
    kept = {"articles", "graphs", "index", "lock", "store.json"}
    loose = [file.name for file in path.iterdir() if file.name not in kept]
    hidden = [file.name for part in ("articles", "graphs") for file in (path / part).rglob(".*")]
    unpublished = [file.name for file in (path / "index").iterdir() if not file.name.isdecimal()]
    return loose + hidden + unpublished


def test_what_is_put_is_found(tmp_path: Path) -> None:
    assert put(tmp_path / "s", article("a1"), article("a2", "Bea")) == [True, True]
    assert list(Store.open(tmp_path / "s").articles()) == ["a1", "a2"]
    assert ask(tmp_path / "s", "ent:bea kg:leaderOf ent:borel")


def test_what_oxigraph_says_of_the_disk_is_told_in_the_systems_words(tmp_path: Path) -> None:
    said = "IO error: DB::Open() failed --- IO error: No space left on device: While appending to file: OPTIONS-6"
    with pytest.raises(StoreError) as raised, disk.failing("write the index", tmp_path):
        raise RuntimeError(said)
    assert str(raised.value) == f"{tmp_path}: cannot write the index: No space left on device"


def test_text_is_kept_byte_for_byte(tmp_path: Path) -> None:
    put(tmp_path / "s", article())
    assert Store.open(tmp_path / "s").text("a1") == "Ada dirige Borel.\r\n"
    (path,) = (tmp_path / "s").rglob("*.txt")
    assert path.read_bytes() == b"Ada dirige Borel.\r\n"


def test_putting_the_same_again_writes_nothing(tmp_path: Path) -> None:
    put(tmp_path / "s", article())
    before = {name: told for name, told in files(tmp_path / "s").items() if name != "lock"}
    assert put(tmp_path / "s", article()) == [False]
    assert {name: told for name, told in files(tmp_path / "s").items() if name != "lock"} == before


def test_what_is_put_at_one_stroke_is_what_is_put_one_by_one(tmp_path: Path) -> None:
    told = [
        article(id, who) for id, who in (("a1", "Ada"), ("a2", "Bea"), ("a2", "Cleo"), ("a3", "Ada"), ("a1", "Ada"))
    ]
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        assert store.put_all([Put(one, graph(one)) for one in told]) == [True, True, True, True, False]
        assert store.put_all([Put(one, graph(one)) for one in (told[0], article("a3", "Bea"))]) == [False, True]
    put(tmp_path / "t", *told, article("a3", "Bea"))
    one, other = ({name: data for name, (data, _) in files(tmp_path / s / "articles").items()} for s in "st")
    assert one == other
    assert list(Store.open(tmp_path / "s").differences()) == [] == litter(tmp_path / "s")


def test_every_triple_has_one_home(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1"), article("a2"))
    rows = Store.open(tmp_path / "s").query("SELECT ?s ?p ?o { ?s ?p ?o }").rows()
    assert len(all_rows := list(rows)) == len(set(all_rows))
    graphs = Store.open(tmp_path / "s").query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").rows()
    assert [row[0].value for row in graphs if row[0]] == [NAMES.article_iri("a1"), NAMES.article_iri("a2")]  # type: ignore[union-attr]


def test_replacing_an_article_removes_what_nobody_states_any_more(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1", "Ada"), article("a2", "Ada"))
    put(tmp_path / "s", article("a1", "Bea"))
    assert ask(tmp_path / "s", "ent:ada kg:leaderOf ent:borel . ent:bea kg:leaderOf ent:borel")
    put(tmp_path / "s", article("a2", "Bea"))
    assert not ask(tmp_path / "s", "{ ent:ada ?p ?o } UNION { ?s ?p ent:ada }")
    assert ask(tmp_path / "s", "ent:borel a kg:Company")


def test_replacing_and_adding_in_one_batch_keeps_what_the_new_one_states(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1", "Ada"))
    put(tmp_path / "s", article("a1", "Bea"), article("a0", "Ada"), article("a2", "Cleo"), article("a2", "Dora"))
    assert ask(tmp_path / "s", "ent:ada kg:leaderOf ent:borel . ent:dora kg:leaderOf ent:borel")
    assert not ask(tmp_path / "s", "ent:cleo ?p ?o")


def test_removing_an_article_leaves_what_others_state_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path / "one", article("a1", "Ada"), article("a2", "Bea"))
    put(tmp_path / "both", article("a1", "Ada"), article("a2", "Bea"), article("a3", "Ada"), article("a4", "Cleo"))
    with Store.open(tmp_path / "both", writable=True) as store:
        assert [store.remove(id) for id in ("a3", "a4", "a4", "unknown")] == [True, True, False, False]
        assert list(store.articles()) == ["a1", "a2"]
    assert index_of(tmp_path / "one") == index_of(tmp_path / "both")
    one, both = (sorted(n for n in files(tmp_path / s) if n[0] == "a") for s in ("one", "both"))
    assert one == both and not any(not list(folder.iterdir()) for folder in (tmp_path / "both/articles").iterdir())
    assert litter(tmp_path / "both") == []


def test_a_removed_article_comes_back_when_it_is_put_again(tmp_path: Path) -> None:
    put(tmp_path, article("a1"), article("a2", "Bea"))
    before = index_of(tmp_path)
    with Store.open(tmp_path, writable=True) as store:
        assert store.remove("a1") and store.put(article("a1"), graph(article("a1"))) and "a1" in store
    assert index_of(tmp_path) == before


def test_a_damaged_article_can_be_removed(tmp_path: Path) -> None:
    put(tmp_path, article("a1"), article("a2", "Bea"))
    (path,) = tmp_path.rglob("a1.ttl")
    path.write_bytes(b"half")
    with Store.open(tmp_path, writable=True) as store:
        assert store.remove("a1") and list(store.differences()) == []


def index_of(path: Path) -> set[str]:
    store = Store.open(path)
    named = store.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }").rows()
    return {" ".join(map(str, row)) for row in (*named, *store.query("SELECT ?s ?p ?o { ?s ?p ?o }").rows())}


def test_any_history_gives_the_index_that_a_rebuild_gives(tmp_path: Path) -> None:
    draw, path = random.Random(3), tmp_path / "s"
    for _ in range(6):
        chosen = [article(f"a{draw.randrange(6)}", draw.choice(["Ada", "Bea", "Cleo"])) for _ in range(3)]
        put(path, *chosen, alt=draw.choice(["", "B.", "Borel SA"]))
    grown = index_of(path)
    with Store.open(path, writable=True) as store:
        assert store.rebuild() == []
    assert index_of(path) == grown


def test_queries_bind_values_and_know_the_prefixes(tmp_path: Path) -> None:
    put(tmp_path / "s", article())
    bindings = {"who": ox.NamedNode(NAMES.entity_iri("ada"))}
    (row,) = Store.open(tmp_path / "s").query("SELECT ?o { ?who kg:leaderOf ?o }", bindings=bindings).rows()
    assert row == (ox.NamedNode(NAMES.entity_iri("borel")),)


def test_a_writer_reads_its_own_writes(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        store.put(article(), graph(article()))
        assert list(store.articles()) == ["a1"]


def test_an_open_reader_sees_what_is_committed_later(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1"))
    reader = Store.open(tmp_path / "s")
    assert list(reader.articles()) == ["a1"]
    for number in range(2, 6):
        put(tmp_path / "s", article(f"a{number}"))
    assert list(reader.articles()) == ["a1", "a2", "a3", "a4", "a5"]


def test_current_means_same_text_metadata_and_reader(tmp_path: Path) -> None:
    put(tmp_path / "s", told := article())
    store = Store.open(tmp_path / "s")
    assert store.is_current(told, reader(READER))
    changes = {"text": "x", "title": "x", "language": "en", "publisher": "x", "url": "https://x", "issued": None}
    assert not any(store.is_current(replace(told, **{name: new}), reader(READER)) for name, new in changes.items())  # type: ignore[arg-type]
    others = (replace(READER, version="2"), replace(READER, fingerprint="x"), replace(READER, models=("fr 2",)))
    assert not any(store.is_current(told, reader(other)) for other in others)
    assert not store.is_current(article("unknown"), reader(READER))
    assert store.is_current(told, None) and not store.is_current(replace(told, text="x"), None)


@pytest.mark.parametrize("suffix", [".ttl", ".txt"])
@pytest.mark.parametrize("harm", [b"", b"half", b"\0" * 900, None])
def test_a_damaged_file_is_not_current_and_is_written_again(tmp_path: Path, suffix: str, harm: bytes | None) -> None:
    put(tmp_path / "s", article("a1"), article("a2"))
    before = {name: data for name, (data, _) in files(tmp_path / "s" / "articles").items()}
    (path,) = (tmp_path / "s").rglob(f"a1{suffix}")
    path.unlink() if harm is None else path.write_bytes(path.read_bytes()[:-15] if harm == b"half" else harm)
    assert not Store.open(tmp_path / "s").is_current(article("a1"), reader(READER))
    assert put(tmp_path / "s", article("a1")) == [True]
    assert {name: data for name, (data, _) in files(tmp_path / "s" / "articles").items()} == before


def test_a_rebuild_names_the_damaged_file_and_keeps_the_others(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1"), article("a2"))
    (path,) = (tmp_path / "s").rglob("a1.ttl")
    path.write_bytes(path.read_bytes()[:300])
    with Store.open(tmp_path / "s", writable=True) as store:
        (line,) = store.rebuild()
        assert str(path) in line and "\n" not in line
        assert list(store.articles()) == ["a2"]


@pytest.mark.parametrize("harm", ["deleted", "emptied", "garbage"])
def test_the_index_is_made_again_from_the_turtle(tmp_path: Path, harm: str) -> None:
    put(tmp_path / "s", article("a1"), article("a2"))
    before = index_of(tmp_path / "s")
    for path in (tmp_path / "s" / "index").rglob("*"):
        if path.is_file() and harm != "deleted":
            path.write_bytes(b"" if harm == "emptied" else random.Random(1).randbytes(300))
    if harm == "deleted":
        shutil.rmtree(tmp_path / "s" / "index")
    assert index_of(tmp_path / "s") == before
    assert litter(tmp_path / "s") == []


def test_a_store_that_cannot_be_mended_is_read_from_its_turtle(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(tmp_path / "s", article("a1"), article("a2"))
    shutil.rmtree(tmp_path / "s" / "index")
    (tmp_path / "s" / "index").write_text("in the way")
    store = Store.open(tmp_path / "s")
    assert list(store.articles()) == ["a1", "a2"]
    assert "into memory" in caplog.text


def crash_in_commit(path: Path) -> None:
    with Store.open(path, create=True, writable=True) as store:
        store.put(article("a9"), graph(article("a9")))
        os.kill(os.getpid(), signal.SIGKILL)


def test_what_a_killed_writer_wrote_is_in_the_index_at_the_next_open(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1"))
    process = multiprocessing.get_context("spawn").Process(target=crash_in_commit, args=(tmp_path / "s",))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert list(Store.open(tmp_path / "s").articles()) == ["a1", "a9"]
    assert litter(tmp_path / "s") == []


def test_half_written_files_are_swept(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1"))
    store = Store.open(tmp_path / "s", writable=True)
    store._parts.journal.add("a9")
    disk.make_folder((path := store._parts.record.path("a9")).parent)
    disk.temporary_of(path).write_bytes(b"half")
    store.__exit__(KeyboardInterrupt, None, None)
    assert list(Store.open(tmp_path / "s").articles()) == ["a1"]
    assert litter(tmp_path / "s") == [] and not path.parent.exists()


def test_a_journal_that_nobody_understands_means_a_rebuild(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1"))
    (tmp_path / "s" / "index" / "journal").write_bytes(b"\xff{garbage\n")
    assert list(Store.open(tmp_path / "s").articles()) == ["a1"]
    assert litter(tmp_path / "s") == []


def test_one_writer_at_a_time_and_its_name(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True):
        with pytest.raises(StoreError, match=rf"in use by process {os.getpid()} \(.+\), writing"):
            Store.open(tmp_path / "s", writable=True)
        assert list(Store.open(tmp_path / "s").articles()) == []
    Store.open(tmp_path / "s", writable=True).close()


def test_threads_of_one_writer_take_turns(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True, writable=True) as store, ThreadPoolExecutor(4) as threads:
        told = [article(f"a{number}", ("Ada", "Bea")[number % 2]) for number in range(12)]
        assert all(threads.map(lambda told: store.put(told, graph(told)), told))
        assert all(threads.map(store.remove, ["a1", "a3", "a5"]))
        assert len(list(store.articles())) == 9 and list(store.differences()) == []


def test_a_forked_child_does_not_hold_the_lock(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "s", create=True, writable=True)
    awake, waker = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads and forks: the child only sleeps
        child = os.fork()
    if child == 0:
        os.write(waker, b"!")
        time.sleep(30)
        os._exit(0)
    os.read(awake, 1)
    store.close()
    try:
        Store.open(tmp_path / "s", writable=True).close()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_full_disk_is_one_clear_error_and_the_store_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "s", article("a1"))
    with pytest.raises(StoreError, match="No space left on device") as raised, monkeypatch.context() as patch:
        patch.setattr(disk.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        put(tmp_path / "s", article("a2"))
    assert "\n" not in str(raised.value) and str(tmp_path) in str(raised.value)
    assert put(tmp_path / "s", article("a2")) == [True]
    assert list(Store.open(tmp_path / "s").articles()) == ["a1", "a2"]
    assert litter(tmp_path / "s") == []


def test_missing_foreign_newer_and_damaged_stores_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        Store.open(tmp_path / "none")
    (tmp_path / "thesis.docx").write_text("precious")
    for create in (False, True):
        with pytest.raises(StoreError, match="not a store"):
            Store.open(tmp_path, create=create)
    with pytest.raises(StoreError, match="a file"):
        Store.open(tmp_path / "thesis.docx", create=True)
    Store.open(tmp_path / "s", create=True)
    (tmp_path / "s" / "store.json").write_text(json.dumps({"format": 9, "entity_base": "", "article_base": ""}))
    with pytest.raises(StoreError, match=r"format 9.*reads format 1.*upgrade"):
        Store.open(tmp_path / "s")
    (tmp_path / "s" / "store.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        Store.open(tmp_path / "s")


def test_an_empty_folder_becomes_a_store_and_its_bases_stay(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    Store.open(tmp_path / "s", create=True, names=Namespaces("https://e.example/", "https://a.example/"))
    assert Store.open(tmp_path / "s").names == Namespaces("https://e.example/", "https://a.example/")
    with pytest.raises(StoreError, match="must end in /"):
        manifest.create(tmp_path / "t", Namespaces(article="https://a.example/x#"))


IDS = [
    "../../etc/passwd",
    ".hidden",
    "..",
    "a/b",
    "A",
    "a",
    "été",
    "x" * 400,
    "x" * 399 + "y",
    "a\ud800",
    "a\0b",
    "~",
    "%",
]


def test_every_identifier_has_a_safe_file_of_its_own(tmp_path: Path) -> None:
    put(tmp_path / "s", *(article(id) for id in IDS))
    assert set(Store.open(tmp_path / "s").articles()) == set(IDS)
    paths = [path.relative_to(tmp_path / "s").as_posix() for path in tmp_path.rglob("*.ttl")]
    assert len(paths) == len(IDS) and all(len(path.split("/")) == 3 and len(path) < 200 for path in paths)
    assert Store.open(tmp_path / "s").text("../../etc/passwd").startswith("Ada")


def test_an_article_whose_reader_is_known_is_stored_as_any_other(tmp_path: Path) -> None:
    told, parsed = (Store.open(tmp_path / name, create=True, writable=True) for name in ("told", "parsed"))
    given = [article(f"a{n}", who) for n, who in enumerate(("Ada", "Bea", "Cleo", "Ada"))]
    for one in (*given, replace(given[0], text="Dora dirige Borel.")):
        assert told.put(one, graph(one), reader(READER)) and parsed.put(one, graph(one))
        told.commit()
        parsed.commit()
    for put, stays in zip(*(store.parts.index.read_both() for store in (told, parsed)), strict=True):
        assert set(put) == set(stays)
    files = [{path.name: path.read_bytes() for path in store.parts.record} for store in (told, parsed)]
    assert files[0] == files[1] and told.is_current(given[1], reader(READER))


def test_turtle_whose_reader_is_known_is_of_the_article_and_can_be_loaded(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not Turtle"), Store.open(tmp_path, create=True, writable=True) as store:
        with pytest.raises(StoreError, match="about"):
            store.put(article("a1"), graph(article("a2")), reader(READER))
        store.put(article("a1"), graph(article("a1")).replace(b"@fr", b"@fr--"), reader(READER))
    with Store.open(tmp_path) as store:
        assert list(store.articles()) == []


def test_put_refuses_what_is_not_the_article(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        with pytest.raises(StoreError, match="not Turtle"):
            store.put(article(), b"<a")
        with pytest.raises(StoreError, match="is about"):
            store.put(article("a2"), graph(article("a1")))
    with pytest.raises(StoreError, match="opened for reading"):
        Store.open(tmp_path / "s").put(article(), graph(article()))


def test_exports_are_the_record_and_the_same_every_time(tmp_path: Path) -> None:
    put(tmp_path / "s", article("b"), article("a", "Bea"))
    for format in ("nquads", "trig", "turtle"):
        one, two = io.BytesIO(), io.BytesIO()
        for file in (one, two):
            Store.open(tmp_path / "s").export(file, format)
        assert one.getvalue() == two.getvalue() != b""
    graphs = {str(q.graph_name) for q in ox.parse(exported(tmp_path / "s", "nquads"), ox.RdfFormat.N_QUADS)}
    assert graphs == {f"<{NAMES.article_iri(id)}>" for id in "ab"}
    assert set(ox.parse(exported(tmp_path / "s", "trig"), ox.RdfFormat.TRIG)) == set(
        ox.parse(exported(tmp_path / "s", "nquads"), ox.RdfFormat.N_QUADS)
    )


def exported(path: Path, format: str, id: str | None = None) -> bytes:
    file = io.BytesIO()
    Store.open(path).export(file, format, id)
    return file.getvalue()


def test_export_of_one_article(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1"), article("a2"))
    assert exported(tmp_path / "s", "turtle", "a1").strip() == graph(article("a1")).strip()
    with pytest.raises(StoreError, match="no article 'a3'"):
        exported(tmp_path / "s", "turtle", "a3")
    with pytest.raises(QueryError, match="choose nquads"):
        exported(tmp_path / "s", "csv")


def test_stats_count_each_thing_once(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1"), article("a2"), article("a3", "Bea"))
    told = Store.open(tmp_path / "s").stats()
    assert (told.articles, told.entities, told.statements, told.mentions) == (3, 3, 3, 6)
    assert told.entities_by_type == {"Person": 2, "Company": 1} and told.languages == {"fr": 3}
    assert (told.first, told.last) == ("2025-10-01", "2025-10-01")


def test_rdflib_reads_the_union_and_writes_nothing(tmp_path: Path) -> None:
    put(tmp_path / "s", article("a1"), article("a2"))
    dataset = Store.open(tmp_path / "s").rdflib()
    (row,) = dataset.query("SELECT (COUNT(*) AS ?n) { ?s a kg:Article }")
    assert int(row[0]) == 2
    with pytest.raises(RuntimeError, match="read-write"):
        dataset.default_graph.add((URIRef("urn:a"), URIRef("urn:b"), URIRef("urn:c")))


LOOP = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from test_store import article, graph, Store
from kg.graph.store.writing import Writer
Writer.batch = 5
with Store.open(Path(sys.argv[1]), create=True, writable=True) as store:
    for number in range(40):
        told = article(f"a{{number}}", ("Ada", "Bea")[number % 2])
        store.put(told, graph(told))
"""


def test_kill_at_any_moment_leaves_whole_files_and_the_next_run_completes(tmp_path: Path) -> None:
    tests = Path(__file__).parent
    (script := tmp_path / "loop.py").write_text(LOOP.format(root=str(tests.parent), tests=str(tests)))
    path, draw, seen = tmp_path / "s", random.Random(5), 0
    for _ in range(4):
        process = subprocess.Popen([sys.executable, script, path])
        while process.poll() is None and len(list(path.glob("articles/*/*.ttl"))) <= seen:
            time.sleep(0.01)
        time.sleep(draw.random() * 0.2)
        process.kill()
        process.wait()
        seen = len(list(Store.open(path).articles()))
        assert seen == len(list(path.glob("articles/*/*.ttl")))
    subprocess.run([sys.executable, script, path], check=True)
    assert len(list(Store.open(path).articles())) == 40 and litter(path) == []


def test_a_reader_sees_within_a_second_what_a_writer_goes_on_from(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        store.put(article("a1"), graph(article("a1")))
        reader = Store.open(tmp_path / "s")
        wait_for(lambda: list(reader.articles()) == ["a1"])
        store.put(article("a2"), graph(article("a2")))
    assert list(reader.articles()) == ["a1", "a2"]


def test_a_commit_that_failed_behind_the_writer_fails_when_it_commits(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("kg.graph.store.index.Index.apply", full)
            store.put(article("a1"), graph(article("a1")))
            time.sleep(0.6)
            with pytest.raises(StoreError, match="No space left on device"):
                store.commit()
        store.commit()
    assert list(Store.open(tmp_path / "s").articles()) == ["a1"]


def test_a_rebuild_that_fails_loses_and_publishes_nothing(tmp_path: Path) -> None:
    def half(index: Any, *record: object) -> None:
        index._generations.begin(afresh=True)
        full(index, record, None)

    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        store.put(article("a1"), graph(article("a1")))
        store.commit()
        store.put(article("a2"), graph(article("a2")))
        with pytest.MonkeyPatch.context() as patch, pytest.raises(StoreError, match="No space left on device"):
            patch.setattr("kg.graph.store.index.Index.rebuild", half)
            store.rebuild()
        store.put(article("a3"), graph(article("a3")))
        assert list(store.articles()) == ["a1", "a2", "a3"] and list(store.differences()) == []


def test_a_closed_store_takes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s", create=True, writable=True) as store:
        pass
    with pytest.raises(StoreError, match="closed: open it"):
        store.put(article("a1"), graph(article("a1")))
    assert list(Store.open(tmp_path / "s").articles()) == []


def full(index: object, changes: object, before: object) -> bool:
    raise OSError(28, "No space left on device")
