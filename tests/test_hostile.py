"""Whatever a folder holds, `read` gives one line for what cannot be read, with its reason, and all the rest."""

from __future__ import annotations

import gzip
import inspect
import io
import json
import os
import random
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zstandard

from kg.errors import PassedOver, Reason, SourceError
from kg.model import Article
from kg.read import Defaults, limits, read
from kg.read.files import elsewhere
from kg.read.watching import Watch

FRENCH = Defaults(language="fr")
GOOD = "Le ministre a annoncé mardi que les travaux du pont seront achevés au printemps."
MB = 1 << 20

Make = Callable[[Path], object]


def found(*paths: Path) -> tuple[list[Article], list[SourceError]]:
    """The articles and the errors of a run, the bystander left out, which every run must have read."""
    items = list(read(paths, defaults=FRENCH))
    articles = [item for item in items if isinstance(item, Article)]
    errors = [item for item in items if isinstance(item, SourceError)]
    assert [article.text for article in articles if article.id == "bystander"] == [GOOD]
    assert not [str(error) for error in errors if len(str(error).splitlines()) != 1 or len(str(error)) > 600]
    assert all(error.where and str(error).startswith(error.where) for error in errors)
    return [article for article in articles if article.id != "bystander"], errors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "in"
    home.mkdir()
    (home / "bystander.txt").write_text(GOOD)
    return home


def packed(kind: str, data: bytes) -> bytes:
    if kind == "gz":
        return gzip.compress(data, 1, mtime=0)
    if kind == "zst":
        return zstandard.compress(data, 1)
    return zipped({"inner.jsonl": data})


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def lines(*ids: object) -> bytes:
    return b"".join(json.dumps({"id": str(id), "text": GOOD}).encode() + b"\n" for id in ids)


# ---- one file, one line


def nested(times: int) -> bytes:
    data = lines("deep")
    for _ in range(times):
        data = gzip.compress(data, mtime=0)
    return data


def encrypted() -> bytes:
    data = bytearray(zipped({"secret.txt": GOOD.encode()}))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + at] |= 1
    return bytes(data)


