"""An object of JSON or a row of a table in, the article that its fields make out.

Fields go by Dateline's names or by those that corpora and programs use (`ontology/columns.ttl`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import Reason, SourceError
from kg.model import Article
from kg.read import days, ids, words

_PARTS = ("id", "text", "title", "date", "language", "url", "publisher")
_NAMES = ("name", "title", "main", "@id")  # what an object in the place of a word is called by
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
_NEEDED = "an article needs a text"


def article(fields: Mapping[str, Any], where: str = "") -> Article:
    """The article of one record. Raises `SourceError` for what is wrong with it, without the place."""
    known = {part: _said(fields, part) for part in _PARTS}
    if isinstance(source := known["publisher"], str) and _ADDRESS.match(source):  # as trafilatura writes it
        others = {name: value for name, value in fields.items() if value != source}
        known |= {"url": known["url"] or source, "publisher": _said(others, "publisher")}
    return of(known, where)


def of(known: Mapping[str, Any], where: str = "") -> Article:
    """The article of fields that go by Dateline's names. Raises `SourceError` for what is wrong, without the place."""
    text = _text(known.get("text"), "text")
    if text is None:
        raise SourceError(f'no "text": {_NEEDED}', reason=Reason.EMPTY)
    publisher, url = _word(known.get("publisher"), "publisher"), _word(known.get("url"), "url")
    if publisher and _ADDRESS.match(publisher):  # trafilatura calls the page's address its source
        publisher, url = None, url or publisher
    title = _word(known.get("title"), "title")
    issued = _word(known.get("date"), "date")
    return Article(
        id=_identifier(known.get("id"), url, title, text),
        text=text,
        language=_word(known.get("language"), "language"),
        title=title,
        issued=days.parse(issued) if issued else None,
        publisher=publisher,
        url=_address(url),
        where=where,
    )


def has_text(fields: Mapping[str, Any]) -> bool:
    """Whether a record has a field that is called as texts are."""
    return any(words.folded(name) in words.usual()["text"] for name in fields)


def _said(fields: Mapping[str, Any], part: str) -> Any:
    """The value of the first of the names of a part that has one."""
    if (value := fields.get(part)) not in (None, ""):
        return value
    named = {words.folded(name): value for name, value in fields.items() if value not in (None, "")}
    return next((named[word] for word in words.usual()[part] if word in named), value)


def _identifier(value: Any, url: str | None, title: str | None, text: str) -> str:
    """The id that is given, or one of the address or the text, which are the same wherever the record is met."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if given := _text(value, "id"):
        return ids.given(given)
    if url:
        return ids.of_url(url)
    if not (text.strip() or title):
        raise SourceError(f"neither an id nor a text: {_NEEDED}", reason=Reason.EMPTY)
    return ids.of_text(f"{title or ''}\n{text}")


def _address(url: str | None) -> str | None:
    """An address with its scheme; what is none would be a source that nobody can look up."""
    if url and not _ADDRESS.match(url):
        raise SourceError(
            f'"url" is no address: {url!r:.60}: write it like https://example.org/page, or leave it out',
            reason=Reason.METADATA,
        )
    return url or None


def _word(value: Any, name: str) -> str | None:
    """A word, or the name of an object that stands for it, or the first of several."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = next((value[key] for key in _NAMES if isinstance(value.get(key), str)), None)
    return _text(value, name)


def _text(value: Any, name: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise SourceError(f'"{name}" is not a string: {value!r:.40}', reason=Reason.METADATA)
