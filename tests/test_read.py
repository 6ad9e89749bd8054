from __future__ import annotations

import gzip
import io
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import PassedOver, Reason, SourceError
from kg.model import Article
from kg.read import Defaults, count, languages, read
from kg.read.files import opening
from kg.read.sources import Source
from kg.read.text import read as read_text

FRENCH = Defaults(language="fr")


def write(path: Path, content: bytes | str | list[object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list):
        content = "".join(json.dumps(line) + "\n" for line in content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def articles(*paths: Path | str, defaults: Defaults = FRENCH) -> list[Article]:
    found = list(read(paths, defaults=defaults))
    assert not [error for error in found if isinstance(error, SourceError)]
    return [article for article in found if isinstance(article, Article)]


def problem(*paths: Path | str, defaults: Defaults = FRENCH) -> str:
    (error,) = [error for error in read(paths, defaults=defaults) if isinstance(error, SourceError)]
    return str(error)


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


# ---- plain text


def test_a_text_keeps_every_character(tmp_path: Path) -> None:
    text = "Un\r\ndeux\rtrois\n\n\u00a0quatre\u2028cinq e\u0301 \U0001f600\n"
    (article,) = articles(write(tmp_path / "dispatch.txt", text))
    assert (article.id, article.text) == ("dispatch", text)


def test_an_article_longer_than_the_models_take_is_an_error(tmp_path: Path) -> None:
    (found,) = read([write(tmp_path / "a.txt", "a " * 500_001)], defaults=FRENCH)
    assert "1,000,002 characters" in str(found)


def test_a_line_of_jsonl_may_have_an_empty_text(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "a.jsonl", '{"id": "a", "text": "", "language": "fr"}'))
    assert article.text == ""


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (article,) = articles(write(tmp_path / "a.txt", b"\xef\xbb\xbfBonjour"))
    assert article.text == "Bonjour"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")).filter(str.strip))
def test_any_text_comes_through_unchanged(text: str) -> None:
    assert list(read_text(io.BytesIO(text.encode()), Source("a.txt", "txt", "a"))) == [Article(id="a", text=text)]


@given(st.binary())
def test_any_bytes_give_one_article_or_one_error(data: bytes) -> None:
    (found,) = read_text(io.BytesIO(data), Source("a.txt", "txt", "a"))
    assert isinstance(found, Article | SourceError)


# ---- folders and ids


def test_a_folder_is_read_in_order_and_hidden_and_other_files_are_not(tmp_path: Path) -> None:
    for name in ("b/c.txt", "b/a.txt", "a.jsonl", ".hidden.txt", ".git/x.txt", "notes.md", "z.TXT"):
        write(tmp_path / name, '{"id": "j", "text": "t"}' if name == "a.jsonl" else name)
    found = list(read([tmp_path], defaults=FRENCH))
    assert [article.id for article in found if isinstance(article, Article)] == ["j", "z", "a", "c"]
    assert [type(error) for error in found if isinstance(error, SourceError)] == [PassedOver]  # notes.md


def test_two_files_of_one_name_are_known_by_their_folders(tmp_path: Path) -> None:
    for name in ("2024/flood.txt", "2025/flood.txt", "2025/verdict.txt"):
        write(tmp_path / name, name)
    assert [article.id for article in articles(tmp_path)] == ["2024-flood", "2025-flood", "verdict"]


def test_a_second_article_of_one_id_does_not_overwrite_the_first(tmp_path: Path) -> None:
    twice = [{"id": "x", "text": "one"}, {"id": "x", "text": "two"}, {"id": "y", "text": "three"}]
    path = write(tmp_path / "a.jsonl", twice)
    found = list(read([path], defaults=FRENCH))
    assert [article.id for article in found if isinstance(article, Article)] == ["x", "y"]
    assert problem(path) == f"{path}:2: another article has the id 'x' already, in {path}:1: give each its own"


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "one")
    assert [article.id for article in articles(tmp_path, path, path)] == ["a"]


def test_the_same_article_in_two_files_is_no_error(tmp_path: Path) -> None:
    line = [{"id": "a", "text": "one"}]
    paths = write(tmp_path / "a.jsonl", line), write(tmp_path / "b.jsonl", line)
    assert [article.id for article in articles(*paths)] == ["a", "a"]


def test_articles_are_counted_before_they_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "one")
    write(tmp_path / "b.jsonl", '{"id": 1, "text": "t"}\n\n{"id": 2, "text": "t"}\n')
    assert (count([tmp_path]), count([tmp_path, "-"])) == (3, None)


# ---- JSON lines