def entities(declared: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">{declared}]><lolz>&b;</lolz>'


HOSTILE: dict[str, tuple[str, bytes, Reason]] = {
    "nothing": ("a.txt", b"", Reason.EMPTY),
    "white space": ("a.txt", b" \r\n\t\x0b \n", Reason.EMPTY),
    "no line": ("a.jsonl", b"\n\n", Reason.EMPTY),
    "a picture": ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Reason.ENCODING),
    "a program": ("a.txt", b"\x7fELF\x02\x01\x01" + bytes(64), Reason.ENCODING),
    "rubbish": ("a.txt", random.Random(7).randbytes(4096).replace(b"\0", b"\1"), Reason.ENCODING),
    "control characters": ("a.txt", bytes(range(1, 32)) * 10, Reason.ENCODING),
    "a NUL": ("a.txt", GOOD.encode() + b"\0" + GOOD.encode(), Reason.ENCODING),
    "UTF-8 cut off": ("a.txt", GOOD.encode() * 3 + b"\xc3", Reason.ENCODING),
    "half a character": ("a.txt", b"Un \xed\xa0\x80 mot", Reason.ENCODING),
    "half a character in UTF-16": ("a.txt", b"\xff\xfeU\0\x00\xd8n\0", Reason.ENCODING),
    "Russian of old": ("a.txt", "Правительство объявило о новых мерах".encode("cp1251"), Reason.ENCODING),
    "too long": ("a.txt", b"mot " * 250_001, Reason.TOO_LARGE),
    "a file too long": ("a.txt", b"mot " * (limits.RECORD // 4 + 1), Reason.TOO_LARGE),
    "half a character in JSON": ("a.jsonl", b'{"id": "a", "text": "\\ud800"}', Reason.ENCODING),
    "a NUL in JSON": ("a.jsonl", b'{"id": "a", "text": "a\\u0000b"}', Reason.ENCODING),
    "a NUL in a title": ("a.jsonl", b'{"id": "a", "text": "a", "title": "\\u0000"}', Reason.ENCODING),
    "an id that is nothing": ("a.jsonl", b'{"id": "\\u0001\\n", "text": "a"}', Reason.METADATA),
    "an id without end": ("a.jsonl", b'{"id": "' + b"x" * 5000 + b'", "text": "a"}', Reason.METADATA),
    "a language without end": (
        "a.jsonl",
        b'{"id": "a", "text": "a", "language": "' + b"x" * 5000 + b'"}',
        Reason.LANGUAGE,
    ),
    "deep JSON": ("a.jsonl", b'{"id": ' + b"[" * 200_000, Reason.MALFORMED),
    "deep JSON in one": ("a.json", b"[" * 200_000, Reason.MALFORMED),
    "huge number": ("a.jsonl", b'{"id": ' + b"9" * 100_000 + b', "text": "a"}', Reason.MALFORMED),
    "half an array": ("a.json", b"[", Reason.MALFORMED),
    "entities": ("a.xml", entities('<!ENTITY b "&a;&a;">').encode(), Reason.BOMB),
    "an external entity": ("a.xml", entities('<!ENTITY b SYSTEM "file:///etc/passwd">').encode(), Reason.UNSAFE),
    "no gzip": ("a.txt.gz", b"\x1f\x8b\x08" + b"\xff" * 40, Reason.MALFORMED),
    "half a gzip": ("a.txt.gz", gzip.compress(GOOD.encode())[:40], Reason.MALFORMED),
    "half a zstd": ("a.txt.zst", zstandard.compress(random.Random(7).randbytes(99))[:60], Reason.MALFORMED),
    "half a zip": ("a.zip", zipped({"a.txt": GOOD.encode()})[:-30], Reason.MALFORMED),
    "a zip of nothing": ("a.zip", zipped({}), Reason.EMPTY),
    "locked": ("a.zip", encrypted(), Reason.UNREADABLE),
    "packed in packed": ("a.jsonl.gz", nested(4), Reason.BOMB),
    "no suffix and no text": ("a.jsonl.gz", gzip.compress(bytes(100)), Reason.ENCODING),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_one_line(folder: Path, name: str) -> None:
    path, data, reason = HOSTILE[name]
    (folder / path).write_bytes(data)
    articles, errors = found(folder)
    assert (articles, [error.reason for error in errors]) == ([], [reason]), errors
    assert str(errors[0]).startswith(str(folder / path))


def test_all_of_them_at_once(folder: Path) -> None:
    for number, (path, data, _) in enumerate(HOSTILE.values()):
        (folder / f"{number}").mkdir()
        (folder / f"{number}" / path).write_bytes(data)
    articles, errors = found(folder)
    assert articles == [] and len(errors) == len(HOSTILE)


@pytest.mark.parametrize("kind", ["gz", "zst", "zip"])
def test_a_bomb_is_not_unpacked(folder: Path, kind: str) -> None:
    (folder / f"a.jsonl.{kind}").write_bytes(packed(kind, bytes(70 * MB)))
    articles, (error,) = found(folder)
    assert (articles, error.reason) == ([], Reason.BOMB)


def test_a_bomb_of_many_files_is_not_unpacked(folder: Path) -> None:
    blank = b" " * (10 * MB)
    (folder / "a.zip").write_bytes(zipped({f"{number}.jsonl": lines(number) + blank for number in range(12)}))
    articles, (error,) = found(folder)
    assert error.reason == Reason.BOMB and 0 < len(articles) < 12


# ---- packed


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_what_comes_before_a_break_is_read(folder: Path, kind: str) -> None:
    many = lines(*range(5_000))
    data = packed(kind, many)
    (folder / f"wire.jsonl.{kind}").write_bytes(data[: len(data) // 2])
    articles, (error,) = found(folder)
    assert [article.id for article in articles] == [str(number) for number in range(len(articles))]
    assert 500 < len(articles) < 5_000
    assert error.reason == Reason.MALFORMED and "breaks off" in str(error)


@pytest.mark.parametrize("kind", ["gz", "zst"])
def test_several_files_packed_one_after_the_other_are_one(folder: Path, kind: str) -> None:
    (folder / f"wire.jsonl.{kind}").write_bytes(packed(kind, lines(1, 2)) + packed(kind, lines(3)))
    assert [article.id for article in found(folder)[0]] == ["1", "2", "3"]


def test_files_in_a_zip_are_known_by_their_names_which_lead_nowhere(folder: Path) -> None:
    names = ["../../etc/up.txt", "/root/at.txt", "C:\\win\\back.txt", "fr/a.txt", "__MACOSX/._a.txt", ".hidden/b.txt"]
    inner = packed("gz", GOOD.encode())
    (folder / "w.zip").write_bytes(
        zipped({name: GOOD.encode() for name in names} | {"z.txt.gz": inner, "p.png": b"\x89"})
    )
    articles, errors = found(folder)
    assert [article.id for article in articles] == ["w-etc-up", "w-root-at", "w-C:-win-back", "w-fr-a", "w-z"]
    assert articles[3].where == f"{folder / 'w.zip'}:fr/a.txt"
    assert [type(error) for error in errors] == [PassedOver]


def test_a_file_without_a_name_or_with_a_long_one_takes_no_other_of_its_zip_with_it(folder: Path) -> None:
    (folder / "w.zip").write_bytes(zipped({"": b"", "b.txt": GOOD.encode(), "x" * 60_000 + ".txt": b""}))
    articles, errors = found(folder)
    assert [article.id for article in articles] == ["w-b"]
    assert [type(error) for error in errors] == [PassedOver, SourceError]


def test_a_zip_that_is_another_programs_file_is_passed_over(folder: Path) -> None:
    (folder / "sheet.xlsx").write_bytes(zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}))
    articles, (error,) = found(folder)
    assert articles == [] and isinstance(error, PassedOver)


def test_one_broken_file_of_a_zip_takes_no_other_with_it(folder: Path) -> None:
    data = bytearray(zipped({"a.txt": GOOD.encode() * 9, "b.txt": GOOD.encode()}))
    data[60] ^= 255
    (folder / "w.zip").write_bytes(data)
    articles, (error,) = found(folder)
    assert [article.id for article in articles] == ["w-b"]
    assert error.reason == Reason.MALFORMED and error.where.endswith("w.zip:a.txt")


# ---- lines


def test_a_line_without_end_is_one_line_and_the_rest_is_read(folder: Path) -> None:
    long = b'{"id": "2", "text": "' + b"x" * (50 * MB) + b'"}\n'
    (folder / "wire.jsonl").write_bytes(lines(1) + long + lines(3))
    articles, (error,) = found(folder)
    assert [article.id for article in articles] == ["1", "3"]
    assert (error.reason, error.where) == (Reason.TOO_LARGE, f"{folder / 'wire.jsonl'}:2")


def test_signs_that_turn_the_order_of_others_are_text(folder: Path) -> None:
    text = "Un \u202emot\u202c, \u2067deux\u2069 mots."
    (folder / "a.jsonl").write_text(json.dumps({"id": "a\u202eb", "text": text}))
    (article,), errors = found(folder)
    assert (article.id, article.text, errors) == ("a\u202eb", text, [])


@pytest.mark.parametrize("id", ["../../etc/passwd", "/etc/passwd", 'a"b\\c>d', "a b", "a\nb", "é" * 900])
def test_an_id_may_be_anything_that_can_be_seen(folder: Path, id: str) -> None:
    (folder / "a.jsonl").write_text(json.dumps({"id": id, "text": GOOD}))
    (article,), errors = found(folder)
    assert (article.id, errors) == (id.replace("\n", ""), [])


# ---- folders


@pytest.mark.parametrize(
    "name", [b"new\nline.txt", b'"quote\\.txt', b"<a>.txt", b"\xe9t\xe9.txt", b"\xe2\x80\xaeturned.txt", b"-.txt"]
)
def test_names_of_files_may_be_anything(folder: Path, name: bytes) -> None:
    for path, data in ((name, GOOD.encode()), (b"x" + name, b"")):
        (folder / os.fsdecode(path)).write_bytes(data)
    (article,), (error,) = found(folder)
    assert article.id.isprintable() or "\u202e" in article.id
    assert article.where.isprintable() and str(error).isprintable() and error.reason == Reason.EMPTY


def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket is short
        try:
            listener.bind("socket.txt")
        finally:
            os.chdir(here)
        articles, errors = found(folder)
    assert (articles, [error.reason for error in errors]) == ([], [Reason.UNREADABLE] * 2)


@pytest.fixture
def shallow() -> Iterator[None]:
    """Python calls that may lie in one another no deeper than 200 from here."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 200)
    yield
    sys.setrecursionlimit(limit)


def test_folders_may_lie_deeper_in_one_another_than_calls(folder: Path, request: pytest.FixtureRequest) -> None:
    deep = folder / "/".join(["a"] * 300)
    os.makedirs(deep)  # noqa: PTH103  # a Path calls itself twice for each
    (deep / "deep.txt").write_text(GOOD)
    request.getfixturevalue("shallow")
    assert [article.id for article in found(folder)[0]] == ["deep"]
    watch = Watch([str(folder)], defaults=FRENCH)
    assert [list(watch.news()), len(list(watch.news()))] == [[], 2]
    assert len(list(elsewhere.files(f"file://{folder}"))) == 2


def test_links_to_files_are_followed_and_links_to_folders_are_not(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text(GOOD)
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "up").symlink_to(folder.parent)
    articles, errors = found(folder)
    assert [article.id for article in articles] == ["link"]
    assert [type(error) for error in errors] == [SourceError, SourceError, PassedOver]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_said(folder: Path) -> None:
    (folder / "closed.txt").write_text(GOOD)
    (folder / "closed.txt").chmod(0)
    (folder / "shut").mkdir(mode=0)
    articles, errors = found(folder)
    assert (articles, [error.reason for error in errors]) == ([], [Reason.UNREADABLE] * 2)


# ---- files that change


def test_an_article_that_changes_while_it_is_read_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.read import text

    path = folder / "a.txt"
    path.write_text(GOOD)

    def slow(data: bytes, declared: str | None) -> str:
        if len(data) == len(GOOD.encode()) and path.stat().st_size == len(data):
            path.write_text(GOOD + GOOD)
        return data.decode()

    monkeypatch.setattr(text.encodings, "decode", slow)
    articles, (error,) = found(path, folder / "bystander.txt")
    assert (articles, error.reason, error.where) == ([], Reason.CHANGED, str(path))


def test_lines_that_were_read_before_a_file_changed_are_kept(folder: Path) -> None:
    path = folder / "wire.jsonl"
    path.write_bytes(lines(1, 2))

    def change(items: Iterator[Article | SourceError]) -> Iterator[Article | SourceError]:
        yield next(items)
        path.write_bytes(lines(1, 2, 3))
        yield from items

    *articles, error = change(read([path], defaults=FRENCH))
    assert [article.id for article in articles if isinstance(article, Article)][:2] == ["1", "2"]
    assert isinstance(error, SourceError) and error.reason == Reason.CHANGED


# ---- memory and speed


_MEASURED = """
import resource, sys
from kg.read import Defaults, read
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in read(sys.argv[1:], defaults=Defaults(language="fr")))
print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def measured(path: Path) -> tuple[int, int]:
    """How many items a process of its own reads, and by how many MB it grows."""
    ran = subprocess.run([sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True)
    count, grown = map(int, ran.stdout.split())
    return count, grown


WORST: dict[str, tuple[str, Make]] = {
    "a line without end": ("a.jsonl", lambda path: path.write_bytes(b"{" + b"x" * (60 * MB))),
    "lists of JSON": ("a.jsonl", lambda path: path.write_bytes(b"[" + b"[]," * (5 * MB) + b"[]]")),
    "an array without end": ("a.json", lambda path: path.write_bytes(b"[" + b'{"a":"' + b"x" * (60 * MB))),
    "gzip": ("a.txt.gz", lambda path: path.write_bytes(packed("gz", b"a " * (50 * MB)))),
    "Zstandard": ("a.jsonl.zst", lambda path: path.write_bytes(packed("zst", bytes(100 * MB)))),
    "a zip's directory": ("a.zip", lambda path: path.write_bytes(zipped({f"{n}.png": b"" for n in range(5_000)}))),
}


@pytest.mark.parametrize("name", WORST)
def test_memory_is_bounded(tmp_path: Path, name: str) -> None:
    file, make = WORST[name]
    make(tmp_path / file)
    count, grown = measured(tmp_path / file)
    assert count >= 1 and grown < 500
