from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pytest

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read.ninjs import read
from kg.read.sources import Source

ONE = {
    "uri": "urn:ag:1",
    "type": "text",
    "versioncreated": "2025-03-05T10:00:00Z",
    "language": "fr",
    "headline": "Le port rouvre",
    "body_text": "Le port a rouvert. Les grues tournent.",
    "body_xhtml": "<p>Le port a rouvert.</p><p>Les grues tournent.</p>",
    "copyrightholder": "Agence Gazette",
}
TWO = {
    "uri": "urn:ag:1",
    "contentcreated": "2025-03-05T10:00:00Z",
    "versioncreated": "2025-03-09T10:00:00Z",
    "language": "fr",
    "infosources": [{"name": "Agence Gazette"}],
    "headlines": [{"role": "short", "value": "Port"}, {"role": "main", "value": "Le port rouvre"}],
    "bodies": [
        {"contenttype": "text/plain", "value": "Le port a rouvert. Les grues tournent."},
        {"contenttype": "text/html", "value": "<p>Le port a rouvert.</p><p>Les grues tournent.</p>"},
    ],
}
THREE = {
    **{key: value for key, value in TWO.items() if key not in ("contentcreated", "versioncreated", "bodies")},
    "contentCreated": "2025-03-05T10:00:00Z",
    "bodies": [{"contentType": "text/plain", "value": "Le port a rouvert.\r\n\r\nLes grues tournent.\r\n"}],
}
ARTICLE = Article(
    id="urn:ag:1",
    text="Le port a rouvert.\n\nLes grues tournent.",
    language="fr",
    title="Le port rouvre",
    issued=date(2025, 3, 5),
    publisher="Agence Gazette",
)


def results(data: str | bytes) -> list[Article | SourceError]:
    data = data.encode() if isinstance(data, str) else data
    return list(read(io.BytesIO(data), Source("a.json", "json", "a")))


def reasons(data: str) -> list[Reason | None]:
    return [found.reason if isinstance(found, SourceError) else None for found in results(data)]


@pytest.mark.parametrize("item", [ONE, TWO, THREE], ids=["1", "2", "3"])
def test_an_item_of_each_version(item: dict[str, Any]) -> None:
    assert results(json.dumps(item)) == results(json.dumps(item, indent=2)) == [ARTICLE]


def test_many_in_an_array_or_one_a_line() -> None:
    second = {**ONE, "uri": "urn:ag:2"}
    found = results(json.dumps([ONE, second]))
    assert found == results(f"{json.dumps(ONE)}\n\n{json.dumps(second)}\n") and len(found) == 2
    assert results(json.dumps([ONE, second], indent=1).encode("utf-16")) == found


def test_what_is_no_text_is_passed_over() -> None:
    assert results(json.dumps([{**ONE, "type": "picture"}, ONE])) == [ARTICLE]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({**ONE, "pubstatus": "canceled"}, Reason.WITHDRAWN),
        ({**THREE, "pubStatus": "withheld"}, Reason.WITHDRAWN),
        ({"uri": "x"}, Reason.EMPTY),
        ({**ONE, "uri": "\n"}, Reason.METADATA),
        ("x", Reason.FORMAT),
        ({**ONE, "body_xhtml": "<div>" * 10_000}, Reason.BOMB),
    ],
)
def test_a_bad_item_takes_no_other_with_it(item: Any, reason: Reason) -> None:
    assert reasons(json.dumps([item, ONE])) == [reason, None]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("{", Reason.MALFORMED),
        ("[" * 100_000, Reason.MALFORMED),
        (f"[{'9' * 5000}]", Reason.MALFORMED),
    ],
)
def test_what_is_no_json_is_one_line(data: str, reason: Reason) -> None:
    assert reasons(data) == [reason]


def test_a_bad_line_says_which() -> None:
    _, error, last = results(f"{json.dumps(ONE)}\n{{\n{json.dumps(ONE)}\n")
    assert str(error).startswith("a.json:2: not JSON") and last == ARTICLE


def test_nitf_in_an_item() -> None:
    body = "<nitf><body><body.content><p>Le texte.</p></body.content></body></nitf>"
    (article,) = results(json.dumps({**ONE, "body_nitf": body, "body_xhtml": ""}))
    assert isinstance(article, Article) and article.text == "Le texte."


def test_an_array_is_longer_than_what_is_looked_at() -> None:
    many = [{**ONE, "uri": f"urn:{number}", "note": "é" * 3000} for number in range(300)]
    for text in (json.dumps(many), json.dumps(many, indent=1), "\n".join(map(json.dumps, many))):
        assert [article.id for article in results(text) if isinstance(article, Article)] == [
            f"urn:{number}" for number in range(300)
        ]