def test_a_line_says_all_about_its_article(tmp_path: Path) -> None:
    said = {"id": 7, "text": "Hi.\r\n", "title": "T", "date": "2025-10-01T23:30:00+02:00", "language": "en-GB"}
    more = {"url": "https://news.example/7", "publisher": "Saltmere Press", "unknown": [1]}
    (article,) = articles(write(tmp_path / "a.jsonl", [said | more]))
    expected = ("7", "Hi.\r\n", "en", "T", date(2025, 10, 1), "Saltmere Press", "https://news.example/7")
    assert (
        article.id,
        article.text,
        article.language,
        article.title,
        article.issued,
        article.publisher,
        article.url,
    ) == expected


def test_defaults_hold_where_an_article_says_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [{"id": "a", "text": "t"}, {"id": "b", "text": "t", "date": "2020-02-29"}])
    defaults = Defaults.parse(language="fr-BE", date="2025-10-01", publisher="P")
    found = [(article.language, article.issued, article.publisher) for article in articles(path, defaults=defaults)]
    assert found == [("fr", date(2025, 10, 1), "P"), ("fr", date(2020, 2, 29), "P")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "a"', "not JSON: "),
        ("[1]", "not an object: "),
        ('{"id": "a"}', 'no "text": an article needs a text'),
        ('{"id": "a", "text": null}', 'no "text": '),
        ('{"id": true, "text": "t"}', '"id" is not a string: True'),
        ('{"id": "a", "text": ["t"]}', '"text" is not a string: '),
        ('{"id": "a", "text": "t", "date": "yesterday"}', "'yesterday' is not a date: write it like 2025-10-01"),
        ('{"id": "a", "text": "t", "date": "2025-02-30"}', "'2025-02-30' is not a date: "),
        (f'{{"text": "t", "date": "1 Jan 2025 10:00:00 +{"9" * 20}"}}', f"'1 Jan 2025 10:00:00 +{'9' * 20}' is not"),
        ("[" * 100_000, "not JSON that can be read: "),
        ('{"id": ' + "9" * 5000 + "}", "not JSON that can be read: "),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, line: str, reason: str) -> None:
    path = write(tmp_path / "a.jsonl", f'{{"id": "1", "text": "t"}}\n{line}\n{{"id": "3", "text": "t"}}\n')
    found = list(read([path], defaults=FRENCH))
    assert [article.id for article in found if isinstance(article, Article)] == ["1", "3"]
    assert problem(path).startswith(f"{path}:2: {reason}")


def test_half_a_character_in_json_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"id": "x", "text": "t\\ud800"}')
    assert problem(path).startswith(f"{path}:1: half a character (a lone surrogate) at 1")


# ---- standard input


def test_standard_input_is_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, b"\n Bonjour\r\n")
    (article,) = articles("-")
    assert (article.id, article.text) == ("stdin-81f8df0bfed9", "\n Bonjour\r\n")


def test_standard_input_is_json_lines_where_it_begins_with_a_brace(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, b'\xef\xbb\xbf\n  {"id": "a", "text": "one"}\n{"id": "b", "text": "two"}\n')
    assert [article.id for article in articles("-")] == ["a", "b"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_standard_input_may_be_of_any_format(monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]) -> None:
    type_in(monkeypatch, pack(b'[\n{"id": "a", "text": "one"},\n{"id": "b", "text": "two"}]'))
    assert [article.id for article in articles("-")] == ["a", "b"]
    text = "Le ministre a parlé mardi à Paris. " * 20
    page = f"<!DOCTYPE html><html><body><article><p>{text}</p></article></body></html>"
    type_in(monkeypatch, pack(page.encode()))
    (article,) = articles("-")
    assert article.id.startswith("stdin-") and article.text.startswith("Le ministre")


def test_lines_on_standard_input_are_read_as_they_come() -> None:
    def typed() -> Iterator[bytes]:
        yield b'{"id": "a", "text": "one"}\n'
        raise AssertionError("more was asked for than is needed")

    class Slow(io.RawIOBase):
        chunks = typed()

        def read1(self, size: int) -> bytes:
            return next(self.chunks)

    stream = opening.Stream(opening._Standard(Slow()), 1 << 16)  # type: ignore[arg-type]
    assert stream.readline() == b'{"id": "a", "text": "one"}\n'


def test_nothing_on_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, b"")
    assert problem("-") == "standard input: empty: an article needs text"


