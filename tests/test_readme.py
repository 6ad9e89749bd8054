"""What README.md shows works: its commands and options exist, its Turtle loads, its Python runs."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import rdflib

from kg import ontology, resources
from kg.cli.commands import commands
from kg.graph import queries
from kg.graph.rdf import Namespaces
from kg.model import KG, Article, Evidence, Mention, MentionType, Reading, Span, Statement

HOME = Path(__file__).parents[1]
README = (HOME / "README.md").read_text(encoding="utf-8")
Command = Callable[..., tuple[int, str, str]]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands_shown() -> Iterator[list[str]]:
    """The arguments of every `kg …` in a code block or between backticks."""
    lines = "\n".join(blocks("sh")).replace("\\\n", " ").splitlines()
    lines += [line[2:] for line in "\n".join(blocks("console")).splitlines() if line.startswith("$ ")]
    lines += [code.replace("\n", " ") for code in re.findall(r"`(kg [^`]+)`", README)]
    for line in lines:
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|<>")
        lexer.whitespace_split = True
        for part in " ".join(map(shlex.quote, lexer)).split("'|'"):
            words = shlex.split(part)
            if words[:1] == ["kg"] and not words[1].startswith("-"):
                yield words[1:]


SHOWN = list(commands_shown())
(RELATION,) = (block for block in blocks("turtle") if "kg:Relation" in block)
(EXCERPT,) = (block for block in blocks("turtle") if "kg:Evidence" in block)


def test_commands_of_every_kind_are_found() -> None:
    assert {"demo", "ingest", "stats", "query", "queries", "serve", "export", "index"} <= {name for name, *_ in SHOWN}


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_every_command_shown_exists_with_its_options(words: list[str]) -> None:
    name, *arguments = words
    assert name in commands.commands
    if arguments:
        commands.commands[name].make_context(name, arguments)


@pytest.mark.parametrize("words", [words for words in SHOWN if words[0] == "query"], ids=" ".join)
def test_every_question_shown_stands_ready_and_knows_its_parameters(words: list[str]) -> None:
    given = commands.commands["query"].make_context("query", words[1:]).params
    question, parameters = given["question"], [word.split("=")[0] for word in given["parameters"]]
    if "{" not in question and not question.endswith(".rq"):
        found = queries.find(question)
        assert set(parameters) <= {parameter.name for parameter in found.parameters}


def test_every_network_named_is_there() -> None:
    shown = [words[words.index("--network") + 1] for words in SHOWN if "--network" in words]
    (listed,) = re.findall(r"The networks are (.*?);", README, re.DOTALL)
    for name in {*shown, *re.findall(r"`([\w-]+)`", listed)} - {"mine.rq"}:
        assert queries.find(f"networks/{name}")


def test_make_knows_the_targets_and_the_files_named_are_there() -> None:
    makefile = (HOME / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake (\w+)  ", "\n".join(blocks("sh"))):
        assert f"\n{target}:" in makefile
    for path in re.findall(r"\]\(([\w./-]+)\)|`((?:ontology|queries|kg|tools)/[\w./-]*)", README):
        path = "".join(path).replace("xx", "fr")
        assert path == "ontology/relations/twins.ttl" or (HOME / path).exists(), path


def graph(turtle: str, base: str) -> rdflib.Graph:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in Namespaces().prefixes().items())
    return rdflib.Graph().parse(data=f"@base <{base}> .\n{prefixes}{turtle}", format="turtle")


def test_the_excerpt_of_a_graph_is_turtle() -> None:
    assert len(graph(EXCERPT, "https://w3id.org/dateline/article/irak")) > 20


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The packaged data with the relation of README in it, as README says to write it."""
    data = tmp_path / "data"
    for folder in ("ontology", "queries"):
        shutil.copytree(resources.root() / folder, data / folder)
    beside = (data / "ontology" / "relations" / "conflict.ttl").read_text(encoding="utf-8").splitlines()
    prefixes = [line for line in beside if line.startswith("@prefix")]
    (data / "ontology" / "relations" / "twins.ttl").write_text("\n".join([*prefixes, RELATION]), encoding="utf-8")
    return data


