from __future__ import annotations

import io
import json
from datetime import date

import pytest

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import ids
from kg.read.fields import article
from kg.read.json import read
from kg.read.sources import Source

FILE = Source("a.json", "json", "a")


def found(text: str | bytes) -> list[Article | SourceError]:
    return list(read(io.BytesIO(text.encode() if isinstance(text, str) else text), FILE))


def names(text: str | bytes) -> list[str]:
    return [item.id if isinstance(item, Article) else f"{item.reason} {item.where}" for item in found(text)]


def record(id: object, **more: object) -> dict[str, object]:
    return {"id": id, "text": "t", **more}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(record("a")),
        json.dumps(record("a"), indent=2),
        "\ufeff" + json.dumps([record("a")], indent=2),
        json.dumps({"status": "ok", "articles": [record("a")]}),
    ],
)
def test_one_object_is_one_article(text: str) -> None:
    assert names(text) == ["a"]


def test_arrays_and_objects_one_after_the_other_are_read_with_their_lines() -> None:
    for text in (
        json.dumps([record("a"), record("b")], indent=1),
        "\n".join(json.dumps(record(i), indent=1) for i in "ab"),
    ):
        first, second = found(text)
        assert isinstance(first, Article) and isinstance(second, Article)
        assert (first.id, second.id) == ("a", "b") and second.where > first.where.replace(":1", ":2")


def test_an_array_is_longer_than_what_is_looked_at() -> None:
    text = json.dumps([record(number, more="é" * 3000) for number in range(300)])
    assert names(text) == [str(number) for number in range(300)]
    assert names(text.encode("utf-16")) == [str(number) for number in range(300)]


def test_what_is_no_json_ends_the_file_and_what_is_no_article_does_not() -> None:
    for end in ("nonsense", "7", "[]"):
        text = f'[{{"id": "a", "text": "t"}}, {{"id": "b"}},\n{{"id": "c", "text": "t"}}, {end}, {end}, {{}}]'
        assert names(text) == ["a", "empty a.json:1", "c", "malformed a.json:2"]


def test_lines_that_are_called_json_are_read_as_lines() -> None:
    assert names('{"id": "a", "text": "t"}\nnonsense\n{"id": "b", "text": "t"}\n') == ["a", "malformed a.json:2", "b"]


def test_fields_go_by_the_names_that_corpora_use() -> None:
    schema = {
        "@id": "https://news.example/1#a",
        "headline": "T",
        "articleBody": "B",
        "datePublished": "2025-10-01T08:00:00Z",
        "inLanguage": "fr-FR",
        "url": "https://news.example/1",
        "publisher": {"@type": "Organization", "name": "P"},
    }
    told = article(schema)
    assert (told.id, told.title, told.text, told.language) == ("https://news.example/1#a", "T", "B", "fr-FR")
    assert (told.issued, told.publisher, told.url) == (date(2025, 10, 1), "P", "https://news.example/1")


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"maintext": "t", "date_publish": "2025-10-01 08:00:00"}, "issued", date(2025, 10, 1)),
        ({"text": "t", "pubDate": "Wed, 01 Oct 2025 08:00:00 GMT"}, "issued", date(2025, 10, 1)),
        ({"text": "t", "source": "https://news.example/1"}, "url", "https://news.example/1"),
        ({"text": "t", "source": "https://news.example/1", "source-hostname": "P"}, "publisher", "P"),
        ({"content": "t", "source": {"id": None, "name": "P"}}, "publisher", "P"),
        ({"text": "t", "publisher": None, "source": "P"}, "publisher", "P"),
        ({"text": "t", "headline": {"main": "T", "kicker": "K"}}, "title", "T"),
        ({"text": "t", "language": ["fr", "en"]}, "language", "fr"),
        ({"text": "t", "url": "https://news.example/1"}, "id", ids.of_url("https://news.example/1")),
        ({"text": "t"}, "id", "text-2d711642b726"),
    ],
)
def test_what_a_record_says(fields: dict[str, object], name: str, value: object) -> None:
    told = getattr(article(fields), name)
    assert told == value or (name == "id" and "text" in fields and told == ids.of_text("\nt"))


def test_a_record_of_nothing_is_an_error() -> None:
    for fields in ({}, {"title": "T"}, {"text": ""}):
        with pytest.raises(SourceError) as error:
            article(fields)
        assert error.value.reason == Reason.EMPTY