# ---- languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le ministre a annoncé mardi que les travaux du pont seront achevés au printemps.", "fr"),
        ("The minister said on Tuesday that the works on the bridge will be finished in spring.", "en"),
        ("Séoul : le Premier ministre démissionne.", "fr"),
        ("Prime minister resigns in Seoul.", "en"),
    ],
)
def test_the_language_is_told_from_the_text(tmp_path: Path, text: str, language: str) -> None:
    (article,) = articles(write(tmp_path / "a.txt", text), defaults=Defaults())
    assert (article.language, languages.settled(article).language) == (None, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Minister sagte am Dienstag, dass die Arbeiten an der Brücke fertig sein werden.", "de"),
        ("La policía detuvo a un hombre en la plaza de la Villa por el robo de un coche.", "es"),
        ("Il ministro ha annunciato che i lavori del ponte saranno finiti in primavera.", "it"),
        ("Ministrul a anunțat marți că lucrările la pod vor fi terminate la primăvară.", "ro"),
    ],
)
def test_a_language_that_is_not_read_is_not_taken_for_another(tmp_path: Path, text: str, language: str) -> None:
    path = write(tmp_path / "a.txt", text)
    reason = f"language not recognised, it looks like '{language}': say --language en or fr if it is"
    (article,) = articles(path, defaults=Defaults())
    with pytest.raises(SourceError) as told:
        languages.settled(article)
    assert (str(told.value), told.value.reason) == (f"{path}: {reason}", Reason.LANGUAGE)


# ---- what cannot be read


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty: an article needs text"),
        (b" \n\t\r\n", "empty: an article needs text"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not text: a NUL at byte 8; an article is plain text in UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_named_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = write(tmp_path / "a.txt", data)
    assert problem(path).startswith(f"{path}: {reason}")


def test_a_path_that_leads_nowhere_does_not_stop_the_others(tmp_path: Path) -> None:
    missing, good = tmp_path / "missing.txt", write(tmp_path / "good.txt", "t")
    assert [type(found) for found in read([missing, good], defaults=FRENCH)] == [SourceError, Article]
    assert problem(missing) == f"{missing}: no such file or folder"


def test_of_a_page_saved_with_all_that_it_shows_the_page_is_read(tmp_path: Path) -> None:
    for name in ("a.htm", "a_files/f(1).txt", "b_fichiers/c.txt", "d_files/e.txt", "~$f.docx"):
        write(tmp_path / name, "Le maire de Brest est parti, a dit son adjoint." if name.endswith("txt") else "<p>x")
    found = list(read([tmp_path], defaults=FRENCH))
    assert [item.id for item in found if isinstance(item, Article)] == ["c", "e"]
    others = {item.where: type(item) for item in found if isinstance(item, SourceError)}
    assert others == {str(tmp_path / "a.htm"): SourceError, str(tmp_path / "a_files"): PassedOver}


def test_a_folder_without_articles_and_another_format_are_errors(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    style = write(tmp_path / "style.css", "p { margin: 0 }")
    assert problem(tmp_path / "empty") == f"{tmp_path / 'empty'}: no file in this folder"
    assert problem(style).startswith(f"{style}: not a format that is read: .csv, ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "t")
    path.chmod(0)
    assert problem(path) == f"{path}: cannot be read: Permission denied"


def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    assert problem(tmp_path).endswith("a.txt: cannot be read: No such file or directory")


def test_a_wrong_default_is_refused_before_anything_is_read() -> None:
    with pytest.raises(SourceError, match=r"language 'de' is not read: en or fr"):
        Defaults.parse(language="de")
    with pytest.raises(SourceError, match=r"'1 October' is not a date: write it like 2025-10-01"):
        Defaults.parse(date="1 October")


def test_a_tag_that_names_no_language_is_none(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [{"text": f"t{tag}", "language": tag} for tag in ("und", "MUL", " ", "zxx")])
    assert {article.language for article in articles(path)} == {"fr"}


def test_a_pipe_without_end_does_not_fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.limits.COPIED", 1 << 20)
    type_in(monkeypatch, b"PK\x03\x04" + bytes(3 << 20))
    assert problem("-") == "standard input: more than 1 MB that cannot be read where they are: name the file"


def test_a_pipe_that_is_named_is_read_like_standard_input(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=("\n Bonjour\r\n",))
    writer.start()
    (article,) = articles(tmp_path / "pipe")
    writer.join()
    assert (article.id, article.text) == ("stdin-81f8df0bfed9", "\n Bonjour\r\n")


@pytest.mark.parametrize("text", ["\ufeff\ufeff", "\u200b\n\u00ad ", "\u200e\u200f"])
def test_what_nobody_can_see_is_no_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (error,) = read([tmp_path])
    assert isinstance(error, SourceError) and error.reason == Reason.EMPTY


@pytest.mark.parametrize("name", ["a.zip", "a.gz", "a.ZST"])
def test_what_is_packed_only_by_its_name_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Le texte.")
    (error,) = read([tmp_path])
    assert type(error) is SourceError and error.reason == Reason.MALFORMED and "not packed" in str(error)
