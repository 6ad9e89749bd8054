"""Lines of JSON in, an article a line out: `id` and `text`, and where known title, date, language, url, publisher."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import SourceError
from kg.model import Article
from kg.read import days
from kg.read.sources import BLANK, Source
from kg.read.text import decoded

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")


def read(lines: Iterable[bytes], source: Source) -> Iterator[Article | SourceError]:
    """The articles of a file in order; a line that holds none is a `SourceError` with its number, and no end."""
    for number, line in enumerate(lines, start=1):
        if line.strip(BLANK):
            try:
                yield _article(line)
            except SourceError as error:
                yield SourceError(f"{source.where}:{number}: {error}")


def _article(line: bytes) -> Article:
    fields = _object(line)
    issued = _text(fields, "date")
    return Article(
        id=_identifier(fields),
        text=_body(fields),
        language=_text(fields, "language"),
        title=_text(fields, "title"),
        issued=days.parse(issued) if issued else None,
        publisher=_text(fields, "publisher"),
        url=_url(fields),
    )


def _object(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(decoded(line))
    except json.JSONDecodeError as error:
        raise SourceError(f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of 5000 digits, a list in a list in a list…
        raise SourceError(f"not JSON that can be read: {error}") from error
    if not isinstance(fields, dict):
        raise SourceError('not an object: a line reads {"id": "…", "text": "…"}')
    return fields


def _identifier(fields: dict[str, Any]) -> str:
    number = fields.get("id")
    if isinstance(number, int) and not isinstance(number, bool):
        return str(number)
    return _needed(fields, "id")


def _body(fields: dict[str, Any]) -> str:
    """The text, which may be empty: a corpus has dispatches of a headline alone. One without the key has no article."""
    value = _text(fields, "text")
    if value is None:
        raise SourceError('no "text": an article needs an id and a text')
    return value


def _url(fields: dict[str, Any]) -> str | None:
    """An address with its scheme; what is none would be a source that nobody can look up."""
    url = _text(fields, "url")
    if url and not _ADDRESS.match(url):
        raise SourceError(f'"url" is no address: {url!r:.60}: write it like https://example.org/page, or leave it out')
    return url


def _needed(fields: dict[str, Any], key: str) -> str:
    value = _text(fields, key)
    if value is None or not value.strip():
        raise SourceError(f'no "{key}": an article needs an id and a text')
    return value


def _text(fields: dict[str, Any], key: str) -> str | None:
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value
    raise SourceError(f'"{key}" is not a string: {value!r:.40}')
