from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from waiting import PATIENCE

from kg.cli import main
from kg.errors import Reason, SourceError
from kg.graph.store import Store
from kg.model import Article
from kg.read import Columns, Defaults
from kg.read.watching import Watch

KG_COMMAND = [sys.executable, "-m", "kg"]
FRENCH = Defaults(language="fr")


def watch(*paths: Path | str) -> Watch:
    return Watch([str(path) for path in paths], defaults=FRENCH)


def names(watched: Watch) -> list[str]:
    return [item.id if isinstance(item, Article) else item.reason.value for item in watched.news()]


def test_a_file_is_read_when_it_is_whole_and_once(tmp_path: Path) -> None:
    watched = watch(tmp_path)
    file = tmp_path / "a.txt"
    file.write_text("Le début")
    assert names(watched) == []
    file.write_text("Le début et la fin")
    assert names(watched) == []
    (article,) = watched.news()
    assert isinstance(article, Article) and article.text == "Le début et la fin"
    assert names(watched) == names(watched) == []


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Un")
    watched = watch(tmp_path)
    assert [names(watched) for _ in range(3)] == [[], ["a"], []]
    (tmp_path / "a.txt").write_text("Deux")
    assert [names(watched) for _ in range(3)] == [[], ["a"], []]
    (tmp_path / "a.txt").unlink()
    assert names(watched) == []


def test_a_file_that_comes_by_renaming_counts_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Un")
    watched = watch(tmp_path)
    assert [names(watched) for _ in range(2)] == [[], ["a"]]
    times = (tmp_path / "a.txt").stat()
    (tmp_path / ".b").write_text("Dé")
    os.utime(tmp_path / ".b", ns=(times.st_atime_ns, times.st_mtime_ns))
    (tmp_path / ".b").replace(tmp_path / "a.txt")
    assert [names(watched) for _ in range(2)] == [[], ["a"]]


def test_one_name_in_two_folders_is_two_articles(tmp_path: Path) -> None:
    watched = watch(tmp_path)
    for folder in ("2024", "2025"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "flood.txt").write_text(folder)
    assert [names(watched) for _ in range(2)] == [[], ["2024-flood", "2025-flood"]]


def test_what_is_bad_is_told_once_and_takes_nothing_with_it(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\0\1")
    (tmp_path / "inside").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "inside")
    watched = watch(tmp_path)
    assert [names(watched) for _ in range(2)] == [[], ["encoding", "unsafe"]]
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    (tmp_path / "inside" / "a.txt").write_text("Un")
    assert sorted(name for _ in range(3) for name in names(watched)) == ["a", "format"]


def test_a_table_that_arrives_is_read_by_its_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,corps\nune,Il pleut.\n")
    columns = Columns(text="corps", id="name")
    watched = Watch([str(tmp_path)], defaults=FRENCH, columns=columns)
    assert [names(watched) for _ in range(2)] == [[], ["une"]]


def test_a_folder_that_is_gone_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    watched = watch(folder)
    folder.rmdir()
    assert names(watched) == []
    folder.mkdir()
    (folder / "a.txt").write_text("Un")
    assert [names(watched) for _ in range(2)] == [[], ["a"]]


def test_a_folder_that_never_was_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        watch(tmp_path / "nowhere")
    assert caught.value.reason == Reason.NOT_FOUND


def test_an_address_is_asked_once_a_minute() -> None:
    now, asked = [0.0], []

    def fetched(url: str) -> Iterator[Article | SourceError]:
        asked.append(now[0])
        yield Article(url, "Un")

    watched = Watch(["https://a.example/"], defaults=FRENCH, fetched=fetched, clock=lambda: now[0])
    for second in (0, 10, 59, 60, 119, 121):
        now[0] = second
        list(watched.news())
    assert asked == [0, 60, 121]


# ---- the command


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `kg watch`, and ends what still runs."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [
            *KG_COMMAND,
            "watch",
            str(tmp_path / "in"),
            "--store",
            str(tmp_path / "s"),
            "--every",
            "0.2",
            *arguments,
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    (tmp_path / "in").mkdir()
    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.model
def test_what_arrives_is_read_until_it_is_stopped_and_not_twice(
    tmp_path: Path, running: Callable[..., subprocess.Popen[str]]
) -> None:
    (tmp_path / "in" / "a.txt").write_text("Le ministre Paul Morel a démissionné lundi.")
    process = running("--language", "fr")
    assert process.stdout and "  1 read\n" in process.stdout.readline()
    (tmp_path / "next").mkdir()
    (tmp_path / "next" / "b.txt").write_text("La ministre Anne Leroy le remplace.")
    (tmp_path / "next" / "c.txt").write_text("")
    (tmp_path / "next").rename(tmp_path / "in" / "next")
    assert "1 read, 1 skipped" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    with Store.open(tmp_path / "s") as store:
        assert sorted(store.articles()) == ["a", "b"]
    again = running("--language", "fr")
    assert again.stdout and "2 unchanged, 1 skipped" in again.stdout.readline()


def test_it_waits_for_a_store_in_use(tmp_path: Path, running: Callable[..., subprocess.Popen[str]]) -> None:
    (tmp_path / "in" / "a.txt").write_bytes(b"\0")
    with Store.open(tmp_path / "s", create=True, writable=True):
        process = running()
        assert process.stderr
        assert "watching" in process.stderr.readline() and "waiting" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def test_a_path_that_leads_nowhere_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", str(tmp_path / "nowhere"), "--store", str(tmp_path / "s")]) == 2
    assert "no such file or folder" in capsys.readouterr().err


def test_a_store_elsewhere_is_none_to_watch_into(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["watch", str(tmp_path), "--store", "s3://bucket/news"]) == 2
    assert "store in a folder" in capsys.readouterr().err
