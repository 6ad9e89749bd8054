"""Whatever a user does wrong ends in one clear line that says what, where and what would be right."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    from kg.graph.store import Store

    with Store.open(tmp_path / "store", create=True, writable=True):
        return tmp_path / "store"


def refused(kg: Command, *arguments: object) -> str:
    """The one line that a command says instead of running."""
    status, out, err = kg(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "Traceback" not in err
    return err.removeprefix("kg: ").rstrip("\n")


def skipped(kg: Command, *arguments: object) -> str:
    """Why the one article of a run was skipped."""
    status, out, err = kg("ingest", *arguments)
    assert (status, err) == (1, "")
    (line,) = [line for line in out.splitlines() if line.startswith("skipped: ")]
    return line.removeprefix("skipped: ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty: an article needs text"),
        (b"\x7fELF\0\0", "not text: a NUL at byte 4; an article is plain text in UTF-8"),
        (b"Der Minister sagte am Dienstag, dass die Arbeiten fertig sind.", "language not recognised, it looks like"),
    ],
)
def test_a_file_that_is_no_article(kg: Command, tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    assert skipped(kg, path, "--store", tmp_path / "store").startswith(f"{path}: {reason}")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": 1, "text"', "not JSON: "),
        ('{"id": 1}', 'no "text": an article needs a text'),
        ('{"id": 1, "text": "t", "date": "1/10/2025"}', "'1/10/2025' is not a date: write it like 2025-10-01"),
        ('{"id": 1, "text": "t", "url": "not a url"}', "\"url\" is no address: 'not a url': write it like https://"),
    ],
)
def test_a_line_that_is_no_article(kg: Command, tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(f"\n{line}\n")
    assert skipped(kg, path, "--store", tmp_path / "store").startswith(f"{path}:2: {reason}")


def test_a_language_that_is_not_read(kg: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "x", "text": "t", "language": "de"}))
    assert skipped(kg, path, "--store", tmp_path / "s") == f"{path}:1: language 'de' is not read: en or fr"
    assert refused(kg, "ingest", path, "--language", "de") == "language 'de' is not read: en or fr"


def test_a_folder_without_articles(kg: Command, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    reason = f"{tmp_path / 'in'}: no file in this folder"
    assert skipped(kg, tmp_path / "in", "--store", tmp_path / "store") == reason


def test_a_path_that_leads_nowhere(kg: Command, tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    assert refused(kg, "ingest", missing, "--store", tmp_path / "s") == f"{missing}: no such file or folder"
    assert not (tmp_path / "s").exists()


def test_a_date_that_is_none(kg: Command, tmp_path: Path) -> None:
    assert refused(kg, "ingest", tmp_path, "--date", "soon") == "'soon' is not a date: write it like 2025-10-01"


@pytest.mark.parametrize(
    "command", [["query", "ASK {}"], ["stats"], ["export", "--nquads", "-"], ["serve"], ["index", "--rebuild"]]
)
def test_a_store_that_is_not_there(kg: Command, tmp_path: Path, command: list[str]) -> None:
    missing = tmp_path / "missing"
    assert str(missing) in refused(kg, *command, "--store", missing)
    assert not missing.exists()


def test_a_store_of_a_newer_version(kg: Command, store: Path) -> None:
    described = json.loads((store / "store.json").read_text()) | {"format": 99}
    (store / "store.json").write_text(json.dumps(described))
    message = refused(kg, "stats", "--store", store)
    assert str(store) in message and "99" in message


def test_a_store_in_a_file(kg: Command, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    article = tmp_path / "a.txt"
    article.write_text("t")
    assert str(file) in refused(kg, "ingest", article, "--language", "fr", "--store", file)


def test_an_unknown_query(kg: Command, store: Path) -> None:
    message = refused(kg, "query", "relation", "--store", store)
    assert "'relation'" in message and "relations" in message


def test_a_syntax_error_in_sparql(kg: Command, store: Path) -> None:
    assert "line 1, column 11" in refused(kg, "query", "SELECT ?s WHRE { ?s ?p ?o }", "--store", store)


def test_a_query_file_that_is_not_there(kg: Command, store: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.rq"
    assert str(missing) in refused(kg, "query", missing, "--store", store)


def test_a_parameter_that_is_none(kg: Command, store: Path) -> None:
    assert "'pentagon'" in refused(kg, "query", "relations", "pentagon", "--store", store)


def test_a_format_that_does_not_fit(kg: Command, store: Path) -> None:
    message = refused(kg, "query", "ASK {}", "--format", "ttl", "--store", store)
    assert message == "ttl does not fit ASK: choose csv, tsv, json, xml"


def test_an_endpoint_that_does_not_answer(kg: Command) -> None:
    with socket.socket() as listener:  # bound, but nobody listens
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        assert url in refused(kg, "query", "ASK {}", "--endpoint", url)


def test_a_port_in_use(kg: Command, store: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        assert str(port) in refused(kg, "serve", "--store", store, "--port", port)


def test_an_unknown_network(kg: Command, store: Path, tmp_path: Path) -> None:
    message = refused(kg, "export", "--gexf", tmp_path / "a.gexf", "--network", "friends", "--store", store)
    assert "friends" in message
    assert not (tmp_path / "a.gexf").exists()


def test_an_unknown_article(kg: Command, store: Path, tmp_path: Path) -> None:
    assert refused(kg, "export", "--turtle", "-", "--article", "x", "--store", store) == f"{store}: no article 'x'"
    kept = tmp_path / "kept.ttl"
    kept.write_text("what was there")
    refused(kg, "export", "--turtle", kept, "--article", "x", "--store", store)
    assert [(path.name, path.read_text()) for path in tmp_path.glob("kept*")] == [("kept.ttl", "what was there")]


def test_a_file_that_cannot_be_written(kg: Command, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "no" / "such" / "folder.nq"
    assert refused(kg, "export", "--nquads", out, "--store", store) == f"{out}: No such file or directory"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk(kg: Command, store: Path) -> None:
    assert "No space left" in refused(kg, "export", "--gexf", "/dev/full", "--store", store)


def test_nothing_to_write(kg: Command, store: Path) -> None:
    status, _, err = kg("export", "--store", store)
    assert (status, "say what to write" in err, "Traceback" in err) == (2, True, False)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(kg: Command, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("t")
    (tmp_path / "closed").mkdir(mode=0o500)
    message = refused(kg, "ingest", article, "--language", "fr", "--store", tmp_path / "closed" / "store")
    assert str(tmp_path / "closed") in message
