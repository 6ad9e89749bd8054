from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

import click
import pytest
import rdflib
from waiting import wait_for

import kg as package
from kg import pipeline
from kg.model import KG, Article, Evidence, Mention, MentionType, Reading, Span, Statement

Command = Callable[..., tuple[int, str, str]]
KG_COMMAND = [sys.executable, "-m", "kg"]
TEXT = "Sean Parnell speaks for the Pentagon."


@pytest.fixture(autouse=True)
def read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that finds, without a model, one and the same statement in every text."""

    def read(articles: Iterable[Article]) -> Iterator[Reading]:
        who, whom = Span(0, 12), Span(28, 36)
        mentions = Mention(who, MentionType.NAME, KG + "Person"), Mention(whom, MentionType.NAME, KG + "Organization")
        said = Statement(who, KG + "spokespersonOf", whom, rule="test", evidence=Evidence(Span(0, 36), 0))
        for article in articles:
            yield Reading(article, mentions=mentions, statements=(said, said))  # told twice, it stands once

    monkeypatch.setattr("kg.pipeline.shard.text.read", read)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.jsonl").write_text(json.dumps({"id": "b", "text": TEXT, "date": "2025-10-01"}))
    return folder


@pytest.fixture
def store(kg: Command, folder: Path, tmp_path: Path) -> Path:
    assert kg("ingest", folder, "--store", tmp_path / "store")[0] == 0
    return tmp_path / "store"


def numbers(table: str) -> list[str]:
    return table.splitlines()[1].split()


def test_help_and_version(kg: Command) -> None:
    status, out, _ = kg("--help")
    assert status == 0
    assert {"demo", "ingest", "query", "queries", "serve", "stats", "export", "index"} <= set(out.split())
    assert kg("--version") == (0, "kg 0.1.0\n", "")


def test_every_command_has_help_and_says_what_its_options_mean(kg: Command) -> None:
    from kg.cli.commands import commands

    for name, command in commands.commands.items():
        assert kg(name, "--help")[0] == 0
        assert command.help
        assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_no_help_is_cut_short(kg: Command) -> None:
    assert "..." not in kg("--help")[1].partition("Commands:")[2]


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'spacy', 'rdflib', 'networkx', 'starlette', 'pyoxigraph', 'numpy'}"
    code = (
        f"import sys; from kg.cli import main; main(['--help']); sys.exit(', '.join({heavy} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# ---- ingest


def test_ingest_ends_with_a_table(kg: Command, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, out, err = kg("ingest", folder, "--store", tmp_path / "s")
    assert (status, err) == (0, "")
    assert out.split()[:7] == ["articles", "unchanged", "entities", "statements", "events", "quotations", "skipped"]
    assert numbers(out) == ["2", "0", "2", "2", "0", "0", "0"]


def test_ingest_again_changes_no_byte(kg: Command, folder: Path, store: Path) -> None:
    before = {path: path.read_bytes() for path in store.glob("articles/**/*.*")}
    status, out, _ = kg("ingest", folder, "--store", store)
    assert (status, numbers(out)) == (0, ["0", "2", "0", "0", "0", "0", "0"])
    assert {path: path.read_bytes() for path in store.glob("articles/**/*.*")} == before
    assert len(before) == 4


def test_ingest_reports_what_it_skips_and_reads_the_rest(kg: Command, folder: Path, tmp_path: Path) -> None:
    (folder / "0.txt").write_bytes(b"")
    (folder / "z.txt").write_text(TEXT)
    missing = tmp_path / "missing.txt"
    status, out, _ = kg("ingest", folder, missing, "--store", tmp_path / "s")
    assert (status, numbers(out)[0], numbers(out)[-1]) == (1, "3", "2")
    assert f"skipped: {folder / '0.txt'}: empty: an article needs text\n" in out
    assert f"skipped: {missing}: no such file or folder\n" in out


def test_ingest_tells_the_first_of_many_that_it_skips_and_reports_all(kg: Command, tmp_path: Path) -> None:
    articles, report = tmp_path / "a.jsonl", tmp_path / "report.jsonl"
    articles.write_text("{}\n" * 1000)
    status, out, _ = kg("ingest", articles, "--store", tmp_path / "s")
    assert (status, out.count("skipped: "), "… and 980 more: --report FILE has them\n" in out) == (1, 20, True)
    _, out, _ = kg("ingest", articles, "--store", tmp_path / "s", "--report", report)
    assert "… and 980 more: the report has them\n" in out
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    assert len(lines) == 1000 and all(line["status"] == "skipped" for line in lines)


def test_a_report_that_cannot_be_written_is_said_before_anything_is_read(kg: Command, folder: Path) -> None:
    status, out, err = kg("ingest", folder, "--store", folder.parent / "s", "--report", folder / "no" / "report.jsonl")
    assert (status, out, err) == (2, "", f"kg: {folder / 'no' / 'report.jsonl'}: No such file or directory\n")


def test_ingest_takes_what_articles_do_not_say_from_options(kg: Command, folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s"
    kg("ingest", folder, "--store", store, "--date", "2024-02-29", "--publisher", "Saltmere Press", "--language", "en")
    question = (
        "SELECT ?day ?by ?in { ?a a kg:Article ; dct:issued ?day ; dct:language ?in ; dct:publisher ?p . "
        "?p skos:prefLabel ?by } ORDER BY ?day"
    )
    _, out, _ = kg("query", question, "--store", store)
    assert out.split() == ["day,by,in", "2024-02-29,Saltmere", "Press,en", "2025-10-01,Saltmere", "Press,en"]


def test_ingest_is_told_which_columns_of_a_table_hold_what(kg: Command, tmp_path: Path) -> None:
    table, store = tmp_path / "t.csv", tmp_path / "s"
    table.write_text(f"n°;papier;jour\n7;{TEXT};2024-02-29\n".replace("\n\n", " "))
    status, out, _ = kg("ingest", table, "--store", store)
    assert (status, "name it with --text-column: there are n°, papier, jour\n" in out) == (1, True)
    options = ("--text-column", "papier", "--id-column", "n°", "--date-column", "jour")
    assert kg("ingest", table, "--store", store, *options)[0] == 0
    _, out, _ = kg("query", "SELECT ?day { ?a a kg:Article ; dct:issued ?day }", "--store", store)
    assert out.split() == ["day", "2024-02-29"]
    assert [path.stem for path in store.glob("articles/*/*.ttl")] == ["7"]


def test_ingest_reads_standard_input(tmp_path: Path) -> None:
    line = json.dumps({"id": "x", "language": "en"})
    command = [*KG_COMMAND, "ingest", "-", "--store", str(tmp_path / "s")]
    done = subprocess.run(command, input=line, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert 'skipped: standard input:1: no "text": an article needs a text\n' in done.stdout


def test_ingest_draws_a_bar_on_a_terminal(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        path.write_bytes(b"")  # nothing to read: no model is loaded
    outer, inner = pty.openpty()
    command = [*KG_COMMAND, "ingest", str(folder), "--store", str(tmp_path / "s")]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=inner, env=environment) as running:
        os.close(inner)
        shown = "".join(iter(lambda: on_screen(outer), ""))
    os.close(outer)
    assert running.returncode == 1
    assert "reading" in shown and "2/2" in shown


def on_screen(terminal: int) -> str:
    try:
        return os.read(terminal, 4096).decode("utf-8", "replace")
    except OSError:  # the other side has closed it
        return ""


def test_where_there_is_no_terminal_a_long_run_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kg.cli import terminal

    clock = iter([0.0, 5.0, 9.0, 25.0, 26.0])
    monkeypatch.setattr(terminal.time, "monotonic", lambda: next(clock))
    with terminal.progress(100) as tell:
        for seen in (1, 11, 41, 42):
            tell(pipeline.Report(articles=seen))
    assert capsys.readouterr().err == "kg: 41 of 100 articles, 2.0/s, 30 s to go\n"


# ---- demo


def test_the_demo_says_how_it_was_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from kg.cli import demo

    here = tmp_path / "bin" / "kg"
    here.parent.mkdir()
    here.write_text("#!/bin/sh")
    here.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(here)])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert demo.command() == str(here)
    monkeypatch.setenv("PATH", str(here.parent))
    assert demo.command() == "kg"
    monkeypatch.setattr(sys, "argv", ["kg/__main__.py"])
    assert demo.command() == f"{sys.executable} -m kg"


# ---- query


def test_a_packaged_query_by_its_name(kg: Command, store: Path) -> None:
    status, out, _ = kg("query", "who-is-who", "name=Sean Parnell", "--store", store)
    (row, _) = csv.DictReader(io.StringIO(out))
    assert (status, row["role"], row["of"]) == (0, "spokespersonOf", "Pentagon")


def test_a_query_in_a_file_with_its_own_parameters(kg: Command, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(
        "# Mine\n# ?text: words (default: none)\nSELECT ?s { ?s oa:exact ?exact FILTER(STR(?exact) = ?text) }"
    )
    assert kg("query", file, "--store", store) == (0, "s\r\n", "")
    assert kg("query", file, "text=Pentagon", "--store", store)[1].count("#char=28,36") == 2


def test_sparql_with_values_for_its_variables(kg: Command, store: Path) -> None:
    question = "SELECT ?who { ?who kg:spokespersonOf ?of ; skos:prefLabel ?name }"
    _, out, _ = kg("query", question, "name=nobody", "--store", store)
    assert out == "who\r\n"
    _, out, _ = kg("query", question, "--store", store)
    assert out.startswith("who\r\nhttps://w3id.org/dateline/entity/")


@pytest.mark.parametrize(
    ("format", "check"),
    [
        ("csv", lambda out: out.startswith("who\r\n")),
        ("tsv", lambda out: out.startswith("?who\n")),
        ("json", lambda out: json.loads(out)["head"]["vars"] == ["who"]),
        ("xml", lambda out: ET.fromstring(out).tag.endswith("sparql")),
        ("table", lambda out: out.split()[0] == "who" and "ent:" in out),
    ],
)
def test_formats_of_a_table(kg: Command, store: Path, format: str, check: Callable[[str], bool]) -> None:
    _, out, _ = kg("query", "SELECT ?who { ?who kg:spokespersonOf ?of }", "--format", format, "--store", store)
    assert check(out)


@pytest.mark.parametrize("question", ["ASK { ?s ?p ?o }", "SELECT ?s { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_every_answer_ends_its_last_line(kg: Command, store: Path, question: str) -> None:
    graphs = question.startswith("CONSTRUCT")
    for format in ("ttl", "nt", "jsonld", "rdf") if graphs else ("table", "csv", "tsv", "json", "xml"):
        out = kg("query", question, "--format", format, "--store", store)[1]
        assert out.endswith("\n") and not out.endswith("\n\n")


def test_turtle_has_the_prefixes_that_it_uses(kg: Command, store: Path) -> None:
    _, out, _ = kg(
        "query", "CONSTRUCT WHERE { ?a a kg:Article ; kg:textSha256 ?sha . ?e a kg:Person }", "--store", store
    )
    prefixes = [line.split()[1] for line in out.splitlines() if line.startswith("@prefix")]
    assert prefixes == ["art:", "ent:", "kg:"]
    assert "\nart:a a kg:Article ;\n" in out and "\nent:sean-parnell a kg:Person ." in out


@pytest.mark.parametrize(
    "text", ["DELETE WHERE { ?s ?p ?o }", "PREFIX a: <urn:> INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }"]
)
def test_queries_only_read(kg: Command, store: Path, text: str) -> None:
    assert kg("query", text, "--store", store) == (
        2,
        "",
        "kg: queries only read, and this is an update: kg ingest adds articles\n",
    )


@pytest.mark.parametrize(("format", "name"), [(None, "turtle"), ("nt", "nt"), ("jsonld", "json-ld")])
def test_formats_of_a_graph(kg: Command, store: Path, format: str | None, name: str) -> None:
    question = "CONSTRUCT { ?of kg:speaks ?who } WHERE { ?who kg:spokespersonOf ?of }"
    _, out, _ = kg("query", question, "--store", store, *(["--format", format] if format else []))
    assert len(rdflib.Graph().parse(data=out, format=name)) == 1


def test_a_yes_or_no(kg: Command, store: Path) -> None:
    _, out, _ = kg("query", "ASK { ?who kg:spokespersonOf ?of }", "--format", "table", "--store", store)
    assert out == "true\n"


SHELVES = ["reports", "networks", "checks", "rules", "nodes", "pages", "wikidata"]


def test_the_queries_are_listed_with_their_titles_and_parameters(kg: Command) -> None:
    from kg.graph.queries import all_queries

    _, out, _ = kg("queries")
    listed = " ".join(out.split())
    heads = [line.partition(":")[0] for line in out.splitlines() if line.partition(":")[0] in SHELVES]
    assert heads == SHELVES
    assert all(query.name in listed for query in all_queries())
    assert "name=…" in listed and "[name=*]" in listed


def test_a_table_writes_no_control_characters(kg: Command, store: Path) -> None:
    question = 'SELECT ?x { VALUES ?x { "\\u001B[2Jone\\ntwo" } }'
    _, out, _ = kg("query", question, "--format", "table", "--store", store)
    assert [line.strip() for line in out.splitlines()] == ["x", "[2Jone two"]


def test_a_table_leaves_out_what_is_empty_and_last_what_has_no_room(
    kg: Command, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {}
    for width in (60, 400):
        monkeypatch.setenv("COLUMNS", str(width))
        _, shown[width], err = kg("query", "who-is-who", "--store", store, "--format", "table")
        assert ("no room here for statement" in err) == (width == 60)
        assert all(len(line) <= width and line == line.rstrip() for line in shown[width].splitlines())
    assert shown[60].split("\n")[0].split() == ["who", "role", "of", "evidence"]
    assert shown[400].split("\n")[0].split() == ["who", "role", "of", "evidence", "statement"]


def test_where_a_question_of_ones_own_has_no_room_each_row_is_a_block(
    kg: Command, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    question = (
        "SELECT ?name ?sha ?none { ?a dct:issued ?day ; kg:textSha256 ?sha . ?p a kg:Person ; skos:prefLabel ?name }"
    )
    _, out, _ = kg("query", question, "--store", store, "--format", "table")
    name, sha = out.splitlines()
    assert name == "name  Sean Parnell" and len(sha) == 6 + 64


@pytest.mark.parametrize("name", ["nobody", "ent:nobody", "😀"])
def test_where_nothing_is_found_it_is_said(kg: Command, store: Path, name: str) -> None:
    asked = kg("query", "about", f"name={name}", "--store", store, "--format", "table")
    assert asked == (0, "", "kg: nothing found\n")


def test_a_reader_that_has_seen_enough_is_no_error(store: Path) -> None:
    question = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    shell = f"{sys.executable} -m kg query '{question}' --store {store} --format csv | head -1"
    done = subprocess.run(shell, shell=True, capture_output=True, text=True, check=False)
    assert (done.stdout.startswith("a,b,c"), done.stderr) == (True, "")


# ---- stats, export, index


def test_statistics(kg: Command, store: Path) -> None:
    status, out, _ = kg("stats", "--store", store)
    lines = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line.strip()}
    assert status == 0
    assert (lines["articles"][0], lines["statements"]) == ("2", ["2", "Asserted", "2"])
    assert lines["dates"] == ["2025-10-01", "to", "2025-10-01"]


@pytest.mark.parametrize(("option", "format"), [("--nquads", "nquads"), ("--trig", "trig"), ("--turtle", "turtle")])
def test_datasets_to_a_file_and_to_standard_output(
    kg: Command, store: Path, tmp_path: Path, option: str, format: str
) -> None:
    kg("export", option, tmp_path / "out", "--store", store)
    _, out, _ = kg("export", option, "-", "--store", store)
    assert out == (tmp_path / "out").read_text(encoding="utf-8")
    assert len(rdflib.Dataset(default_union=True).parse(data=out, format=format)) > 20


def test_one_article_alone(kg: Command, store: Path) -> None:
    _, out, _ = kg("export", "--turtle", "-", "--article", "b", "--store", store)
    articles = rdflib.Graph().parse(data=out).subjects(rdflib.RDF.type, rdflib.URIRef(KG + "Article"))
    assert [str(article) for article in articles] == ["https://w3id.org/dateline/article/b"]


def test_a_network_for_gephi_and_a_picture_of_it(kg: Command, store: Path, tmp_path: Path) -> None:
    status, out, err = kg("export", "--gexf", tmp_path / "a.gexf", "--store", store)
    gexf = ET.parse(tmp_path / "a.gexf").getroot()
    assert (status, out, err) == (0, "", "")
    assert len(gexf.findall(".//{*}node")) == 2
    assert kg("plot", tmp_path / "a.svg", "--store", store, "--title", "Who is who") == (0, "", "")
    assert "Who is who" in {text.text for text in ET.parse(tmp_path / "a.svg").getroot().iter() if text.text}
    assert kg("plot", tmp_path / "a.PNG", "--store", store) == (0, "", "")
    status, _, err = kg("plot", tmp_path / "a.pdf", "--store", store)
    assert status == 2 and ".svg or .png" in err


def test_the_index_can_be_deleted_and_rebuilt(kg: Command, store: Path) -> None:
    import shutil

    _, before, _ = kg("query", "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o", "--store", store)
    shutil.rmtree(store / "index")
    assert kg("index", "--rebuild", "--store", store) == (
        0,
        f"{store}: the index is made again; articles in it: 2\n",
        "",
    )
    _, after, _ = kg("query", "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o", "--store", store)
    assert after == before


def test_index_says_what_it_can_do(kg: Command, store: Path) -> None:
    status, out, err = kg("index", "--store", store)
    assert (status, err) == (0, "") and "articles: 2" in out and "--check" in out and "--rebuild" in out


def test_a_network_is_cut_by_its_parameters(kg: Command, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.gexf"
    status, _, err = kg("export", "--gexf", file, "--article", "b", "--store", store)
    assert status == 2 and "by within=art:b" in err
    for said, nodes in (("within=art:b", 2), ("within=art:none", 0), ("since=2999-01-01", 0)):
        status, out, err = kg("export", "--gexf", file, said, "--store", store)
        assert (status, out, "is empty" in err) == (0, "", not nodes)
        assert len(ET.parse(file).findall(".//{*}node")) == nodes
    status, _, err = kg("export", "--gexf", file, "days=3", "--store", store)
    assert status != 0 and "has no parameter 'days'; it has: within" in err
    status, _, err = kg("export", "--turtle", "-", "within=art:b", "--store", store)
    assert status == 2 and "within=art:b is for a network" in err


def test_a_network_is_cut_to_somebody_to_days_and_to_weights(kg: Command, store: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text(
        "SELECT ?source ?target (?day AS ?first_seen) {"
        "GRAPH ?article { ?article dct:issued ?day . ?one kg:refersTo ?source . ?other kg:refersTo ?target } }"
    )
    for said, nodes in (
        (("--entity", "sean parnell"), 2),
        (("--min-weight", "2"), 2),
        (("--network", "networks/relations"), 2),
        (("--min-weight", "3", "--depth", "2"), 0),
        (("--since", "2025-10-01", "--until", "2025-10-01"), 2),
        (("--since", "2999-01-01"), 0),
        (("--network", own, "--since", "2025-10-01"), 2),
        (("--network", own, "--until", "2025-09-30"), 0),
    ):
        status, out, err = kg("export", "--gexf", tmp_path / "a.gexf", *said, "--store", store)
        assert (status, out, "is empty" in err) == (0, "", not nodes)
        assert len(ET.parse(tmp_path / "a.gexf").findall(".//{*}node")) == nodes


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("--entity", "sean parnel"), "nobody in the network is called 'sean parnel': did you mean Sean Parnell?"),
        (("--since", "yesterday"), "since 'yesterday' is no day, such as 2025-01-31"),
        (("--since", "2025-02-01", "--until", "2025-01-01"), "since 2025-02-01 is after until 2025-01-01"),
        (("--since", "2025-02-01", "since=2025-02-01"), "--since and since=…: say it once"),
        (("--entity", "parnell,"), "did you mean Sean Parnell?"),
        (("--network", "Relation"), "no network is called 'Relation': did you mean relations"),
        (("--network", "who.sparql"), "there are affiliations, all-statements, co"),
        (
            ("--network", "SELECT ?source ?target { ?source ?p ?target }", "--since", "2025-01-01"),
            "has none of ?",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_line(
    kg: Command, store: Path, tmp_path: Path, said: tuple[str, ...], told: str
) -> None:
    status, _, err = kg("export", "--gexf", tmp_path / "a.gexf", *said, "--store", store)
    assert status == 2 and told in err and not (tmp_path / "a.gexf").exists()


def test_what_left_nothing_of_a_network_is_named(kg: Command, store: Path, tmp_path: Path) -> None:
    said = ("--network", "speakers", "--min-weight", "9", "within=irak", "--store", store)
    _, _, err = kg("export", "--gexf", tmp_path / "a.gexf", *said)
    assert err == "kg: the network is empty: nothing in the graph is so with within=irak and --min-weight\n"


def test_options_of_a_network_need_one(kg: Command, store: Path) -> None:
    status, _, err = kg("export", "--turtle", "-", "--min-weight", "2", "--store", store)
    assert status == 2 and "--min-weight is for a network" in err


def test_a_list_that_is_cut_says_so(kg: Command, store: Path) -> None:
    told = "these are the first 1 rows, and there may be more: limit=0 gives all"
    for format in ("csv", "tsv", "json", "xml", "table"):
        assert told in kg("query", "articles", "limit=1", "--format", format, "--store", store)[2]
        assert kg("query", "articles", "limit=3", "--format", format, "--store", store)[2] == ""
    answer = package.open(store).query("articles")
    assert repr(answer).endswith("publisher; at most 1000 rows: limit=0 gives all>")
    assert repr(package.open(store).query("ASK {}")) == "<Answer ASK true>"


def test_two_outputs_do_not_run_together(kg: Command, store: Path) -> None:
    status, out, err = kg("export", "--gexf", "-", "--turtle", "-", "--store", store)
    assert (status, out) == (2, "") and "two outputs to standard output" in err


# ---- from Python, over HTTP, interrupted


def test_a_store_from_python(store: Path) -> None:
    with package.open(store) as graph:
        network = graph.networkx("relations")
        assert graph.query("ASK { ?who kg:spokespersonOf ?of }").boolean
        assert len(graph.rdflib()) > 20
        assert [data["label"] for _, _, data in network.edges(data=True)] == ["spokesperson of"]
        assert [r[0].value for r in graph.query("who-is-who", name="Sean Parnell").rows() if r[0]] == [
            "Sean Parnell"
        ] * 2


@pytest.fixture
def url(store: Path) -> Iterator[str]:
    command = [*KG_COMMAND, "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().split()[2].rstrip(",")
        server.send_signal(signal.SIGINT)


def test_a_question_to_an_endpoint(kg: Command, store: Path, url: str) -> None:
    here = kg("query", "who-is-who", "--store", store)
    assert here[0] == 0
    assert kg("query", "who-is-who", "--endpoint", url) == here


def unread(pipe: IO[str]) -> int:
    """How many bytes wait in a pipe for who reads it."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_an_interrupted_command_ends_quietly(tmp_path: Path) -> None:
    command = [*KG_COMMAND, "ingest", "-", "--store", str(tmp_path / "s")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as waiting:
        while not (tmp_path / "s" / "store.json").exists():
            assert waiting.poll() is None
            time.sleep(0.05)
        assert waiting.stdin
        waiting.stdin.write("\n")
        waiting.stdin.flush()
        wait_for(lambda: not unread(waiting.stdin))  # it waits for more
        waiting.send_signal(signal.SIGINT)
        _, err = waiting.communicate()
    assert (waiting.returncode, err) == (130, "")


@pytest.mark.parametrize("command", [("query", "articles"), ("stats",), ("export", "--nquads", "-")])
def test_a_store_and_an_endpoint_are_not_asked_at_once(kg: Command, command: tuple[str, ...]) -> None:
    status, out, err = kg(*command, "--store", "news", "--endpoint", "http://127.0.0.1:1/sparql")
    assert (status, out) == (2, "") and "ask the one or the other" in err