def test_the_relation_is_ten_lines_and_loads(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "root", lambda: data)
    relation = ontology.load.__wrapped__().relations[KG + "twinnedWith"]
    assert len(RELATION.splitlines()) <= 10
    assert {kind: len(cues) for kind, cues in relation.cues.items()} == {"verb": 2, "patientVerb": 3, "noun": 3}


def read(articles: Iterable[Article]) -> Iterator[Reading]:
    """Finds the same in every text, without a model."""
    who, whom, where = Span(0, 12), Span(13, 22), Span(23, 27)
    mentions = [Mention(who, MentionType.NAME, KG + "Person"), Mention(whom, MentionType.NAME, KG + "Organization")]
    mentions.append(Mention(where, MentionType.NAME, KG + "Country"))
    said = [
        Statement(who, KG + predicate, object, rule="test", evidence=Evidence(Span(0, 27), 0))
        for predicate, object in {"spokespersonOf": whom, "headOfGovernmentOf": where}.items()
    ]
    for article in articles:
        yield Reading(article, mentions=tuple(mentions), statements=tuple(said))


def test_the_python_shown_runs(
    kg: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kg.pipeline.shard.text.read", read)
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_text(json.dumps({"id": "a", "text": "Sean Parnell Pentagone Irak", "language": "fr"}))
    assert kg("ingest", "a.jsonl", "--store", "news")[0] == 0
    code, *others = blocks("python")
    exec(compile(code, "README.md", "exec"), {})
    out, _ = capfd.readouterr()
    assert "entity/sean-parnell https://w3id.org/dateline/entity/iraq\n" in out
    assert "Sean Parnell spokespersonOf Pentagone\n" in out
    assert out.endswith("['Sean Parnell']\n3 2\n")
    assert [compile(other, "README.md", "exec") for other in others]


@pytest.mark.model
def test_the_sentences_give_the_statements_of_the_table(data: Path, tmp_path: Path) -> None:
    (table,) = re.findall(r"^\| sentence \| statement \|\n\| --- \| --- \|\n((?:\|.*\n)+)", README, re.MULTILINE)
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    assert len(rows) > 3
    lines = [json.dumps({"id": str(number), "text": sentence}) for number, (sentence, _) in enumerate(rows)]
    articles = tmp_path / "a.jsonl"
    articles.write_text("\n".join(lines), encoding="utf-8")
    run("ingest", articles, "--store", tmp_path / "store", data=data)
    found = ["none"] * len(rows)
    query = "all-statements", "--format", "csv", "--store", tmp_path / "store"
    for row in csv.DictReader(io.StringIO(run("query", *query, data=data))):
        assert row["predicate"] == KG + "twinnedWith"
        number = int(row["article"].rsplit("/")[-1])
        found[number] = f"{row['source_label']} → {row['target_label']}, {row['factuality'].lower()}"
    assert found == [statement for _, statement in rows]


@pytest.mark.model
def test_the_excerpt_is_what_the_sample_gives(tmp_path: Path) -> None:
    run("ingest", resources.root() / "samples" / "irak.txt", "--store", tmp_path / "store")
    real = rdflib.Graph().parse(next((tmp_path / "store" / "articles").glob("*/irak.ttl")), format="turtle")
    shown = graph(EXCERPT, "https://w3id.org/dateline/article/irak")
    assert not [triple for triple in shown if triple not in real]


def run(*arguments: object, data: Path | None = None) -> str:
    chosen = {"KG_DATA": str(data)} if data else {}
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    done = subprocess.run(command, env={**os.environ, **chosen}, capture_output=True, check=True, timeout=300)
    return done.stdout.decode()
